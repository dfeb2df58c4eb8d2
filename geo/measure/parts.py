"""Parts of one overlay put together again, without uniting what does not overlap."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def gathered(parts: NDArray[np.object_]) -> BaseGeometry:
    """Simple parts of one valid geometry as one: where all are of one kind they meet in points at most.

    Where kinds are mixed they are united; no part at all is an empty collection.
    """
    kinds = set(shapely.get_type_id(parts)) if len(parts) > 1 else set()
    if kinds == {shapely.GeometryType.POLYGON}:
        return shapely.MultiPolygon(list(parts))
    if kinds == {shapely.GeometryType.LINESTRING}:
        return shapely.MultiLineString(list(parts))
    only: BaseGeometry = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return only


def areal(geometry: BaseGeometry) -> BaseGeometry:
    """The areas of a valid geometry alone: areas that touch share lines and points as well, which are no ground."""
    if geometry.geom_type != "GeometryCollection":
        return geometry if shapely.get_dimensions(geometry) == 2 else shapely.Polygon()
    parts = np.asarray(shapely.get_parts(geometry))
    return gathered(parts[shapely.get_dimensions(parts) == 2]) if len(parts) else shapely.Polygon()
