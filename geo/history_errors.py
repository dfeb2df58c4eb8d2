"""How far a history may be off on each day, by the errors measured of its control source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import shapely

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.atlas.control.settlements import Settlements
from geo.margins import FEW_UNITS, fineness, ground_of
from geo.measure.geodesic import area_km2, areas_m2
from geo.quantity import Interval

Around = Callable[[date, float], Interval]
"""From a day and an area in km² to the interval it lies in."""


def errors_of(territory: Territory, members: Sequence[Territory | None], world: World) -> list[Around]:
    """The errors of a territory cut to each member, as :func:`geo.survey.area` has them of one source.

    A series that reaches into a few units has the errors measured in those, added up; another one that of the whole.
    Which units are reached is asked once, of the widest extent the territory may have.
    """
    control = world.control
    stated = _stated(control) if isinstance(control, Settlements) else _nothing_stated
    reach = evaluate(nodes.widest(territory), world).geometry if isinstance(control, Settlements) else None
    return [
        _around(stated, _ground_km2(territory, member, world), [] if reach is None else _units_in(reach, member, world))
        for member in members
    ]


Stated = Callable[[date, float, Sequence[tuple[str, float]]], Interval]
"""From a day, an area in km², and the units reached (name and km²) to the error in km² that was measured."""


def _nothing_stated(_day: date, _km2: float, _units: Sequence[tuple[str, float]]) -> Interval:
    return Interval(0.0, 0.0)


def _stated(control: Settlements) -> Stated:
    """The errors measured in units, where there are any; else those of all that is held."""
    of_all = lru_cache(maxsize=None)(control.error_percent)

    def stated(day: date, km2: float, units: Sequence[tuple[str, float]]) -> Interval:
        points = [(size, control.unit_error_points(name, day)) for name, size in units]
        errors = [(e.low * size / 100, e.high * size / 100) for size, e in points if e]
        if not errors and (whole := of_all(day)):
            errors = [(whole.low * km2 / 100, whole.high * km2 / 100)]
        return Interval(-sum(max(0.0, -low) for low, _ in errors), sum(max(0.0, high) for _, high in errors))

    return stated


def _around(stated: Stated, ground_km2: float | None, units: Sequence[tuple[str, float]]) -> Around:
    """The interval around an area: what its source was measured to be off by, and how finely one source can tell."""

    def around(day: date, km2: float) -> Interval:
        km2 = max(0.0, km2)  # a sum of gains and losses ends a hair below nothing
        error = stated(day, km2, units)
        fine = fineness(km2, ground_km2)
        return Interval(max(0.0, km2 - max(error.high, fine)), km2 + max(-error.low, fine))

    return around


def _ground_km2(territory: Territory, member: Territory | None, world: World) -> float | None:
    """The area of the ground of which a series is what one side holds; None for anything else."""
    ground = ground_of(territory if member is None else nodes.Both(territory, member))
    return evaluate(ground, world).area_km2 if ground else None


def _units_in(reach: shapely.Geometry, member: Territory | None, world: World) -> list[tuple[str, float]]:
    """The units an area reaches into, and their km²; none where they are more than a few."""
    if isinstance(member, nodes.Unit):
        return [(member.name, area_km2(evaluate(member, world).geometry))]
    area = reach if member is None else shapely.intersection(reach, evaluate(member, world).geometry)
    units = [unit for unit in world.atlas.units.values() if shapely.intersects(unit.geometry, area)]
    inside = areas_m2(shapely.intersection([unit.geometry for unit in units], area)) > 1e6
    found = [(unit.id, area_km2(unit.geometry)) for unit, is_in in zip(units, inside, strict=True) if is_in]
    return found if len(found) <= FEW_UNITS else []
