"""The history of a territory: its area, share or length on every day a control source speaks of, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import shapely

from geo.algebra import nodes
from geo.algebra.course import EVERYWHERE, course
from geo.algebra.evaluate import OPEN_WATERS_NOTE, World, evaluate
from geo.algebra.extents import days_between
from geo.algebra.nodes import Territory
from geo.atlas.atlas import Atlas
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.types import ControlSource
from geo.atlas.names import folded
from geo.bounds import arounds
from geo.errors import UsageError
from geo.measure.geodesic import area_km2
from geo.measure.history import Row
from geo.published import official_area
from geo.quantity import Interval, Unit
from geo.resolve import territory as territory_of
from geo.showing import curves, table
from geo.wording import digits

SCHEMA = "contactline/history/1"
METHOD = "geodesic, WGS84; regions cut with each other along lon/lat-straight edges"
SLIVER_M = 30.0
"""A changed patch narrower than this in the mean (twice its area by the length of its outline) is a line redrawn.

Taken from the 768 steps of DeepState's daily mirror, 2024-07-08 to 2026-08-22: of patches narrower than 30 m gains and
losses balance (3.2 km² in all, net -0.8 km²), as they do where a line is only drawn again; from there on one side's
gains prevail more and more, as in the whole (8,694 km², net 7,441 km²).
"""
SLIVER_NOTE = (
    f"Changed patches narrower than {SLIVER_M:g} m in the mean count as redrawn, not as gained or lost; "
    "the value less the one before is gained less lost, and redrawn."
)
Progress = Callable[[Iterable[Any], int], Iterable[Any]]
Member = tuple[str, Territory | None]
"""What a series is called, and the unit it is cut to, if any."""


@dataclass(frozen=True)
class Point:
    """One day of one series; ``gained``, ``lost`` and ``redrawn`` (net) in km² since the state before, where known.

    ``low`` and ``high`` bound the value where the control source states an error.
    """

    date: date
    key: str
    value: float
    gained: float | None = None
    lost: float | None = None
    redrawn: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def net(self) -> float | None:
        """What was gained less what was lost, redrawing apart."""
        return None if self.gained is None or self.lost is None else self.gained - self.lost


@dataclass(frozen=True)
class Gap:
    """Days from first to last, both included, of which the source says nothing. Nothing is put in their place."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Whole:
    """What a series is a share of: its area in km² and who says so; ``km2`` is None where it changes by the day."""

    key: str
    km2: float | None
    source: str


@dataclass(frozen=True)
class History:
    """Points by day and, within a day, by series, in ``unit``; and what they stand on."""

    territory: Territory
    control: ControlSource
    unit: Unit
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    whole: Territory | None = None
    wholes: tuple[Whole, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def keys(self) -> tuple[str, ...]:
        """What the series are called, in order."""
        return tuple(dict.fromkeys(point.key for point in self.points))

    def document(self) -> dict[str, Any]:
        """The JSON document of the contract: km² to the square metre, percent to the millionth."""
        return {
            "schema": SCHEMA,
            "expression": str(self.territory),
            **({"of": str(self.whole)} if self.whole else {}),
            "basis": self.basis(),
            "gaps": [{"from": str(gap.first), "to": str(gap.last), "days": gap.days} for gap in self.gaps],
            "series": [self._point(point) for point in self.points],
        }

    def _repr_html_(self) -> str:
        by_key = {key: [point for point in self.points if point.key == key] for key in self.keys}
        rows = [
            (key, *(f"{end.date}: {digits(end.value, self.unit)}" for end in (line[0], line[-1])))
            for key, line in by_key.items()
        ]
        title = f"{self.territory}, in {self.unit}, by {self.control.name}"
        drawn = curves({key: [(p.date.toordinal(), p.value) for p in line] for key, line in by_key.items()}, title)
        return drawn + table(title, ("", "first", "last"), rows, " ".join(self.notes))

    def basis(self) -> dict[str, Any]:
        """What all points stand on: method, source, wholes, notes."""
        control = self.control
        days = sorted({point.date for point in self.points})
        return {
            "method": METHOD,
            "sources": [
                {
                    "name": control.name,
                    "title": control.title,
                    "licence": control.licence,
                    "first": str(days[0]),
                    "last": str(days[-1]),
                    "states": len(days),
                }
            ],
            "wholes": [
                {"key": one.key, "km2": None if one.km2 is None else round(one.km2, 6), "source": one.source}
                for one in self.wholes
            ],
            "notes": list(self.notes),
        }

    def _point(self, point: Point) -> dict[str, Any]:
        known = {name: getattr(point, name) for name in ("low", "high", "gained", "lost", "redrawn")}
        return {
            "date": str(point.date),
            "key": point.key,
            "value": round(point.value, 6),
            "unit": self.unit,
            **{name: round(number, 6) for name, number in known.items() if number is not None},
        }


def members_named(by: str | None, atlas: Atlas) -> tuple[Member, ...]:
    """The units a history is told by: ``oblasts`` (Ukraine's units), ``units`` (all), or the members of a group.

    Raises what :func:`geo.resolve.resolve` raises.
    """
    if by is None:
        return ()
    if folded(by) in ("oblasts", "units"):
        records = [r for r in atlas.units.values() if folded(by) == "units" or r.properties["country"] == "ukraine"]
        return tuple((record.id, nodes.Unit(record.id)) for record in records)
    members = nodes.members(territory_of(by, atlas))
    return tuple((m.name if isinstance(m, nodes.Unit | nodes.Country) else str(m), m) for m in members)


def history(
    territory: Territory,
    world: World,
    last: date,
    *,
    whole: Territory | None = None,
    by: Sequence[Member] = (),
    progress: Progress = lambda rows, _count: rows,
) -> History:
    """The history of a territory from the world's date to ``last``, by its control source.

    A row stands for each day the source has a state of its own; between them nothing is interpolated. Area in km², or
    percent of ``whole``: the official area where there is one, else the one measured; length in km for a line.
    Raises :class:`UsageError` for what does not change with control and for a whole without area, :class:`DateError`
    for days the source does not cover, and what :func:`evaluate` raises.
    """
    control = world.control
    if control is None or not territory.dated:
        raise UsageError(f"{territory} does not change with control: measure it with area, share or length.")
    days = days_between(control, world.at, last)
    if not days:
        raise UsageError(f"{control.name} has no state from {world.at} to {last}. Choose a longer span.")
    members = tuple(by) or ((str(territory), None),)
    gaps = () if isinstance(control, Settlements) else tuple(_gaps(world.at, days, last))
    world = world.on(days[0])
    if shapely.get_dimensions(evaluate(territory, world).geometry) == 1:
        if whole:
            raise UsageError(f"{territory} is a line: a share is taken of areas only.")
        points = tuple(progress(_lengths(territory, world, days, members), len(days)))
        return History(territory, control, "km", tuple(p for day in points for p in day), gaps)
    units = [EVERYWHERE if member is None else evaluate(member, world).geometry for _, member in members]
    rows = progress(course(territory, world, days, units, SLIVER_M), len(days))
    notes = (f"{control.name}: {OPEN_WATERS_NOTE}", SLIVER_NOTE)
    errors = arounds(territory, [member for _, member in members], world)
    if whole is None:
        areas = [
            Point(row.key, key, *numbers, **_bounds(around(row.key, numbers[0])))
            for number, row in enumerate(rows)
            for (key, _), around, numbers in zip(members, errors, _numbers(row, first=number == 0), strict=True)
        ]
        return History(territory, control, "km2", tuple(areas), gaps, notes=notes)
    wholes = tuple(_whole(whole, member, world) for member in members)
    of = _areas_of(wholes, whole, world, days, units)
    shares = [
        Point(row.key, key, 100 * float(part) / km2, **_bounds(around(row.key, float(part)), 100 / km2))
        for row, wholes_km2 in zip(rows, of, strict=True)
        for (key, _), around, part, km2 in zip(members, errors, row.value, wholes_km2, strict=True)
        if km2
    ]
    if not shares:
        raise UsageError(f"{whole} has no area there: there is nothing to take a share of.")
    return History(territory, control, "percent", tuple(shares), gaps, whole, wholes, notes[:1])


def _bounds(interval: Interval, scale: float = 1.0) -> dict[str, float]:
    """An interval by the names it has in a point."""
    return {"low": scale * interval.low, "high": scale * interval.high}


def _numbers(row: Row[date], *, first: bool) -> Iterator[tuple[float, ...]]:
    """Value, gained, lost and redrawn by unit; on the first day there is nothing to compare with."""
    redrawn = row.redrawn_gained - row.redrawn_lost
    for value, gained, lost, drawn in zip(row.value, row.gained, row.lost, redrawn, strict=True):
        yield (float(value),) if first else (float(value), float(gained), float(lost), float(drawn))


def _lengths(
    territory: Territory, world: World, days: Sequence[date], members: Sequence[Member]
) -> Iterator[tuple[Point, ...]]:
    for day in days:
        on = world.on(day)
        parts = [(key, territory if unit is None else nodes.Both(territory, unit)) for key, unit in members]
        yield tuple(Point(day, key, evaluate(part, on).length_km) for key, part in parts)


def _whole(whole: Territory, member: Member, world: World) -> Whole:
    """The whole of a series: as published, where the unit lies in the whole; else as measured."""
    key, unit = member
    if whole.dated:
        return Whole(key, None, "measured on each day")
    region = evaluate(whole, world).geometry
    if unit is not None:
        inside = evaluate(unit, world).geometry
        within = area_km2(shapely.difference(inside, region)) < _WITHIN * area_km2(inside)
        whole, region = (unit, inside) if within else (nodes.Both(whole, unit), shapely.intersection(region, inside))
    figure = official_area(whole)
    return (
        Whole(key, figure.value, f"official, {figure.source}") if figure else Whole(key, area_km2(region), "measured")
    )


_WITHIN = 1e-3
"""A unit of which no more than a thousandth lies outside a whole lies in it: two renderings of one border differ."""


def _areas_of(
    wholes: Sequence[Whole], whole: Territory, world: World, days: Sequence[date], units: Sequence[Any]
) -> Iterable[Sequence[float]]:
    """The areas of the wholes in km² on each day."""
    if whole.dated:
        return ([float(km2) for km2 in row.value] for row in course(whole, world, days, units))
    return ([one.km2 or 0.0 for one in wholes] for _ in days)


def _gaps(first: date, days: Sequence[date], last: date) -> Iterator[Gap]:
    """The runs of days without a state, those before the first and after the last state among them."""
    day = timedelta(1)
    for before, after in pairwise([first - day, *days, last + day]):
        if after - before > day:
            yield Gap(before + day, after - day)
