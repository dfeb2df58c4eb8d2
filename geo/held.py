"""What Russia holds of places on many days: each as area and share measure it of one source, with its interval."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.extents import Leaf, extents
from geo.algebra.nodes import Territory
from geo.bounds import bounded, units_of
from geo.errors import DateError
from geo.margins import REACHED_KM2, fineness
from geo.measure.geodesic import area_km2
from geo.measure.history import ROUNDING_DEG, Units, history
from geo.measure.parts import areal
from geo.published import official_area
from geo.quantity import Bounded
from geo.survey import ALL_PERCENT, at_most_all

Km2 = NDArray[np.float64]
"""A row a day, a column a piece of ground."""


class Held(NamedTuple):
    """What is held of a place on one day, in km² and in percent of its whole."""

    km2: Bounded
    percent: Bounded


class Whole(NamedTuple):
    """What a share of a place is taken of: the official area in km² and whose figure it is; "" where it is measured."""

    km2: float
    official: str


@dataclass(frozen=True)
class _Ground:
    """A place as its shares are taken: its extent, what it is a part of, and its parts by unit."""

    geometry: BaseGeometry
    measured_km2: float
    whole: Whole
    by_unit: dict[str, BaseGeometry]


def held(places: Sequence[Territory], world: World, days: Sequence[date]) -> list[tuple[Held, ...]]:
    """What Russia holds of each place on each of the days, by the world's control source: a row a place.

    A place is ground in Ukraine that does not change with control. Values and intervals are those that
    :func:`geo.survey.area` and :func:`geo.survey.share` give by that source alone: its measured error and fineness,
    contested areas counted in, land on land, the wholes in use. Raises :class:`DateError` for days outside the source.
    """
    assert world.control is not None
    for day in days:
        if not world.control.first <= day <= world.control.last:
            raise DateError(f"{world.control.name} covers {world.control.first} to {world.control.last}, not {day}.")
    dates = world.control.dates
    states = [dates[bisect_right(dates, day) - 1] for day in days]
    grounds = [_ground(place, world) for place in places]
    russia = nodes.Controlled("russia")
    surely = _course(grounds, russia, world, states)
    at_most = _course(grounds, nodes.Either(russia, nodes.Contested()), world, states)
    worlds = [world.on(day) for day in days]
    waters = [world.atlas.internal_waters(day) for day in days]
    return [
        tuple(_days(ground, one, most, worlds, _without(waters, ground)))
        for ground, one, most in zip(grounds, surely, at_most, strict=True)
    ]


def whole(place: Territory, world: World) -> Whole:
    """The whole of a place's share: the official area where there is one, else the one measured."""
    official = official_area(place)
    return Whole(official.value, official.source) if official else Whole(evaluate(place, world).area_km2, "")


def _ground(place: Territory, world: World) -> _Ground:
    geometry = evaluate(place, world).geometry
    return _Ground(geometry, area_km2(geometry), whole(place, world), _by_unit(place, geometry, world))


def _by_unit(place: Territory, geometry: BaseGeometry, world: World) -> dict[str, BaseGeometry]:
    """What of a place lies in each unit it reaches into; the units themselves where it is made of those."""
    made_of = isinstance(place, nodes.Country) or all(isinstance(one, nodes.Unit) for one in nodes.members(place))
    units = {unit: world.atlas.unit(unit).geometry for unit in units_of(place, world)}
    return {unit: area if made_of else areal(shapely.intersection(geometry, area)) for unit, area in units.items()}


class _Course(NamedTuple):
    """km² held of a place on each day: in all, on lagoons, and in each unit."""

    km2: Km2
    lagoons: Km2
    units: Km2


def _course(grounds: Sequence[_Ground], leaf: Leaf, world: World, states: Sequence[date]) -> list[_Course]:
    """What a leaf has of each ground; a state that stands for many days and ground of many places is measured once."""
    assert world.control is not None
    open_waters = world.atlas.open_waters
    lagoons = shapely.difference(world.atlas.internal_waters(world.at), open_waters)
    wanted = [[g.geometry, areal(shapely.intersection(g.geometry, lagoons)), *g.by_unit.values()] for g in grounds]
    pieces = list({id(piece): piece for row in wanted for piece in row}.values())
    number = {id(piece): n for n, piece in enumerate(pieces)}
    units = Units([shapely.difference(piece, open_waters) for piece in pieces], ROUNDING_DEG)
    rows = {row.key: row.value for row in history(extents(leaf, world.control, sorted(set(states))), units)}
    km2 = np.array([rows[state] for state in states])
    columns = [[number[id(piece)] for piece in row] for row in wanted]
    return [_Course(km2[:, row[0]], km2[:, row[1]], km2[:, row[2:]]) for row in columns]


def _days(
    ground: _Ground, surely: _Course, at_most: _Course, worlds: Sequence[World], land_km2: Sequence[float]
) -> Iterator[Held]:
    """The figures of one place, day by day; ``land_km2`` is its land on each."""
    names = np.array(list(ground.by_unit))
    for n, (world, land) in enumerate(zip(worlds, land_km2, strict=True)):
        fine = fineness(float(surely.km2[n]), ground.measured_km2)
        with_waters, on_land, most, most_on_land = (
            bounded(world, float(course.km2[n] - waters), names[_reached(course, n)].tolist(), fine=fine)
            for course in (surely, at_most)
            for waters in (0.0, course.lagoons[n])
        )
        by_wholes = [with_waters.times(1 / km2) for km2 in (ground.whole.km2, ground.measured_km2)]
        by_wholes.sort(key=lambda one: 100 * one.value > ALL_PERCENT)  # as share has it
        others = (
            by_wholes[1],
            most.times(1 / ground.measured_km2),
            *(one.times(1 / land) for one in (on_land, most_on_land) if land),
        )
        yield Held(with_waters.over(on_land, most), _percent(by_wholes[0].over(*others)))


def _reached(course: _Course, day: int) -> NDArray[np.bool_]:
    """Which units what is held reaches into; all of the place where it is nothing, as some may have been missed."""
    reached: NDArray[np.bool_] = (course.units[day] > REACHED_KM2) | (course.km2[day] < _NOTHING_KM2)
    return reached


_NOTHING_KM2 = 1e-9


def _percent(part: Bounded) -> Bounded:
    """A part in percent; what is less than the whole reaches no further than it."""
    percent = part.times(100)
    return percent._replace(high=at_most_all(percent.value, percent.high))


def _without(waters: Sequence[BaseGeometry], ground: _Ground) -> list[float]:
    """The area of a place without the internal waters of each day; these are the same geometry on most days."""
    distinct = {id(water): water for water in waters}
    km2 = {key: area_km2(shapely.difference(ground.geometry, water)) for key, water in distinct.items()}
    return [km2[id(water)] for water in waters]
