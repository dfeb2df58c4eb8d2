"""Places some kilometres away along a geodesic, for arrays of them."""

from __future__ import annotations

import numpy as np

from geo.measure.ellipsoid import E2, EQUATORIAL_M, SECOND_E2, Floats, wgs84

_SERIES_M, _SERIES_DEG = 60_000.0, 70.0
"""Up to this far and this far north or south Legendre's series is true to 0.2 mm (15 km: 0.0003 mm)."""
_BLOCK = 4096
"""Places worked on at a time: what is computed of them stays in a core's cache."""


def offset(points: Floats, azimuth: Floats, metres: float) -> Floats:
    """``points`` (lon, lat in degrees on WGS84) moved by ``metres`` along ``azimuth``; as they are if that is 0."""
    if metres == 0 or not len(points):
        return points
    if metres > _SERIES_M or np.abs(points[:, 1]).max() > _SERIES_DEG:
        lon, lat, _ = wgs84().fwd(points[:, 0], points[:, 1], azimuth, np.full(len(points), metres))
        return np.column_stack([lon, lat])
    moved = np.empty_like(points)
    for at in range(0, len(points), _BLOCK):
        moved[at : at + _BLOCK] = _by_series(points[at : at + _BLOCK], azimuth[at : at + _BLOCK], metres)
    return moved


def _by_series(points: Floats, azimuth: Floats, metres: float) -> Floats:
    """Legendre's series of the direct problem (1806), to the fifth order; tests hold it against Karney's solution."""
    lat, azimuth = np.radians(points[:, 1]), np.radians(azimuth)
    sine, cosine = np.sin(lat), np.cos(lat)
    tan, eta2 = sine / cosine, SECOND_E2 * cosine**2
    t2 = tan * tan
    arc = metres / EQUATORIAL_M * np.sqrt(1 - E2 * sine * sine)
    north, east = arc * np.cos(azimuth), arc * np.sin(azimuth)
    n2, e2, ne = north * north, east * east, north * east
    bent, level = 1 + 3 * t2 + eta2, 2 + t2 * (15 + 15 * t2)
    skew = bent - 9 * eta2 * t2
    up = (
        north * (1 - 1.5 * eta2 * (north * tan + n2 / 3 * (1 - t2 + eta2 * (1 - 5 * t2))))
        - e2 / 2 * (tan + north / 3 * skew - e2 / 12 * tan * skew)
        - ne * ne / 12 * tan * (4 + 6 * t2 - eta2 * (13 + 9 * t2))
        + north * e2 / 120 * (e2 * (1 + t2 * (30 + 45 * t2)) - 4 * n2 * level)
    )
    along = east * (
        1
        + tan * north
        + (n2 * bent - e2 * t2) / 3
        + north * tan / 3 * (n2 * (2 + 3 * t2 + eta2) - e2 * bent)
        + (n2 * n2 * level + e2 * e2 * t2 * (1 + 3 * t2) - e2 * n2 * (1 + t2 * (20 + 30 * t2))) / 15
    )
    return points + np.degrees(np.column_stack([along / cosine, up * (1 + eta2)]))
