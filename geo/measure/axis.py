"""The line a band is drawn around, taken apart: strips beside its edges, fans at its vertices and ends.

All arrays are lon, lat in degrees on WGS84, azimuths in degrees clockwise from north.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.measure.ellipsoid import EQUATORIAL_M, Floats, wgs84

Numbers = NDArray[np.intp]
Polygons = NDArray[np.object_]

_STRAIGHT_DEG = 1e-6
"""A turn below this moves a corner 50 km away by less than a millimetre: both edges share one normal instead."""
_WIDE_DEG, _CHAIN_DEG = 60.0, 90.0
"""A fan wider than the one stays alone, and a chain turns by no more than both: less than a half turn, so that its
outline does not cross itself."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Strips and fans: the ground from what is seen from ``start`` along ``first`` to that from ``end`` along ``last``.

    A strip lies beside an edge, square to it; it sweeps nothing. A fan lies around a vertex (``start`` is ``end``) and
    sweeps the angle between the normals of its edges, clockwise if positive. ``last`` is given beside ``sweep`` so that
    a piece's corner is its neighbour's to the last bit: a rounding apart would leave a crack between them. Pieces that
    follow each other on one side of a line stand one after the other.
    """

    start: Floats
    end: Floats
    first: Floats
    last: Floats
    sweep: Floats

    def __len__(self) -> int:
        return len(self.sweep)

    def __getitem__(self, which: Numbers | slice) -> Pieces:
        return Pieces(self.start[which], self.end[which], self.first[which], self.last[which], self.sweep[which])

    @property
    def length_m(self) -> float:
        """The edges beside which there is a strip, roughly added up, in metres."""
        east, north = (self.end - self.start).T * np.radians(EQUATORIAL_M)
        return float(np.hypot(east * np.cos(np.radians(self.start[:, 1])), north).sum())

    def singly(self) -> Numbers:
        """A number of its own for every piece, as :meth:`drawn` wants it."""
        return np.arange(len(self))

    def parted(self, degrees: float) -> Pieces:
        """The same with fans of more than some degrees cut into equal ones: of a wide fan often a part alone shows."""
        fans = np.maximum(1, np.ceil(np.abs(self.sweep) / degrees)).astype(np.intp)
        piece = np.repeat(np.arange(len(self)), fans)
        place = np.arange(len(piece)) - np.repeat(np.cumsum(fans) - fans, fans)
        parts, sweep = self[piece], self.sweep[piece]
        first = parts.first + sweep * place / fans[piece]
        after = parts.first + sweep * (place + 1) / fans[piece]
        last = np.where(place + 1 == fans[piece], parts.last, after)
        return Pieces(parts.start, parts.end, first, last, sweep / fans[piece])

    def chains(self) -> Numbers:
        """The number of the chain each piece is in: pieces that share a side and together turn less than half round."""
        if not len(self):
            return np.empty(0, np.intp)
        width = np.abs(self.sweep)
        met = (self.end[:-1] == self.start[1:]).all(axis=1) & (self.last[:-1] == self.first[1:])
        met &= (width[:-1] <= _WIDE_DEG) & (width[1:] <= _WIDE_DEG)
        chain = np.cumsum(np.concatenate([[0], ~met]))
        turned = np.cumsum(width)
        turned -= turned[np.searchsorted(chain, chain)]  # from the start of the chain
        _, number = np.unique(chain + 1j * np.floor(turned / _CHAIN_DEG), return_inverse=True)
        return np.asarray(number)

    def drawn(self, chain: Numbers, inner: float, outer: float, step: float = 360.0) -> Polygons:
        """One polygon a chain, from ``inner`` to ``outer`` metres; a corner of an arc at least every ``step`` degrees.

        Towards the line an arc is left to its chord.
        """
        if not len(self):
            return np.empty(0, dtype=object)
        piece, centre, azimuth, ends, there = self._outline(outer, step)
        back = offset(centre[ends], azimuth[ends], inner)
        ring = np.concatenate([chain[piece], chain[piece[ends]]])
        order = np.argsort(ring, kind="stable")
        corners, ring = np.concatenate([there, back])[order], ring[order]
        repeated = np.concatenate([[False], (corners[1:] == corners[:-1]).all(axis=1) & (ring[1:] == ring[:-1])])
        return np.asarray(shapely.polygons(shapely.linearrings(corners[~repeated], indices=ring[~repeated])))

    @lru_cache(maxsize=2)  # noqa: B019 - the same outline is drawn in chains, and then singly
    def _outline(self, outer: float, step: float) -> tuple[Numbers, Floats, Floats, Numbers, Floats]:
        """The corners of all arcs: their pieces, what each is seen from and where, which end arcs, and their places."""
        chords = np.maximum(1, np.ceil(np.abs(self.sweep) / step)).astype(np.intp)
        piece = np.repeat(np.arange(len(self)), chords + 1)
        place = np.arange(len(piece)) - np.repeat(np.cumsum(chords + 1) - (chords + 1), chords + 1)
        is_last = place == chords[piece]
        azimuth = np.where(is_last, self.last[piece], self.first[piece] + self.sweep[piece] * place / chords[piece])
        centre = np.where(is_last[:, None], self.end[piece], self.start[piece])
        ends = np.flatnonzero((place == 0) | is_last)[::-1]
        return piece, centre, azimuth, ends, offset(centre, azimuth, outer)


@dataclass(frozen=True)
class Axis:
    """All strips and fans of some lines; ``caps`` are the half discs at free ends."""

    pieces: Pieces
    caps: Pieces

    @classmethod
    def of(cls, lines: Sequence[shapely.LineString]) -> Axis:
        """The parts of ``lines``; a closed line has a fan where it closes, and no caps."""
        points, line = shapely.get_coordinates(lines, return_index=True)
        edge = np.flatnonzero(line[1:] == line[:-1])
        start, end = points[edge], points[edge + 1]
        leave, back, _ = wgs84().inv(*start.T, *end.T)
        leave, arrive = np.asarray(leave), np.asarray(back) + 180
        is_head = np.concatenate([[True], np.diff(line[edge]) != 0])
        heads, tails = np.flatnonzero(is_head), np.flatnonzero(np.append(is_head[1:], True))
        closed = (start[heads] == end[tails]).all(axis=1)

        before = np.append(np.flatnonzero(~is_head) - 1, tails[closed])
        after = np.append(np.flatnonzero(~is_head), heads[closed])
        turn = (leave[after] - arrive[before] + 180) % 360 - 180
        straight = np.abs(turn) < _STRAIGHT_DEG
        arrive[before[straight]] = leave[after[straight]]
        before, after, turn = before[~straight], after[~straight], turn[~straight]

        sides = []
        for normal in (-90.0, 90.0):
            # a turn to the right opens a fan on the left (normal at -90°), a turn to the left one on the right
            opens = np.sign(turn) == -np.sign(normal)
            first, last = arrive[before[opens]] + normal, leave[after[opens]] + normal
            centre = start[after[opens]]
            strips = Pieces(start, end, leave + normal, arrive + normal, np.zeros(len(edge)))
            fans = Pieces(centre, centre, first, last, turn[opens])
            place = np.concatenate([np.arange(len(edge)), before[opens] + 0.5])
            sides.append(_joined(strips, fans)[np.argsort(place, kind="stable")])

        heads, tails = heads[~closed], tails[~closed]
        centre = np.concatenate([start[heads], end[tails]])
        first = np.concatenate([leave[heads] + 90, arrive[tails] - 90])
        last = np.concatenate([leave[heads] - 90, arrive[tails] + 90])
        return cls(_joined(*sides), Pieces(centre, centre, first, last, np.full(len(centre), 180.0)))

    def with_caps(self) -> Pieces:
        """All pieces and the caps."""
        return _joined(self.pieces, self.caps)


def offset(points: Floats, azimuth: Floats, metres: float) -> Floats:
    """``points`` moved by ``metres`` along ``azimuth``; by nothing where that is 0, to the last bit."""
    if metres == 0:
        return points
    lon, lat, _ = wgs84().fwd(points[:, 0], points[:, 1], azimuth, np.full(len(points), metres))
    return np.column_stack([lon, lat])


def _joined(one: Pieces, other: Pieces) -> Pieces:
    """The pieces of both, one after the other."""
    return Pieces(
        np.concatenate([one.start, other.start]),
        np.concatenate([one.end, other.end]),
        np.concatenate([one.first, other.first]),
        np.concatenate([one.last, other.last]),
        np.concatenate([one.sweep, other.sweep]),
    )
