"""How far a measure of control may be off: its source's measured error, and how finely one source can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from itertools import islice

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.region import Region
from geo.atlas.atlas import embedded
from geo.atlas.features import Record
from geo.atlas.names import folded
from geo.definitions import rules
from geo.measure.geodesic import area_km2
from geo.quantity import Interval

FEW_UNITS = 5
REACHED_KM2 = 1.0
"""An area reaches into a unit where it has more than this of it."""


def fineness(held_km2: float, ground_km2: float | None) -> float:
    """How many km² finer than which an area that is held, taken from one source alone, is not known.

    A part of what the smaller holder has of the ground, as careful sources differ (``source_floor`` of the rules), so
    that both sides' areas are known equally well; a part of the area itself where there is no ground to share.
    """
    smaller = held_km2 if ground_km2 is None else min(held_km2, max(0.0, ground_km2 - held_km2))
    return rules().source_floor * smaller


def fineness_km2(territory: Territory, world: World) -> float:
    """:func:`fineness` of a territory in a world; 0 for what does not change with control."""
    if not territory.dated:
        return 0.0
    ground = ground_of(territory)
    return fineness(evaluate(territory, world).area_km2, evaluate(ground, world).area_km2 if ground else None)


def ground_of(territory: Territory) -> Territory | None:
    """The ground of which a territory is what one side holds; None for anything else."""
    parts = list(terms(territory))
    grounds = [part for part in parts if not part.dated]
    if len(grounds) != len(parts) - 1 or not any(isinstance(part, nodes.Controlled) for part in parts):
        return None
    return reduce(nodes.Both, grounds) if grounds else None


def terms(territory: Territory) -> Iterator[Territory]:
    """What a territory is the intersection of."""
    if isinstance(territory, nodes.Both):
        yield from terms(territory.left)
        yield from terms(territory.right)
    else:
        yield territory


def error_km2(region: Region, value: float) -> tuple[float, float]:
    """How many km² too much and too little a region's area may be, by the measured error of its control source.

    The error is that of the days of the states it stands on, whatever day it is looked at. A region within a few units
    has the errors measured in those, added up; a larger one has the error measured for the whole area held, in which
    the units' errors partly cancel. Where nothing is held, something may have been missed.
    """
    stated = [s.error_percent for s in region.snapshots if s.error_percent is not None]
    if not stated:
        return 0.0, 0.0
    local = _unit_errors(region)
    if local:
        return sum(max(0.0, e.high) for e in local), sum(max(0.0, -e.low) for e in local)
    return value * max(0.0, *(e.high for e in stated)) / 100, value * max(0.0, *(-e.low for e in stated)) / 100


@lru_cache(maxsize=64)
def _unit_errors(region: Region) -> list[Interval]:
    """The errors in km² measured in the units a region touches, where these are few, on the days of its states."""
    atlas, control = embedded(), region.control
    if control is None:
        return []
    units = [unit for unit in atlas.units.values() if _may_reach(region.territory, unit)]
    touched = _units_touched(_extent(region), units)
    if len(touched) > FEW_UNITS:
        return []
    days = sorted({snapshot.dated for snapshot in region.snapshots})
    found = []
    for unit in touched:
        km2 = area_km2(unit.geometry) / 100
        points = [e for day in days if (e := control.unit_error_points(unit.id, day)) is not None]
        found += [Interval(min(e.low for e in points) * km2, max(e.high for e in points) * km2)] if points else []
    return found


def _may_reach(territory: Territory, unit: Record) -> bool:
    """Whether a territory may have ground in a unit, by the way it is written: most of the map need not be asked."""
    match territory:
        case nodes.Both(left, right):
            return _may_reach(left, unit) and _may_reach(right, unit)
        case nodes.Either(left, right):
            return _may_reach(left, unit) or _may_reach(right, unit)
        case nodes.Without(left, right):
            return _may_reach(left, unit) and not _has_all(right, unit)
        case nodes.Land(of) | nodes.On(of) | nodes.Peak(of):
            return _may_reach(of, unit)
        case nodes.Unit() | nodes.Country():
            return _has_all(territory, unit)
    return True


def _has_all(territory: Territory, unit: Record) -> bool:
    """Whether a territory has all of a unit, by the way it is written."""
    match territory:
        case nodes.Unit(name):
            return folded(name) == folded(unit.id)
        case nodes.Country(name):
            return folded(name) == folded(unit.properties["country"])
        case nodes.Either(left, right):
            return _has_all(left, unit) or _has_all(right, unit)
    return False


def _extent(region: Region) -> BaseGeometry:
    """Where a region may be: what it covers or, where it is nothing, the ground that is asked about."""
    of = region.territory.of if isinstance(region.territory, nodes.Land) else region.territory
    ground = ground_of(of) if region.geometry.is_empty else None
    return evaluate(ground, World(embedded(), region.as_of)).geometry if ground else region.geometry


def _units_touched(area: BaseGeometry, units: Sequence[Record]) -> list[Record]:
    """The units an area reaches into by more than a km²; no more of them than it takes to be more than a few."""
    shapely.prepare(area)
    near = [unit for unit in units if area.intersects(unit.geometry)]
    within = [area.contains(_patch(unit.geometry)) for unit in near]
    sure = [unit for unit, is_in in zip(near, within, strict=True) if is_in]
    if len(sure) > FEW_UNITS:
        return sure
    rest = [unit for unit, is_in in zip(near, within, strict=True) if not is_in]
    found = (unit for unit in rest if area_km2(shapely.intersection(unit.geometry, area)) > REACHED_KM2)
    return [*sure, *islice(found, FEW_UNITS + 1 - len(sure))]


@lru_cache(maxsize=64)
def _patch(ground: BaseGeometry) -> BaseGeometry:
    """A disc well inside a unit."""
    return shapely.buffer(shapely.point_on_surface(ground), _PATCH_DEG)


_PATCH_DEG = 0.02
"""A patch of this radius around a point of a unit has some 6 km²: an area that holds it reaches into the unit."""
