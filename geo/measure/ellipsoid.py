"""The WGS84 ellipsoid: its constants, and the series the area under a geodesic edge is summed from.

Angles in radians, lengths in units of the equatorial radius; ``s`` is the sine of the latitude, ``u = s²``. Each
series is a polynomial in ``u`` with the lowest power first; what is odd in the latitude is ``s`` times one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import polynomial as poly
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pyproj import Geod

Floats = NDArray[np.float64]

EQUATORIAL_M = 6378137.0
FLATTENING = 1 / 298.257223563
"""NIMA TR8350.2 (2000), table 3.1."""
E2 = FLATTENING * (2 - FLATTENING)
SECOND_E2 = E2 / (1 - E2)


@cache
def wgs84() -> Geod:
    """The ellipsoid as pyproj's GeographicLib has it."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def _power_of_w(exponent: int, terms: int) -> Floats:
    """The series of ``(1 - e² u)`` to a negative whole exponent."""
    series, one = np.ones(1), E2 ** np.arange(terms)
    for _ in range(-exponent):
        series = poly.polymul(series, one)[:terms]
    return np.asarray(series, dtype=np.float64)


def _authalic() -> Floats:
    """``q/s``: twice the area between equator and latitude for a radian of longitude (Snyder 1987, eq. 3-12)."""
    k = np.arange(8)
    return np.asarray((1 - E2) * E2**k * (1 + 1 / (2 * k + 1)), dtype=np.float64)


def _bend() -> Floats:
    """``A/s`` of the term ``A dλ³`` by which a geodesic's area departs from the trapezoid of q: ``R² s / 6``."""
    return np.asarray(poly.polymul([1, -1], _power_of_w(-1, 5)) / 6, dtype=np.float64)


def _slant() -> Floats:
    """``B/s`` of the term ``B dφ² dλ``: ``-q''/12 + (2 M² s + R M') / 6``, derivatives by latitude."""
    w2, w3 = _power_of_w(-2, 5), _power_of_w(-3, 5)
    cos2_w3 = poly.polymul([1, -1], w3)[:5]
    curved = (1 - E2) / 6 * (w2 - 4 * E2 * cos2_w3)
    bulge = (1 - E2) ** 2 / 3 * w3 + (1 - E2) * E2 / 2 * cos2_w3
    return np.asarray(curved + bulge, dtype=np.float64)


def _strip() -> Floats:
    """The integrand of I₄ over ``sin σ / 2``, in powers of sin²β (Karney 2013, eq. 59-60)."""
    t, c = [1.0, 1 + 1 / 3], 1 / 3
    for k in range(1, 8):
        c *= -2 * k / (2 * k + 3)
        t.append(c)
    terms = [t[k] * SECOND_E2 ** (k - 1) for k in range(1, len(t))]
    return np.asarray([sum(terms[j:]) for j in range(len(terms))], dtype=np.float64)


AUTHALIC, BEND, SLANT, STRIP = (tuple(map(float, series())) for series in (_authalic, _bend, _slant, _strip))
SLANT_5 = (1 / 12 - 63 / 60 * E2, 83 / 60 * E2)
TWIST_5 = ((10 - 6 * E2) / 60, (32 * E2 - 15) / 60, -31 / 60 * E2)
BEND_5 = tuple(float(c) / 120 for c in poly.polymul([1, -1], [2 + 2 * E2, -3 - 2 * E2, -E2]))
"""The terms of fifth order over ``s dλ``: of dφ⁴, dφ² dλ² and dλ⁴, exact to the first power of e².

Latitude, longitude and area developed in the length of a geodesic from its middle (Legendre's series); what is left
after the terms above, with their coefficients averaged over both ends.
"""
POLAR_Q = sum(AUTHALIC)
"""q at the pole. The whole ellipsoid has ``2π q a²``, and the authalic radius is ``a √(q/2)``."""
