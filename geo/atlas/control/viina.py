"""VIINA's table of who held which place on which day, turned into regions as the embedded table is.

==================  ==================================================================================
file name           ``control_latest_YYYY.zip`` with one CSV in it, or that CSV; ``control_latest.zip`` of earlier times
``geonameid``       a GeoNames place, 33,141 of them every day
``date``            YYYYMMDD
``status``          UA: assessed, held by Ukraine; RU: assessed, held by Russia; CONTESTED: contested, with side
                    ``russia`` (VIINA does not say which way it leans); anything else: unknown, and counted
``status_*``        what each of VIINA's own sources says: not read, ``status`` is their vote
==================  ==================================================================================

The file has no coordinates. They come from VIINA's ``gn_UA_tess.geojson`` or GeoNames' ``UA.txt`` or ``UA.zip`` where
one lies beside it, else from the embedded places, which are about a fifth of VIINA's; how many were found is said.
Ground belongs to the nearest place of its bank of the Dnipro, of Crimea to the nearest in Crimea (see ``nearest.py``).
VIINA is published under the ODbL 1.0.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from io import StringIO
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from geo.atlas.control.archive import is_zip, member, members, opened
from geo.atlas.control.nearest import Nearest
from geo.atlas.control.series import Series, State
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.shapes import features_of, read_json
from geo.atlas.control.types import ControlClass, Holding, Side
from geo.errors import InputError

_NAME = re.compile(r"control_latest(_20\d\d)?\.(zip|csv)")
_STATES: dict[str, tuple[Side, ControlClass]] = {
    "UA": ("ukraine", "assessed"),
    "RU": ("russia", "assessed"),
    "CONTESTED": ("russia", "contested"),
}
_UNKNOWN = len(_STATES)
_ROWS = 2_000_000
_TESSELLATION, _DUMPS = "gn_UA_tess.geojson", ("UA.txt", "UA.zip")
_WHOLE = 0.99
"""A day with less than so much of the most places any day has is not whole."""


@dataclass(frozen=True)
class Runs:
    """A file as runs: ``place`` has ``state`` from ``start`` on (YYYYMMDD), sorted by place and day; rows by day."""

    place: NDArray[np.int64]
    start: NDArray[np.int32]
    state: NDArray[np.int8]
    rows: dict[int, int]
    doubled: int

    def on(self, day: int) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """The places known by a day, and the state each has on it."""
        known = np.flatnonzero(self.start <= day)
        last = known[np.append(self.place[known][1:] != self.place[known][:-1], True)] if len(known) else known
        return self.place[last], self.state[last]


class Viina(Series):
    """A folder with VIINA's yearly files, or one of them, as a control source."""

    name = "viina"
    title = "VIINA 2.0, territorial control (zhukovyuri/VIINA)"
    licence = "ODbL 1.0: Zhukov, Violent Incident Information from News Articles"
    pattern = "control_latest_YYYY.zip"
    abroad = False

    @classmethod
    def knows(cls, file: Path) -> bool:
        """Whether a file is one of VIINA's, by its name."""
        return bool(_NAME.fullmatch(file.name))

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """None: a file is of many days."""
        return None

    def days_of(self, file: Path) -> tuple[date, ...]:
        """The days in a file; the whole of it is read for them, once."""
        return tuple(map(_day, sorted(_runs(file).rows))) if self.knows(file) else ()

    @cached_property
    def files(self) -> dict[date, tuple[Path, ...]]:
        """The files of each day, and before them the one with the coordinates, where one lies beside them."""
        beside = (self._coordinates,) if self._coordinates else ()
        return {day: (*beside, *files) for day, files in super().files.items()}

    def doubled(self, files: tuple[Path, ...]) -> bool:
        """Whether a day is in several of VIINA's files."""
        return sum(map(self.knows, files)) > 1

    def report(self) -> tuple[str, ...]:
        """What is wrong with the series, days that lack places and places listed twice among it."""
        lines = list(super().report())
        for file in sorted({file for files in self.files.values() for file in files if self.knows(file)}):
            runs = _runs(file)
            most = max(runs.rows.values())
            if poor := [str(_day(day)) for day, rows in sorted(runs.rows.items()) if rows < _WHOLE * most]:
                lines.append(f"{file.name}: fewer than the {most:,} places of other days on {', '.join(poor)}.")
            if runs.doubled:
                lines.append(f"{file.name}: {runs.doubled:,} places listed twice on a day: the last row counts.")
        return tuple(lines)

    def read(self, day: date) -> State:
        """The regions of the nearest places, by class."""
        file = self.files[day][-1]
        places, states = _runs(file).on(int(day.strftime("%Y%m%d")))
        lon_lat = np.array([self.coordinates.get(int(place), (np.nan, np.nan)) for place in places]).reshape(-1, 2)
        found, known = np.isfinite(lon_lat[:, 0]), states != _UNKNOWN
        used = found & known
        if not used.any():
            raise InputError(
                f"{file.name}: none of its {len(places):,} places is one we know. Put {_TESSELLATION} beside it."
            )
        areas = self.nearest.regions(places[used], lon_lat[used], states[used])
        holdings = tuple(
            Holding(side, cls, areas[code]) for code, (side, cls) in enumerate(_STATES.values()) if code in areas
        )
        lacking = int((~known).sum())
        notes = (
            f"Rebuilt from {int(used.sum()):,} of its {len(places):,} places by {self._places_from}; "
            "ground with no place of its own goes with the nearest.",
            f"Places of no status we know, left out: {lacking:,}." if lacking else "",
        )
        return State(day, holdings, tuple(filter(None, notes)))

    @cached_property
    def nearest(self) -> Nearest:
        """The ground the places share out."""
        return Nearest(self.atlas)

    @cached_property
    def coordinates(self) -> dict[int, tuple[float, float]]:
        """Longitude and latitude of places by GeoNames id."""
        if beside := self._coordinates:
            return _of_tessellation(beside) if beside.name == _TESSELLATION else _of_dump(beside)
        ours = {int(p.id): (p.lon, p.lat) for p in self.atlas.settlements if p.id.isdigit()}
        return ours | {int(p.id): (p.lon, p.lat) for p in Settlements().places() if p.id.isdigit()}

    @cached_property
    def _coordinates(self) -> Path | None:
        """The file with coordinates beside VIINA's; None where there is none."""
        folder = self.path if self.path.is_dir() else self.path.parent
        return next((folder / name for name in (_TESSELLATION, *_DUMPS) if (folder / name).is_file()), None)

    @property
    def _places_from(self) -> str:
        beside = self._coordinates
        return beside.name if beside else f"the embedded places (put {_TESSELLATION} beside the file for all)"


def _runs(file: Path) -> Runs:
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, changed: int) -> Runs:
    """A file with what does not change from day to day taken out; raises :class:`InputError`."""
    import pandas as pd

    parts: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = []
    try:
        with _table(file) as stream:
            chunks = pd.read_csv(
                stream,
                usecols=["geonameid", "date", "status"],
                dtype={"geonameid": "int64", "date": "int32", "status": "str"},
                chunksize=_ROWS,
            )
            for chunk in chunks:
                words = chunk["status"].str.strip().str.upper()
                codes = words.map({word: code for code, word in enumerate(_STATES)}).fillna(_UNKNOWN)
                parts.append((chunk["geonameid"].to_numpy(), chunk["date"].to_numpy(), codes.to_numpy(np.int8)))
    except InputError:
        raise
    except (OSError, ValueError, TypeError, OverflowError, EOFError) as error:
        raise InputError(
            f"{file.name}: not VIINA's table of geonameid, date (YYYYMMDD), status, or cut short ({error})."
        ) from error
    if not parts or not sum(len(part[0]) for part in parts):
        raise InputError(f"{file.name}: no rows in it.")
    place, day, state = (np.concatenate([part[i] for part in parts]) for i in range(3))
    counts = dict(zip(*(values.tolist() for values in np.unique(day, return_counts=True)), strict=True))
    for number in counts:
        try:
            _day(number)
        except ValueError as error:
            raise InputError(f"{file.name}: {number} is no date as YYYYMMDD.") from error
    order = np.lexsort((day, place))  # stable: of two rows of a day the later one in the file comes last
    place, day, state = place[order], day[order], state[order]
    last = np.append((place[1:] != place[:-1]) | (day[1:] != day[:-1]), True)
    doubled = int((~last).sum())
    place, day, state = place[last], day[last], state[last]
    first = np.append(True, (place[1:] != place[:-1]) | (state[1:] != state[:-1]))
    return Runs(place[first], day[first].astype(np.int32), state[first], counts, doubled)


@contextmanager
def _table(file: Path) -> Iterator[IO[bytes]]:
    if file.suffix == ".csv":
        with file.open("rb") as stream:
            yield stream
        return
    if not is_zip(file):
        raise InputError(f"{file.name}: not a ZIP archive; a Git LFS pointer, or cut short? Fetch the file itself.")
    names = [name for name in members(file, 4 << 30) if name.lower().endswith(".csv")]
    if len(names) != 1:
        raise InputError(f"{file.name}: {len(names)} CSV files in it, not one.")
    with opened(file, names[0]) as stream:
        yield stream


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def _of_tessellation(file: Path) -> dict[int, tuple[float, float]]:
    found = {}
    for number, feature in enumerate(features_of(read_json(file), file.name), start=1):
        try:
            row = feature["properties"]
            found[int(row["geonameid"])] = (float(row["longitude"]), float(row["latitude"]))
        except (KeyError, TypeError, ValueError) as error:
            where = f"{file.name}: feature {number}"
            raise InputError(f"{where} has no geonameid, longitude, latitude ({error}).") from error
    return found


def _of_dump(file: Path) -> dict[int, tuple[float, float]]:
    """GeoNames' table: tabs, no header; id first, latitude and longitude fifth and sixth."""
    text = member(file, "UA.txt") if is_zip(file) else file.read_bytes()
    rows = csv.reader(StringIO(text.decode("utf-8"), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        return {int(row[0]): (float(row[5]), float(row[4])) for row in rows if row}
    except (IndexError, ValueError) as error:
        raise InputError(f"{file.name}: not GeoNames' table of places ({error}).") from error
