"""The embedded control source: settlements, the dated intervals in which each side held them, and their cells."""

from __future__ import annotations

import csv
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TextIO, cast

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.types import ControlClass, Holding, Side, Snapshot
from geo.data import data_path
from geo.errors import DateError, InputError
from geo.quantity import Interval

NEAR_DAYS = 92  # a measured error speaks for the quarter of a year around its day


@dataclass(frozen=True)
class Cell:
    """What lies nearest to one place, or, with ``always``, to all places of a country this side held throughout."""

    id: str
    country: Side
    always: Side | None
    area: BaseGeometry


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
        areas = [cell.area for cell in self.cells]
        near = shapely.STRtree(areas).query(within, predicate="intersects")
        inside = near[shapely.area(shapely.intersection([areas[i] for i in near], within)) > 0]
        found = {hold.first for i in inside for hold in self.table.get(self.cells[i].id, ())}
        return tuple(sorted(found))

    def snapshot(self, at: date) -> Snapshot:
        """The state on ``at``: one holding per side and class, lon/lat on WGS84, internal waters included.

        Raises :class:`DateError` outside ``first..last``.
        """
        if not self.first <= at <= self.last:
            raise DateError(
                f"the settlement table covers {self.first} to {self.last}, not {at}; "
                "ask for a date inside that span or give another control source for it"
            )
        groups: dict[tuple[Side, ControlClass], list[BaseGeometry]] = defaultdict(list)
        for cell in self.cells:
            side, cls = self.state(cell, at)
            if (side, cls) != (cell.country, "assessed") or cell.country == "ukraine":
                groups[side, cls].append(cell.area)
        holdings = tuple(
            Holding(side, cls, shapely.coverage_union_all(areas)) for (side, cls), areas in sorted(groups.items())
        )
        dated = self.dates[bisect_right(self.dates, at) - 1]
        return Snapshot(self.name, at, dated, holdings, self.error_percent(at), self._notes(at))

    def hold(self, identity: str, at: date) -> Hold:
        """The row of the table that stands for a place on ``at``; raises KeyError for an id the table does not have."""
        return next(hold for hold in self.table[identity] if hold.first <= at <= hold.last)

    def state(self, cell: Cell, at: date) -> tuple[Side, ControlClass]:
        """Who held a cell on ``at``, and how surely."""
        if cell.always:
            return cell.always, "assessed"
        hold = self.hold(cell.id, at)
        return hold.holder, hold.cls

    def places(self) -> Iterator[Settlement]:
        """Every place of the table, by id."""
        with self._open("places.csv") as lines:
            for row in csv.DictReader(lines):
                yield Settlement(row["id"], row["name"], row["unit"], float(row["lon"]), float(row["lat"]))

    def error_percent(self, at: date) -> Interval | None:
        """The error of the total area held by Russia in Ukraine, percent of it (positive: we give too much).

        Lowest to highest of everything measured against published maps within a quarter of a year of ``at``;
        None if nothing was.
        """
        errors = [float(row["area_error_percent"]) for row in self._measured(at, "all")]
        return Interval(min(errors), max(errors)) if errors else None

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        """The error of the share of a unit's land that the other country holds, in points, as :meth:`error_percent`.

        In a unit of Ukraine it is what Russia holds, in a Russian oblast what Ukraine holds.
        """
        errors = [float(row["error_points"]) for row in self._measured(at, unit)]
        return Interval(min(errors), max(errors)) if errors else None

    def _notes(self, at: date) -> tuple[str, ...]:
        measured = self._measured(at, "all")
        if not measured:
            return ("rebuilt from settlements; nothing published to measure it against near this date",)
        sources = ", ".join(sorted({row["source"] for row in measured}))
        days = len({row["date"] for row in measured})
        return (f"rebuilt from settlements; area error measured on {days} days near this date against {sources}",)

    def _measured(self, at: date, unit: str) -> list[dict[str, str]]:
        rows = (row for row in self._accuracy if row["unit"] == unit)
        return [row for row in rows if abs((date.fromisoformat(row["date"]) - at).days) <= NEAR_DAYS]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The partition of the territory, by id."""
        with self._open("cells.geojson") as text:
            features = json.load(text)["features"]
        areas = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        properties = [feature["properties"] for feature in features]
        return tuple(
            Cell(p["id"], p["country"], p.get("always"), area) for p, area in zip(properties, areas, strict=True)
        )

    @cached_property
    def _accuracy(self) -> tuple[dict[str, str], ...]:
        if not (self.folder / "accuracy.csv").exists():
            return ()
        with self._open("accuracy.csv") as lines:
            return tuple(csv.DictReader(lines))

    def _read_table(self) -> dict[str, tuple[Hold, ...]]:
        table: dict[str, list[Hold]] = defaultdict(list)
        with self._open("holdings.csv") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                try:
                    span = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
                    table[row["id"]].append(
                        Hold(*span, cast(Side, row["holder"]), cast(ControlClass, row["class"]), row["basis"])
                    )
                except (KeyError, TypeError, ValueError) as error:
                    raise InputError(
                        f"{self.folder / 'holdings.csv'}, line {number}: not a row of the table ({error})"
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
