"""Who held what through time: the same classes on many days, what changed between them, shares that move with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.algebra.evaluate import World
from geo.atlas.atlas import Atlas
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.types import ControlClass, ControlSource, Side
from geo.errors import DateError

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


@dataclass(frozen=True)
class Part:
    """One class of control through time: row ``e`` of ``alive`` says on which days edge ``e`` bounds it."""

    key: Key
    edges: Edges
    alive: NDArray[np.bool_]
    km2: tuple[float, ...]


@dataclass(frozen=True)
class Step:
    """What changed hands since the day before, by the side it went to (lon, lat on WGS84; may be empty)."""

    russia: BaseGeometry
    ukraine: BaseGeometry


@dataclass(frozen=True)
class Place:
    """A territory whose Russian-held share is followed; ``whole_km2`` is official where ``official`` says whose."""

    title: str
    expression: str
    geometry: BaseGeometry
    whole_km2: float
    official: str = ""


@dataclass(frozen=True)
class Course:
    """What Russia held of a place, km² on each day."""

    place: Place
    km2: tuple[float, ...]

    @property
    def percent(self) -> tuple[float, ...]:
        """The same in percent of the whole."""
        return tuple(100 * value / self.place.whole_km2 for value in self.km2)


@dataclass(frozen=True)
class Timeline:
    """One source on many days; ``now`` is the number of the map's day, ``steps[0]`` is empty.

    ``states`` are the dates of the source's states behind the days, where they may be older; else empty.
    """

    source: str
    title: str
    licence: str
    days: tuple[date, ...]
    now: int
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    courses: tuple[Course, ...]
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
    """One source on ``days``, with the courses of ``places``."""
    from layers import timeline_areas, timeline_cells

    if isinstance(control, Settlements):
        return timeline_cells.build(control, atlas, at, days, places)
    return timeline_areas.build(World(atlas, at, control), days, places)
