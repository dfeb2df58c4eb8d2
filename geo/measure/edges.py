"""The signed area between a geodesic edge and the equator, for arrays of edges at once.

A short edge has a closed form: the trapezoid of the authalic function q, and the terms of third and fifth order by
which a geodesic leaves the trapezoid. A long one has its inverse problem solved (Karney 2013, through pyproj) and the
area formula of the same paper summed by Gauss and Legendre. No loop in Python runs over edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.measure.ellipsoid import (
    AUTHALIC,
    BEND,
    BEND_5,
    E2,
    EQUATORIAL_M,
    FLATTENING,
    POLAR_Q,
    SECOND_E2,
    SLANT,
    SLANT_5,
    STRIP,
    TWIST_5,
    Floats,
    wgs84,
)

LONG_DEG = 0.2
"""The closed form serves edges up to this difference in longitude and in latitude: 22 km north, 15 km east at 48° N."""

_BLOCK = 8192
"""Vertices worked on at a time: what is computed of them stays in a core's second-level cache."""
_HALF_A2 = EQUATORIAL_M**2 / 2
_RATIO = float(np.sqrt(1 - E2))
_FEW, _MANY = np.polynomial.legendre.leggauss(6), np.polynomial.legendre.leggauss(16)
_WIDE_ARC = 0.4
"""Up to this arc (radians) six nodes integrate to the last digit, beyond it sixteen."""
_OVER_A_POLE = np.pi - 1e-9
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class _Vertices:
    """What every edge needs of its ends: latitude in radians, its sine, and three odd functions of that."""

    lat: Floats
    sine: Floats
    authalic: Floats
    bend: Floats
    slant: Floats

    def cut(self, first: int, end: int | None) -> _Vertices:
        """The vertices from ``first`` up to ``end``."""
        which = slice(first, end)
        return _Vertices(self.lat[which], self.sine[which], self.authalic[which], self.bend[which], self.slant[which])


def edge_areas(start: Floats, end: Floats) -> Floats:
    """Signed m² between each geodesic edge and the equator; over a closed ring they add up to its geodesic area.

    ``start`` and ``end`` are (n, 2) arrays of lon, lat in degrees on WGS84. A ring with its inside on the left hand
    (counterclockwise) adds up to a positive area, one with its inside on the right to a negative one: westward in the
    northern hemisphere counts positive, eastward negative. Turning an edge round turns its sign and nothing else.
    Edges take the short way across the 180th meridian. Around a pole the sum is what lies between ring and equator;
    :func:`ring_areas` knows how to go on from there.
    """
    areas = np.empty(len(start))
    for at in range(0, len(areas), _BLOCK):
        first, last = start[at : at + _BLOCK], end[at : at + _BLOCK]
        ends, n = _vertices(np.concatenate([first[:, 1], last[:, 1]])), len(first)
        areas[at : at + n] = _closed_form(last[:, 0] - first[:, 0], ends.cut(0, n), ends.cut(n, None))
    long = _long(*(end - start).T)
    if len(long):
        areas[long] = long_edge_areas(start[long], end[long])
    return areas


def ring_areas(coordinates: Floats, starts: Numbers) -> Floats:
    """Signed m² of closed rings that follow each other in ``coordinates`` (lon, lat in degrees on WGS84).

    ``starts`` holds where each ring begins. The sign is that of :func:`edge_areas`. A ring around a pole has the area
    on its smaller side, positive where that side lies to its left.
    """
    if not len(starts):
        return np.empty(0)
    areas = np.zeros(len(coordinates))
    last = np.append(starts[1:], len(coordinates)) - 1
    longs = []
    for at in range(0, len(coordinates) - 1, _BLOCK):
        lon, lat = np.ascontiguousarray(coordinates[at : at + _BLOCK + 1].T)
        east, north = lon[1:] - lon[:-1], lat[1:] - lat[:-1]
        between = last[np.searchsorted(last, at) : np.searchsorted(last, at + len(east))] - at
        east[between] = north[between] = 0  # from one ring to the next there is no edge
        vertices = _vertices(lat)
        areas[at : at + len(east)] = _closed_form(east, vertices.cut(0, -1), vertices.cut(1, None))
        longs.append(_long(east, north) + at)
    long = np.concatenate([*longs, np.empty(0, np.intp)])
    if not len(long):
        return np.add.reduceat(areas, starts)
    areas[long] = long_edge_areas(coordinates[long], coordinates[long + 1])
    return _around_poles(np.add.reduceat(areas, starts), coordinates, starts, long)


def _around_poles(sums: Floats, coordinates: Floats, starts: Numbers, long: Numbers) -> Floats:
    """Ring areas from the sums of their edges: a ring that goes once around the earth has a pole inside."""
    across = np.rint((coordinates[long + 1, 0] - coordinates[long, 0]) / 360)
    turns = np.zeros(len(starts))
    np.add.at(turns, np.searchsorted(starts, long, side="right") - 1, -across)
    whole = 2 * np.pi * POLAR_Q * 2 * _HALF_A2
    areas = sums + turns * whole / 2
    return np.asarray(areas - whole * np.rint(areas / whole), dtype=np.float64)


def long_edge_areas(start: Floats, end: Floats) -> Floats:
    """Signed m² between geodesic edges of any length and the equator, as :func:`edge_areas` has them.

    Karney, C. F. F. (2013), Algorithms for geodesics, J. Geodesy 87, 43-55: eq. 58-63 for the area, eq. 23 for the
    longitude, and for the spherical excess the half-angle formula that keeps its digits on short edges.
    """
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    (lon0, lat0), (lon1, lat1) = np.where(turned, end.T, start.T), np.where(turned, start.T, end.T)
    forward, backward, _ = wgs84().inv(lon0, lat0, lon1, lat1)
    leave, arrive = np.radians(forward), np.radians(backward) + np.pi
    half = 180 * np.rint((lon1 - lon0) / 360)
    lam = np.radians((lon1 - half) - (lon0 + half))  # each difference exact beside the 180th meridian
    beta0, beta1 = (np.arctan(_RATIO * np.tan(np.radians(lat))) for lat in (lat0, lat1))
    sin0, sin1, cos0, cos1 = np.sin(beta0), np.sin(beta1), np.cos(beta0), np.cos(beta1)

    sin_node = np.sin(leave) * cos0
    cos_node = np.hypot(np.cos(leave), np.sin(leave) * sin0)
    from_node = np.arctan2(sin0, np.cos(leave) * cos0)
    arc = (np.arctan2(sin1, np.cos(arrive) * cos1) - from_node) % (2 * np.pi)
    arc = np.where(arc > 1.5 * np.pi, 0.0, arc)  # a rounding below nothing
    nodes, weights = _FEW if arc.max() < _WIDE_ARC else _MANY
    sigma = from_node + arc * (nodes[:, None] + 1) / 2
    height = (cos_node * np.sin(sigma)) ** 2
    slowing = (1 + _RATIO) / (1 + _RATIO * np.sqrt(1 + SECOND_E2 * height))
    omega = lam + FLATTENING * sin_node * arc / 2 * (weights @ slowing)
    strip = -arc / 4 * (weights @ (np.polynomial.polynomial.polyval(height, STRIP) * np.sin(sigma)))

    level = (np.cos(omega) > -0.7) & (np.abs(sin1 - sin0) < 1.75)
    up0, up1 = 1 + cos0, 1 + cos1
    excess = 2 * np.arctan2(np.sin(omega) * (sin0 * up1 + sin1 * up0), (1 + np.cos(omega)) * (sin0 * sin1 + up0 * up1))
    turn = np.arctan2(np.sin(arrive - leave), np.cos(arrive - leave))
    turn = np.where(np.abs(turn) > _OVER_A_POLE, np.copysign(np.pi, lam * (sin0 + sin1)), turn)
    areas = POLAR_Q / 2 * np.where(level, excess, turn) + E2 * cos_node * sin_node * strip
    return np.asarray(np.where(turned, 1, -1) * 2 * _HALF_A2 * areas, dtype=np.float64)


def _long(east: Floats, north: Floats) -> Numbers:
    """Which steps (in degrees) are beyond the closed form."""
    if not east.size or max(east.max(), -east.min(), north.max(), -north.min()) <= LONG_DEG:
        return np.empty(0, np.intp)
    return np.flatnonzero((np.abs(east) > LONG_DEG) | (np.abs(north) > LONG_DEG))


def _vertices(lat_deg: Floats) -> _Vertices:
    lat = np.radians(lat_deg)
    sine = np.sin(lat)
    square = sine * sine
    return _Vertices(lat, sine, *(_odd(series, sine, square) for series in (AUTHALIC, BEND, SLANT)))


def _odd(series: tuple[float, ...], sine: Floats, square: Floats) -> Floats:
    total = _horner(series, square)
    total *= sine
    return total


def _horner(series: tuple[float, ...], x: Floats) -> Floats:
    """A polynomial, lowest power first, by Horner's rule in place."""
    total = x * series[-1]
    for term in series[-2:0:-1]:
        total += term
        total *= x
    total += series[0]
    return total


def _closed_form(east_deg: Floats, a: _Vertices, b: _Vertices) -> Floats:
    """Signed m² under short edges that go ``east_deg`` degrees east from ``a`` to ``b``."""
    east = np.radians(east_deg)
    north2 = b.lat - a.lat
    north2 *= north2
    east2 = east * east
    height = _fifth_order(a.sine + b.sine, north2, east2)
    north2 *= a.slant + b.slant
    height += north2
    east2 *= a.bend + b.bend
    height += east2
    height += a.authalic + b.authalic  # in one sum: the way back has the same to the last bit
    height *= east
    height *= -_HALF_A2 / 2
    return height


def _fifth_order(sines: Floats, north2: Floats, east2: Floats) -> Floats:
    """The terms in Δφ⁴, Δφ² Δλ² and Δλ⁴; ``sines`` is the sum of both ends' sines."""
    square = sines * sines
    square *= 0.25
    height = _horner(BEND_5, square)
    height *= east2
    twist = _horner(TWIST_5, square)
    twist *= north2
    height += twist
    height *= east2
    slant = _horner(SLANT_5, square)
    slant *= north2
    slant *= north2
    height += slant
    height *= sines
    return height
