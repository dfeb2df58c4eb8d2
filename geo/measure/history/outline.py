"""The outline of an area as directed edges, and which of them one outline has and another has not, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.complex128]
"""Points as lon + i·lat in degrees on WGS84: equality is that of both doubles, bit for bit but for the sign of zero."""
Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]


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

    def boxes(self) -> npt.NDArray[np.float64]:
        """The bounding box of each edge: west, south, east, north."""
        one, other = (np.column_stack([points.real, points.imag]) for points in (self.starts, self.ends))
        return np.concatenate([np.minimum(one, other), np.maximum(one, other)], axis=1)

    def turned(self) -> Indices:
        """For each edge the one that runs the other way round between the same points, -1 where there is none."""
        both = np.concatenate([self._ends_of_each(), Outline(self.ends, self.starts)._ends_of_each()])
        number = np.unique(both, axis=0, return_inverse=True)[1].reshape(2, -1)
        edge = np.full(number.max(initial=0) + 1, -1)
        edge[number[0]] = np.arange(len(self))
        turned = edge[number[1]]
        return np.where(turned[turned] == np.arange(len(self)), turned, -1)

    def _ends_of_each(self) -> npt.NDArray[np.float64]:
        return np.column_stack([self.starts, self.ends]).view(np.float64)


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
