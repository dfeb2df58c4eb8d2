"""Geometry as short text: GeoJSON whose lists of points are encoded polylines, a quarter of the size.

The algorithm is Google's (https://developers.google.com/maps/documentation/utilities/polylinealgorithm): differences of
coordinates in units of 1e-5 degree (1.1 m), five bits a character. Order here is lon, lat, as GeoJSON has it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

UNITS = 100_000  # in a degree


def encoded(geometry: BaseGeometry) -> dict[str, Any] | None:
    """``geometry`` (degrees) with every list of points as one string; None where there is no geometry."""
    if geometry.is_empty:
        return None
    kind = geometry.geom_type
    if kind == "GeometryCollection":
        parts = [encoded(part) for part in shapely.get_parts(geometry)]
        return {"type": kind, "geometries": [part for part in parts if part]}
    if kind == "Point":
        return {"type": kind, "coordinates": [round(c, 5) + 0.0 for c in shapely.get_coordinates(geometry)[0].tolist()]}
    return {"type": kind, "coordinates": _coordinates(geometry)}


def _coordinates(geometry: BaseGeometry) -> Any:
    if isinstance(geometry, shapely.Polygon):
        return [
            polyline(shapely.get_coordinates(ring), closed=True) for ring in (geometry.exterior, *geometry.interiors)
        ]
    if geometry.geom_type in {"LineString", "LinearRing", "MultiPoint"}:
        return polyline(shapely.get_coordinates(geometry))
    return [_coordinates(part) for part in shapely.get_parts(geometry)]


def polyline(points: NDArray[np.float64], *, closed: bool = False) -> str:
    """An n by 2 array of degrees as an encoded polyline, without points that rounding put on their forerunner."""
    units = np.rint(points * UNITS).astype(np.int64)
    moves = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved = np.append(True, moves[1:].any(axis=1))
    if moved.sum() >= (4 if closed else 2):
        moves = moves[moved]
    return "".join(map(_characters, moves.ravel().tolist()))


@lru_cache(maxsize=1 << 16)
def _characters(number: int) -> str:
    """One number; most differences are small, and the same ones come again and again."""
    rest, found = ~(number << 1) if number < 0 else number << 1, []
    while rest >= 0x20:
        found.append(0x20 | rest & 0x1F)
        rest >>= 5
    return "".join(chr(five + 63) for five in (*found, rest))
