"""Between what areas that one control source gives may lie: its measured errors, and how finely one source can tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.atlas.atlas import Atlas
from geo.atlas.control.settlements import Settlements
from geo.atlas.names import folded
from geo.margins import FEW_UNITS, REACHED_KM2, fineness, ground_of
from geo.measure.geodesic import area_km2, areas_m2
from geo.quantity import Bounded, Interval

Around = Callable[[date, float], Interval]
"""From a day and an area in km² to the interval it lies in."""


def bounds(
    world: World, km2: float, units: Sequence[str] = (), ground_km2: float | None = None, fine: float | None = None
) -> Interval:
    """Between what an area of ``km2`` in a world lies, as :func:`geo.survey.area` has it of one source.

    ``units`` are those it reaches into: where they are a few, what was measured in each is added up; else what was
    measured of all that is held. ``ground_km2`` is the ground one side holds it of, where it is that; ``fine`` how many
    km² finer the source cannot tell, where that is known of a larger area it is part of.
    """
    km2 = max(0.0, km2)  # a sum of gains and losses ends a hair below nothing
    too_much, too_little = _off(world, km2, units)
    fine = fineness(km2, ground_km2) if fine is None else fine
    return Interval(max(0.0, km2 - max(too_much, fine)), km2 + max(too_little, fine))


def bounded(
    world: World, km2: float, units: Sequence[str] = (), ground_km2: float | None = None, fine: float | None = None
) -> Bounded:
    """An area with its :func:`bounds`."""
    interval = bounds(world, km2, units, ground_km2, fine)
    return Bounded(max(0.0, km2), interval.low, interval.high)


def _off(world: World, km2: float, units: Sequence[str]) -> tuple[float, float]:
    """km² too much and too little that may be in an area; nothing is stated of any source but the embedded table."""
    if not isinstance(world.control, Settlements):
        return 0.0, 0.0
    local = [off for unit in units if (off := _in_unit(unit, world))] if len(units) <= FEW_UNITS else []
    if local:
        return sum(much for much, _ in local), sum(little for _, little in local)
    much, little = _in_all(world.control, world.at)
    return much * km2 / 100, little * km2 / 100


@lru_cache(maxsize=4096)
def _in_unit(unit: str, world: World) -> tuple[float, float] | None:
    """km² too much and too little in a unit, by the state of the table on the day; None where nobody measured."""
    assert isinstance(world.control, Settlements)
    dates = world.control.dates
    points = world.control.unit_error_points(unit, dates[bisect_right(dates, world.at) - 1])
    size = _unit_km2(unit, world.atlas) / 100
    return (max(0.0, points.high) * size, max(0.0, -points.low) * size) if points else None


@lru_cache(maxsize=4096)
def _in_all(control: Settlements, day: date) -> tuple[float, float]:
    """Percent too much and too little of all that is held."""
    found = control.error_percent(day)
    return (max(0.0, found.high), max(0.0, -found.low)) if found else (0.0, 0.0)


@lru_cache(maxsize=256)
def _unit_km2(unit: str, atlas: Atlas) -> float:
    return area_km2(atlas.unit(unit).geometry)


def arounds(territory: Territory, members: Sequence[Territory | None], world: World) -> list[Around]:
    """The intervals of a territory cut to each member, as :func:`geo.survey.area` has them of one source.

    Which units are reached is asked once, of the widest extent the territory may have.
    """
    measured = isinstance(world.control, Settlements)
    reach = evaluate(nodes.widest(territory), world).geometry if measured else None
    return [
        _around(world, units_reached(reach, member, world) if reach else (), _ground_km2(territory, member, world))
        for member in members
    ]


def _around(world: World, units: Sequence[str], ground_km2: float | None) -> Around:
    def around(day: date, km2: float) -> Interval:
        return bounds(world.on(day), km2, units, ground_km2)

    return around


def _ground_km2(territory: Territory, member: Territory | None, world: World) -> float | None:
    """The area of the ground of which a series is what one side holds; None for anything else."""
    ground = ground_of(territory if member is None else nodes.Both(territory, member))
    return evaluate(ground, world).area_km2 if ground else None


def units_of(place: Territory, world: World) -> tuple[str, ...]:
    """The ids of the units a place that does not change with control reaches into, read off its form where it tells."""
    units, members = world.atlas.units, nodes.members(place)
    if isinstance(place, nodes.Country):
        return tuple(unit.id for unit in units.values() if unit.properties["country"] == folded(place.name))
    if all(isinstance(member, nodes.Unit) for member in members):
        return tuple(world.atlas.unit(member.name).id for member in members if isinstance(member, nodes.Unit))
    return units_reached(evaluate(place, world).geometry, None, world)


def units_reached(reach: BaseGeometry, member: Territory | None, world: World) -> tuple[str, ...]:
    """The ids of the units of which an area, cut to a member, has more than a km²."""
    if isinstance(member, nodes.Unit):
        return (world.atlas.unit(member.name).id,)
    area = reach if member is None else shapely.intersection(reach, evaluate(member, world).geometry)
    shapely.prepare(area)
    units = [unit for unit in world.atlas.units.values() if shapely.intersects(area, unit.geometry)]
    inside = areas_m2(shapely.intersection([unit.geometry for unit in units], area)) > 1e6 * REACHED_KM2
    return tuple(unit.id for unit, is_in in zip(units, inside, strict=True) if is_in)
