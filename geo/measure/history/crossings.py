"""Where edges of what changes cross borders of units, and what a row of edges adds where it is inside."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely

from geo.measure.history.borders import Borders
from geo.measure.history.outline import Indices, Mask, Outline, Points
from geo.measure.history.sides import left_of_border, left_of_change
from geo.measure.history.terms import Numbers, edge_m2


@dataclass(frozen=True, eq=False)
class Crossings:
    """Pairs of an edge and a border that cross, each by its number, and where."""

    edge: Indices
    border: Indices
    along_edge: Numbers
    """Where on the edge, from 0 to 1."""
    along_border: Numbers
    point: Points
    enters: npt.NDArray[np.int8]
    """1 where the edge enters the unit, and the border leaves what the edge bounds; -1 where it is the other way."""

    def __len__(self) -> int:
        return len(self.edge)

    def taken(self, which: Mask | Indices) -> Crossings:
        """Some of them."""
        return Crossings(*(getattr(self, field.name)[which] for field in fields(self)))


def crossings(edges: Outline, near: Indices, borders: Borders, thread_deg: float) -> tuple[Crossings, Indices]:
    """Where edges cross borders, of those edges that may; and which edges touch one, to ``thread_deg`` in the plane."""
    boxes = edges.taken(near).boxes() + thread_deg * np.array([-1, -1, 1, 1])
    place, border = borders.tree.query(cast(npt.NDArray[np.object_], shapely.box(*boxes.T)))
    edge = near[place]
    one, other = edges.taken(edge), borders.edges.taken(border)
    (start, start_left), (end, end_left) = (left_of_border(other, point) for point in (one.starts, one.ends))
    (first, first_left), (last, last_left) = (left_of_change(one, point) for point in (other.starts, other.ends))
    cross = (start_left != end_left) & (first_left != last_left)
    touching = np.empty(0, np.intp)
    if thread_deg > 0:
        wide, long = (thread_deg * np.abs(line.ends - line.starts) for line in (other, one))
        close = (np.minimum(np.abs(start), np.abs(end)) <= wide) | (np.minimum(np.abs(first), np.abs(last)) <= long)
        pair = np.flatnonzero(close)
        touch = _within(one.taken(pair), other.taken(pair), thread_deg)
        touching = edge[pair[touch]]
    share, along_border = _share(start[cross], end[cross]), _share(first[cross], last[cross])
    from_, to = one.starts[cross], one.ends[cross]
    enters = np.where(end_left[cross], 1, -1).astype(np.int8)
    found = Crossings(edge[cross], border[cross], share, along_border, from_ + share * (to - from_), enters)
    return found, touching


def added(edges: Outline, owner: Indices, points: Points, turn: Numbers, inside: Numbers) -> Numbers:
    """What each edge adds, in m², where it is inside: cut at points, in order by owner and along it.

    Each cut is by an edge's own place in ``edges``; ``turn`` is 1 where it goes in there, ``inside`` 1 where it begins
    inside.
    """
    count = len(edges)
    first = np.searchsorted(owner, np.arange(count))
    turned = np.concatenate([[0.0], np.cumsum(turn)])
    state = inside[owner] + turned[:-1] - turned[first[owner]]
    leading = np.ones(len(owner), bool)
    leading[1:] = owner[1:] != owner[:-1]
    begin = np.where(leading, edges.starts[owner], np.roll(points, 1))
    last = np.searchsorted(owner, np.arange(count), side="right")
    left = inside + turned[last] - turned[first]
    tail = np.where(last > first, points[np.maximum(last - 1, 0)] if len(points) else edges.starts, edges.starts)
    pieces = Outline(np.concatenate([begin, tail]), np.concatenate([points, edges.ends]))
    m2 = edge_m2(pieces) * np.concatenate([state, left])
    total = np.bincount(np.concatenate([owner, np.arange(count)]), m2, count)
    return np.asarray(total, dtype=np.float64)


def _share(one: Numbers, other: Numbers) -> Numbers:
    """Where between two points of opposite sides a line runs through, by twice the areas on either side of it."""
    one, both = np.abs(one), np.abs(one) + np.abs(other)
    return np.asarray(np.divide(one, both, out=np.full(len(one), 0.5), where=both > 0))


def _within(one: Outline, other: Outline, reach: float) -> Mask:
    """Whether an end of one of two edges lies within reach of the other edge."""
    found = np.zeros(len(one), bool)
    for line, points in ((other, (one.starts, one.ends)), (one, (other.starts, other.ends))):
        along = line.ends - line.starts
        for point in points:
            beside = point - line.starts
            share = np.clip((beside * along.conj()).real / np.abs(along) ** 2, 0, 1)
            found |= np.abs(beside - share * along) <= reach
    return found
