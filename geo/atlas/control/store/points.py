"""The distinct points of a series, numbered in the order in which they first appear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Coordinates = NDArray[np.float64]
"""Rows of lon, lat in degrees on WGS84."""
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)  # odd, of bits that look random
_HALF = np.uint64(32)


class Points:
    """Numbers points: the same point, to the last bit, has the same number. Negative zero is taken for zero."""

    def __init__(self, known: Coordinates | None = None) -> None:
        start = np.empty((0, 2)) if known is None else known
        self._room = start  # rows beyond the count are spare, so that a day's points are not the cost of all
        self._count = len(start)
        hashes = _hashes(start)
        self._numbers = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._numbers]

    def numbers(self, coordinates: Coordinates) -> Numbers:
        """The number of each row of lon, lat; rows not met before are given the next ones."""
        points = np.ascontiguousarray(coordinates, dtype=np.float64) + 0.0
        hashes = _hashes(points)
        found = self._found(points, hashes)
        strange = np.flatnonzero(found < 0)
        if len(strange):
            self._learn(points[strange], hashes[strange])
            found[strange] = self._found(points[strange], hashes[strange])
        return found

    def table(self) -> Coordinates:
        """All points, by number."""
        return self._room[: self._count]

    def _found(self, points: Coordinates, hashes: NDArray[np.uint64]) -> Numbers:
        """The number of each point, -1 for one not met; points of one hash are looked at in turn."""
        found = np.full(len(points), -1, np.int32)
        at = np.searchsorted(self._hashes, hashes)
        open_ = np.arange(len(points))
        while len(open_ := open_[at[open_] < len(self._hashes)]):
            open_ = open_[self._hashes[at[open_]] == hashes[open_]]
            numbers = self._numbers[at[open_]]
            same = (self._room[numbers] == points[open_]).all(axis=1)
            found[open_[same]] = numbers[same]
            open_ = open_[~same]
            at[open_] += 1
        return found

    def _learn(self, points: Coordinates, hashes: NDArray[np.uint64]) -> None:
        """Gives points not met before the next numbers, in the order in which they first appear."""
        _, first = np.unique(points.view(np.complex128)[:, 0], return_index=True)
        first.sort()
        numbers = np.arange(self._count, self._count + len(first), dtype=np.int32)
        if len(self._room) < self._count + len(first):
            room = np.empty((2 * (self._count + len(first)), 2))
            room[: self._count] = self.table()
            self._room = room
        self._room[numbers] = points[first]
        self._count += len(first)
        order = np.argsort(hashes[first], kind="stable")
        strange = hashes[first][order]
        where = np.searchsorted(self._hashes, strange, side="right")
        self._hashes = np.insert(self._hashes, where, strange)
        self._numbers = np.insert(self._numbers, where, numbers[order])


def _hashes(points: Coordinates) -> NDArray[np.uint64]:
    """A number that sorts fast for each point; different points seldom have the same."""
    bits = (np.ascontiguousarray(points, dtype=np.float64) + 0.0).view(np.uint64)
    mixed = bits * _FACTORS
    return (mixed[:, 0] ^ (mixed[:, 0] >> _HALF)) + (mixed[:, 1] ^ (mixed[:, 1] >> _HALF))
