"""How values show themselves in a notebook: a table, and a sketch of a geometry; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

_SKETCH_PX = 320
_LINE = Markup("<tr>{}</tr>")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], note: str = "") -> str:
    """An HTML table with a caption above and a note below; cells are text, whatever they hold."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(column) for column in columns)
    body = Markup("").join(
        _LINE.format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)) for row in rows
    )
    foot = Markup("<p><small>{}</small></p>").format(note) if note else ""
    return str(
        Markup("<table><caption>{}</caption><thead>{}</thead><tbody>{}</tbody></table>{}").format(
            caption, _LINE.format(head), body, foot
        )
    )


def sketch(geometry: Any, title: str) -> str:
    """A geometry (lon, lat on WGS84) as an SVG of its outline, degrees of longitude shortened by the latitude."""
    import shapely

    if geometry.is_empty:
        return ""
    west, south, east, north = geometry.bounds
    middle = (south + north) / 2
    squeeze = max(0.05, 1 - (middle / 90) ** 2) ** 0.5  # near the cosine: a sketch, nothing is measured on it
    flat = shapely.transform(geometry, lambda lonlat: lonlat * [squeeze, -1.0])
    span = max((east - west) * squeeze, north - south) or 1.0
    flat = shapely.simplify(flat, span / _SKETCH_PX / 2)
    left, top, right, bottom = flat.bounds
    room = span / 50
    view = f"{left - room:.4f} {top - room:.4f} {right - left + 2 * room:.4f} {bottom - top + 2 * room:.4f}"
    drawn = flat.svg(scale_factor=span / _SKETCH_PX)
    label = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" viewBox="{view}" '
        f'width="{_SKETCH_PX}"><title>{label}</title>{drawn}</svg>'
    )
