"""Bands around a line: every point whose geodesic distance from the line is within a reach.

A point's nearest place on a line is either inside an edge or at a vertex. So the band is exactly the union of one
strip an edge (as wide as the reach to both sides) and one wedge a vertex (between the normals of its edges), plus a
half disc at each free end where the caps are round. Offsets are solved as geodesics (Karney 2013).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import UsageError
from geo.measure.geodesic import area_km2, densified, wgs84
from geo.measure.sides import split_by_line

Floats = NDArray[np.float64]

_EDGE_OF_MAP = (-178.0, 178.0)
_PINHOLE_KM2 = 1e-5
_GRID_DEG = 1e-9
"""Corners are snapped to a tenth of a millimetre, so that strips that share an edge leave no crack between them."""


def band(line: BaseGeometry, left_m: float, right_m: float, tolerance_m: float = 0.25) -> BaseGeometry:
    """The band around ``line`` (lon, lat, WGS84) that reaches ``left_m`` metres to its left, ``right_m`` to the right.

    Left and right are as seen along the direction of the line. A band of equal reach has round caps; an unequal one
    ends flat, square to the line. ``tolerance_m`` bounds how far an arc's chord lies inside the true circle.
    Raises :class:`UsageError` for a negative reach, a band without width, or a geometry without lines.
    """
    if min(left_m, right_m) < 0 or left_m + right_m == 0:
        raise UsageError(f"A band needs a positive width, not {left_m:g} m to the left and {right_m:g} m to the right.")
    lines = _lines(line)
    if not lines:
        raise UsageError("A band is drawn around a line; this territory has none.")
    west, _, east, _ = shapely.total_bounds(lines)
    if west < _EDGE_OF_MAP[0] or east > _EDGE_OF_MAP[1]:
        raise UsageError("A band cannot be drawn across the 180th meridian: cut the line to the part that is meant.")
    if left_m == right_m:
        return _around(lines, left_m, tolerance_m, round_caps=True)
    joined = shapely.MultiLineString(lines)
    left, _ = split_by_line(_around(lines, left_m, tolerance_m, round_caps=False), joined)
    _, right = split_by_line(_around(lines, right_m, tolerance_m, round_caps=False), joined)
    return shapely.union(left, right)


def _lines(geometry: BaseGeometry) -> list[shapely.LineString]:
    """The lines of a geometry with long edges split along their geodesics and doubled points dropped."""
    parts = shapely.get_parts(geometry)
    flat = [p for part in parts for p in shapely.get_parts(part) if p.geom_type in ("LineString", "LinearRing")]
    split = (densified(shapely.LineString(p.coords), 2.0) for p in flat if p.length > 0)
    return [shapely.LineString(shapely.remove_repeated_points(part, 1e-7).coords) for part in split]


def _around(lines: list[shapely.LineString], reach: float, tolerance: float, *, round_caps: bool) -> BaseGeometry:
    """All points within ``reach`` metres of any of ``lines``."""
    if reach == 0:
        return shapely.Polygon()
    step = 2 * np.degrees(np.arccos(1 - min(tolerance / reach, 0.5)))
    pieces = [piece for line in lines for piece in _pieces(shapely.get_coordinates(line), reach, step, round_caps)]
    return _without_pinholes(shapely.make_valid(shapely.union_all(pieces, grid_size=_GRID_DEG)))


def _without_pinholes(area: BaseGeometry) -> BaseGeometry:
    """An area without the holes of a few square metres that snapping leaves where strips meet."""
    polygons = [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]
    filled = [
        shapely.Polygon(
            part.exterior, [hole for hole in part.interiors if area_km2(shapely.Polygon(hole)) > _PINHOLE_KM2]
        )
        for part in polygons
    ]
    return filled[0] if len(filled) == 1 else shapely.MultiPolygon(filled)


def _pieces(points: Floats, reach: float, step: float, round_caps: bool) -> list[BaseGeometry]:
    """The strips, wedges and caps of one line; ``step`` is the angle between points of an arc, in degrees."""
    lon, lat = points.T
    out_az, back_az, _ = wgs84().inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    arrive_az = np.asarray(back_az) + 180  # the heading on arrival at the far end of each edge
    leave_az = np.asarray(out_az)
    strips = _strips(points, leave_az, arrive_az, reach)

    closed = bool(np.array_equal(points[0], points[-1]))
    at = np.arange(1, len(points) - 1)
    heading_in, heading_out, where = arrive_az[:-1], leave_az[1:], points[at]
    if closed:
        heading_in, heading_out = np.append(heading_in, arrive_az[-1]), np.append(heading_out, leave_az[0])
        where = np.vstack([where, points[:1]])
    turn = (heading_out - heading_in + 180) % 360 - 180
    # a turn to the right opens a wedge on the left (normal at -90°), a turn to the left one on the right
    outer = np.where(turn > 0, -90, 90)
    wedges = [
        _fan(point, start, end, sweep, reach, step)
        for point, start, end, sweep in zip(where, heading_in + outer, heading_out + outer, turn, strict=True)
        if sweep
    ]
    caps: list[BaseGeometry] = []
    if round_caps and not closed:
        caps = [
            _fan(points[0], leave_az[0] + 90, leave_az[0] - 90, 180, reach, step),
            _fan(points[-1], arrive_az[-1] - 90, arrive_az[-1] + 90, 180, reach, step),
        ]
    return [*strips, *wedges, *caps]


def _strips(points: Floats, leave: Floats, arrive: Floats, reach: float) -> list[BaseGeometry]:
    """One six-cornered strip an edge: both ends with their offsets to the left and to the right."""
    a, b = points[:-1], points[1:]
    corners = [
        a,
        _offset(a, leave - 90, reach),
        _offset(b, arrive - 90, reach),
        b,
        _offset(b, arrive + 90, reach),
        _offset(a, leave + 90, reach),
    ]
    return [shapely.Polygon(ring) for ring in np.stack(corners, axis=1)]


def _fan(centre: Floats, start: float, end: float, sweep: float, reach: float, step: float) -> BaseGeometry:
    """The sector of a disc around ``centre`` from azimuth ``start`` over ``sweep`` degrees to ``end``.

    ``end`` is given beside ``sweep`` so that the last corner is the neighbouring strip's to the last bit: a
    rounding apart would leave a crack between them.
    """
    azimuths = start + np.linspace(0, sweep, max(2, int(np.ceil(abs(sweep) / step)) + 1))
    azimuths[-1] = end
    rim = _offset(np.repeat(centre[None, :], len(azimuths), axis=0), azimuths, reach)
    return shapely.Polygon(np.vstack([centre[None, :], rim]))


def _offset(points: Floats, azimuth: Any, reach: float) -> Floats:
    """``points`` moved by ``reach`` metres along ``azimuth`` (degrees clockwise from north)."""
    lon, lat, _ = wgs84().fwd(points[:, 0], points[:, 1], azimuth, np.full(len(points), reach))
    return np.column_stack([lon, lat])
