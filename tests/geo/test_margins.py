"""Which units a territory reaches into: those that its written form rules out have none of it on the map."""

from __future__ import annotations

from datetime import date

import pytest
import shapely

from geo import margins
from geo.algebra import parse
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control.settlements import Settlements
from geo.measure.geodesic import areas_m2

TABLE = Settlements()
UNITS = list(embedded().units.values())


@pytest.mark.parametrize("day", ["2014-09-05", "2022-04-10", "2025-01-20"])
@pytest.mark.parametrize(
    "text",
    [
        'controlled("russia") & country("ukraine")',
        '(controlled("russia") & country("ukraine")) - (unit("Crimea") | unit("Sevastopol"))',
        'controlled("russia") & oblast("Luhansk")',
        'land(controlled("ukraine") & (oblast("Kherson") | oblast("Kursk")))',
        'country("russia") & controlled("ukraine")',
        'country("ukraine") - controlled("ukraine")',
        'on(controlled("russia"), "2022-02-23") & bank("dnipro", "left")',
        'peak(controlled("russia") & oblast("Kyiv"))',
    ],
)
def test_a_unit_that_is_ruled_out_has_no_ground_of_a_territory(text: str, day: str) -> None:
    territory = parse(text)
    found = evaluate(territory, World(embedded(), date.fromisoformat(day), TABLE)).geometry
    ruled_out = [unit for unit in UNITS if not margins._may_reach(territory, unit)]
    inside = areas_m2(shapely.intersection(found, [unit.geometry for unit in ruled_out])) / 1e6
    assert (inside < 1.0).all(), [unit.id for unit, km2 in zip(ruled_out, inside, strict=True) if km2 >= 1.0]


def test_what_names_one_unit_may_reach_that_one_alone() -> None:
    may = [unit.id for unit in UNITS if margins._may_reach(parse('controlled("russia") & oblast("Luhansk")'), unit)]
    assert may == ["Luhansk"]
    without = parse('country("ukraine") - (unit("Crimea") | unit("Sevastopol"))')
    names = {unit.id for unit in UNITS if margins._may_reach(without, unit)}
    assert {"Donetsk", "Kherson"} < names
    assert not names & {"Crimea", "Sevastopol", "Belgorod"}
