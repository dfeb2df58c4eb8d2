"""How values show themselves in a notebook: a table, a sketch of a geometry, curves; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def curves(series: Mapping[str, Sequence[tuple[int, float]]], title: str) -> str:
    """Series of day numbers and values as an SVG of one step line each, from nothing to the largest value."""
    points = [point for line in series.values() for point in line]
    if not points:
        return ""
    first, last = min(day for day, _ in points), max(day for day, _ in points)
    most = max(value for _, value in points) or 1.0
    wide, tall = _SKETCH_PX / max(1, last - first), _SKETCH_PX / 3
    lines = Markup("").join(
        Markup('<path d="{}" fill="none" stroke="{}"><title>{}</title></path>').format(
            _steps([((day - first) * wide, tall * (1 - value / most)) for day, value in line]),
            _STROKES[number % len(_STROKES)],
            key,
        )
        for number, (key, line) in enumerate(series.items())
    )
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{0}" viewBox="-2 -2 {1} {2:.0f}" '
            'width="{1}"><title>{0}</title>{3}</svg>'
        ).format(title, _SKETCH_PX + 4, tall + 4, lines)
    )


_STROKES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")  # Okabe and Ito 2008


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """A path that holds each value until the next day that has one."""
    (x, y), *others = points
    return f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in others)
