"""The embedded control source: settlements, the dated intervals in which each side held them, and their cells."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TextIO, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.types import ControlClass, Holding, Side, Snapshot
from geo.atlas.features import geometries, read_records
from geo.data import data_path
from geo.errors import DateError, InputError
from geo.measure.geodesic import area_km2
from geo.quantity import Interval

_ALWAYS = "always "  # begins the id of a cell that joins many places: the side that held them all, and the country
RIMS_FROM = date(2022, 2, 24)  # of the line that stood still before it the middle between two places is as good
ERAS = (date(2014, 4, 12), date(2015, 2, 12), RIMS_FROM)
"""The war in the Donbas, the line of Minsk, the invasion: before it what was measured speaks for a whole era."""
NEAR_DAYS = 92  # a measured error speaks for the quarter of a year around its day


@dataclass(frozen=True)
class Cell:
    """What lies nearest to one place, or, with ``always``, to all places of a country this side held throughout.

    A rim is a cell too: the outer part of a place's cell towards the place ``facing`` it.
    """

    id: str
    country: Side
    always: Side | None
    area: BaseGeometry
    facing: str | None = None


@dataclass(frozen=True)
class Hold:
    """A row of the table: who held a place from ``first`` to ``last`` (both included), how surely, on what basis."""

    first: date
    last: date
    holder: Side
    cls: ControlClass
    basis: str


@dataclass(frozen=True)
class Settlement:
    """A place of the table; ``lon``, ``lat`` in degrees on WGS84, ``unit`` as in data/boundaries."""

    id: str
    name: str
    unit: str
    lon: float
    lat: float


def _era(day: date) -> int:
    """How many of ``ERAS`` had begun."""
    return bisect_right(ERAS, day)


class Settlements:
    """Who held what, rebuilt from facts about settlements; nobody's published map.

    A place's cell is what lies nearer to it than to any other place of its country and bank of the Dnipro. Within
    Ukraine's recognised borders the holdings of both sides cover the territory exactly, internal waters included;
    beyond them only what Ukraine holds (side ``ukraine``) or what is contested in Russia is given, no further from a
    listed place than data/control/rules.toml says. A contested
    holding carries the side it leans to: DeepState's word, or where that is unknown most of the other sources'.
    The rules and the known errors stand in data/control/README.md.
    Raises :class:`InputError` where a file of the table is missing or broken.
    """

    name = "settlements"
    title = "Settlements held, by date: compiled from several public sources"
    licence = "ODbL 1.0: boundaries and villages © OpenStreetMap contributors; places: GeoNames, CC BY 4.0"

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or data_path("control")
        self.table = self._read_table()
        self.first = min(holds[0].first for holds in self.table.values())
        self.last = max(holds[-1].last for holds in self.table.values())

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days on which at least one place changes, ascending, the first day of the span among them."""
        return tuple(sorted({hold.first for holds in self.table.values() for hold in holds}))

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        """The days on which a place whose cell reaches into an area (lon, lat on WGS84) changes, ascending."""
        near = self.near(within).cells
        inside = shapely.area(shapely.intersection([cell.area for cell in near], within)) > 0
        cells = (cell for cell, is_inside in zip(near, inside, strict=True) if is_inside)
        ids = {name for cell in cells for name in (cell.id, cell.facing) if name}
        return tuple(sorted({hold.first for name in ids for hold in self.table.get(name, ())}))

    def near(self, area: BaseGeometry) -> Settlements:
        """The same table with the cells alone that touch an area (lon, lat on WGS84): what it says there, faster."""
        touching = self._tree.query(area, predicate="intersects")
        found = copy(self)
        found.__dict__["cells"] = tuple(self.cells[i] for i in np.sort(touching))
        found.__dict__.pop("_tree", None)
        return found

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([cell.area for cell in self.cells])

    def snapshot(self, at: date) -> Snapshot:
        """The state on ``at``: one holding per side and class, lon/lat on WGS84, internal waters included.

        Raises :class:`DateError` outside ``first..last``.
        """
        if not self.first <= at <= self.last:
            raise DateError(
                f"the settlement table covers {self.first} to {self.last}, not {at}; "
                "ask for a date inside that span or give another control source for it"
            )
        return _rebuilt(self, at)

    def hold(self, identity: str, at: date) -> Hold:
        """The row of the table that stands for a place on ``at``; raises KeyError for an id the table does not have."""
        for hold in self.table[identity]:
            if hold.first <= at <= hold.last:
                return hold
        raise KeyError(f"{identity} on {at}")

    def state(self, cell: Cell, at: date) -> tuple[Side, ControlClass]:
        """Who held a cell on ``at``, and how surely.

        A rim goes with the place it faces where that is assessed, unless its own place is surely its country's: what
        lies between a place taken and one that was not is mostly nobody's, and a contested place lies on the line.
        The line of 2015 is no such line: where neither place has changed since the invasion began, it runs midway.
        """
        own = self._of(cell.id, at)
        if not cell.facing or (own.holder, own.cls) == (cell.country, "assessed"):
            return own.holder, own.cls
        faced = self._of(cell.facing, at)
        moved = faced.cls == "assessed" and max(own.first, faced.first) >= RIMS_FROM
        return (faced.holder, faced.cls) if moved else (own.holder, own.cls)

    def _of(self, name: str, at: date) -> Hold:
        """What stands for a place, or for the many of a cell that one side held always."""
        if name.startswith(_ALWAYS):
            return Hold(self.first, self.last, cast(Side, name.split()[1]), "assessed", "")
        return self.hold(name, at)

    def places(self) -> Iterator[Settlement]:
        """Every place of the table, by id."""
        with self._open("places.csv") as lines:
            for row in csv.DictReader(lines):
                yield Settlement(row["id"], row["name"], row["unit"], float(row["lon"]), float(row["lat"]))

    def error_percent(self, at: date) -> Interval | None:
        """The error of the total area held by Russia in Ukraine, percent of it (positive: we give too much).

        Lowest to highest of everything measured against published maps of the same years before the invasion, within
        a quarter of a year of ``at`` after it; None if nothing was. On days on which places are unknown: from all of
        them held by Russia to none.
        """
        known, unknown = self._known_and_unknown(at)
        if unknown:
            return Interval(-100 * unknown / known, 0.0) if known else None  # of nothing there is no percent
        errors = [float(row["area_error_percent"]) for row in self._measured(at, "all")]
        return Interval(min(errors), max(errors)) if errors else None

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        """The error of the share of a unit's land that the other country holds, in points, as :meth:`error_percent`.

        In a unit of Ukraine it is what Russia holds, in a Russian oblast what Ukraine holds.
        """
        errors = [float(row["error_points"]) for row in self._measured(at, unit)]
        return Interval(min(errors), max(errors)) if errors else None

    def _known_and_unknown(self, at: date) -> tuple[float, float]:
        """How much of Ukraine Russia holds and how much is unknown, in km2; unknown is 0 outside the war of 2014-15."""
        if _era(at) != _era(ERAS[0]):
            return 0.0, 0.0
        known = unknown = 0.0
        for cell in self.cells:
            if cell.country == "ukraine":
                side, cls = self.state(cell, at)
                known += area_km2(cell.area) if (side, cls) == ("russia", "assessed") else 0.0
                unknown += area_km2(cell.area) if cls == "unknown" else 0.0
        return known, unknown

    def _notes(self, at: date) -> tuple[str, ...]:
        known, unknown = self._known_and_unknown(at)
        if unknown:
            return (
                "the war of 2014-15 is not followed from place to place: in the Donbas only the settlements of "
                f"data/control/early.csv are dated, {unknown:,.0f} km² are unknown; Russia held between "
                f"{known:,.0f} and {known + unknown:,.0f} km²; the table is whole again from {ERAS[1]} on",
            )
        measured = self._measured(at, "all")
        if not measured:
            return ("rebuilt from settlements; nothing published to measure it against near this date",)
        sources = ", ".join(sorted({row["source"] for row in measured}))
        days = len({row["date"] for row in measured})
        when = "near this date" if _era(at) == len(ERAS) else f"of the line of {ERAS[1]}" if _era(at) else "of Crimea"
        return (f"rebuilt from settlements; area error measured on {days} days {when} against {sources}",)

    def _measured(self, at: date, unit: str) -> list[dict[str, str]]:
        era = _era(at)
        near = timedelta(NEAR_DAYS) if era == len(ERAS) else timedelta.max
        return [row for day, row in self._accuracy_of.get(unit, ()) if abs(day - at) <= near and _era(day) == era]

    @cached_property
    def _accuracy_of(self) -> dict[str, list[tuple[date, dict[str, str]]]]:
        """What was measured of each unit, and when."""
        found: dict[str, list[tuple[date, dict[str, str]]]] = defaultdict(list)
        for row in self._accuracy:
            found[row["unit"]].append((date.fromisoformat(row["date"]), row))
        return found

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The partition of the territory, by id."""
        with self._open("cells.geojson"):  # that it is missing is said as of the other files of the table
            records = read_records(self.folder / "cells.geojson")
        said = zip((record.properties for record in records), geometries(records), strict=True)
        return tuple(Cell(p["id"], p["country"], p.get("always"), area, p.get("facing")) for p, area in said)

    @cached_property
    def _accuracy(self) -> tuple[dict[str, str], ...]:
        if not (self.folder / "accuracy.csv").exists():
            return ()
        with self._open("accuracy.csv") as lines:
            return tuple(csv.DictReader(lines))

    def _read_table(self) -> dict[str, tuple[Hold, ...]]:
        table: dict[str, list[Hold]] = defaultdict(list)
        known: dict[tuple[str, ...], Hold] = {}  # most rows say the same of many places
        with self._open("holdings.csv") as lines:
            rows = csv.reader(lines)
            head = next(rows, [])
            try:
                identity, *places = (head.index(name) for name in ("id", "from", "to", "holder", "class", "basis"))
                told = itemgetter(*places)
                for row in rows:
                    said = told(row)
                    hold = known.get(said)
                    if hold is None:
                        first, last, holder, cls, basis = said
                        span = date.fromisoformat(first), date.fromisoformat(last)
                        hold = known[said] = Hold(*span, cast(Side, holder), cast(ControlClass, cls), basis)
                    table[row[identity]].append(hold)
            except (IndexError, ValueError) as error:
                raise InputError(
                    f"{self.folder / 'holdings.csv'}, line {rows.line_num}: not a row of the table ({error})"
                ) from error
        if not table:
            raise InputError(f"{self.folder / 'holdings.csv'} has no rows; build it with data/build/settlements.py")
        return {identity: tuple(holds) for identity, holds in table.items()}

    def _open(self, name: str) -> TextIO:
        try:
            return (self.folder / name).open(encoding="utf-8", newline="")
        except OSError as error:
            raise InputError(
                f"{self.folder / name} cannot be read ({error}); build it with data/build/settlements.py"
            ) from error


@lru_cache(maxsize=4)
def _rebuilt(table: Settlements, at: date) -> Snapshot:
    """The state of a table on a day: who asks for it asks more than once."""
    groups: dict[tuple[Side, ControlClass], list[BaseGeometry]] = defaultdict(list)
    for cell in table.cells:
        side, cls = table.state(cell, at)
        if (side, cls) != (cell.country, "assessed") or cell.country == "ukraine":
            groups[side, cls].append(cell.area)
    holdings = tuple(
        Holding(side, cls, shapely.coverage_union_all(areas)) for (side, cls), areas in sorted(groups.items())
    )
    dated = table.dates[bisect_right(table.dates, at) - 1]
    return Snapshot(table.name, at, dated, holdings, table.error_percent(at), table._notes(at))
