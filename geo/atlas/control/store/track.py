"""One class of one side through time: each day told as what it keeps of the day before, and what is new.

A day is a row of *marks*, one for each point of each ring, closing points included: four times the number of the
point, and in the two lowest bits whether a ring (1) or a polygon (2) begins there, or neither (0). Since most of a day
stands in the day before, it is stored as steps of three numbers: skip so many marks of the day before, keep so many,
then take so many new ones from the list of new marks. A day on which the class is not given has the kind 0.

==========  ==========================  =============================================================================
array       row                         content
==========  ==========================  =============================================================================
``kinds``   one a day, uint8            0 not given, 3 Polygon, 6 MultiPolygon, 7 an empty GeometryCollection
``counts``  one a day, int32            how many steps it has; none: as the day before
``steps``   one a step, 3 x int32       skip, keep, new
``marks``   one a new mark, int32       the difference to the new mark before it
==========  ==========================  =============================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.store.points import Coordinates

ABSENT, POLYGON, MULTIPOLYGON, COLLECTION = 0, 3, 6, 7
RING, OUTLINE = 1, 2
_MARKS_AT_ONCE = 1 << 15
"""About so many points of a class are turned into geometries at a time: half a megabyte, which stays near the CPU."""

Marks = NDArray[np.int32]


@dataclass(frozen=True)
class Track:
    """The four arrays of a class, as they are stored."""

    kinds: NDArray[np.uint8]
    counts: NDArray[np.int32]
    steps: NDArray[np.int32]
    marks: Marks

    def days(self) -> Iterator[tuple[int, Marks | None]]:
        """Kind and marks of each day in order; None for marks that are those of the day before."""
        literal = np.cumsum(self.marks, dtype=np.int32)
        table: list[list[int]] = self.steps.tolist()
        at = step = 0
        before = np.empty(0, np.int32)
        last = ABSENT
        for kind, count in zip(self.kinds.tolist(), self.counts.tolist(), strict=True):
            if not count:
                yield kind, None if kind == last else before
                last = kind
                continue
            last = kind
            pieces = []
            here = 0
            for skip, keep, new in table[step : step + count]:
                here += skip
                if keep:
                    pieces.append(before[here : here + keep])
                    here += keep
                if new:
                    pieces.append(literal[at : at + new])
                    at += new
            step += count
            before = np.concatenate(pieces) if pieces else before[:0]
            yield kind, before


class Cursor:
    """Looks up single days of a track; going on is quick, going back starts at the first day again."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._number = len(track.kinds)
        self._days: Iterator[tuple[int, Marks | None]] = iter(())
        self._now: Marks = np.empty(0, np.int32)

    def day(self, number: int) -> tuple[int, Marks]:
        """Kind and marks of one day, its number counted from 0."""
        if number < self._number:
            self._number, self._days, self._now = -1, self._track.days(), self._now[:0]
        for _, marks in islice(self._days, number - self._number):
            self._now = self._now if marks is None else marks
        self._number = number
        return int(self._track.kinds[number]), self._now


def drawn(days: list[Marks], kinds: list[int], points: Coordinates) -> NDArray[np.object_]:
    """The geometries of some days, built at once.

    Raises ValueError, IndexError or shapely.GEOSException where the marks are not those of areas.
    """
    ends = np.cumsum([0, *map(len, days)])
    marks = np.concatenate(days) if days else np.empty(0, np.int32)
    begins = np.flatnonzero((marks & 3) != 0)
    rings = np.append(begins, len(marks))
    outlines = np.append(np.flatnonzero(marks[begins] & OUTLINE), len(begins))
    areas = np.searchsorted(begins[outlines[:-1]], ends)
    coordinates = points.take(marks >> 2, axis=0)
    made = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, coordinates, (rings, outlines, areas))
    for i, kind in enumerate(kinds):
        if kind == POLYGON:
            made[i] = made[i].geoms[0] if len(days[i]) else shapely.Polygon()
        elif kind == COLLECTION:
            made[i] = shapely.GeometryCollection()
    return np.asarray(made, dtype=object)


def geometries(track: Track, points: Coordinates) -> Iterator[BaseGeometry | None]:
    """The geometry of each day, None where there is none; the same object again while nothing changes."""
    now: BaseGeometry | None = None
    for days in _blocks(track.days()):
        fresh = [(marks, kind) for kind, marks in days if marks is not None]
        made = iter(drawn([marks for marks, _ in fresh], [kind for _, kind in fresh], points))
        for kind, marks in days:
            now = now if marks is None else next(made)
            yield now if kind else None


def _blocks(days: Iterable[tuple[int, Marks | None]]) -> Iterator[list[tuple[int, Marks | None]]]:
    """Days in lists of about so many marks as are to be drawn at once."""
    block: list[tuple[int, Marks | None]] = []
    held = 0
    for kind, marks in days:
        block.append((kind, marks))
        held += 0 if marks is None else len(marks)
        if held >= _MARKS_AT_ONCE:
            yield block
            block, held = [], 0
    yield block
