"""An area as a table: what it has in each unit and of each holder, every number with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from geo.algebra.evaluate import World
from geo.bounds import bounded
from geo.margins import REACHED_KM2, fineness
from geo.quantity import Bounded

OUTSIDE = "outside the units"
UNSTATED = "not stated"
"""Ground of which the source names no holder: open waters, and other countries' ground where it says nothing."""
SIDES = ("russia", "ukraine")
HOLDERS = (*SIDES, "contested", UNSTATED)

Km2 = NDArray[Any]
"""A row a unit, a column one of :data:`HOLDERS`."""


@dataclass(frozen=True)
class Row:
    """What of an area lies in one unit ("" for the whole of it), in km²: in all, and by holder."""

    unit: str
    all: Bounded
    by: Mapping[str, Bounded]


def table(world: World, units: Sequence[str], km2: Km2, land_km2: Km2, *, moves: bool) -> tuple[Row, ...]:
    """A row for each unit, and one for the whole area at the end.

    ``km2`` is with internal waters and ``land_km2`` without them; ``moves`` says whether the area itself depends on who
    holds what, as a band along the line of contact does. Intervals are those that :func:`geo.survey.area` gives by the
    world's control source: its measured error and fineness, land alone, contested areas counted in for either side.
    """
    rows = [
        row(world, unit, (unit,) if unit != OUTSIDE else (), *numbers, moves=moves)
        for unit, *numbers in zip(units, km2, land_km2, strict=True)
    ]
    inside = [unit for unit, row in zip(units, km2, strict=True) if unit != OUTSIDE and row.sum() > REACHED_KM2]
    return (*rows, row(world, "", inside, km2.sum(axis=0), land_km2.sum(axis=0), moves=moves))


def row(world: World, unit: str, reached: Sequence[str], km2: Km2, land_km2: Km2, *, moves: bool) -> Row:
    """One row of :func:`table`, of what reaches into the units ``reached``; columns are :data:`HOLDERS`."""
    whole, land = float(km2.sum()), float(land_km2.sum())
    cells = dict(zip(HOLDERS, zip(km2.tolist(), land_km2.tolist(), strict=True), strict=True))
    contested = cells["contested"][0]

    def read(value: float, *others: float, ground_km2: float | None = None) -> Bounded:
        fine = fineness(value, ground_km2)
        first, *rest = (bounded(world, one, reached, fine=fine) if one else _NOTHING for one in (value, *others))
        return first.over(*rest)

    if world.control is None:
        return Row(unit, Bounded(whole, land, whole), {UNSTATED: Bounded(whole, land, whole)})
    of_all = read(whole, land) if moves else Bounded(whole, land, whole)
    ground_km2 = None if moves else whole
    by = {
        side: read(held, dry, held + contested, ground_km2=ground_km2)
        for side, (held, dry) in cells.items()
        if side in SIDES
    }
    unstated = cells[UNSTATED][0]
    by["contested"] = read(*cells["contested"])
    by[UNSTATED] = read(unstated) if moves else Bounded(unstated, unstated, unstated)
    return Row(unit, of_all, {holder: one._replace(high=min(one.high, of_all.high)) for holder, one in by.items()})


_NOTHING = Bounded(0.0, 0.0, 0.0)
