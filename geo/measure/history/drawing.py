"""The outlines of many states one after the other, and which edges one state has and the next has not, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.measure.history.outline import Indices, Mask, Outline, Points
from geo.measure.history.rings import Rings, loops

_ODD = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
"""Odd multipliers for hashing by multiplication (Knuth, The Art of Computer Programming 3, 6.4): the first is 2^64
over the golden ratio."""
_WORTH_PARTING = 256
"""So many edges are worth a look for the middle one."""

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
    """Rows of where a state begins and where it ends; one like the state before is drawn once."""
    chained: bool = True
    """Whether each edge ends where the next one starts, so that starts alone tell sequences of edges apart."""

    @classmethod
    def of_areas(cls, areas: Sequence[Any]) -> Drawing:
        """The edges of valid areal geometries in lon, lat; points and lines in them count nothing."""
        shapes = np.array([_plain(area) for area in areas], dtype=object)
        fresh = np.ones(len(shapes), bool)
        fresh[1:] = ~shapely.equals_exact(shapes[1:], shapes[:-1])
        shapes = shapes[fresh]
        polygons, shape = shapely.get_parts(shapes, return_index=True)
        rings, polygon = shapely.get_rings(polygons, return_index=True)
        sizes = shapely.get_num_coordinates(rings)
        shell = np.diff(polygon, prepend=-1) != 0
        marks = np.repeat(np.where(shapely.is_ccw(rings) == shell, _EDGE, _EDGE | _TURNED).astype(np.uint8), sizes)
        behind = np.cumsum(sizes)
        marks[behind - 1] &= ~np.uint8(_EDGE)
        points = shapely.get_coordinates(shapes).view(np.complex128)[:, 0]
        ends = np.concatenate([[0], behind])[np.searchsorted(shape[polygon], np.arange(len(shapes) + 1))]
        states = np.column_stack([ends[:-1], np.maximum(ends[1:] - 1, ends[:-1])])  # no edge begins at the last point
        return cls(points[:-1], points[1:], marks, states[np.cumsum(fresh) - 1])

    @classmethod
    def of_outlines(cls, outlines: Sequence[Outline]) -> Drawing:
        """Outlines, each of a state."""
        starts, ends = (np.concatenate([getattr(one, name) for one in outlines]) for name in ("starts", "ends"))
        marks = np.full(len(starts), _EDGE, np.uint8)
        states = np.cumsum([0, *map(len, outlines)])
        return cls(starts, ends, marks, np.column_stack([states[:-1], states[1:]]), chained=False)


@dataclass(frozen=True, eq=False)
class Changes:
    """Edges that appear or disappear from one state to the next, as drawn."""

    starts: Points
    ends: Points
    step: Indices
    gone: Mask
    turned: Mask
    """Whether the area each bounds lies on its right hand."""
    follows: Mask
    """Whether each goes on where the one before it ends, drawn in one go and changed alike."""

    def __len__(self) -> int:
        return len(self.step)

    @classmethod
    def of(cls, drawing: Drawing, edges: Indices, step: Indices, gone: Mask) -> Changes:
        """Changed edges by their numbers in a drawing."""
        starts, ends = drawing.starts[edges], drawing.ends[edges]
        follows = np.zeros(len(edges), bool)
        follows[1:] = (np.diff(edges) == 1) & (step[1:] == step[:-1]) & (gone[1:] == gone[:-1])
        follows[1:] &= ends[:-1] == starts[1:]
        return cls(starts, ends, step, gone, (drawing.marks[edges] & _TURNED) > 0, follows)

    @classmethod
    def joined(cls, several: Sequence[Changes], steps_before: Sequence[int]) -> Changes:
        """Changes and then others, of which so many steps come before each."""
        first, *rest = ([getattr(one, field.name) for one in several] for field in fields(cls))
        steps = [one.step + before for one, before in zip(several, steps_before, strict=True)]
        joined = [np.concatenate(parts) for parts in (first, rest[0], steps, *rest[2:])]
        return cls(*joined)


def closed(found: Changes) -> Rings:
    """The changed edges as closed rings around what is gained (on the left hand) and lost (on the right hand).

    Edges that follow each other as drawn stay together: only where such runs end is there a choice.
    Raises :class:`InputError` where edges are left open: then an area they came from is not valid. Not all that is
    invalid leaves edges open: who does not know an area to be valid makes sure before.
    """
    begins = np.flatnonzero(~found.follows)
    length = np.diff(begins, append=len(found))
    last = begins + length - 1
    back = found.turned[begins] != found.gone[begins]
    starts = np.where(back, found.ends[last], found.starts[begins])
    ends = np.where(back, found.starts[begins], found.ends[last])
    order, heads = loops(starts, ends, found.step[begins])
    length, back = length[order], back[order]
    behind = np.cumsum(length)
    forward = np.arange(len(found)) - np.repeat(behind - length, length)
    turned = np.repeat(back, length)
    number = np.repeat(np.where(back, last[order], begins[order]), length) + np.where(turned, -forward, forward)
    one, other = found.starts[number], found.ends[number]
    edges = Outline(np.where(turned, other, one), np.where(turned, one, other))
    return Rings(edges, (behind - length)[heads], found.step[begins][order][heads], found.gone[number])


def changes(drawing: Drawing) -> Changes:
    """What changes at each step. Edges are compared exactly; one overlooked stands among them as gone and as new.

    What two states have alike from their beginnings and from their ends is passed over at once; the rest is looked up.
    """
    step, *stretches = _unlike_stretches(drawing).T
    (gone, gone_step), (new, new_step) = (_numbers(stretches[at], stretches[at + 1], step) for at in (0, 2))
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
    edges, step = np.concatenate([gone, new]), np.concatenate([gone_step, new_step])
    real = ((drawing.marks[edges] & _EDGE) > 0) & (drawing.starts[edges] != drawing.ends[edges])
    return Changes.of(drawing, edges[real], step[real], (np.arange(len(edges)) < len(gone))[real])


def _numbers(first: Indices, last: Indices, step: Indices) -> tuple[Indices, Indices]:
    """The numbers in each stretch, and the step it is of."""
    length = last - first
    before = np.repeat(first - np.cumsum(length) + length, length)
    return np.arange(len(before)) + before, np.repeat(step, length)


def _unlike_stretches(drawing: Drawing) -> Indices:
    """Rows of a step, from where to where in its first state, and in the next: what is left when like parts are taken.

    A long rest is tried once more where its middle stands in both, and so on.
    """
    starts, ends, marks = drawing.starts.view(np.float64), drawing.ends.view(np.float64), drawing.marks

    def alike(one: int, other: int, count: int, way: int) -> int:
        """How many edges from two places on are alike, or, the other way, up to them."""
        if way < 0:
            one, other = one - count, other - count
        unlike = starts[2 * one : 2 * (one + count)] != starts[2 * other : 2 * (other + count)]
        if not drawing.chained:
            unlike |= ends[2 * one : 2 * (one + count)] != ends[2 * other : 2 * (other + count)]
        return _first(unlike[::way]) // 2

    def marked_alike(one: int, other: int, count: int) -> bool:
        return marks[one : one + count].tobytes() == marks[other : other + count].tobytes()

    def parted(begin: int, end: int, begins: int, stop: int) -> Iterator[tuple[int, int, int, int]]:
        middle = (begin + end) // 2
        if min(end - begin, stop - begins) >= _WORTH_PARTING:
            there = np.flatnonzero(drawing.starts[begins:stop] == drawing.starts[middle])
            if len(there) == 1:
                at = begins + int(there[0])
                back = alike(middle, at, min(middle - begin, at - begins), -1)
                ahead = alike(middle, at, min(end - middle, stop - at), 1)
                ahead = max(ahead - 1, 0)  # where the last of them leads to may differ
                if marked_alike(middle - back, at - back, back + ahead):
                    yield from parted(begin, middle - back, begins, at - back)
                    yield from parted(middle + ahead, end, at + ahead, stop)
                    return
        yield begin, end, begins, stop

    rows = []
    for step, ((begin, end), (begins, stop)) in enumerate(pairwise(drawing.states.tolist())):
        if (begin, end) == (begins, stop):
            continue
        shorter = min(end - begin, stop - begins)
        head = alike(begin, begins, shorter, 1)
        closes_alike = shorter > head and drawing.ends[end - 1] == drawing.ends[stop - 1]
        tail = min(alike(end, stop, shorter, -1), shorter - head) if closes_alike else 0
        head = max(head - 1, 0)
        head = head if marked_alike(begin, begins, head) else 0
        tail = tail if marked_alike(end - tail, stop - tail, tail) else 0
        rows += [(step, *row) for row in parted(begin + head, end - tail, begins + head, stop - tail)]
    return np.array(rows, np.intp).reshape(-1, 5)


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
