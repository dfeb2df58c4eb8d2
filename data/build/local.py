"""A local equal-area plane in metres (LAEA on WGS84) for distances that degrees cannot give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

Coordinates = NDArray[np.float64]


class Plane:
    """Geometry to metres around a centre (lon, lat) and back."""

    def __init__(self, lon: float, lat: float) -> None:
        plane = CRS.from_dict({"proj": "laea", "lat_0": lat, "lon_0": lon, "ellps": "WGS84"})
        self._there = _stacked(Transformer.from_crs(4326, plane, always_xy=True).transform)
        self._back = _stacked(Transformer.from_crs(plane, 4326, always_xy=True).transform)

    def metres(self, geometry: BaseGeometry) -> BaseGeometry:
        """Degrees (lon, lat) to metres."""
        return shapely.transform(geometry, self._there)

    def degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """Metres to degrees (lon, lat)."""
        return shapely.transform(geometry, self._back)


def _stacked(project: Callable[..., Any]) -> Callable[[Coordinates], Coordinates]:
    def apply(xy: Coordinates) -> Coordinates:
        return np.column_stack(project(xy[:, 0], xy[:, 1]))

    return apply
