"""The line a band is drawn around, taken apart: strips beside its edges, fans at its vertices and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import shapely

from geo.measure.ellipsoid import Floats, wgs84
from geo.measure.pieces import Mask, Pieces

_STRAIGHT_DEG = 1e-6
"""A turn below this moves a corner 50 km away by less than a millimetre: both edges share one normal instead."""


@dataclass(frozen=True)
class Axis:
    """All strips and fans of some lines, in order around each: along its left side, back along its right one.

    ``is_cap`` tells the half discs at free ends from the rest.
    """

    pieces: Pieces
    is_cap: Mask

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

        found, turns = [], []
        for normal in (-90.0, 90.0):
            # a turn to the right opens a fan on the left (normal at -90°), a turn to the left one on the right
            opens = np.sign(turn) == -np.sign(normal)
            first, last = arrive[before[opens]] + normal, leave[after[opens]] + normal
            centre = start[after[opens]]
            strips = Pieces(start, end, leave + normal, arrive + normal, np.zeros(len(edge)))
            fans = Pieces(centre, centre, first, last, turn[opens])
            place = np.concatenate([np.arange(len(edge)), before[opens] + 0.5])
            of_line = line[edge[place.astype(np.intp)]]
            side = _joined(strips, fans)
            found.append(side if normal < 0 else side.turned_round())
            turns.append(np.column_stack([of_line, np.full(len(place), 1 + np.sign(normal)), -np.sign(normal) * place]))

        heads, tails = heads[~closed], tails[~closed]
        at_end = Pieces(end[tails], end[tails], arrive[tails] - 90, arrive[tails] + 90, np.full(len(tails), 180.0))
        at_start = Pieces(start[heads], start[heads], leave[heads] + 90, leave[heads] - 90, at_end.sweep)
        for cap, quarter in ((at_end, 1), (at_start, 3)):
            found.append(cap)
            turns.append(np.column_stack([line[edge[heads]], np.full(len(heads), quarter), np.zeros(len(heads))]))
        of_line, quarter_, place = np.concatenate(turns).T
        order = np.lexsort([place, quarter_, of_line])
        return cls(_joined(*found)[order], (quarter_ % 2 == 1)[order])

    @property
    def sides(self) -> Pieces:
        """The pieces without caps."""
        return self.pieces[np.flatnonzero(~self.is_cap)]

    @property
    def ends(self) -> Floats:
        """The free ends of lines."""
        return self.pieces.start[self.is_cap]


def _joined(*some: Pieces) -> Pieces:
    """The pieces of all, one after the other."""
    return Pieces(*(np.concatenate([getattr(one, field.name) for one in some]) for field in fields(Pieces)))
