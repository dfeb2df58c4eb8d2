"""When an expression was at its largest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.measure.geodesic import area_km2
from geo.territory.nodes import Territory

if TYPE_CHECKING:
    from geo.territory.evaluate import World


def peak_date(of: Territory, world: World) -> date:
    """The first date up to the world's at which ``of`` covers the largest area."""
    from geo.territory.evaluate import evaluate

    assert world.control is not None
    dates = [day for day in world.control.dates if day <= world.at] or [world.at]
    return max(dates, key=lambda day: (area_km2(evaluate(of, world.on(day)).geometry), -day.toordinal()))
