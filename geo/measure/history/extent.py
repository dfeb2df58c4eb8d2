"""What a history is measured of and in: an extent that changes, and units that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure.history.borders import Borders, Boxes, Raster
from geo.measure.history.drawing import Drawing
from geo.measure.history.outline import Indices, Outline
from geo.measure.history.sides import surrounds

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
    sound: bool = False
    """Whether it is known to be valid, as what an overlay gives is. Else that is found out, and mended: see below."""

    def outline(self) -> Outline:
        """All its edges."""
        return Outline.of(self.geometry)

    def near(self, box: BaseGeometry) -> BaseGeometry:
        """The geometry, whole."""
        return self.geometry


def sound(extents: Sequence[Extent]) -> list[Extent]:
    """The same extents, areas that are not valid made so: ground that several parts cover counts once.

    What is known to be sound costs nothing, nor does an area like the one before it; others are looked at by GEOS.
    """
    found = list(extents)
    doubtful = [i for i, extent in enumerate(found) if isinstance(extent, Area) and not extent.sound]
    if not doubtful:
        return found
    areas: Areas = np.array([cast(Area, found[i]).geometry for i in doubtful], dtype=object)
    fresh = np.ones(len(areas), bool)
    fresh[1:] = ~shapely.equals_exact(areas[1:], areas[:-1])
    mended = areas[fresh]
    broken = ~shapely.is_valid(mended)
    mended[broken] = [_mended(area) for area in mended[broken]]
    for i, area in zip(doubtful, mended[np.cumsum(fresh) - 1], strict=True):
        found[i] = Area(area, sound=True)
    return found


def _mended(area: BaseGeometry) -> BaseGeometry:
    """The union of the parts of an area, each made valid by itself: ground drawn twice is no hole."""
    parts = shapely.get_parts(shapely.make_valid(shapely.get_parts(area), method="structure", keep_collapsed=False))
    return shapely.union_all(parts)


class Units:
    """The units an extent is measured in: valid areas in lon, lat; with holes, in parts, overlapping as they may.

    Parts of what is cut with them narrower than ``thread_deg`` in the plane of lon and lat are rounding, no ground.
    """

    def __init__(self, areas: Sequence[BaseGeometry], thread_deg: float = ROUNDING_DEG) -> None:
        self.thread_deg = thread_deg
        self.areas: Areas = np.array(list(areas), dtype=object)
        shapely.prepare(self.areas)
        self.tree = shapely.STRtree(self.areas)
        self.borders = Borders.of(self.areas)
        self._raster: Raster | None = None

    def raster(self, boxes: Boxes) -> Raster:
        """Where borders run, over the frame of the first boxes it is asked with."""
        if self._raster is None:
            frame = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
            self._raster = Raster.of(self.borders.boxes, frame)
        return self._raster

    def around(self, lon: Numbers, lat: Numbers) -> tuple[Indices, Indices]:
        """The numbers of points, and of the unit each lies in; of two, where units overlap.

        One on a border is taken to lie a little to the north: see :mod:`geo.measure.history.sides`.
        """
        point, unit = self.tree.query(shapely.points(lon, lat))
        area, at = self.areas[unit], (lon[point], lat[point])
        inside = shapely.intersects_xy(area, *at)
        for i in np.flatnonzero(inside & ~shapely.contains_xy(area, *at)):
            border = self.borders.edges.taken(self.borders.unit[self.borders.ring] == unit[i])
            inside[i] = surrounds(border, complex(lon[point[i]], lat[point[i]]))
        return point[inside], unit[inside]
