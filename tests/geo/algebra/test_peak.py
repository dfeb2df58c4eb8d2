"""The largest extent is found on the cells that matter, and it is the one the whole map gives."""

from __future__ import annotations

from datetime import date

import pytest

from geo.algebra import parse
from geo.algebra.course import Within, course, within
from geo.algebra.evaluate import World, evaluate
from geo.algebra.peak import peak_date
from geo.atlas import embedded
from geo.atlas.control.settlements import Settlements

TABLE = Settlements()
INCURSION = '(controlled("ukraine") | contested()) - country("ukraine")'


@pytest.mark.parametrize("day", ["2024-08-20", "2024-10-01", "2025-01-20"])
def test_the_cells_near_an_area_say_there_what_all_cells_say(day: str) -> None:
    world = World(embedded(), date.fromisoformat(day), TABLE)
    near = World(embedded(), world.at, TABLE.near(embedded().unit("Kursk").geometry))
    inside = parse(f'({INCURSION}) & unit("Kursk")')
    assert evaluate(inside, world).area_km2 == pytest.approx(evaluate(inside, near).area_km2, abs=1e-6)


def test_of_several_kinds_of_holding_no_day_up_to_the_date_has_more_than_the_peak() -> None:
    world, incursion = World(embedded(), date(2025, 1, 20), TABLE), parse(INCURSION)
    largest = evaluate(incursion, world.on(peak_date(incursion, world))).area_km2
    for day in ("2024-08-07", "2024-08-20", "2024-09-10", "2024-12-01", "2025-01-20"):
        assert evaluate(incursion, world.on(date.fromisoformat(day))).area_km2 <= largest + 1e-6


@pytest.mark.parametrize("text", [INCURSION, '(contested() | controlled("russia")) & unit("Kharkiv")'])
def test_what_is_held_or_contested_is_followed_as_it_is_evaluated(text: str) -> None:
    territory, world = parse(text), World(embedded(), date(2025, 1, 20), TABLE)
    days = [day for day in TABLE.dates if date(2024, 8, 1) <= day <= date(2024, 9, 15)]
    assert isinstance(within(territory, world, days), Within)
    for row in course(territory, world, days):
        assert row.value[0] == pytest.approx(evaluate(territory, world.on(row.key)).area_km2, abs=1e-3)
