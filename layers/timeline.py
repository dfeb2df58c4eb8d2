"""Who held what through time: the same classes on many days, what changed between them, shares that move with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas.atlas import Atlas
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.types import ControlClass, ControlSource, Side
from geo.bounds import arounds
from geo.errors import DateError
from geo.held import Held, Whole, held, whole
from geo.margins import fineness
from geo.quantity import Bounded

STEP_DAYS = 7
_AROUND_DAYS = {True: 364, False: 91}
"""How far the window reaches where none is given, by whether the source is made of cells: areas are slow to compare."""

Edges = NDArray[np.int64]
"""Distinct undirected edges, a row each: lon, lat, lon, lat in 1e-5 degree."""


class Key(NamedTuple):
    """A class of control of one side; unknown ground is nobody's."""

    side: Side | Literal[""]
    cls: ControlClass


def key_of(side: Side, cls: ControlClass) -> Key:
    """The key of a holding: a source must give its unknown ground some side, a map gives it none."""
    return Key("" if cls == "unknown" else side, cls)


HELD = Key("russia", "assessed")
"""What Russia holds is counted, and drawn, within Ukraine: sources draw it out to sea and across the border."""


@dataclass(frozen=True)
class Part:
    """One class of control through time: row ``e`` of ``alive`` says on which days edge ``e`` bounds it.

    ``km2`` is its area on each day, ``bounded`` the same with the interval.
    """

    key: Key
    edges: Edges
    alive: NDArray[np.bool_]
    km2: tuple[float, ...]
    bounded: tuple[Bounded, ...] = ()


@dataclass(frozen=True)
class Step:
    """What changed hands since the day before, by the side it went to (lon, lat on WGS84; may be empty)."""

    russia: BaseGeometry
    ukraine: BaseGeometry


@dataclass(frozen=True)
class Place:
    """A territory of Ukraine whose Russian-held share is followed; its extent is lon, lat on WGS84."""

    title: str
    expression: str
    geometry: BaseGeometry

    @property
    def territory(self) -> Territory:
        """What its expression says."""
        return parse(self.expression)


Gains = tuple[Bounded, Bounded]
"""What went to Russia in a step, and what to Ukraine, in km²."""


@dataclass(frozen=True)
class Course:
    """What Russia held of a place on each day, of which whole, and what of it changed hands in each step."""

    place: Place
    whole: Whole
    held: tuple[Held, ...]
    gains: tuple[Gains, ...]


@dataclass(frozen=True)
class Timeline:
    """One source on many days; ``now`` is the number of the map's day, ``steps[0]`` is empty; ``gains`` are theirs.

    ``states`` are the dates of the source's states behind the days, where they may be older; else empty.
    """

    source: str
    title: str
    licence: str
    days: tuple[date, ...]
    now: int
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    courses: tuple[Course, ...] = ()
    gains: tuple[Gains, ...] = ()
    states: tuple[date, ...] = ()


def days_around(at: date, control: ControlSource, first: date | None = None, last: date | None = None) -> list[date]:
    """Every seventh day from ``at`` within a window, ``at`` among them: a year to each side of it, a quarter for areas.

    The window ends where the source does. Raises :class:`DateError` for a window that does not hold ``at``, or a date
    the source does not cover.
    """
    if not control.first <= at <= control.last:
        raise DateError(f"{control.name} covers {control.first} to {control.last}, not {at}.")
    around = timedelta(_AROUND_DAYS[isinstance(control, Settlements)])
    begin = max(first or at - around, control.first)
    end = min(last or at + around, control.last)
    if not begin <= at <= end:
        raise DateError(
            f"The map's date {at} lies outside the window {begin} to {end}: widen --from and --to, or --at."
        )
    before = range((at - begin).days // STEP_DAYS, 0, -1)
    after = range(1, (end - at).days // STEP_DAYS + 1)
    return [*(at - timedelta(STEP_DAYS * n) for n in before), at, *(at + timedelta(STEP_DAYS * n) for n in after)]


def build(control: ControlSource, atlas: Atlas, at: date, days: Sequence[date], places: Sequence[Place]) -> Timeline:
    """One source on ``days``, with the courses of ``places``, of which the first is Ukraine."""
    from layers import timeline_areas, timeline_cells, timeline_gains

    world = World(atlas, at, control)
    if isinstance(control, Settlements):
        drawn = timeline_cells.build(control, atlas, at, days)
    else:
        drawn = timeline_areas.build(world, days)
    of_all, *gains = timeline_gains.gains(drawn.steps, days, places, world)
    rows = zip(places, held([place.territory for place in places], world, days), gains, strict=True)
    courses = tuple(Course(place, whole(place.territory, world), days_held, steps) for place, days_held, steps in rows)
    parts = tuple(replace(part, bounded=_bounded(part, days, courses[0], world)) for part in drawn.parts)
    return replace(drawn, parts=parts, courses=courses, gains=of_all)


def _bounded(part: Part, days: Sequence[date], ukraine: Course, world: World) -> tuple[Bounded, ...]:
    """The area of a class on each day with its interval, as popups have it: what Russia holds is that of Ukraine."""
    if part.key == HELD:
        return tuple(day.km2 for day in ukraine.held)
    measured = {"assessed": nodes.Controlled("ukraine"), "contested": nodes.Contested()}.get(part.key.cls)
    if measured is None:
        return tuple(Bounded(km2, km2 - fineness(km2, None), km2 + fineness(km2, None)) for km2 in part.km2)
    (around,) = arounds(measured, [None], world)
    ends = [around(day, km2) for day, km2 in zip(days, part.km2, strict=True)]
    return tuple(Bounded(km2, end.low, end.high) for km2, end in zip(part.km2, ends, strict=True))
