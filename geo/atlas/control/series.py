"""A folder of dated files, or one of them, as a control source: which day is answered by which file."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.shapes import is_truncated
from geo.atlas.control.types import Holding, Snapshot
from geo.errors import DateError, InputError
from geo.quantity import Interval

LONGEST_GAP_DAYS = 31
_MOST_GAPS = 24  # more are a series of another rhythm: all of them in a row tell nobody anything
_JSON = (".json", ".geojson")
_BREAK_KM2, _BREAK_KM2_A_DAY = 2_000.0, 1_000.0
# Half the front's fastest moves since 2022-05 (Kherson's right bank, 4,700 km² within three days) and no less: a jump
# beyond both is one of March to April 2022, or the publisher's.


@dataclass(frozen=True)
class State:
    """What one day's files say: as of which day, who holds what, and what a reader must know of it."""

    dated: date
    holdings: tuple[Holding, ...]
    notes: tuple[str, ...] = ()


class Series(ABC):
    """The part all folders of dated files share; a source says how files are named and what they hold.

    Raises :class:`InputError` where ``path`` holds no file of the source.
    """

    name: str
    title: str
    licence: str
    pattern: str
    """How the files are named, for people."""
    abroad = True
    """Whether the source shows what is held beyond Ukraine's borders."""
    beside: tuple[str, ...] = ()
    """Other sources whose files lie in the same folder and are not read."""

    def __init__(self, path: Path, atlas: Atlas) -> None:
        self.path = path
        self.atlas = atlas
        if not self.files:
            raise InputError(f"{path}: no file called {self.pattern} there.")
        self.first, self.last = min(self.files), max(self.files)

    @classmethod
    def recognises(cls, path: Path) -> bool:
        """Whether ``path`` is a file of this source, or a folder with one in it."""
        return any(cls.knows(file) for file in cls.candidates(path))

    @classmethod
    def knows(cls, file: Path) -> bool:
        """Whether a file is of this source, by its name."""
        return cls.day_of(file) is not None

    @classmethod
    def candidates(cls, path: Path) -> Iterable[Path]:
        """The files to look at, in order of their names."""
        return [path] if path.is_file() else sorted(file for file in path.iterdir() if file.is_file())

    @classmethod
    @abstractmethod
    def day_of(cls, file: Path) -> date | None:
        """The day a file is of, by its name; None for a file that is not of this source."""

    def days_of(self, file: Path) -> tuple[date, ...]:
        """The days a file is of: the one in its name, unless a source has files of many days."""
        day = self.day_of(file)
        return (day,) if day else ()

    @abstractmethod
    def read(self, day: date) -> State:
        """The state in the files of a day there are files of."""

    @cached_property
    def files(self) -> dict[date, tuple[Path, ...]]:
        """The files of each day, by name."""
        found: defaultdict[date, list[Path]] = defaultdict(list)
        for file in self.candidates(self.path):
            for day in self.days_of(file):
                found[day].append(file)
        return {day: tuple(files) for day, files in found.items()}

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days there is a file of."""
        return tuple(sorted(self.files))

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        """Every day there is a file of: what changed where is not told without reading them all.

        Beyond Ukraine's borders a source that shows nothing there has one state.
        """
        if not self.abroad and shapely.area(shapely.intersection(within, self.atlas.country("ukraine").geometry)) == 0:
            return self.dates[:1]
        return self.dates

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        """None: a published map's error is not known to us."""
        return None

    def report(self) -> tuple[str, ...]:
        """What is wrong with the series as a whole: missing days, days with several files, files cut short."""
        gaps = [(a + timedelta(1), b - timedelta(1)) for a, b in pairwise(self.dates) if (b - a).days > 1]
        missing = sum((b - a).days + 1 for a, b in gaps)
        doubled = [str(day) for day, files in sorted(self.files.items()) if self.doubled(files)]
        cut = sorted({file.name for files in self.files.values() for file in files if self.is_cut(file)})
        runs = ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in gaps)
        if len(gaps) > _MOST_GAPS:
            longest = max(gaps, key=lambda gap: gap[1] - gap[0])
            runs = f"in {len(gaps)} gaps, the longest {longest[0]} to {longest[1]}"
        lines = (
            f"{missing:,} days missing: {runs}." if gaps else "",
            f"several files of {', '.join(doubled)}: the last by name counts." if doubled else "",
            f"cut short: {', '.join(cut)}." if cut else "",
            f"files of {', '.join(self.beside)} left aside: give each source its own folder." if self.beside else "",
        )
        return tuple(filter(None, lines))

    def is_cut(self, file: Path) -> bool:
        """Whether a file is seen to be cut short by its ends alone; of files that are no JSON nothing is told."""
        return file.suffix in _JSON and is_truncated(file)

    def doubled(self, files: tuple[Path, ...]) -> bool:
        """Whether the files of a day are versions of one another."""
        return len(files) > 1

    def snapshot(self, at: date) -> Snapshot:
        """The state of ``at``, or the last one before it inside a gap; :class:`DateError` outside the series."""
        day = self._day_for(at)
        state = self._state(day)
        gap = f"no file of {at}: the state of {day} stands in." if day != at else ""
        several = f"{len(self.files[day])} files of {day}: the last counts." if self.doubled(self.files[day]) else ""
        notes = tuple(filter(None, (gap, several, *state.notes)))
        return Snapshot(self.name, at, state.dated, state.holdings, notes=notes)

    def _day_for(self, at: date) -> date:
        if not self.first <= at <= self.last:
            raise DateError(f"{self.path.name} covers {self.first} to {self.last}, not {at}. Choose a date inside.")
        day = max(day for day in self.dates if day <= at)
        if (at - day).days > LONGEST_GAP_DAYS:
            raise DateError(f"{self.path.name} has nothing for {at}: its last file before is of {day}.")
        return day

    @lru_cache(maxsize=4)  # noqa: B019 - a handful of states for the life of a command
    def _state(self, day: date) -> State:
        return self.read(day)


def breaks(areas: Iterable[tuple[date, float]]) -> tuple[str, ...]:
    """The jumps in a series of (day, held area in km²), ascending, that are too large and fast to pass unmentioned."""
    return tuple(
        f"a jump from {before:,.0f} to {after:,.0f} km² between {start} and {end}: an event, or a break of the series."
        for (start, before), (end, after) in pairwise(areas)
        if abs(after - before) > max(_BREAK_KM2, _BREAK_KM2_A_DAY * (end - start).days)
    )


def day_named(name: re.Pattern[str], file: Path) -> date | None:
    """The day in a file's name: year, month and day are the pattern's first three groups; None where it is no date."""
    if not (match := name.fullmatch(file.name)):
        return None
    try:
        return date(*map(int, match.groups()[:3]))
    except ValueError:
        return None
