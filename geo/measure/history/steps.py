"""What changes in each unit at each step, net: summed from changed edges, and cut only where they cross a border.

The area two regions share is bounded by the edges of each where they run inside the other. What the first kind adds
is summed over changed edges alone. What the second adds changes where borders are crossed anew, or no longer, and
where they lie within what is gained or lost; of borders that are crossed all crossings are known, so that what is left
of one is measured as the one edge it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.measure.history.borders import Borders
from geo.measure.history.crossings import Crossings, added
from geo.measure.history.outline import Indices, Mask, Points
from geo.measure.history.rings import Boxes, Rings
from geo.measure.history.sides import windings
from geo.measure.history.terms import Numbers


@dataclass(frozen=True, eq=False)
class Rows:
    """Where borders are crossed: which, where along it, where on the ground, and whether it goes in (1) or out (-1)."""

    border: Indices
    along: Numbers
    point: Points
    turn: Numbers

    def taken(self, which: Indices) -> Rows:
        """Some of them."""
        return Rows(*(getattr(self, one.name)[which] for one in fields(self)))

    def and_then(self, other: Rows) -> Rows:
        """These and then others."""
        return Rows(*(np.concatenate([getattr(self, one.name), getattr(other, one.name)]) for one in fields(self)))


@dataclass(eq=False)
class Standing:
    """Where the state last seen crosses borders: kept from one stretch of states to the next."""

    rows: Rows = field(
        default_factory=lambda: Rows(np.empty(0, np.intp), np.empty(0), np.empty(0, np.complex128), np.empty(0))
    )


def of_edges(
    rings: Rings, m2: Numbers, starts: tuple[Indices, Indices], met: Crossings, unit: Indices, units: int
) -> tuple[Indices, Indices, Numbers]:
    """What changed edges add where they run inside units: step, unit and m², to be summed.

    ``starts`` are pairs of a ring and a unit its first point lies in; ``unit`` is that of each crossing.
    """
    ring, within = starts
    whole = np.add.reduceat(m2, rings.first)
    if not len(met):
        return rings.step[ring], within, whole[ring]
    of_ring = rings.ring[met.edge]
    backward = rings.gone[met.edge]
    turn = np.where(backward, -met.enters, met.enters).astype(float)
    along = np.where(backward, 1 - met.along_edge, met.along_edge)
    order = np.lexsort((along, met.edge, unit, of_ring))
    pair, edge, turn, point = (of_ring * units + unit)[order], met.edge[order], turn[order], met.point[order]
    inside = np.isin(pair, ring * units + within).astype(float) + _sum_before(turn, pair)
    opens = _opens(edge, pair)
    cut, owner = np.flatnonzero(opens), np.cumsum(opens) - 1
    crossed = rings.edges.taken(edge[cut])
    pieces = added(crossed, owner, point, turn, inside[cut]) - inside[cut] * m2[edge[cut]]
    after = turn * _sum_to_end(m2, rings.first)[edge]
    step, place = rings.step[of_ring[order]], unit[order]
    return (
        np.concatenate([rings.step[ring], step, step[cut]]),
        np.concatenate([within, place, place[cut]]),
        np.concatenate([whole[ring], after, pieces]),
    )


def of_borders(
    rings: Rings, boxes: Boxes, borders: Borders, met: Crossings, standing: Standing
) -> tuple[Indices, Indices, Numbers]:
    """What borders add where they run inside what is gained, less where inside what is lost: step, unit and m².

    ``standing`` is brought up to the last state.
    """
    around_step, around_ring, times = _surrounded(rings, boxes, borders)
    ring_m2 = np.add.reduceat(borders.m2, borders.first)
    found = [(around_step, around_ring, times * ring_m2[around_ring])]
    if not len(met):
        step, ring, m2 = found[0]
        return step, borders.unit[ring], m2
    sign = np.where(rings.gone[met.edge], -1.0, 1.0)
    step, turn = rings.step[rings.ring[met.edge]], np.asarray(-sign * met.enters, np.float64)
    ring = borders.ring[met.border]
    order = np.lexsort((met.along_border, met.border, ring, step))
    pair, border = (step * len(borders.first) + ring)[order], met.border[order]
    wound = _summed_by(around_step * len(borders.first) + around_ring, times, pair)
    wound += _sum_before(turn[order], pair)
    opens = _opens(border, pair)
    cut = np.flatnonzero(opens)
    after = turn[order] * _sum_to_end(borders.m2, borders.first)[border]
    found.append((step[order], ring[order], after))
    rows = standing.rows.and_then(Rows(met.border, met.along_border, met.point, turn))
    when = np.concatenate([np.full(len(standing.rows.border), -1), step])
    pieces = _pieces(borders, rows, when, border[cut], step[order][cut], wound[cut])
    pieces -= wound[cut] * borders.m2[border[cut]]
    found.append((step[order][cut], ring[order][cut], pieces))
    step, ring, m2 = (np.concatenate(parts) for parts in zip(*found, strict=True))
    standing.rows = _still_standing(rows)
    return step, borders.unit[ring], m2


def _surrounded(rings: Rings, boxes: Boxes, borders: Borders) -> tuple[Indices, Indices, Numbers]:
    """Steps and rings of borders whose first point changed rings of that step run around, and how often each does."""
    corner = borders.edges.starts[borders.first]
    steps, places, times = [], [], []
    order = np.argsort(corner.real)
    lon = corner.real[order]
    begin, end = np.searchsorted(lon, boxes[:, 0]), np.searchsorted(lon, boxes[:, 2], side="right")
    last = np.append(rings.first[1:], len(rings.edges))
    for number in np.flatnonzero(end > begin):
        some = order[begin[number] : end[number]]
        some = some[(corner.imag[some] >= boxes[number, 1]) & (corner.imag[some] <= boxes[number, 3])]
        if len(some):
            around = windings(rings.edges.taken(slice(rings.first[number], last[number])), corner[some])
            there = np.flatnonzero(around)
            steps.append(np.full(len(there), rings.step[number]))
            places.append(some[there])
            times.append(around[there])
    nothing = np.empty(0, np.intp)
    return (
        np.concatenate([nothing, *steps]),
        np.concatenate([nothing, *places]),
        np.concatenate([np.empty(0), *times]),
    )


def _pieces(borders: Borders, rows: Rows, when: Indices, border: Indices, step: Indices, wound: Numbers) -> Numbers:
    """What each of some borders adds more than before at a step, in m²; ``wound`` tells how its start fares there."""
    order = np.argsort(rows.border, kind="stable")
    begin, end = (np.searchsorted(rows.border[order], border, side=side) for side in ("left", "right"))
    count = end - begin
    asked = np.repeat(np.arange(len(border)), count)
    row = order[np.arange(len(asked)) + np.repeat(begin - np.cumsum(count) + count, count)]
    of_before, of_after = (
        _net(asked[seen], rows, row[seen]) for seen in (when[row] < step[asked], when[row] <= step[asked])
    )
    (before, bare), (after, bared) = (_inside_at_start(len(border), *some) for some in (of_before, of_after))
    begins = np.where(bare, np.where(bared, np.maximum(-wound, 0), after - wound), before)
    began = np.where(bared, np.where(bare, np.maximum(wound, 0), before + wound), after)
    edges = borders.edges.taken(border)
    before, after = (
        added(edges, owner, rows.point[row], turn, inside)
        for (owner, row, turn), inside in ((of_before, begins), (of_after, began))
    )
    return after - before


def _inside_at_start(count: int, owner: Indices, _row: Indices, turn: Numbers) -> tuple[Numbers, Mask]:
    """Whether each of some borders starts inside, to go by its first crossing; and whether it has none to go by."""
    first, last = (np.searchsorted(owner, np.arange(count), side=side) for side in ("left", "right"))
    bare = first == last
    return np.where(~bare & (np.append(turn, 0)[first] < 0), 1.0, 0.0), bare


def _net(asked: Indices, rows: Rows, row: Indices) -> tuple[Indices, Indices, Numbers]:
    """Crossings that are left when those that went are taken from those that came, by who asks and along the border."""
    order = np.lexsort((rows.along[row], asked))
    asked, row = asked[order], row[order]
    opens = _opens(asked, rows.along[row])
    turn = np.bincount(np.cumsum(opens) - 1, rows.turn[row], np.count_nonzero(opens))
    left = np.flatnonzero(turn)
    which = np.flatnonzero(opens)[left]
    return asked[which], row[which], np.asarray(turn[left], np.float64)


def _still_standing(rows: Rows) -> Rows:
    """Without crossings that came and went."""
    _, row, turn = _net(rows.border, rows, np.arange(len(rows.border)))
    return replace(rows.taken(row), turn=turn)


def _opens(*keys: npt.NDArray[Any]) -> Mask:
    """Where a run of rows alike in all keys begins."""
    opens = np.ones(len(keys[0]), bool)
    opens[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return opens


def _sum_before(values: Numbers, group: Indices) -> Numbers:
    """For each value the sum of those before it in its group; groups stand together."""
    total = np.cumsum(values) - values
    opens = _opens(group)
    return np.asarray(total - total[np.flatnonzero(opens)][np.cumsum(opens) - 1])


def _summed_by(keys: Indices, values: Numbers, asked: Indices) -> Numbers:
    """For each key asked the sum of the values under it."""
    known, which = np.unique(np.append(keys, -1), return_inverse=True)
    total = np.bincount(which, np.append(values, 0.0))
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, total[at], 0.0)


def _sum_to_end(values: Numbers, first: Indices) -> Numbers:
    """For each value the sum of those behind it in its ring."""
    total = np.cumsum(values)
    last = np.append(first[1:], len(values)) - 1
    return np.asarray(np.repeat(total[last], np.diff(first, append=len(values))) - total)
