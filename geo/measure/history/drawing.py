"""The outlines of many states one after the other, and which edges one state has and the next has not, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.measure.history.outline import Indices, Mask, Outline, Points
from geo.measure.history.rings import loops

_ODD = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
"""Odd multipliers for hashing by multiplication (Knuth, The Art of Computer Programming 3, 6.4): the first is 2^64
over the golden ratio."""
_SURELY_TURNED_DEG2 = 1e-5
"""Of a ring with more area than this, in square degrees, rounding cannot hide which way round it runs."""

_EDGE, _TURNED = 1, 2
Marks = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Drawing:
    """The edges of several states as drawn: those that are turned have the area on their right hand.

    Where an area is drawn ring by ring, what leads from one ring to the next stands among the edges, and is not marked
    as one.
    """

    starts: Points
    ends: Points
    marks: Marks
    """Whether each is an edge, and whether it is turned."""
    states: Indices
    """Where each state begins, and where the last one ends."""
    chained: bool = True
    """Whether each edge ends where the next one starts, so that starts alone tell sequences of edges apart."""

    @classmethod
    def of_areas(cls, areas: Sequence[Any]) -> Drawing:
        """The edges of valid areal geometries in lon, lat; points and lines in them count nothing."""
        _, coordinates, offsets = shapely.to_ragged_array([_plain(area) for area in areas])
        ends, outlines = offsets[0].astype(np.intp), offsets[1].astype(np.intp)
        whole = outlines if len(offsets) == 2 else outlines[offsets[2].astype(np.intp)]
        shell = np.zeros(len(ends) - 1, bool)
        shell[outlines[:-1][np.diff(outlines) > 0]] = True
        lengths = np.diff(ends)
        rings, lengths, shell = ends[:-1][lengths > 0], lengths[lengths > 0], shell[lengths > 0]
        turned = _clockwise(coordinates, rings) == shell
        points = np.ascontiguousarray(coordinates).view(np.complex128)[:, 0]
        further = np.append(points[1:], points[:1])
        marks = np.repeat(np.where(turned, np.uint8(_TURNED), np.uint8(0)), lengths)
        marks[points != further] |= _EDGE
        marks[rings + lengths - 1] &= ~np.uint8(_EDGE)
        return cls(points, further, marks, ends[whole])

    @classmethod
    def of_outlines(cls, outlines: Sequence[Outline]) -> Drawing:
        """Outlines, each of a state."""
        starts, ends = (np.concatenate([getattr(one, name) for one in outlines]) for name in ("starts", "ends"))
        marks = np.full(len(starts), _EDGE, np.uint8)
        states = np.cumsum([0, *map(len, outlines)])
        return cls(starts, ends, marks, states, chained=False)


@dataclass(frozen=True, eq=False)
class Changes:
    """Edges that appear or disappear from one state to the next, by number in a drawing, and the step of each."""

    edges: Indices
    steps: Indices
    gone: Mask


def closed(drawing: Drawing, found: Changes) -> tuple[Outline, Indices, Indices]:
    """The changed edges as closed rings around what is gained (on the left hand) and lost (on the right hand).

    Given are edges in an order in which each ends where the next one starts, where in it each ring begins, and the
    step of each ring. Edges that follow each other as drawn stay together: only where such runs end is there a choice.
    Raises :class:`InputError` where edges are left open: then an area they came from is not valid. Not all that is
    invalid leaves edges open: who does not know an area to be valid makes sure before.
    """
    edges, steps = found.edges, found.steps
    follows = (np.diff(edges) == 1) & (steps[1:] == steps[:-1]) & (found.gone[1:] == found.gone[:-1])
    follows &= drawing.ends[edges[:-1]] == drawing.starts[edges[1:]]
    begins = np.flatnonzero(np.append(np.ones(min(len(edges), 1), bool), ~follows))
    length = np.diff(begins, append=len(edges))
    first, last = edges[begins], edges[begins] + length - 1
    back = ((drawing.marks[first] & _TURNED) > 0) != found.gone[begins]
    starts = np.where(back, drawing.ends[last], drawing.starts[first])
    ends = np.where(back, drawing.starts[first], drawing.ends[last])
    order, heads = loops(starts, ends, steps[begins])
    length, back = length[order], back[order]
    behind = np.cumsum(length)
    forward = np.arange(len(edges)) - np.repeat(behind - length, length)
    number = np.repeat(np.where(back, last[order], first[order]), length) + np.where(
        turned := np.repeat(back, length), -forward, forward
    )
    one, other = drawing.starts[number], drawing.ends[number]
    ring = (behind - length)[heads]
    return Outline(np.where(turned, other, one), np.where(turned, one, other)), ring, steps[begins][order][heads]


def changes(drawing: Drawing) -> Changes:
    """What changes at each step. Edges are compared exactly; one overlooked stands among them as gone and as new.

    What two states have alike from their beginnings and from their ends is passed over at once; the rest is looked up.
    """
    stretches = _unlike_stretches(drawing)
    (gone, gone_step), (new, new_step) = (_numbers(*stretches[:, state].T) for state in (0, 1))
    for match in (_match_by_table, _match_by_order):
        if not len(gone) or not len(new):
            break
        other = match(_mixed(drawing, gone, gone_step), _mixed(drawing, new, new_step))
        found = gone[other]
        alike = gone_step[other] == new_step
        for part in (drawing.starts, drawing.ends, drawing.marks):
            alike &= part[found] == part[new]
        kept = np.ones(len(gone), bool)
        kept[other[alike]] = False
        gone, gone_step, new, new_step = gone[kept], gone_step[kept], new[~alike], new_step[~alike]
    edges, steps = np.concatenate([gone, new]), np.concatenate([gone_step, new_step])
    real = (drawing.marks[edges] & _EDGE) > 0
    return Changes(edges[real], steps[real], (np.arange(len(edges)) < len(gone))[real])


def _numbers(first: Indices, last: Indices) -> tuple[Indices, Indices]:
    """The numbers in each stretch, and which stretch each is in."""
    length = last - first
    which = np.repeat(np.arange(len(length)), length)
    return np.arange(len(which)) + np.repeat(first - np.cumsum(length) + length, length), which


def _unlike_stretches(drawing: Drawing) -> Indices:
    """For each step where what both states do not begin and end with alike goes from and to: in one, in the next."""
    starts, ends, marks = drawing.starts.view(np.float64), drawing.ends.view(np.float64), drawing.marks
    stretches = []

    def alike(one: int, other: int, count: int, way: int) -> int:
        """How many edges from two places on are alike, or, the other way, up to them."""
        if way < 0:
            one, other = one - count, other - count
        unlike = starts[2 * one : 2 * (one + count)] != starts[2 * other : 2 * (other + count)]
        if not drawing.chained:
            unlike |= ends[2 * one : 2 * (one + count)] != ends[2 * other : 2 * (other + count)]
        return _first(unlike[::way]) // 2

    states = drawing.states.tolist()
    for begin, middle, end in zip(states, states[1:], states[2:], strict=False):
        shorter = min(middle - begin, end - middle)
        head = alike(begin, middle, shorter, 1)
        tail = min(alike(middle, end, shorter, -1), shorter - head) if head < shorter else 0
        head = max(head - 1, 0)  # where the last of them leads to may differ
        if marks[begin : begin + head].tobytes() != marks[middle : middle + head].tobytes():
            head = 0
        if marks[middle - tail : middle].tobytes() != marks[end - tail : end].tobytes():
            tail = 0
        stretches += [(begin + head, middle - tail), (middle + head, end - tail)]
    return np.array(stretches, np.intp).reshape(-1, 2, 2)


def _first(mask: Mask) -> int:
    """Where it is first true; its length, if nowhere."""
    at = int(mask.argmax()) if len(mask) else 0
    return at if len(mask) and mask[at] else len(mask)


def _mixed(drawing: Drawing, edges: Indices, steps: Indices) -> npt.NDArray[np.uint64]:
    """A number for each edge, from the longitude of its start, the latitude of its end, and its step, well spread."""
    mixed = drawing.starts.view(np.uint64)[::2][edges]
    mixed *= _ODD[0]
    north = drawing.ends.view(np.uint64)[1::2][edges]
    north *= _ODD[1]
    mixed += north
    mixed += steps.view(np.uint64) * _ODD[2]
    return mixed


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
