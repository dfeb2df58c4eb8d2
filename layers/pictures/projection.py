"""Lon, lat on WGS84 to a plane of true areas around a region.

Lambert azimuthal equal-area (Snyder 1987, section 24), centred on the region.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

_STEP_DEG = 0.2
"""Edges are cut to this before they are projected: on the plane they are curves."""
_FAR_DEG = 20.0


@dataclass(frozen=True)
class Projection:
    """An equal-area plane in metres, centred on ``lon``, ``lat``."""

    lon: float
    lat: float

    @cached_property
    def _transformer(self) -> Transformer:
        plane = f"+proj=laea +lat_0={self.lat} +lon_0={self.lon} +datum=WGS84 +units=m"
        return Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    def plane(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in metres, east and north of the centre; what lies beyond 20° of it is left out."""
        near = shapely.clip_by_rect(
            geometry,
            self.lon - 1.6 * _FAR_DEG,
            max(self.lat - _FAR_DEG, -89.0),
            self.lon + 1.6 * _FAR_DEG,
            min(self.lat + _FAR_DEG, 89.0),
        )
        return shapely.transform(shapely.segmentize(near, _STEP_DEG), self._metres)

    def _metres(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._transformer.transform(lonlat[:, 0], lonlat[:, 1]))

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        """A point of the plane in lon, lat."""
        lon, lat = self._transformer.transform(x, y, direction="INVERSE")
        return float(lon), float(lat)


def around(shapes: list[BaseGeometry]) -> Projection:
    """The plane centred on the middle of what is shown."""
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    return Projection(round((west + east) / 2, 2), round((south + north) / 2, 2))
