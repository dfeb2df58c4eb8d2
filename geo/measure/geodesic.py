"""Area and length on the WGS84 ellipsoid; an edge is a geodesic.

Karney, C. F. F. (2013), *Algorithms for geodesics*, J. Geodesy 87, 43-55, through pyproj's GeographicLib.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import UsageError

if TYPE_CHECKING:
    from pyproj import Geod

METRES_IN_DEGREE = 60 * 1852.0
"""Length of a degree of latitude, nominally: 60 nautical miles. For tolerances only, never for a measure."""


@cache
def wgs84() -> Geod:
    """The WGS84 ellipsoid."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def area_km2(geometry: BaseGeometry) -> float:
    """Geodesic area in km² of a (Multi)Polygon in lon, lat on WGS84, holes subtracted, whatever the winding.

    Points and lines of a collection count nothing. Raises :class:`UsageError` for coordinates that are no lon, lat.
    """
    _refuse_planar(geometry)
    return sum(_polygon_m2(part) for part in _parts(geometry) if part.geom_type == "Polygon") / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Geodesic length in km of the lines of a geometry in lon, lat on WGS84; areas count nothing."""
    _refuse_planar(geometry)
    lines = (part for part in _parts(geometry) if part.geom_type in ("LineString", "LinearRing"))
    return float(sum(wgs84().line_length(*shapely.get_coordinates(line).T) for line in lines)) / 1e3


def densified(geometry: BaseGeometry, step_km: float = 5.0) -> BaseGeometry:
    """The same geometry with long edges split along their geodesics, so that lon/lat-straight edges stay true.

    An edge of 5 km departs from its geodesic by about half a metre at 48° N.
    """
    longest = np.degrees(step_km / 6371.0)
    coords = shapely.get_coordinates(geometry)
    if len(coords) < 2 or np.abs(np.diff(coords, axis=0)).max() <= longest:
        return geometry

    def split(points: Any) -> Any:
        pieces = [points[:1]]
        for (lon0, lat0), (lon1, lat1) in pairwise(points):
            azimuth, _, metres = wgs84().inv(lon0, lat0, lon1, lat1)
            count = math.ceil(metres / 1000 / step_km) - 1
            if count > 0:
                reach = np.linspace(0, metres, count + 2)[1:-1]
                same = np.full(count, 1.0)
                lon, lat, _ = wgs84().fwd(same * lon0, same * lat0, same * azimuth, reach)
                pieces.append(np.column_stack([lon, lat]))
            pieces.append(np.array([[lon1, lat1]]))
        return np.concatenate(pieces)

    return _map_rings(geometry, split)


def _map_rings(geometry: BaseGeometry, change: Callable[[Any], Any]) -> BaseGeometry:
    """``geometry`` with every coordinate sequence replaced by ``change`` of it."""
    if isinstance(geometry, shapely.Polygon):
        shell = change(shapely.get_coordinates(geometry.exterior))
        return shapely.Polygon(shell, [change(shapely.get_coordinates(hole)) for hole in geometry.interiors])
    if isinstance(geometry, shapely.LinearRing | shapely.LineString):
        return type(geometry)(change(shapely.get_coordinates(geometry)))
    if isinstance(geometry, shapely.Point):
        return geometry
    collection: Any = type(geometry)
    return cast(BaseGeometry, collection([_map_rings(part, change) for part in shapely.get_parts(geometry)]))


def _polygon_m2(polygon: Any) -> float:
    """Absolute area of one polygon: its shell less its holes."""
    shell, *holes = (
        abs(wgs84().polygon_area_perimeter(*shapely.get_coordinates(ring).T)[0])
        for ring in (polygon.exterior, *polygon.interiors)
    )
    return float(shell - sum(holes))


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The simple parts of a geometry, nested collections opened."""
    parts = list(shapely.get_parts(geometry))
    if any(shapely.get_num_geometries(p) != 1 or p.geom_type.startswith(("Multi", "Geom")) for p in parts):
        return [leaf for part in parts for leaf in (_parts(part) if hasattr(part, "geoms") else [part])]
    return [p for p in parts if not p.is_empty]


def _refuse_planar(geometry: BaseGeometry) -> None:
    """Metres handed in as degrees would give a number that looks right: refuse them."""
    if geometry.is_empty:
        return
    west, south, east, north = geometry.bounds
    if west < -360 or east > 360 or south < -90.000001 or north > 90.000001:
        raise UsageError(
            f"Coordinates from {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g} are not longitude and latitude in "
            "degrees. Reproject to EPSG:4326 first."
        )
