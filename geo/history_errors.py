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
from geo.measure.geodesic import area_km2, areas_m2
from geo.quantity import Interval
from geo.survey import FEW_UNITS

Around = Callable[[date, float], Interval | None]
"""From a day and an area in km² to the interval it lies in; None where no error is stated."""


def errors_of(territory: Territory, members: Sequence[Territory | None], world: World) -> list[Around]:
    """The errors of a territory cut to each member, as :func:`geo.survey.error_km2` has them.

    A series that reaches into a few units has the errors measured in those, added up; another one that of the whole.
    Which units are reached is asked once, of the widest extent the territory may have.
    """
    control = world.control
    if not isinstance(control, Settlements):
        return [lambda _day, _km2: None] * len(members)
    of_all = lru_cache(maxsize=None)(control.error_percent)
    reach = evaluate(nodes.widest(territory), world).geometry
    return [_around(control, of_all, _units_in(reach, member, world)) for member in members]


def _around(
    control: Settlements, of_all: Callable[[date], Interval | None], units: Sequence[tuple[str, float]]
) -> Around:
    """The errors measured in units (name and km²), where there are any; else those of all that is held."""

    def around(day: date, km2: float) -> Interval | None:
        stated = of_all(day)
        if stated is None:
            return None
        points = [(size, control.unit_error_points(name, day)) for name, size in units]
        errors = [(e.low * size / 100, e.high * size / 100) for size, e in points if e]
        errors = errors or [(stated.low * km2 / 100, stated.high * km2 / 100)]
        too_much, too_little = sum(max(0.0, high) for _, high in errors), sum(max(0.0, -low) for low, _ in errors)
        return Interval(max(0.0, km2 - too_much), km2 + too_little) if km2 else Interval(0.0, 0.0)

    return around


def _units_in(reach: shapely.Geometry, member: Territory | None, world: World) -> list[tuple[str, float]]:
    """The units an area reaches into, and their km²; none where they are more than a few."""
    if isinstance(member, nodes.Unit):
        return [(member.name, area_km2(evaluate(member, world).geometry))]
    area = reach if member is None else shapely.intersection(reach, evaluate(member, world).geometry)
    units = [unit for unit in world.atlas.units.values() if shapely.intersects(unit.geometry, area)]
    inside = areas_m2(shapely.intersection([unit.geometry for unit in units], area)) > 1e6
    found = [(unit.id, area_km2(unit.geometry)) for unit, is_in in zip(units, inside, strict=True) if is_in]
    return found if len(found) <= FEW_UNITS else []
