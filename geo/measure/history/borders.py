"""The borders of units as edges in order, and where something else may come near one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely

from geo.measure.history.outline import Indices, Mask, Outline
from geo.measure.history.terms import Numbers, edge_m2

_CELLS = 256
"""A side of the raster, so many: 70 m to 7 km in a frame from a town to a country."""
Boxes = npt.NDArray[np.float64]
"""Rows of west, south, east, north in degrees."""


@dataclass(frozen=True, eq=False)
class Borders:
    """Directed edges, the unit on their left hand; each ends where the next one of its ring starts."""

    edges: Outline
    first: Indices
    """Where each ring begins."""
    ring: Indices
    """The ring of each edge."""
    unit: Indices
    """The unit each ring bounds."""

    @classmethod
    def of(cls, areas: Any) -> Borders:
        """The borders of an array of areas in lon, lat."""
        polygons, area = shapely.get_parts(shapely.orient_polygons(areas, exterior_cw=False), return_index=True)
        rings, polygon = shapely.get_rings(polygons, return_index=True)
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        points = coordinates.view(np.complex128)[:, 0]
        along = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1])
        ring = ring[1:][along]
        first = np.flatnonzero(np.diff(ring, prepend=-1))
        return cls(Outline(points[:-1][along], points[1:][along]), first, ring, area[polygon])

    @cached_property
    def m2(self) -> Numbers:
        """What each edge adds to the area of its unit."""
        return edge_m2(self.edges)

    @cached_property
    def boxes(self) -> Boxes:
        """The bounding box of each edge."""
        return self.edges.boxes()

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The edges as lines."""
        ends = np.stack([self.edges.starts, self.edges.ends], axis=1).view(float).reshape(-1, 2, 2)
        return shapely.STRtree(cast(npt.NDArray[Any], shapely.linestrings(ends)))


@dataclass(frozen=True, eq=False)
class Raster:
    """Cells over a frame, and how many south and west of each are reached by boxes: four looks tell of any box."""

    corner: Numbers
    """West, south of the frame."""
    step: Numbers
    """Width and height of a cell."""
    reached: npt.NDArray[np.int32]

    @classmethod
    def of(cls, boxes: Boxes, frame: Numbers) -> Raster:
        """A raster over a frame (west, south, east, north) of what boxes reach."""
        corner, step = frame[:2], np.maximum((frame[2:] - frame[:2]) / _CELLS, 1e-9)
        low = np.clip(np.floor((boxes[:, :2] - corner) / step), 0, _CELLS).astype(np.intp)
        high = np.clip(np.floor((boxes[:, 2:] - corner) / step) + 1, 0, _CELLS).astype(np.intp)
        side = _CELLS + 1
        (west, south), (east, north) = low.T * [[side], [1]], high.T * [[side], [1]]
        where = np.concatenate([west + south, east + north, west + north, east + south])
        sign = np.repeat([1.0, 1.0, -1.0, -1.0], len(boxes))
        edge = np.bincount(where, sign, side * side)
        covered = edge.reshape(side, side).cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
        reached = np.zeros((side, side), np.int32)
        reached[1:, 1:] = covered.astype(np.int32).cumsum(axis=0).cumsum(axis=1)
        return cls(corner, step, reached)

    def may_meet(self, boxes: Boxes) -> Mask:
        """Whether each box may reach one of those; True for what is not wholly within the frame."""
        low, high = (np.floor((corner - self.corner) / self.step) for corner in (boxes[:, :2], boxes[:, 2:]))
        inside = ((low >= 0) & (high < _CELLS)).all(axis=1)
        west, south = np.where(inside, low.T, 0).astype(np.intp)
        east, north = np.where(inside, high.T + 1, 0).astype(np.intp)
        count = self.reached[east, north] - self.reached[west, north]
        count += self.reached[west, south] - self.reached[east, south]
        return cast(Mask, (count > 0) | ~inside)
