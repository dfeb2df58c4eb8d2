"""What a control source shows of one side on each day it speaks of, in the form histories are measured in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra.nodes import Contested, Controlled, Either
from geo.atlas.control.settlements import Cell, Settlements
from geo.atlas.control.store import Stored
from geo.atlas.control.types import ControlClass, ControlSource, Side, Snapshot
from geo.errors import DateError, UsageError
from geo.measure.history import Area, Areas, Extent, Indices, Mask, Outline
from geo.measure.history.outline import outlines

Leaf = Controlled | Contested | Either
"""What a side holds, what is contested, or either of two of these."""


def days_between(control: ControlSource, first: date, last: date) -> tuple[date, ...]:
    """The days from first to last with a state of their own, the first day among them where one stands on it.

    Raises :class:`DateError` where the source does not reach so far, :class:`UsageError` where last is before first.
    """
    if last < first:
        raise UsageError(f"From {first} to {last} is no span of days: name the earlier day first.")
    for day in (first, last):
        if not control.first <= day <= control.last:
            raise DateError(f"{control.name} covers {control.first} to {control.last}, not {day}. Choose dates inside.")
    days = [day for day in control.dates if first <= day <= last]
    return tuple(days if not isinstance(control, Settlements) or days[:1] == [first] else [first, *days])


def extents(leaf: Leaf, control: ControlSource, days: Sequence[date]) -> Iterator[tuple[date, Extent]]:
    """What a side holds, or what is contested, on each of the days."""
    if isinstance(control, Settlements):
        yield from _of_cells(leaf, control, days)
    elif isinstance(control, Stored):
        yield from _of_stored(leaf, control, frozenset(days))
    else:
        for day in days:
            yield day, Area(_of(leaf, control.snapshot(day)))


def _of(leaf: Leaf, snapshot: Snapshot) -> BaseGeometry:
    if isinstance(leaf, Either):
        return shapely.union(_of(cast(Leaf, leaf.left), snapshot), _of(cast(Leaf, leaf.right), snapshot))
    return snapshot.held(leaf.side) if isinstance(leaf, Controlled) else snapshot.contested()


def _of_stored(leaf: Leaf, control: Stored, days: frozenset[date]) -> Iterator[tuple[date, Extent]]:
    """The states of a stored series; one in which nothing changed is the same object again.

    What was stored came from an adapter, whose holdings are unions: it is sound.
    """
    wanted = [
        cast(tuple[Side, ControlClass], (side, cls)) for side, cls in control.header.classes if _counts(leaf, side, cls)
    ]
    before: tuple[BaseGeometry, ...] | None = None
    extent: Extent = Area(shapely.Polygon(), sound=True)
    for day, holdings in control.states(*wanted) if wanted else ((day, ()) for day in control.dates):
        if day not in days:
            continue
        now = tuple(holding.geometry for holding in holdings)
        if before is None or len(now) != len(before) or any(a is not b for a, b in zip(now, before, strict=True)):
            extent = Area(_of(leaf, Snapshot(control.name, day, day, holdings)), sound=True)
        before = now
        yield day, extent


def _counts(leaf: Leaf, side: str, cls: str) -> bool:
    """Whether holdings of a side and class are what is asked for, as :class:`Snapshot` has it."""
    if isinstance(leaf, Either):
        return any(_counts(cast(Leaf, one), side, cls) for one in leaf.parts())
    if isinstance(leaf, Contested):
        return cls == "contested"
    return side == leaf.side and cls in ("assessed", "liberated")


@dataclass(frozen=True)
class _Partition:
    """The cells of the settlement table, their edges, and which cell lies on the other side of each edge."""

    areas: Areas

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.areas)

    @cached_property
    def edges(self) -> tuple[Outline, Indices, Indices]:
        """Edges, the cell each bounds, the cell it is turned to: one beyond the last where there is none."""
        edges, cell = outlines(self.areas)
        beyond = np.append(cell, len(self.areas))[edges.turned()]
        return edges, cell, beyond


@dataclass(frozen=True)
class _Cells:
    """An extent made of cells."""

    partition: _Partition
    member: Mask
    """Which cells; one more, never a member, stands at the end."""

    def outline(self) -> Outline:
        """The edges between a member and what is none."""
        edges, cell, beyond = self.partition.edges
        return edges.taken(self.member[cell] & ~self.member[beyond])

    def near(self, box: BaseGeometry) -> BaseGeometry:
        """The members that reach into the box, as one area."""
        cells = self.partition.tree.query(box, predicate="intersects")
        return shapely.coverage_union_all(self.partition.areas[cells[self.member[cells]]])


@lru_cache(maxsize=2)
def _partition(control: Settlements) -> _Partition:
    return _Partition(np.array([cell.area for cell in control.cells], dtype=object))


def _of_cells(leaf: Leaf, control: Settlements, days: Sequence[date]) -> Iterator[tuple[date, Extent]]:
    """The same from the settlement table: it changes by cells, and cells are asked on the days they change."""
    partition = _partition(control)
    members = np.zeros((len(days), len(control.cells) + 1), bool)
    for number, cell in enumerate(control.cells):
        turns = _turns(control, cell, days)
        for begins, ends in zip(turns, [*turns[1:], len(days)], strict=True):
            members[begins:ends, number] = _is_member(leaf, control, cell, days[begins])
    extent = _Cells(partition, members[0])
    for day, member in zip(days, members, strict=True):
        if not np.array_equal(member, extent.member):
            extent = _Cells(partition, member)
        yield day, extent


def _turns(control: Settlements, cell: Cell, days: Sequence[date]) -> list[int]:
    """The numbers of the days on which a cell may begin to be held otherwise, the first day among them."""
    holds = (hold for name in (cell.id, cell.facing) if name for hold in control.table.get(name, ()))
    numbers = {bisect_left(days, hold.first) for hold in holds}
    return [0, *sorted(n for n in numbers if 0 < n < len(days))]


def _is_member(leaf: Leaf, control: Settlements, cell: Cell, day: date) -> bool:
    """Whether a cell is held as asked for; of Russia's own ground nothing is said while Russia surely holds it."""
    side, cls = control.state(cell, day)
    return _counts(leaf, side, cls) and (cell.country == "ukraine" or (side, cls) != (cell.country, "assessed"))
