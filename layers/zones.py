"""A zone laid out as a table: a row a unit, a column a holder, and who is listed as living there."""

from __future__ import annotations

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from geo.quantity import Bounded, Quantity
from geo.wording import interval_text
from geo.zone import Zone

HEADS = {"russia": "Russian-held", "ukraine": "Ukrainian-held"}
_LEAST_KM2 = 0.5


def table(zone: Zone, whole: Quantity) -> RenderableType:
    """Areas in km² by unit and holder, by one source; the title gives the whole with its interval over all of them."""
    sides = list(zone.by_side())
    lengths = {segment.unit: segment.length_km for segment in zone.segments}
    drawn = Table(title=f"{interval_text(whole)}, as of {zone.as_of}", box=None, title_justify="left", pad_edge=False)
    drawn.add_column("unit")
    for head in (*(HEADS.get(side, side) for side in sides), "all", *(["line"] if lengths else [])):
        drawn.add_column(head, justify="right")
    for row in zone.rows:
        cells = [_km2(row.by[side]) for side in sides] + [_km2(row.all)]
        length = lengths.get(row.unit, 0.0) if row.unit else zone.length_km
        name, style = (row.unit, "") if row.unit else ("all", "bold")
        drawn.add_row(escape(name), *cells, *([_km(length)] if lengths else []), style=style)
    drawn.caption = escape("\n".join(_words(zone)))
    drawn.caption_justify = "left"
    return drawn


def _words(zone: Zone) -> list[str]:
    about = zone.to_dict()["settlements"]
    smoothed = ", ".join(f"{km:,.0f} km smoothed to {step:g} km" for step, km in zone.smoothed_km.items())
    sources = ", ".join(dict.fromkeys(f"{step.source} {step.dated}".strip() for step in zone.lineage))
    return [
        f"{about['count']} settlements, {about['population']:,} people listed: {about['note']}.",
        *([f"Length of the line {zone.length_km:,.0f} km as drawn; {smoothed}."] if smoothed else []),
        *(f"{note[:1].upper()}{note[1:]}." for note in zone.notes),
        f"{zone.territory}; areas by unit and holder by the first source: {sources}; geodesic, WGS84.",
    ]


def _km2(area: Bounded) -> str:
    """The area, and its interval in a line of its own: a table has no room beside it."""
    value, low, high = (f"{number:,.0f}" for number in area)
    if area.value < _LEAST_KM2:
        return "–"
    return f"{value} km²" + ("" if low == value == high else f"\n{low} to {high}")


def _km(value: float) -> str:
    return f"{value:,.0f} km" if value >= 0.5 else "–"
