"""The timeline of a source whose areas are made of cells that change hands whole: a change is a list of cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.settlements import Cell, Settlements
from geo.measure.geodesic import areas_m2
from layers.edges import edges_of, numbered, odd
from layers.timeline import Key, Part, Step, Timeline, key_of

_HELD = Key("russia", "assessed")
_ABROAD = Key("ukraine", "assessed")

States = NDArray[np.int64]
"""Row a cell, column a day: the number of the cell's class."""


def build(control: Settlements, atlas: Atlas, at: date, days: Sequence[date]) -> Timeline:
    """The settlement table on ``days``; open waters are nobody's, as in every measure."""
    cells = control.cells
    areas = _dry([cell.area for cell in cells], atlas.open_waters)
    keys, states = _states(control, days)
    pairs, owner = edges_of(areas)
    distinct, number = numbered(pairs)
    km2 = areas_m2(areas) / 1e6
    abroad = np.array([cell.country == "russia" for cell in cells])
    nobody = {n for n, key in enumerate(keys) if key == _HELD}  # Russia in Russia is no holding
    parts = []
    for n, key in enumerate(keys):
        member = (states == n) & ~(abroad[:, None] & (n in nobody))
        if member.any():
            alive = np.stack([odd(number[member[owner, day]], len(distinct)) for day in range(len(days))], axis=1)
            seen = alive.any(axis=1)
            parts.append(Part(key, distinct[seen], alive[seen], tuple((km2 @ member).tolist())))
    return Timeline(
        control.name,
        control.title,
        control.licence,
        tuple(days),
        list(days).index(at),
        tuple(parts),
        _steps(areas, keys, states, abroad),
    )


def _states(control: Settlements, days: Sequence[date]) -> tuple[list[Key], States]:
    """The classes that occur, and which of them each cell has on each day, looked up on days on which it may change."""
    found: dict[Key, int] = {}
    rows = []
    for cell in control.cells:
        turns = _turns(control, cell, days)
        codes = [found.setdefault(key_of(*control.state(cell, days[n])), len(found)) for n in turns]
        spans = pairwise([*turns, len(days)])
        rows.append([code for code, span in zip(codes, spans, strict=True) for _ in range(*span)])
    return list(found), np.array(rows)


def _turns(control: Settlements, cell: Cell, days: Sequence[date]) -> list[int]:
    """The numbers of the days, the first among them, on which a cell may be in another state than on the one before."""
    holds = (hold for name in (cell.id, cell.facing) if name for hold in control.table.get(name, ()))
    return sorted({0, *(bisect_left(days, hold.first) for hold in holds if days[0] < hold.first <= days[-1])})


def _dry(areas: list[BaseGeometry], waters: BaseGeometry) -> list[BaseGeometry]:
    """Areas without open waters; those that touch none are handed back as they are."""
    wet = shapely.STRtree(areas).query(waters, predicate="intersects")
    dried = dict(zip(wet.tolist(), shapely.difference([areas[n] for n in wet], waters), strict=True))
    return [dried.get(n, area) for n, area in enumerate(areas)]


def _steps(areas: list[BaseGeometry], keys: list[Key], states: States, abroad: NDArray[np.bool_]) -> tuple[Step, ...]:
    """What changed hands from each day to the next: in Ukraine by what Russia holds, abroad by what Ukraine holds."""
    code = {key: n for n, key in enumerate(keys)}
    russian = np.where(abroad[:, None], states != code.get(_ABROAD, -1), states == code.get(_HELD, -1))
    gains = [
        (russian[:, n] & ~russian[:, n - 1], ~russian[:, n] & russian[:, n - 1]) for n in range(1, states.shape[1])
    ]
    none = Step(shapely.Polygon(), shapely.Polygon())
    return (none, *(Step(_joined(areas, to_russia), _joined(areas, to_ukraine)) for to_russia, to_ukraine in gains))


def _joined(areas: list[BaseGeometry], chosen: NDArray[np.bool_]) -> BaseGeometry:
    return shapely.union_all([areas[n] for n in np.flatnonzero(chosen)], grid_size=1e-7)
