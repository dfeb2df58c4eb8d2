"""Who holds what on a date, by one source: assessed, claimed and contested areas apart, both sides alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo import survey as measures
from geo.algebra import nodes
from geo.algebra.evaluate import World
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.types import ControlSource, Snapshot
from geo.margins import fineness
from geo.measure.geodesic import area_km2
from geo.measure.parts import areal
from geo.quantity import Bounded
from geo.survey import Survey
from layers.figures import bounded, by_source, figure
from layers.layer import Feature, Layer, Value
from layers.timeline import HELD, Key, key_of

_WORDS = {
    "assessed": "Held (assessed)",
    "claimed": "Claimed",
    "contested": "Contested",
    "unknown": "Unknown",
    "liberated": "Retaken",
}
_ROLES = {
    "liberated": "control-assessed",
    "assessed": "control-assessed",
    "claimed": "control-claimed",
    "contested": "control-contested",
}

_ASSESSED: dict[str, nodes.Territory] = {
    "russia": nodes.Both(nodes.Controlled("russia"), nodes.Country("ukraine")),
    "ukraine": nodes.Controlled("ukraine"),
}
"""What is measured of a side: what Russia holds is counted within Ukraine, what Ukraine holds in Russia too."""

_SPECK_KM2 = 0.05


def build(control: ControlSource, survey: Survey, also: Iterable[Key] = ()) -> tuple[Layer, ...]:
    """One layer a class that has any area; a feature a side. Figures are those every command prints.

    ``also`` names sides and classes that have none on this date, but on others: they are there, and empty.
    Raises :class:`DateError` for a date the source does not cover.
    """
    snapshot = World(survey.atlas, survey.at, control).snapshot()
    areas = {key: shapely.Polygon() for key in also} | {
        key: _united([h.geometry for h in snapshot.holdings if key_of(h.side, h.cls) == key])
        for key in dict.fromkeys(key_of(h.side, h.cls) for h in snapshot.holdings if not h.geometry.is_empty)
    }
    if HELD in areas and not isinstance(control, Settlements):
        areas[HELD] = areal(shapely.intersection(areas[HELD], survey.atlas.country("ukraine").geometry))
    measured_by = survey if control is survey.covering[0] else replace(survey, controls=(control,))
    layers = []
    for cls, words in _WORDS.items():
        features = tuple(
            Feature(area, label(key), _facts(key, area, snapshot, measured_by))
            for key, area in areas.items()
            if key.cls == cls
        )
        if features:
            layers.append(
                Layer(
                    f"control-{control.name}-{cls}",
                    f"{words} ({control.name})",
                    _ROLES.get(cls, "control-unknown"),
                    features,
                    control.title,
                    control.licence,
                    as_of=str(snapshot.dated),
                    method="as the source states it, without open waters; geodesic on WGS84",
                    note=". ".join(note.removesuffix(".") for note in snapshot.notes),
                )
            )
    return tuple(layers)


def label(key: Key) -> str:
    """What an area is called: "Held by Russia (assessed)"; of contested and unknown ground no holder is named."""
    words = _WORDS[key.cls]
    if key.cls in ("contested", "unknown") or not key.side:
        return words
    verb, *how = words.split(" (", 1)
    return " (".join((f"{verb} by {key.side.title()}", *how))


def _facts(key: Key, area: BaseGeometry, snapshot: Snapshot, survey: Survey) -> dict[str, Value]:
    km2 = area_km2(area)
    fine = fineness(km2, None)  # of what no measure is taken: as careful maps of one day differ
    facts: dict[str, Value] = {"class": key.cls, **bounded("area_km2", Bounded(km2, km2 - fine, km2 + fine))}
    if key.cls == "contested":
        facts["leans_to"] = key.side.title()
    elif key.side:
        facts["side"] = key.side
    if key.cls == "contested" and not area.is_empty:
        measured = measures.area(nodes.Contested(), survey)
        whole = measured.value - area_km2(area) < _SPECK_KM2
        facts |= figure("area" if whole else "all_contested", measured)
        facts |= by_source(measured)
    if key.cls == "assessed" and not area.is_empty and not _retaken(key.side, snapshot):
        measured = measures.area(_ASSESSED[key.side], survey)
        facts |= figure("area", measured)
        facts |= by_source(measured)
    return facts


def _retaken(side: str, snapshot: Snapshot) -> bool:
    """Whether a source tells ground a side retook apart from the rest it holds: the measure counts both."""
    return any(h.side == side and h.cls == "liberated" and not h.geometry.is_empty for h in snapshot.holdings)


def _united(areas: list[BaseGeometry]) -> BaseGeometry:
    return areas[0] if len(areas) == 1 else shapely.union_all(areas)
