"""What moves on a page as its script reads it: the control of each day, and the bands to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.laid import HOLDERS, OUTSIDE, SIDES, Row
from geo.quantity import Bounded
from layers.bands import BandChoice
from layers.html.arcs import arcs
from layers.html.geometry import Box, compact
from layers.html.labels import short_unit
from layers.html.polyline import encoded
from layers.html.spoken import Names, said
from layers.html.words import words
from layers.layer import Feature, Layer
from layers.timeline import Key, Timeline


def timeline_data(timeline: Timeline, layers: Sequence[Layer], frame: Box, units: Names) -> dict[str, Any]:
    """Days, arcs and courses; each part with the layer and the number of the feature it is drawn as.

    ``states`` are the dates of the source's own states behind the days, where they are other than these.
    """
    drawn = {
        key: {"layer": layer.id, "feature": number}
        for layer in layers
        if layer.id.startswith(f"control-{timeline.source}-")
        for number, feature in enumerate(layer.features)
        for key in [_key(feature)]
    }
    parts = [part for part in timeline.parts if part.key in drawn]
    steps = [_drawn("step", [step.russia, step.ukraine], frame) for step in timeline.steps]
    return {
        "source": timeline.source,
        "title": timeline.title,
        "days": [str(day) for day in timeline.days],
        "states": [str(day) for day in timeline.states] if timeline.states != timeline.days else [],
        "now": timeline.now,
        "arcs": arcs(parts) if parts else [],
        "parts": [{**drawn[part.key], "km2": [_km2(area) for area in part.bounded]} for part in parts],
        "steps": steps,
        "gains": [[_km2(side) for side in step] for step in timeline.gains],
        "courses": [
            {
                "title": said(course.place.title, course.place.expression, units),
                "expression": course.place.expression,
                "whole": round(course.whole.km2, 1),
                "official": course.whole.official,
                "km2": [_km2(day.km2) for day in course.held],
                "percent": [_short(day.percent, 2) for day in course.held],
                "gains": [[_km2(side) for side in step] for step in course.gains],
            }
            for course in timeline.courses
        ],
    }


def _km2(area: Bounded) -> list[float]:
    """An area and its interval in km², as fine as the page says them."""
    return _short(area, 0 if area.value >= _WHOLE_KM2 else 1)


_WHOLE_KM2 = 10.0
"""From here on an area is said in whole km²."""


def _short(number: Bounded, places: int) -> list[float]:
    """Value, low and high; nothing is one 0, and whole numbers have no point, which keeps a page small."""
    rounded = [round(one, places) for one in number]
    short = [int(one) if one == int(one) else one for one in rounded]
    return short[:1] if not any(short) else short


def bands_data(bands: Sequence[BandChoice], frame: Box, units: Names) -> list[dict[str, Any]]:
    """The choices with what lies in each; a geometry is sent once, with the first that has it."""
    sent: dict[str, str] = {}
    found = []
    for band in bands:
        row = {
            "id": band.id,
            "scenario": band.scenario,
            "expression": band.expression,
            "left": band.left_km,
            "right": band.right_km,
            "all": _cells(band.covers),
            "units": [[_named(row.unit, units), *_cells(row)] for row in band.units],
            "settlements": band.settlements,
            "people": band.people,
            "note": band.note.partition("The same band along")[0].strip() if band.then else band.note,
            "then": [
                [
                    str(one.day),
                    *(_km2(area) for area in (one.covers.all, *(one.covers.by[side] for side in SIDES))),
                    one.settlements,
                    one.people,
                ]
                for one in band.then
            ],
            "source": band.source,
        }
        if band.expression in sent:
            row["same"] = sent[band.expression]
        else:
            row["geometry"] = _drawn("band", [band.geometry], frame)[0]
            sent[band.expression] = band.id
        found.append(row)
    return found


def _cells(row: Row) -> list[list[float]]:
    """A line of the table: in all, and by who holds it."""
    return [_km2(row.all), *(_km2(row.by[holder]) for holder in HOLDERS)]


def _named(unit: str, units: Names) -> Any:
    """A unit as a table calls it, in every language where there is one in each."""
    if unit == OUTSIDE:
        return list(words().words["outside-units"])
    return [short_unit(text) for text in units[unit]] if unit in units else unit


def _key(feature: Feature) -> Key | None:
    """The side and class a feature of a layer of control stands for."""
    side = str(feature.properties.get("side") or feature.properties.get("leans_to", "")).lower()
    return Key(side, str(feature.properties.get("class", "")))  # type: ignore[arg-type]


def _drawn(role: str, geometries: Sequence[Any], frame: Box) -> list[Any]:
    """Geometries as the map draws those of its measured layers."""
    layer = Layer(role, "", "band", tuple(Feature(geometry, "") for geometry in geometries), "", "")
    return [encoded(shape) for shape in compact(layer, frame)]
