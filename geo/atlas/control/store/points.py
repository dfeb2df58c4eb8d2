"""The distinct points of a series, numbered in the order in which they first appear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Coordinates = NDArray[np.float64]
"""Rows of lon, lat in degrees on WGS84."""


class Points:
    """Numbers points: the same point, to the last bit, has the same number. Negative zero is taken for zero."""

    def __init__(self, known: Coordinates | None = None) -> None:
        start = np.empty((0, 2)) if known is None else known
        self._pages = [start]
        self._count = len(start)
        keys = _keys(start)
        order = np.argsort(keys)
        self._keys, self._numbers = keys[order], order.astype(np.int32)

    def numbers(self, coordinates: Coordinates) -> Numbers:
        """The number of each row of lon, lat; rows not met before are given the next ones."""
        keys = _keys(coordinates)
        self._learn(keys)
        return self._numbers[np.searchsorted(self._keys, keys)]

    def table(self) -> Coordinates:
        """All points, by number."""
        return np.concatenate(self._pages)

    def _learn(self, keys: NDArray[np.complex128]) -> None:
        found = np.searchsorted(self._keys, keys)
        known = np.zeros(len(keys), bool)
        inside = found < len(self._keys)
        known[inside] = self._keys[found[inside]] == keys[inside]
        strange, first = np.unique(keys[~known], return_index=True)
        if not len(strange):
            return
        rank = np.empty(len(first), np.int32)
        rank[np.argsort(first)] = np.arange(self._count, self._count + len(first), dtype=np.int32)
        page = np.empty((len(strange), 2))
        page[rank - self._count] = np.column_stack([strange.real, strange.imag])
        where = np.searchsorted(self._keys, strange)
        self._keys, self._numbers = np.insert(self._keys, where, strange), np.insert(self._numbers, where, rank)
        self._pages.append(page)
        self._count += len(page)


def _keys(coordinates: Coordinates) -> NDArray[np.complex128]:
    """A point as one number that sorts; zero is added to leave no negative zero."""
    whole = np.ascontiguousarray(coordinates, dtype=np.float64) + 0.0
    return whole.view(np.complex128)[:, 0]
