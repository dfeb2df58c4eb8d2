"""What moves on a page as its script reads it: the control of each day, and the bands to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure.geodesic import area_km2, areas_m2
from geo.zone import OUTSIDE
from layers.bands import BandChoice, InUnit
from layers.html.arcs import arcs
from layers.html.geometry import Box, compact
from layers.html.labels import short_unit
from layers.html.polyline import encoded
from layers.html.spoken import Names, said
from layers.html.words import words
from layers.layer import Feature, Layer
from layers.timeline import Key, Step, Timeline


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
        "parts": [{**drawn[part.key], "km2": [round(km2, 1) for km2 in part.km2]} for part in parts],
        "steps": steps,
        "gains": [[round(area_km2(step.russia), 1), round(area_km2(step.ukraine), 1)] for step in timeline.steps],
        "courses": [
            {
                "title": said(course.place.title, course.place.expression, units),
                "expression": course.place.expression,
                "whole": round(course.place.whole_km2, 1),
                "official": course.place.official,
                "km2": [round(km2, 1) for km2 in course.km2],
                "gains": gains_in(course.place.geometry, timeline.steps),
            }
            for course in timeline.courses
        ],
    }


def gains_in(place: BaseGeometry, steps: Sequence[Step]) -> list[list[int]]:
    """What changed hands within a place (lon, lat on WGS84) in each step: whole km² to Russia, and to Ukraine."""
    areas = [side for step in steps for side in (step.russia, step.ukraine)]
    parts, of = shapely.get_parts(areas, return_index=True)
    shapely.prepare(place)
    near = shapely.intersects(place, parts)
    parts, of = parts[near], of[near]
    crossing = ~shapely.covers(place, parts)
    parts[crossing] = shapely.intersection(parts[crossing], place)
    km2 = np.bincount(of, areas_m2(parts) / 1e6, minlength=len(areas))
    return [[round(russia), round(ukraine)] for russia, ukraine in km2.reshape(-1, 2).tolist()]


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
            "km2": round(band.km2, 1),
            "units": [_row(unit, units) for unit in band.units],
            "settlements": band.settlements,
            "people": band.people,
            "note": band.note.partition("The same band along")[0].strip() if band.then else band.note,
            "then": [
                [
                    str(one.day),
                    *(round(km2) for km2 in (one.km2, one.russia_km2, one.ukraine_km2)),
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


def _row(unit: InUnit, units: Names) -> list[Any]:
    """A line of the table: the unit, in all, and by who holds it, in km²."""
    km2 = (unit.km2, unit.russia_km2, unit.ukraine_km2, unit.contested_km2)
    name: Any = [short_unit(text) for text in units[unit.unit]] if unit.unit in units else unit.unit
    if unit.unit == OUTSIDE:
        name = list(words().words["outside-units"])
    return [name, *(round(value, 1) for value in km2)]


def _key(feature: Feature) -> Key | None:
    """The side and class a feature of a layer of control stands for."""
    side = str(feature.properties.get("side") or feature.properties.get("leans_to", "")).lower()
    return Key(side, str(feature.properties.get("class", "")))  # type: ignore[arg-type]


def _drawn(role: str, geometries: Sequence[Any], frame: Box) -> list[Any]:
    """Geometries as the map draws those of its measured layers."""
    layer = Layer(role, "", "band", tuple(Feature(geometry, "") for geometry in geometries), "", "")
    return [encoded(shape) for shape in compact(layer, frame)]
