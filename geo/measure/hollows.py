"""Hollows of a band: where the rims of two pieces that follow each other cross, both are cut at what they share.

Beyond the crossing each lies within reach of the other, for good: what is nearer to another place at one reach is so
at every wider one. Cut so, the rim along a whole side of a line is one outline, with few crossings left to find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.measure.ellipsoid import Floats, wgs84
from geo.measure.pieces import NO_JOINTS, Joints, Mask, Pieces, metres

_FOUND_M = 1e-3
"""Rims cross where Newton's method finds both at one place to a millimetre; what it does not find is left to GEOS."""


@dataclass(frozen=True)
class _Crossing:
    """Where the rims of two pieces cross: what part of each lies before it, the place, and whether it is one."""

    part: Floats
    other: Floats
    place: Floats
    found: Mask

    def __getitem__(self, which: Mask) -> _Crossing:
        return _Crossing(self.part[which], self.other[which], self.place[which], self.found[which])


@dataclass(frozen=True)
class Hollowed:
    """Pieces as a rim has them, their joints, and as the rim of a wider band may still want them, number for number."""

    pieces: Pieces
    joints: Joints
    kept: Pieces


def hollowed(pieces: Pieces, inner: float, outer: float) -> Hollowed:
    """Pieces from ``inner`` to ``outer`` metres, cut where the rims of one and the next cross.

    A wider band, whose rim begins no nearer to the line, wants of them what lies before their crossing at ``inner``.
    """
    if inner == 0:
        return Hollowed(pieces, NO_JOINTS, pieces)
    before = np.flatnonzero(~pieces.met())
    one, other = pieces[before], pieces[before + 1]
    far = _crossing(one, other, outer, np.ones(len(before)), np.zeros(len(before)), 4)
    nearer = inner / outer
    near = _crossing(one, other, inner, 1 - nearer * (1 - far.part), nearer * far.other, 2)
    sure = far.found & near.found & (near.part >= far.part) & (near.other <= far.other)
    sure[sure] = _ends_hide_each_other(one[sure], other[sure], outer)
    while True:
        before, far, near = before[sure], far[sure], near[sure]
        begin, end = np.zeros((2, len(pieces))), np.ones((2, len(pieces)))
        end[:, before] = far.part, near.part
        begin[:, before + 1] = far.other, near.other
        left = np.asarray((begin < end).all(axis=0))
        if left.all():
            break
        sure = left[before] & left[before + 1]
    joints = Joints(before, far.place, near.place)
    return Hollowed(pieces.cut(begin[0], end[0]), joints, pieces.cut(begin[1], end[1]))


def _ends_hide_each_other(one: Pieces, other: Pieces, reach: float) -> Mask:
    """Whether the end of each first piece is within reach of the second, and the start of that within reach of it."""
    end, start = one.rim(np.ones(len(one)), reach), other.rim(np.zeros(len(one)), reach)
    return np.asarray((_away(other, end) <= reach + _FOUND_M) & (_away(one, start) <= reach + _FOUND_M))


def _away(pieces: Pieces, places: Floats) -> Floats:
    """How far each place is from the line of a piece, in metres."""
    way = metres(pieces.end - pieces.start, pieces.start)
    along = (metres(places - pieces.start, pieces.start) * way).sum(axis=1)
    length2 = (way**2).sum(axis=1)
    part = np.clip(along / np.where(length2 > 0, length2, 1), 0, 1)
    _, _, away = wgs84().inv(*(pieces.start + part[:, None] * (pieces.end - pieces.start)).T, *places.T)
    return np.asarray(away)


def _crossing(one: Pieces, other: Pieces, reach: float, part: Floats, beside: Floats, steps: int) -> _Crossing:
    """Where the rims of pieces cross, pair by pair, looked for from some parts of them."""
    for _ in range(steps):
        place = one.rim(part, reach)
        apart = metres(other.rim(beside, reach) - place, place)
        along, across = one.speed(part, reach), other.speed(beside, reach)
        with np.errstate(divide="ignore", invalid="ignore"):
            part = _near(part + _cross(apart, across) / _cross(along, across))
            beside = _near(beside + _cross(apart, along) / _cross(along, across))
    place = one.rim(part, reach)
    missed = np.hypot(*metres(other.rim(beside, reach) - place, place).T)
    found = (missed < _FOUND_M) & (part >= 0) & (part <= 1) & (beside >= 0) & (beside <= 1)
    return _Crossing(part, beside, place, found)


def _near(part: Floats) -> Floats:
    return np.clip(np.nan_to_num(part, nan=2), -1, 2)


def _cross(one: Floats, other: Floats) -> Floats:
    return one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
