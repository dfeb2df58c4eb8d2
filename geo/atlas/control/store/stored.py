"""A stored series as a control source."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.series import LONGEST_GAP_DAYS
from geo.atlas.control.store.container import damaged, read
from geo.atlas.control.store.place import ENDING, is_stored, path_of, stored_names
from geo.atlas.control.store.points import Coordinates
from geo.atlas.control.store.track import Cursor, Track, drawn, geometries
from geo.atlas.control.types import ControlClass, Holding, Side, Snapshot
from geo.errors import DateError, UnknownNameError
from geo.quantity import Interval

Holdings = tuple[Holding, ...]
Class = tuple[Side, ControlClass]


def stored(name: str, atlas: Atlas, folder: Path | None = None) -> Stored:
    """The stored series of that name; raises :class:`UnknownNameError` where there is none."""
    if not is_stored(name, folder):
        raise UnknownNameError(f"no series called {name!r} is stored.", stored_names(folder))
    return Stored(path_of(name, folder), atlas)


class Stored:
    """A series read back from the user's data folder, exactly as its adapter gave it when it was imported.

    Raises :class:`InputError` where the file is damaged.
    """

    def __init__(self, path: Path, atlas: Atlas) -> None:
        self.path, self.atlas = path, atlas
        self.header, self.arrays = read(path)
        self.name, self.title, self.licence = path.name.removesuffix(ENDING), self.header.title, self.header.licence
        self.first, self.last = self.header.span

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days there is a state of."""
        return tuple(map(date.fromordinal, self.arrays["days"].tolist()))

    def report(self) -> tuple[str, ...]:
        """What was wrong with the series when it was imported: missing days, days with several files, breaks."""
        return self.header.report

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        """None: a published map's error is not known to us."""
        return None

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        """The first day, and those on which the bounding box of something that changes reaches into an area.

        ``within`` is in lon, lat on WGS84. Beyond Ukraine's borders a source that shows nothing there has one state.
        """
        if not self.header.abroad:
            within = shapely.intersection(within, self.atlas.country("ukraine").geometry)
        boxes, box_days = self.arrays["boxes"].astype(np.float64), self.arrays["box_days"]
        shapely.prepare(within)
        if shapely.area(within) == 0:
            return self.dates[:1]
        reached = shapely.intersects(within, shapely.box(*boxes.T)) if len(boxes) else np.empty(0, bool)
        return tuple(self.dates[i] for i in np.union1d([0], box_days[reached]).tolist())

    def states(self, *wanted: Class) -> Iterator[tuple[date, Holdings]]:
        """Every day and its holdings, in order; only those of the classes named, where any are.

        Some days are held at a time, never all. Raises :class:`InputError` where the file is damaged.
        """
        with self._whole():
            yield from self._states([i for i, c in enumerate(self.header.classes) if not wanted or c in wanted])

    def snapshot(self, at: date) -> Snapshot:
        """The state of ``at``, or the last one before it inside a gap; :class:`DateError` outside the series."""
        number = self._number_for(at)
        day = self.dates[number]
        gap = () if day == at else (f"no file of {at}: the state of {day} stands in.",)
        holdings = self._holdings(number)
        dated = date.fromordinal(int(self.arrays["dated"][number]))
        return Snapshot(self.name, at, dated, holdings, notes=(*gap, *self.notes[number]))

    def _number_for(self, at: date) -> int:
        if not self.first <= at <= self.last:
            raise DateError(f"{self.name} covers {self.first} to {self.last}, not {at}. Choose a date inside.")
        number = bisect_right(self.dates, at) - 1
        if (at - self.dates[number]).days > LONGEST_GAP_DAYS:
            raise DateError(f"{self.name} has nothing for {at}: its last state before is of {self.dates[number]}.")
        return number

    @lru_cache(maxsize=4)  # noqa: B019 - a handful of states for the life of a command
    def _holdings(self, number: int) -> Holdings:
        with self._whole():
            days = [cursor.day(number) for cursor in self._cursors]
            drawings = [drawn([marks], [kind], self.points)[0] if kind else None for kind, marks in days]
            return _holdings(self.classes, drawings)

    def _states(self, chosen: list[int]) -> Iterator[tuple[date, Holdings]]:
        classes = [self.classes[i] for i in chosen]
        through = [geometries(self.tracks[i], self.points) for i in chosen]
        for day in self.dates:
            yield day, _holdings(classes, [next(track) for track in through])

    @property
    def held_km2(self) -> tuple[float, ...]:
        """What is assessed as held by Russia on each day, in km²."""
        return tuple(self.arrays["held_km2"].tolist())

    @cached_property
    def classes(self) -> tuple[Class, ...]:
        """Side and class of each track."""
        return cast(tuple[Class, ...], self.header.classes)

    @cached_property
    def points(self) -> Coordinates:
        """The distinct points, by number; rows of lon, lat."""
        return cast(Coordinates, self.arrays["points"])

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """One class through time each."""
        return tuple(
            Track(*(self.arrays[f"{i}.{field.name}"] for field in fields(Track))) for i in range(len(self.classes))
        )

    @cached_property
    def _cursors(self) -> tuple[Cursor, ...]:
        return tuple(map(Cursor, self.tracks))

    @cached_property
    def notes(self) -> list[list[str]]:
        """The notes of each day."""
        return cast(list[list[str]], json.loads(self.arrays["notes"].tobytes()))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What cannot be decoded is damage."""
        try:
            yield
        except (ValueError, IndexError, KeyError, shapely.GEOSException) as error:
            raise damaged(self.path, error) from error


def _holdings(classes: Sequence[Class], drawings: Sequence[BaseGeometry | None]) -> Holdings:
    return tuple(
        Holding(side, cls, geometry)
        for (side, cls), geometry in zip(classes, drawings, strict=True)
        if geometry is not None
    )
