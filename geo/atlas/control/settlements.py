"""The embedded control source: settlements with the dated intervals in which each side held them, and the region their cells make."""

from __future__ import annotations

import csv
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.types import ControlClass, Holding, Side, Snapshot
from geo.data import data_path
from geo.errors import DateError, InputError
from geo.quantity import Interval

ALWAYS = "always "  # the cell of all places of a country that never changed hands


@dataclass(frozen=True)
class Hold:
    """One row of the table: who held a place from ``first`` to ``last`` (both days included), how surely, and on what basis."""

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

    A place's cell is what lies nearer to it than to any other place of its country and river bank. Holdings of ``russia`` lie within
    Ukraine's recognised borders and, with those of ``ukraine`` there, cover it exactly; beyond the border only what Ukraine holds
    (or contests) in Russia is given, with side ``ukraine`` or class ``contested``. A contested holding carries the side it leans to.
    Raises :class:`InputError` where a file of the table is missing or broken.
    """

    name = "settlements"
    title = "Settlements held, by date: compiled from several public sources"
    licence = "CC BY 4.0 (places: GeoNames, CC BY 4.0; boundaries: OpenStreetMap contributors, ODbL)"

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or data_path("control")
        self.table = self._read_table()
        changing = [holds for identity, holds in self.table.items() if len(holds) > 1 or identity.startswith(ALWAYS)]
        self.first = min(holds[0].first for holds in changing)
        self.last = max(holds[-1].last for holds in changing)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days on which at least one place changes, ascending, the first day of the span among them."""
        return tuple(sorted({hold.first for holds in self.table.values() for hold in holds}))

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
        for identity, area in self._cells.items():
            hold = self.hold(identity, at)
            if hold.cls != "assessed" or hold.holder == "ukraine" or identity not in self._beyond:
                groups[hold.holder, hold.cls].append(area)
        holdings = tuple(Holding(side, cls, shapely.coverage_union_all(areas)) for (side, cls), areas in sorted(groups.items()))
        dated = self.dates[bisect_right(self.dates, at) - 1]
        return Snapshot(self.name, at, dated, holdings, self.error_percent, (self._error_note,) if self.accuracy else ())

    def hold(self, identity: str, at: date) -> Hold:
        """The row of the table that stands for a place on ``at``; raises KeyError for an id the table does not have."""
        return next(hold for hold in self.table[identity] if hold.first <= at <= hold.last)

    def places(self) -> Iterator[Settlement]:
        """Every place of the table, by id."""
        with self._open("places.csv") as lines:
            for row in csv.DictReader(lines):
                yield Settlement(row["id"], row["name"], row["unit"], float(row["lon"]), float(row["lat"]))
