"""What changed hands in the steps of a timeline, in all and in each place, with the interval one source leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World
from geo.bounds import bounds, units_of
from geo.margins import REACHED_KM2
from geo.measure.geodesic import areas_m2
from geo.quantity import Bounded
from layers.timeline import Gains, Place, Step

Km2 = NDArray[Any]
"""km² that went to Russia and to Ukraine, step by step: two columns a step."""


def gains(
    steps: Sequence[Step], days: Sequence[date], places: Sequence[Place], world: World
) -> list[tuple[Gains, ...]]:
    """What each step gave to either side: first in all, then in each place.

    The intervals are those of :func:`geo.survey.area` for what was gained since the day before. Nothing is nothing.
    """
    changed, worlds = _Changed(steps), [world.on(day) for day in days]
    units = world.atlas.units
    by_unit = {unit.id: changed.within(unit.geometry) for unit in units.values()}
    found = [tuple(_bounded(changed.km2, by_unit, worlds))]
    for place in places:
        ids = units_of(place.territory, world)
        inside = by_unit[ids[0]] if isinstance(place.territory, nodes.Unit) else changed.within(place.geometry)
        found.append(tuple(_bounded(inside, {unit: by_unit[unit] for unit in ids}, worlds)))
    return found


class _Changed:
    """The patches that changed hands, and the column each belongs to."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.count = 2 * len(steps)
        sides = [side for step in steps for side in (step.russia, step.ukraine)]
        self.patches, self.column = shapely.get_parts(sides, return_index=True)
        self.km2 = self._summed(self.patches, self.column)

    def within(self, area: BaseGeometry) -> Km2:
        """What of the patches lies in an area (lon, lat on WGS84)."""
        shapely.prepare(area)
        near = shapely.intersects(area, self.patches)
        patches, column = self.patches[near], self.column[near]
        crossing = ~shapely.covers(area, patches)
        patches[crossing] = shapely.intersection(patches[crossing], area)  # lines that are left over have no area
        return self._summed(patches, column)

    def _summed(self, patches: NDArray[Any], column: NDArray[Any]) -> Km2:
        return np.bincount(column, areas_m2(patches) / 1e6, minlength=self.count)


def _bounded(km2: Km2, by_unit: dict[str, Km2], worlds: Sequence[World]) -> list[Gains]:
    """The changes of one area with their intervals, step by step; the errors are those of both its days."""

    def side(step: int, column: int) -> Bounded:
        value = float(km2[column])
        if value == 0:
            return Bounded(0.0, 0.0, 0.0)
        reached = [unit for unit, inside in by_unit.items() if min(inside[column], value) > REACHED_KM2]
        both = [bounds(world, value, reached) for world in worlds[max(0, step - 1) : step + 1]]
        return Bounded(value, min(one.low for one in both), max(one.high for one in both))

    return [(side(step, 2 * step), side(step, 2 * step + 1)) for step in range(len(worlds))]
