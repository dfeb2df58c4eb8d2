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
from geo.atlas.atlas import Atlas
from geo.atlas.control.types import ControlSource, Snapshot
from geo.measure.geodesic import area_km2, areas_m2
from geo.measure.parts import areal
from layers.edges import edges_of, numbered, odd
from layers.timeline import HELD, Key, Part, Step, Timeline, key_of

_SPECK_KM2 = 0.01
"""A hectare: what is smaller is two drawings of one line, not a change."""


def build(world: World, days: Sequence[date]) -> Timeline:
    """The states of a world's source on ``days``."""
    control = world.control
    assert control is not None
    snapshots = [world.on(day).snapshot() for day in days]
    keys = list(dict.fromkeys(key_of(h.side, h.cls) for s in snapshots for h in s.holdings))
    held = [_Held(s.dated, s.held("russia"), _abroad(s, control, world.atlas)) for s in snapshots]
    changes = [_change(*pair) for pair in pairwise(held)]
    return Timeline(
        control.name,
        control.title,
        control.licence,
        tuple(days),
        list(days).index(world.at),
        tuple(_part(key, snapshots, world.atlas) for key in keys),
        (Step(shapely.Polygon(), shapely.Polygon()), *map(_step, changes)),
        states=tuple(s.dated for s in snapshots),
    )


class _Held(NamedTuple):
    """What matters of a day for changes: what Russia held, and what Ukraine held abroad."""

    dated: date
    russia: BaseGeometry
    abroad: BaseGeometry


def _abroad(snapshot: Snapshot, control: ControlSource, atlas: Atlas) -> BaseGeometry:
    """What Ukraine holds outside Ukraine; a source that shows nothing there is not asked, for it takes long to see."""
    if not getattr(control, "abroad", True):
        return shapely.Polygon()
    ukraine, parts = atlas.country("ukraine").geometry, shapely.get_parts(snapshot.held("ukraine"))
    shapely.prepare(ukraine)
    return shapely.difference(shapely.union_all(parts[~shapely.covers(ukraine, parts)]), ukraine)


def _part(key: Key, snapshots: Sequence[Snapshot], atlas: Atlas) -> Part:
    areas: dict[date, BaseGeometry] = {}
    for s in snapshots:
        if s.dated not in areas:
            mine = [h.geometry for h in s.holdings if key_of(h.side, h.cls) == key]
            whole = mine[0] if len(mine) == 1 else shapely.union_all(mine)
            areas[s.dated] = (
                areal(shapely.intersection(whole, atlas.country("ukraine").geometry)) if key == HELD else whole
            )
    states = list(areas)
    pairs, state = edges_of(list(areas.values()))
    distinct, number = numbered(pairs)
    alive = np.stack([odd(number[state == n], len(distinct)) for n in range(len(areas))], axis=1)
    km2 = [area_km2(area) for area in areas.values()]
    seen = [states.index(s.dated) for s in snapshots]
    return Part(key, distinct, alive[:, seen], tuple(km2[n] for n in seen))


class _Change(NamedTuple):
    """What changed hands: in Ukraine by what Russia holds, abroad by what Ukraine holds."""

    gained: BaseGeometry
    lost: BaseGeometry
    gained_abroad: BaseGeometry
    lost_abroad: BaseGeometry


def _change(before: _Held, after: _Held) -> _Change:
    if before.dated == after.dated:
        return _Change(*[shapely.Polygon()] * 4)
    return _Change(
        shapely.difference(after.russia, before.russia),
        shapely.difference(before.russia, after.russia),
        shapely.difference(before.abroad, after.abroad),
        shapely.difference(after.abroad, before.abroad),
    )


def _step(change: _Change) -> Step:
    """What went to each side, without specks."""
    return Step(
        _without_specks([change.gained, change.gained_abroad]), _without_specks([change.lost, change.lost_abroad])
    )


def _without_specks(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    parts = shapely.get_parts(areas)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    kept: BaseGeometry = shapely.multipolygons(parts[areas_m2(parts) / 1e6 > _SPECK_KM2])
    return kept
