"""The outlines of many states one after the other, and which edges one state has and the next has not, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.measure.history.outline import Indices, Mask, Outline, Points

_ODD = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
"""Odd multipliers for hashing by multiplication (Knuth, The Art of Computer Programming 3, 6.4): the first is 2^64
over the golden ratio."""
_SURELY_TURNED_DEG2 = 1e-5
"""Of a ring with more area than this, in square degrees, rounding cannot hide which way round it runs."""

_SHELL, _EDGE = 1, 2
Marks = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Drawing:
    """The edges of several states as drawn: those of a turned ring have the area on their right hand.

    Where an area is drawn ring by ring, what leads from one ring to the next stands among the edges, and is not marked
    as one.
    """

    starts: Points
    ends: Points
    marks: Marks
    """Whether each is an edge, and whether one of a shell: an edge that bounds a hole today and did not yesterday has
    changed."""
    states: Indices
    """Where each state begins, and where the last one ends."""
    rings: Indices
    """Where each ring begins."""
    turned: Mask
    """Whether each ring is turned."""

    @classmethod
    def of_areas(cls, areas: Sequence[Any]) -> Drawing:
        """The edges of valid areal geometries in lon, lat; points and lines in them count nothing."""
        _, coordinates, offsets = shapely.to_ragged_array([_plain(area) for area in areas])
        ends, outlines = offsets[0].astype(np.intp), offsets[1].astype(np.intp)
        whole = outlines if len(offsets) == 2 else outlines[offsets[2].astype(np.intp)]
        filled = np.flatnonzero(np.diff(ends))
        rings, lengths = ends[filled], np.diff(ends)[filled]
        shell = np.zeros(len(ends) - 1, bool)
        shell[outlines[:-1][np.diff(outlines) > 0]] = True
        points = np.ascontiguousarray(coordinates).view(np.complex128)[:, 0]
        further = np.append(points[1:], points[:1])
        marks = np.repeat(np.where(shell[filled], np.uint8(_SHELL), np.uint8(0)), lengths)
        marks[points != further] |= _EDGE
        marks[rings + lengths - 1] &= ~np.uint8(_EDGE)
        return cls(points, further, marks, ends[whole], rings, _clockwise(coordinates, rings) == shell[filled])

    @classmethod
    def of_outlines(cls, outlines: Sequence[Outline]) -> Drawing:
        """Outlines, each of a state."""
        starts, ends = (np.concatenate([getattr(one, name) for one in outlines]) for name in ("starts", "ends"))
        marks = np.full(len(starts), _EDGE, np.uint8)
        states = np.cumsum([0, *map(len, outlines)])
        return cls(starts, ends, marks, states, np.zeros(1, np.intp), np.zeros(1, bool))


@dataclass(frozen=True, eq=False)
class Changes:
    """Edges that appear or disappear from one state to the next, by number in a drawing, and the step of each."""

    edges: Indices
    steps: Indices
    gone: Mask

    def taken(self, which: Mask) -> Changes:
        """Some of them."""
        return Changes(self.edges[which], self.steps[which], self.gone[which])


def changes(drawing: Drawing) -> Changes:
    """What changes at each step. Edges are compared exactly; one overlooked stands among them as gone and as new.

    What two states have alike from their beginnings and from their ends is passed over at once; the rest is looked up.
    """
    found = _unlike_stretches(drawing)
    found = found.taken((drawing.marks[found.edges] & _EDGE) > 0)
    mixed = _mixed(drawing, found)
    for match in (_match_by_table, _match_by_order):
        gone, new = np.flatnonzero(found.gone), np.flatnonzero(~found.gone)
        if not len(gone) or not len(new):
            break
        other = gone[match(mixed[gone], mixed[new])]
        one_edge, other_edge = found.edges[new], found.edges[other]
        alike = (
            (drawing.starts[one_edge] == drawing.starts[other_edge])
            & (drawing.ends[one_edge] == drawing.ends[other_edge])
            & (drawing.marks[one_edge] == drawing.marks[other_edge])
            & (found.steps[new] == found.steps[other])
        )
        kept = np.ones(len(mixed), bool)
        kept[new[alike]] = kept[other[alike]] = False
        found, mixed = found.taken(kept), mixed[kept]
    return found


def _unlike_stretches(drawing: Drawing) -> Changes:
    """For each step what is left of both states without what they begin and end with alike."""
    numbers, marks, states = drawing.starts.view(np.float64), drawing.marks, drawing.states.tolist()
    stretches = []
    for begin, middle, end in zip(states, states[1:], states[2:], strict=False):
        shorter = min(middle - begin, end - middle)
        unlike = numbers[2 * begin : 2 * (begin + shorter)] != numbers[2 * middle : 2 * (middle + shorter)]
        head = _first(unlike) // 2
        unlike = numbers[2 * (middle - shorter) : 2 * middle] != numbers[2 * (end - shorter) : 2 * end]
        tail = min(_first(unlike[::-1]) // 2, shorter - head)
        if not np.array_equal(marks[begin : begin + head - 1], marks[middle : middle + head - 1]):
            head = 0
        if not np.array_equal(marks[middle - tail : middle], marks[end - tail : end]):
            tail = 0
        stretches += [(begin + max(head - 1, 0), middle - tail), (middle + max(head - 1, 0), end - tail)]
    first, last = np.array(stretches, np.intp).reshape(-1, 2).T
    length = last - first
    which = np.repeat(np.arange(len(length)), length)
    edges = np.arange(len(which)) + np.repeat(first - np.cumsum(length) + length, length)
    return Changes(edges, which >> 1, (which & 1) == 0)


def _first(mask: Mask) -> int:
    """Where it is first true; its length, if nowhere."""
    at = int(mask.argmax()) if len(mask) else 0
    return at if len(mask) and mask[at] else len(mask)


def _mixed(drawing: Drawing, found: Changes) -> npt.NDArray[np.uint64]:
    """A number for each, from the longitude of its start, the latitude of its end, and its step, well spread."""
    west = drawing.starts.view(np.uint64)[::2][found.edges]
    north = drawing.ends.view(np.uint64)[1::2][found.edges]
    return np.asarray(west * _ODD[0] + north * _ODD[1] + found.steps.astype(np.uint64) * _ODD[2])


def _match_by_table(known: npt.NDArray[np.uint64], asked: npt.NDArray[np.uint64]) -> Indices:
    """For each number asked the place of the one known that may equal it; in a table later ones displace earlier."""
    bits = (8 * len(known)).bit_length()
    shift = np.uint64(64 - bits)
    table = np.zeros(1 << bits, np.int32)
    table[(known >> shift).view(np.int64)] = np.arange(len(known), dtype=np.int32)
    return np.asarray(table[(asked >> shift).view(np.int64)])


def _match_by_order(known: npt.NDArray[np.uint64], asked: npt.NDArray[np.uint64]) -> Indices:
    """The same by sorting: slower, and none is missed unless two edges have one number."""
    order = np.argsort(known)
    place = np.searchsorted(known, asked, sorter=order)
    return np.asarray(order[np.minimum(place, len(known) - 1)])


def _plain(area: Any) -> Any:
    """An areal geometry as a polygon or several."""
    if area.geom_type in ("Polygon", "MultiPolygon"):
        return area
    return shapely.MultiPolygon([part for part in shapely.get_parts(area) if part.geom_type == "Polygon"])


def _clockwise(coordinates: npt.NDArray[np.float64], rings: Indices) -> Mask:
    """Whether each closed ring of lon, lat runs clockwise."""
    if not len(rings):
        return np.empty(0, bool)
    lon, lat = coordinates.T
    crossed = np.empty(len(lon))
    np.multiply(lon[:-1], lat[1:], out=crossed[:-1])
    crossed[:-1] -= lon[1:] * lat[:-1]
    crossed[np.append(rings[1:], len(lon)) - 1] = 0
    double = np.add.reduceat(crossed, rings)
    clockwise = double < 0
    unsure = np.flatnonzero(np.abs(double) < 2 * _SURELY_TURNED_DEG2)
    if len(unsure):
        inside = np.zeros(len(rings), bool)
        inside[unsure] = True
        of_each = np.repeat(inside, np.diff(rings, append=len(lon)))
        ring = np.repeat(np.arange(len(unsure)), np.diff(rings, append=len(lon))[unsure])
        clockwise[unsure] = ~shapely.is_ccw(shapely.linearrings(coordinates[of_each], indices=ring))
    return clockwise
