"""The outline of an area as directed edges, and which of them one outline has and another has not, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.complex128]
"""Points as lon + i·lat in degrees on WGS84: equality is that of both doubles, bit for bit but for the sign of zero."""
Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
"""Odd multipliers for hashing by multiplication (Knuth, The Art of Computer Programming 3, 6.4): the first is 2^64
over the golden ratio."""


@dataclass(frozen=True, eq=False)
class Outline:
    """Directed edges ``starts`` → ``ends``, the area on their left hand."""

    starts: Points
    ends: Points

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def of(cls, area: BaseGeometry) -> Outline:
        """The outline of a valid areal geometry in lon, lat; points and lines in it count nothing."""
        return outlines([area])[0]

    def taken(self, which: Mask | Indices | slice) -> Outline:
        """Some of the edges."""
        return Outline(self.starts[which], self.ends[which])

    def reversed(self) -> Outline:
        """The same edges the other way round."""
        return Outline(self.ends, self.starts)

    @cached_property
    def _mixed(self) -> npt.NDArray[np.uint64]:
        """A number for each edge, from the longitude of its start and the latitude of its end, well spread."""
        west, north = self.starts.view(np.uint64)[::2], self.ends.view(np.uint64)[1::2]
        return np.asarray(west * _ODD[0] + north * _ODD[1])

    def _match_by_table(self, edges: Outline) -> Indices:
        """For each edge the one here that may be its equal, by a table in which later edges displace earlier ones."""
        shift = np.uint64(64 - (16 * len(self)).bit_length())
        table = np.zeros(1 << (64 - int(shift)), np.int32)
        table[(self._mixed >> shift).view(np.int64)] = np.arange(len(self), dtype=np.int32)
        return np.asarray(table[(edges._mixed >> shift).view(np.int64)])

    def _match_by_order(self, edges: Outline) -> Indices:
        """The same by sorting: slower, and none is missed unless two edges have one number."""
        order = np.argsort(self._mixed)
        place = np.searchsorted(self._mixed, edges._mixed, sorter=order)
        return np.asarray(order[np.minimum(place, len(self) - 1)])

    def turned(self) -> Indices:
        """For each edge the one that runs the other way round between the same points, -1 where there is none."""
        both = np.concatenate([self._ends_of_each(), self.reversed()._ends_of_each()])
        number = np.unique(both, axis=0, return_inverse=True)[1].reshape(2, -1)
        edge = np.full(number.max(initial=0) + 1, -1)
        edge[number[0]] = np.arange(len(self))
        turned = edge[number[1]]
        return np.where(turned[turned] == np.arange(len(self)), turned, -1)

    def _ends_of_each(self) -> npt.NDArray[np.float64]:
        return np.column_stack([self.starts, self.ends]).view(np.float64)

    def _without_common(self, other: Outline, match: Indices) -> tuple[Outline, Outline]:
        """Both outlines without the edges that are exactly alike where matched."""
        alike = (other.starts[match] == self.starts) & (other.ends[match] == self.ends)
        unmatched = np.ones(len(other), bool)
        unmatched[match[alike]] = False
        return self.taken(~alike), other.taken(unmatched)


def change(before: Outline, after: Outline) -> Outline:
    """The edges that appear, and those that disappear turned round: closed rings around what is gained (on the left
    hand) and lost (on the right hand).

    Edges are compared exactly. Should one be overlooked it stands among them in both directions, which cancels in sums.
    """
    new, gone = (after.taken(slice(0)), before.taken(slice(0))) if before is after else (after, before)
    for match in (Outline._match_by_table, Outline._match_by_order):
        if len(new) and len(gone):
            new, gone = new._without_common(gone, match(gone, new))
    return joined([new, gone.reversed()])


def joined(outlines: list[Outline]) -> Outline:
    """The edges of several outlines in one."""
    return Outline(np.concatenate([o.starts for o in outlines]), np.concatenate([o.ends for o in outlines]))


def outlines(areas: Any) -> tuple[Outline, Indices]:
    """The edges of an array of areas, and which of the areas each belongs to."""
    polygons, area = shapely.get_parts(areas, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    points = coordinates.view(np.complex128)[:, 0]
    along = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1])
    starts, ends, ring = points[:-1][along], points[1:][along], ring[1:][along]
    shell = np.diff(polygon, prepend=-1) != 0
    turned = shapely.is_ccw(rings) != shell
    if turned.all():
        starts, ends = ends, starts
    elif turned.any():
        starts, ends = np.where(turned[ring], (ends, starts), (starts, ends))
    return Outline(starts, ends), area[polygon[ring]]
