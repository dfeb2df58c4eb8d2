"""Area and length on the WGS84 ellipsoid, of one geometry or of whole arrays; an edge is a geodesic.

Karney, C. F. F. (2013), *Algorithms for geodesics*, J. Geodesy 87, 43-55. Lengths come through pyproj's
GeographicLib, areas from :mod:`geo.measure.edges`, which agrees with it to its own rounding (1e-12, or 0.001 m²).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import UsageError
from geo.measure.edges import edge_areas, ring_areas
from geo.measure.ellipsoid import Floats, wgs84

__all__ = ["METRES_IN_DEGREE", "area_km2", "areas_m2", "densified", "edge_areas", "length_km", "lengths_m", "wgs84"]

METRES_IN_DEGREE = 60 * 1852.0
"""Length of a degree of latitude, nominally: 60 nautical miles. For tolerances only, never for a measure."""

_FEW = 128
"""Fewer corners than this are measured faster one by one: the array functions cost a tenth of a millisecond a call."""
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)
_COLLECTIONS = shapely.GeometryType.MULTIPOINT


def area_km2(geometry: BaseGeometry) -> float:
    """Geodesic area in km² of a (Multi)Polygon in lon, lat on WGS84, holes subtracted, whatever the winding.

    Points and lines of a collection count nothing. Raises :class:`UsageError` for coordinates that are no lon, lat.
    """
    if geometry.geom_type == "Polygon" and shapely.get_num_coordinates(geometry) < _FEW:
        return _small_m2(geometry) / 1e6
    return float(areas_m2([geometry])[0]) / 1e6


def areas_m2(geometries: Any) -> Floats:
    """Geodesic area in m² of each geometry of a sequence or array; see :func:`area_km2`. None and empty have 0."""
    geometries = np.asarray(geometries, dtype=object)
    _refuse_planar(geometries)
    parts, owner = _parts(geometries)
    areal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, polygon = shapely.get_rings(parts[areal], return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    areas = np.abs(ring_areas(coordinates, _starts(ring)))
    areas[~_first(polygon)] *= -1  # the shell comes first, its holes are taken away
    return _summed(owner[areal][polygon], areas, len(geometries))


def length_km(geometry: BaseGeometry) -> float:
    """Geodesic length in km of the lines of a geometry in lon, lat on WGS84; areas count nothing."""
    if geometry.geom_type in ("LineString", "LinearRing") and shapely.get_num_coordinates(geometry) < _FEW:
        _refuse_planar(geometry)
        return float(wgs84().line_length(*shapely.get_coordinates(geometry).T)) / 1e3
    return float(lengths_m([geometry])[0]) / 1e3


def lengths_m(geometries: Any) -> Floats:
    """Geodesic length in m of the lines of each geometry of a sequence or array; areas, None and empty have 0."""
    geometries = np.asarray(geometries, dtype=object)
    _refuse_planar(geometries)
    parts, owner = _parts(geometries)
    lines = np.isin(shapely.get_type_id(parts), _LINES)
    coordinates, line = shapely.get_coordinates(parts[lines], return_index=True)
    inside = ~_first(line)[1:]
    (lon0, lat0), (lon1, lat1) = coordinates[:-1][inside].T, coordinates[1:][inside].T
    _, _, metres = wgs84().inv(lon0, lat0, lon1, lat1)
    return _summed(owner[lines][line[1:][inside]], metres, len(geometries))


def _small_m2(polygon: Any) -> float:
    """The area of one polygon of few corners, without the fixed cost of the array functions."""
    _refuse_planar(polygon)
    shell, *holes = (
        abs(wgs84().polygon_area_perimeter(*shapely.get_coordinates(ring).T)[0])
        for ring in (polygon.exterior, *polygon.interiors)
    )
    return float(shell - sum(holes))


def densified(geometry: BaseGeometry, step_km: float = 5.0) -> BaseGeometry:
    """The same geometry with long edges split along their geodesics, so that lon/lat-straight edges stay true.

    An edge of 5 km departs from its geodesic by about half a metre at 48° N. An edge is split at the same places
    whichever way it runs, so that neighbours keep one border.
    """
    may_be_long = np.degrees(step_km / 6400.0 / np.sqrt(2))
    coordinates = shapely.get_coordinates(geometry)
    if len(coordinates) < 2 or np.abs(np.diff(coordinates, axis=0)).max() <= may_be_long:
        return geometry
    return _map_rings(geometry, lambda points: _split(points, 1000 * step_km, may_be_long))


def _split(points: Floats, step_m: float, may_be_long: float) -> Floats:
    """A path with every edge longer than ``step_m`` split into equal parts."""
    start, end = points[:-1], points[1:]
    long = np.flatnonzero((np.abs(end - start) > may_be_long).any(axis=1))
    start, end = start[long], end[long]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    origin, target = np.where(turned[:, None], end, start), np.where(turned[:, None], start, end)
    azimuth, _, metres = wgs84().inv(*origin.T, *target.T)
    pieces = np.maximum(1, np.ceil(metres / step_m)).astype(int)
    edge = np.repeat(np.arange(len(long)), pieces - 1)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(pieces - 1) - (pieces - 1), pieces - 1) + 1
    part = np.where(turned[edge], pieces[edge] - step, step) / pieces[edge]
    lon, lat, _ = wgs84().fwd(origin[edge, 0], origin[edge, 1], azimuth[edge], part * metres[edge])
    return np.insert(points, long[edge] + 1, np.column_stack([lon, lat]), axis=0)


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


def _parts(geometries: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The simple parts of all geometries, nested collections opened, and the index of the geometry each is of."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    while len(parts) and shapely.get_type_id(parts).max() >= _COLLECTIONS:
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    return parts, owner


def _summed(owner: NDArray[np.intp], values: Floats, count: int) -> Floats:
    """The sum of ``values`` by owner, 0 for one that has none."""
    return np.bincount(owner, values, count).astype(np.float64, copy=False)


def _first(index: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which entries of a sorted index are the first of their kind."""
    return np.concatenate([np.ones(min(len(index), 1), np.bool_), index[1:] != index[:-1]])


def _starts(index: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.flatnonzero(_first(index))


def _refuse_planar(geometries: Any) -> None:
    """Metres handed in as degrees would give a number that looks right: refuse them."""
    if not np.size(geometries):
        return
    west, south, east, north = shapely.total_bounds(geometries)
    if west < -360 or east > 360 or south < -90.000001 or north > 90.000001:
        raise UsageError(
            f"Coordinates from {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g} are not longitude and latitude in "
            "degrees. Reproject to EPSG:4326 first."
        )
