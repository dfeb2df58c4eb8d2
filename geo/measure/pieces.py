"""Strips beside edges and fans around vertices: what a band is put together from.

All arrays are lon, lat in degrees on WGS84, azimuths in degrees clockwise from north.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.measure.ellipsoid import EQUATORIAL_M, Floats
from geo.measure.nearby import offset

Numbers = NDArray[np.intp]
Mask = NDArray[np.bool_]
Polygons = NDArray[np.object_]

_WIDE_DEG, _CHAIN_DEG = 60.0, 90.0
"""A fan wider than the one stays alone, and a chain turns by no more than both: less than a half turn, so that its
outline does not cross itself."""


@dataclass(frozen=True)
class Joints:
    """Hollows where a piece (by number) and the one after it share a side, square to neither: its two corners."""

    before: Numbers
    outer: Floats
    inner: Floats


NO_JOINTS = Joints(np.empty(0, np.intp), np.empty((0, 2)), np.empty((0, 2)))


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

    def __getitem__(self, which: Numbers | Mask | slice) -> Pieces:
        return Pieces(self.start[which], self.end[which], self.first[which], self.last[which], self.sweep[which])

    def turned_round(self) -> Pieces:
        """Each piece seen the other way, from its end to its start."""
        return Pieces(self.end, self.start, self.last, self.first, -self.sweep)

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

    def met(self) -> Mask:
        """Whether each piece but the last shares a side, to the last bit, with the one after it."""
        return np.asarray((self.end[:-1] == self.start[1:]).all(axis=1) & (self.last[:-1] == self.first[1:]))

    @property
    def turn(self) -> Floats:
        """By how many degrees the view turns from ``first`` to ``last``; in a strip as little as meridians converge."""
        return np.where(self.sweep == 0, (self.last - self.first + 180) % 360 - 180, self.sweep)

    def rim(self, part: Floats, reach: float) -> Floats:
        """The places at a reach, seen from so far between start (0) and end (1) of each piece."""
        foot = self.start + part[:, None] * (self.end - self.start)
        return offset(foot, self.first + part * self.turn, reach)

    def speed(self, part: Floats, reach: float) -> Floats:
        """How the place on the rim moves with the part, roughly, in metres east and north."""
        azimuth = np.radians(self.first + part * self.turn)
        around = np.column_stack([np.cos(azimuth), -np.sin(azimuth)])
        along: Floats = metres(self.end - self.start, self.start)
        return np.asarray(along + (reach * np.radians(self.sweep))[:, None] * around)

    def cut(self, begin: Floats, end: Floats) -> Pieces:
        """The pieces from one part of them to another; to the last bit as they are where that is 0 and 1."""
        way, turn = self.end - self.start, self.turn
        return Pieces(
            self.start + begin[:, None] * way,
            np.where(end[:, None] == 1, self.end, self.start + end[:, None] * way),
            self.first + begin * turn,
            np.where(end == 1, self.last, self.first + end * turn),
            self.sweep * (end - begin),
        )

    def chains(self, joints: Joints = NO_JOINTS) -> Numbers:
        """The number of the chain each piece is in: pieces that share a side, by themselves or at a joint."""
        if not len(self):
            return np.empty(0, np.intp)
        met = self.met()
        met[joints.before] = True
        return np.cumsum(np.concatenate([[0], ~met]))

    def simple_chains(self) -> Numbers:
        """The same without joints, each turning less than half round, so that its outline does not cross itself."""
        if not len(self):
            return np.empty(0, np.intp)
        width = np.abs(self.sweep)
        alone = width > _WIDE_DEG
        chain = np.cumsum(np.concatenate([[0], ~self.met() | alone[:-1] | alone[1:]]))
        turned = np.cumsum(width)
        turned -= turned[np.searchsorted(chain, chain)]  # from the start of the chain
        _, number = np.unique(chain + 1j * np.floor(turned / _CHAIN_DEG), return_inverse=True)
        return np.asarray(number)

    def drawn(
        self, chain: Numbers, inner: float, outer: float, step: float = 360.0, joints: Joints = NO_JOINTS
    ) -> Polygons:
        """One polygon a chain, from ``inner`` to ``outer`` metres; a corner of an arc at least every ``step`` degrees.

        Towards the line an arc is left to its chord.
        """
        if not len(self):
            return np.empty(0, dtype=object)
        piece, centre, azimuth, ends, there = self._outline(outer, step)
        back = offset(centre[ends], azimuth[ends], inner)
        if len(joints.before):
            at = 2 * joints.before + 1  # ends stand in pairs, a piece's first and last
            there = there.copy()
            there[ends[at]] = there[ends[at + 1]] = joints.outer
            back[at] = back[at + 1] = joints.inner
        ring = np.concatenate([chain[piece], chain[piece[ends]][::-1]])
        order = np.argsort(ring, kind="stable")
        corners, ring = np.concatenate([there, back[::-1]])[order], ring[order]
        repeated = np.concatenate([[False], (corners[1:] == corners[:-1]).all(axis=1) & (ring[1:] == ring[:-1])])
        return np.asarray(shapely.polygons(shapely.linearrings(corners[~repeated], indices=ring[~repeated])))

    def roughly(self, inner: float, outer: float) -> Polygons:
        """Each piece from ``inner`` to ``outer`` metres, a chord for each half of its arc."""
        none, all_of_it = np.zeros(len(self)), np.ones(len(self))
        there = [self.rim(part, outer) for part in (none, all_of_it / 2, all_of_it)]
        back = [self.rim(part, inner) for part in (all_of_it, none)]
        return np.asarray(shapely.polygons(np.stack([*there, *back], axis=1)))

    def have_corner_in(self, places: Floats, outer: float, step: float) -> Mask:
        """Whether a corner of each piece's outline is, to the last bit, among some places, by their longitude."""
        piece, _, _, _, there = self._outline(outer, step)
        among = np.sort(places[:, 0])
        found = among[np.searchsorted(among[:-1], there[:, 0])] == there[:, 0]
        return np.asarray(np.bincount(piece[found], minlength=len(self)) > 0)

    @lru_cache(maxsize=2)  # noqa: B019 - the same outline is drawn in chains, and then singly
    def _outline(self, outer: float, step: float) -> tuple[Numbers, Floats, Floats, Numbers, Floats]:
        """The corners of all arcs: their pieces, what each is seen from and where, which end arcs, and their places."""
        chords = np.maximum(1, np.ceil(np.abs(self.sweep) / step)).astype(np.intp)
        lasts = np.cumsum(chords + 1) - 1
        ends = np.column_stack([lasts - chords, lasts]).ravel()
        piece = np.repeat(np.arange(len(self)), chords + 1)
        place = np.arange(len(piece)) - ends[::2][piece]
        azimuth = self.first[piece] + self.sweep[piece] * place / chords[piece]
        azimuth[lasts] = self.last
        centre = self.start[piece]
        centre[lasts] = self.end
        return piece, centre, azimuth, ends, offset(centre, azimuth, outer)


def metres(way: Floats, start: Floats) -> Floats:
    """Differences in lon, lat at some places as metres east and north, roughly."""
    east = np.cos(np.radians(start[:, 1]))
    return np.asarray(np.radians(EQUATORIAL_M) * way * np.column_stack([east, np.ones(len(way))]))
