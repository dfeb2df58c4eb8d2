"""When an expression was at its largest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.atlas.control.settlements import Settlements

if TYPE_CHECKING:
    from geo.algebra.evaluate import World

_ALIKE_KM2 = 1e-6
"""A square metre: areas that differ by less are taken for the same, so that the first day counts."""
_POINTWISE = (
    *(nodes.Controlled, nodes.Contested, nodes.Country, nodes.Unit, nodes.Bank, nodes.Water, nodes.Sea),
    *(nodes.Either, nodes.Both, nodes.Without, nodes.Land),
)
"""What is decided place by place: who holds what far away has no part in it."""


def peak_date(of: Territory, world: World) -> date:
    """The first date up to the world's on which ``of`` covers the largest area.

    Only the days count on which anything changes there. Where it is something held within a fixed area they are
    followed edge by edge; else it is evaluated on each.
    """
    from geo.algebra.course import course, within
    from geo.algebra.evaluate import evaluate

    assert world.control is not None
    reach = evaluate(nodes.widest(of), world).geometry
    days = [day for day in world.control.changes(reach) if day <= world.at] or [world.at]
    if isinstance(world.control, Settlements) and all(isinstance(node, _POINTWISE) for node in of.walk()):
        world = replace(world, control=world.control.near(reach))
    found = within(of, world, days)
    if found and not shapely.is_empty(found.area):
        rows = list(course(of, world, days))
        areas = np.array([row.value[0] for row in rows])
        return rows[int(np.argmax(areas >= areas.max() - _ALIKE_KM2))].key
    return max(days, key=lambda day: (evaluate(of, world.on(day)).area_km2, -day.toordinal()))
