"""What a popup says of a feature, as pairs of words: figures with their intervals, then date, source and lineage.

Properties follow one convention: ``area_km2`` with ``area_km2_low`` and ``area_km2_high`` is a figure and its
interval, the ending naming the unit; ``date`` and ``source`` replace the layer's own; ``lineage`` says how the geometry
came about and ``side`` who holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from layers.html.geometry import BASE_TOLERANCE, tolerance
from layers.layer import Feature, Layer, Value
from layers.timeline import Course, Timeline

_UNITS = {"km2_day": "km²/day", "km2": "km²", "km": "km", "m": "m", "percent": "%", "days": "days"}
_LAST = ("side", "date", "source", "lineage")
_ELSEWHERE = ("name_uk", "name_ru")
"""Said by the labels."""

Fact = tuple[str, str]


def facts(layer: Layer, feature: Feature) -> list[Fact]:
    """Label and text of everything known of ``feature``, figures first."""
    given = {
        key: value for key, value in feature.properties.items() if value not in (None, "") and key not in _ELSEWHERE
    }
    bounds = {f"{key}_{end}" for key in given for end in ("low", "high")} & set(given)
    figures = [_figure(key, given) for key in given if key not in bounds and key not in _LAST]
    side = [("Held by", str(given["side"]).title())] if "side" in given else []
    lineage = [("How it came about", str(given["lineage"]))] if "lineage" in given else []
    return side + figures + lineage + _dated(layer, given)


def figures_first(layer: Layer, feature: Feature) -> list[Fact]:
    """The same with the written form behind the figures, where the figures are what is asked for."""
    return sorted(facts(layer, feature), key=lambda fact: fact[0] == "Expression")


def shares(timeline: Timeline) -> dict[str, list[Fact]]:
    """What Russia holds of each place a timeline follows, on the map's day, by the expression of the place."""
    return {course.place.expression: _share(course, timeline) for course in timeline.courses}


def _share(course: Course, timeline: Timeline) -> list[Fact]:
    held = course.held[timeline.now]
    km2, low, high = (number(round(one)) for one in held.km2)
    percent = [f"{one:.1f}" for one in held.percent]
    return [
        ("Russian held", f"{km2} ({low}–{high}) km²"),
        ("Russian-held share", f"{percent[0]} ({percent[1]}–{percent[2]}) %"),
        ("Control by", f"{timeline.source} {(timeline.states or timeline.days)[timeline.now]}"),
    ]


def _dated(layer: Layer, given: Mapping[str, Value]) -> list[Fact]:
    said = [("As of", given.get("date", layer.as_of)), ("Source", given.get("source", layer.source))]
    return [(label, str(text)) for label, text in said if text]


def about(layer: Layer) -> list[Fact]:
    """Label and text of what holds for a layer as a whole."""
    drawn = tolerance(layer.role)
    said = [
        ("As of", layer.as_of),
        ("Source", layer.source),
        ("Licence", layer.licence),
        ("Method", layer.method),
        ("Note", layer.note),
        ("Drawn", f"outline simplified to {drawn:.0f} m for the screen; figures come from the full geometry"),
    ]
    if drawn == BASE_TOLERANCE:
        said[-1] = ("Drawn", f"outline simplified to {drawn:.0f} m for orientation; nothing is measured on it")
    return [(label, text) for label, text in said if text]


def _figure(key: str, given: Mapping[str, Value]) -> Fact:
    unit = next((ending for ending in _UNITS if key.endswith("_" + ending)), "")
    label = key.removesuffix("_" + unit).replace("_", " ").strip() or key
    value, low, high = given[key], given.get(key + "_low"), given.get(key + "_high")
    text = number(value)
    if low is not None and high is not None:
        text += f" ({number(low)}–{number(high)})"
    return label[:1].upper() + label[1:], f"{text} {_UNITS[unit]}" if unit else text


def number(value: Value) -> str:
    """A value as newspapers print it: thousands apart, no more decimals than the size bears."""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return "unknown"
    places = 0 if isinstance(value, int) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


__all__ = ["Fact", "about", "facts", "figures_first", "number", "shares"]
