"""The timeline of a source that gives areas: each day's outlines, and what one day has and the day before has not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra.evaluate import World
from geo.atlas.control.types import Snapshot
from geo.measure.geodesic import area_km2
from layers.edges import edges_of, numbered, odd
from layers.timeline import Course, Key, Part, Place, Step, Timeline, key_of

_SPECK_KM2 = 0.01
"""A hectare: what is smaller is two drawings of one line, not a change."""


def build(world: World, days: Sequence[date], places: Sequence[Place]) -> Timeline:
    """The states of a world's source on ``days``."""
    control = world.control
    assert control is not None
    snapshots = [world.on(day).snapshot() for day in days]
    keys = list(dict.fromkeys(key_of(h.side, h.cls) for s in snapshots for h in s.holdings))
    ukraine = world.atlas.country("ukraine").geometry
    held = [_Held(s.dated, s.held("russia"), _abroad(s.held("ukraine"), ukraine)) for s in snapshots]
    return Timeline(
        control.name,
        control.title,
        control.licence,
        tuple(days),
        list(days).index(world.at),
        tuple(_part(key, snapshots) for key in keys),
        (Step(shapely.Polygon(), shapely.Polygon()), *(_step(one, other) for one, other in pairwise(held))),
        tuple(Course(place, _course(place, held)) for place in places),
        tuple(s.dated for s in snapshots),
    )


class _Held(NamedTuple):
    """What matters of a day for changes: what Russia held, and what Ukraine held abroad."""

    dated: date
    russia: BaseGeometry
    abroad: BaseGeometry


def _abroad(held: BaseGeometry, ukraine: BaseGeometry) -> BaseGeometry:
    """What lies outside Ukraine."""
    return shapely.difference(held, ukraine)


def _part(key: Key, snapshots: Sequence[Snapshot]) -> Part:
    areas: dict[date, BaseGeometry] = {}
    for s in snapshots:
        if s.dated not in areas:
            mine = [h.geometry for h in s.holdings if key_of(h.side, h.cls) == key]
            areas[s.dated] = mine[0] if len(mine) == 1 else shapely.union_all(mine)
    states = list(areas)
    pairs, state = edges_of(list(areas.values()))
    distinct, number = numbered(pairs)
    alive = np.stack([odd(number[state == n], len(distinct)) for n in range(len(areas))], axis=1)
    km2 = [area_km2(area) for area in areas.values()]
    seen = [states.index(s.dated) for s in snapshots]
    return Part(key, distinct, alive[:, seen], tuple(km2[n] for n in seen))


def _step(before: _Held, after: _Held) -> Step:
    """What changed hands: in Ukraine by what Russia holds, abroad by what Ukraine holds."""
    if before.dated == after.dated:
        return Step(shapely.Polygon(), shapely.Polygon())
    russia = (before.russia, after.russia)
    abroad = (before.abroad, after.abroad)
    to_russia = [shapely.difference(*russia[::-1]), shapely.difference(*abroad)]
    to_ukraine = [shapely.difference(*russia), shapely.difference(*abroad[::-1])]
    return Step(_without_specks(to_russia), _without_specks(to_ukraine))


def _without_specks(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    parts = [part for area in areas for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon([part for part in parts if area_km2(part) > _SPECK_KM2])


def _course(place: Place, held: Sequence[_Held]) -> tuple[float, ...]:
    shapely.prepare(place.geometry)
    found: dict[date, float] = {}
    for day in held:
        if day.dated not in found:
            found[day.dated] = area_km2(shapely.intersection(day.russia, place.geometry))
    return tuple(found[day.dated] for day in held)
