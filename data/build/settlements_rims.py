"""Rims: the outer part of a place's cell towards one neighbour, which by rule may go with that neighbour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray
from settlements_history import Interval
from shapely.geometry.base import BaseGeometry

Points = NDArray[np.float64]
Wanted = Callable[[int, int], bool]
FAR = 100_000.0  # metres: no cell reaches further from its place
RUN = 20.0  # metres a rim's edge runs on, so that it surely meets the edge of the cell


def turns(own: Sequence[Interval], other: Sequence[Interval], country: str, since: date) -> bool:
    """Whether a rim of a place facing another is in another state than its place on any day from ``since`` on.

    The rule (``Settlements.state``): a rim goes with the place it faces where that is assessed, unless its own place
    is assessed as its country's, or neither has changed since before that day.
    """
    for day in {max(interval.first, since) for interval in (*own, *other)}:
        mine, theirs = (next(i for i in reversed(spans) if i.first <= day) for spans in (own, other))
        settled = ((country, "assessed"), (theirs.holder, "assessed"))
        if (
            theirs.cls == "assessed"
            and (mine.holder, mine.cls) not in settled
            and max(mine.first, theirs.first) >= since
        ):
            return True
    return False


def neighbours(points: Points) -> Mapping[int, list[int]]:
    """Which points' cells touch: the edges of the Delaunay triangulation, by position in ``points``."""
    index = {tuple(point): i for i, point in enumerate(points.tolist())}
    found: dict[int, set[int]] = {i: set() for i in range(len(points))}
    for triangle in shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(points))):
        corners = [index[corner] for corner in triangle.exterior.coords[:3]]
        for one, other in combinations(corners, 2):
            found[one].add(other)
            found[other].add(one)
    return {one: sorted(others) for one, others in found.items()}


@dataclass(frozen=True)
class Rims:
    """The rims of one diagram: ``points`` in a plane (metres), ``near`` their neighbours, ``share`` of the way between
    two places that each one's rim takes up, ``wanted`` whether a rim is (by positions in ``points``)."""

    points: Points
    near: Mapping[int, list[int]]
    share: float
    wanted: Wanted

    def edges(self) -> list[BaseGeometry]:
        """The inner edges of all rims: where they begin, and where two of them meet."""
        lines: list[BaseGeometry] = []
        for own, others in self.near.items():
            facing = [other for other in others if self.wanted(own, other)]
            meets: dict[frozenset[int], tuple[float, BaseGeometry]] = {}
            for other in facing:
                ring, sides = self._ring(own, other)
                for start, end, side in zip(ring, np.roll(ring, -1, axis=0), sides, strict=True):
                    line = _prolonged(start, end)
                    if side == other:
                        lines.append(line)
                    elif side is not None:
                        key = frozenset((other, side))
                        meets[key] = max(meets.get(key, (0.0, line)), (float(line.length), line), key=lambda m: m[0])
            lines += [line for _, line in meets.values()]
        return lines

    def facing(self, own: int, at: NDArray[np.float64]) -> int | None:
        """The neighbour whose rim of ``own`` a point lies in; None in the core of the cell or an unwanted rim."""
        others = np.array(self.near[own])
        if not len(others):
            return None
        away = ((self.points[others] - at) ** 2).sum(axis=1)
        nearest = int(np.argmin(away))
        other = int(others[nearest])
        between = float(((self.points[other] - self.points[own]) ** 2).sum())
        ahead = float(away[nearest] - ((self.points[own] - at) ** 2).sum()) / (2 * between)
        return other if ahead < self.share and self.wanted(own, other) else None

    def _ring(self, own: int, other: int) -> tuple[Points, list[int | None]]:
        """A rim's corners, and of each edge from a corner to the next: ``other`` where the rim begins, the neighbour
        whose rim it meets there, None on the edge of the cell."""
        here, there = self.points[own], self.points[other]
        ring = here + FAR * np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
        sides: list[int | None] = [None] * 4
        way = there - here
        ring, sides = _clipped(
            ring, sides, -way, -float(way @ (here + there)) / 2 + self.share * float(way @ way), other
        )
        ring, sides = _clipped(ring, sides, way, float(way @ (here + there)) / 2, None)
        for third in self.near[own]:
            if third != other and len(ring):
                across = self.points[third] - here
                ring, sides = _clipped(ring, sides, across, float(across @ (here + self.points[third])) / 2, None)
                across = self.points[third] - there
                ring, sides = _clipped(ring, sides, across, float(across @ (there + self.points[third])) / 2, third)
        return ring, sides


def _clipped(
    ring: Points, sides: list[int | None], normal: Points, limit: float, side: int | None
) -> tuple[Points, list[int | None]]:
    """A convex ring cut to ``normal . p <= limit``; the new edge is named ``side`` (Sutherland and Hodgman 1974)."""
    if not len(ring):
        return ring, sides
    over = ring @ normal - limit
    kept, names = [], []
    for i in range(len(ring)):
        j = (i + 1) % len(ring)
        if over[i] <= 0:
            kept.append(ring[i])
            names.append(sides[i])
        if (over[i] <= 0) != (over[j] <= 0):
            kept.append(ring[i] + (ring[j] - ring[i]) * (over[i] / (over[i] - over[j])))
            names.append(side if over[i] <= 0 else sides[i])
    return np.array(kept).reshape(-1, 2), names


def _prolonged(start: Points, end: Points) -> BaseGeometry:
    way = end - start
    length = float(np.hypot(*way))
    more = way * (RUN / length) if length else way
    return shapely.LineString([start - more, end + more])
