"""On which side of an edge a point lies: never in doubt, and never on it.

Points of what changes are taken to lie a little to the north, and less still to the east, of where they are: by less
than any number there is (Edelsbrunner & Mücke 1990, *Simulation of simplicity*). So nothing ever touches a border,
and what one edge says of a point agrees with what all others say. Where rounding might decide, whole fractions do.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from geo.measure.history.outline import Mask, Outline, Points
from geo.measure.history.terms import Numbers

_DOUBTFUL = 4e-16
"""Of the sum of both products: above Shewchuk's bound (1997, *Adaptive precision*, ccwerrboundA), 3.3307e-16."""

_AT_ONCE = 1 << 20


def turning(from_: Points, to: Points, point: Points) -> tuple[Numbers, npt.NDArray[np.int8]]:
    """Twice the area of a triangle in square degrees, rounded, and its sign, exactly: 1 where the point lies left."""
    along, beside = to - from_, point - from_
    one, other = along.real * beside.imag, along.imag * beside.real
    twice = one - other
    sign = np.sign(twice).astype(np.int8)
    doubtful = np.abs(twice) <= _DOUBTFUL * (np.abs(one) + np.abs(other))
    at_corner = (point == from_) | (point == to)
    straight = ((one == 0) & (other == 0)) | at_corner  # on the edge for certain: a product is 0 where a factor is
    sign[doubtful & straight] = 0
    for i in np.flatnonzero(doubtful & ~straight):
        sign[i] = _exactly(complex(from_[i]), complex(to[i]), complex(point[i]))
    return twice, sign


def left_of_border(border: Outline, point: Points) -> tuple[Numbers, Mask]:
    """Whether a point of what changes, a little moved, lies left of a border; and twice the area between them."""
    twice, sign = turning(border.starts, border.ends, point)
    along = border.ends - border.starts
    on = sign == 0
    return twice, np.where(on, (along.real > 0) | ((along.real == 0) & (along.imag < 0)), sign > 0)


def left_of_change(edge: Outline, point: Points) -> tuple[Numbers, Mask]:
    """Whether a point of a border lies left of an edge of what changes, a little moved."""
    twice, sign = turning(edge.starts, edge.ends, point)
    along = edge.ends - edge.starts
    on = sign == 0
    return twice, np.where(on, (along.real < 0) | ((along.real == 0) & (along.imag > 0)), sign > 0)


def windings(edges: Outline, points: Points) -> Numbers:
    """How often closed changed edges run around each point of a border: counterclockwise once is 1."""
    found: list[Numbers] = []
    for some in np.array_split(points, 1 + len(points) * len(edges) // _AT_ONCE):
        below = edges.starts.imag < some.imag[:, None]
        at, edge = np.nonzero(below != (edges.ends.imag < some.imag[:, None]))
        _, left = left_of_change(edges.taken(edge), some[at])
        up = below[at, edge]
        found.append(np.bincount(at, np.where(up, left, left - 1.0), len(some)).astype(np.float64, copy=False))
    return np.concatenate(found)


def surrounds(border: Outline, point: complex) -> bool:
    """Whether a border runs around a point of what changes, a little moved."""
    above = np.stack([border.starts.imag > point.imag, border.ends.imag > point.imag])
    crossing = np.flatnonzero(above[0] != above[1])
    up = above[1, crossing]
    _, left = left_of_border(border.taken(crossing), np.full(len(crossing), point))
    return bool(np.count_nonzero(up & left) - np.count_nonzero(~up & ~left))


def _exactly(from_: complex, to: complex, point: complex) -> int:
    x, y, x1, y1, x2, y2 = map(Fraction, (from_.real, from_.imag, to.real, to.imag, point.real, point.imag))
    twice = (x1 - x) * (y2 - y) - (y1 - y) * (x2 - x)
    return (twice > 0) - (twice < 0)
