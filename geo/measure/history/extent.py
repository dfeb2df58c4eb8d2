"""What a history is measured of and in: an extent that changes, and units that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure.history.drawing import Drawing
from geo.measure.history.outline import Outline, outlines
from geo.measure.history.rings import Boxes

Areas = npt.NDArray[Any]
"""An array of areal geometries, lon, lat on WGS84."""
Numbers = npt.NDArray[np.float64]

ROUNDING_DEG = 1e-9
"""A tenth of a millimetre: two renderings of one border, one of them rounded, lie no further apart."""


class Extent(Protocol):
    """An area at one time, lon, lat on WGS84, valid: no ground in it twice."""

    def outline(self) -> Outline:
        """All its edges."""
        ...

    def near(self, box: BaseGeometry) -> BaseGeometry:
        """The area, or as much of it as lies in the box and around it, with the same edges there."""
        ...


def drawn(extents: Sequence[Extent]) -> Drawing:
    """The outlines of extents one after the other; areas are read at once, which is quicker."""
    if all(isinstance(extent, Area) for extent in extents):
        return Drawing.of_areas([cast(Area, extent).geometry for extent in extents])
    return Drawing.of_outlines([extent.outline() for extent in extents])


@dataclass(frozen=True)
class Area:
    """An extent that is one geometry."""

    geometry: BaseGeometry

    def outline(self) -> Outline:
        """All its edges."""
        return Outline.of(self.geometry)

    def near(self, box: BaseGeometry) -> BaseGeometry:
        """The geometry, whole."""
        return self.geometry


class Units:
    """The units an extent is measured in: valid areas in lon, lat; with holes, in parts, overlapping as they may.

    Parts of what is cut with them narrower than ``thread_deg`` in the plane of lon and lat are rounding, no ground.
    """

    def __init__(self, areas: Sequence[BaseGeometry], thread_deg: float = ROUNDING_DEG) -> None:
        self.thread_deg = thread_deg
        self.areas: Areas = np.array(list(areas), dtype=object)
        shapely.prepare(self.areas)
        self.tree = shapely.STRtree(self.areas)
        edges, _ = outlines(self.areas)
        ends = np.stack([edges.starts, edges.ends], axis=1).view(float).reshape(-1, 2, 2)
        self.borders = shapely.STRtree(cast(Areas, shapely.linestrings(ends)))
        self.border_boxes: Boxes = np.concatenate([ends.min(axis=1), ends.max(axis=1)], axis=1)

    def around(self, lon: Numbers, lat: Numbers) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """The numbers of points, and of the unit each lies within; of two, where units overlap."""
        point, unit = self.tree.query(shapely.points(lon, lat))
        within = shapely.contains_xy(self.areas[unit], lon[point], lat[point])
        return point[within], unit[within]
