"""What Russia holds of a place on a day is what area and share print of it, with the same interval."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from geo import survey as measures
from geo.algebra import nodes, parse
from geo.algebra.evaluate import World
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import DateError
from geo.held import held
from geo.survey import Survey

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "control"
PLACES = [
    *('country("ukraine")', 'oblast("Kherson")', 'oblast("Kharkiv")', 'unit("Sevastopol")', 'oblast("Lviv")'),
    'oblast("Donetsk") | oblast("Luhansk") | oblast("Zaporizhzhia") | oblast("Kherson")',
    'bank("dnipro", "left") & oblast("Kherson")',
]


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("settlements", "2014-09-05"),  # much is unknown
        ("settlements", "2022-02-23"),  # four units are reached, and their errors add up
        ("settlements", "2022-03-25"),
        ("settlements", "2023-06-05"),  # the day before the Kakhovka reservoir ended
        ("settlements", "2025-01-20"),
        ("deepstate-daily", "2025-01-20"),
        ("deepstate-raw", "2024-06-15"),  # its state is older
    ],
)
def test_figures_are_those_that_area_and_share_print(source: str, day: str) -> None:
    if source != "settlements" and not (SHARED / source).exists():
        pytest.skip(f"needs the folder of control maps to test on, with {source} in it")
    atlas, at = embedded(), date.fromisoformat(day)
    control = control_source(source if source == "settlements" else str(SHARED / source), atlas)
    survey, places = Survey(atlas, at, (control,)), [parse(text) for text in PLACES]
    around = [at - timedelta(3), at, at + timedelta(3)]
    russia = nodes.Controlled("russia")
    for place, (_, found, _) in zip(places, held(places, World(atlas, at, control), around), strict=True):
        area, share = measures.area(russia & place, survey), measures.share(russia & place, place, survey)
        assert found.km2 == pytest.approx((area.value, area.low, area.high), abs=0.05), str(place)
        assert found.percent == pytest.approx((share.value, share.low, share.high), abs=0.005), str(place)


def test_a_day_outside_the_source_is_an_error_and_not_another_day() -> None:
    control = control_source("settlements", embedded())
    for day in (control.first - timedelta(1), control.last + timedelta(1)):
        with pytest.raises(DateError, match=str(day)):
            held([parse('oblast("Kherson")')], World(embedded(), date(2025, 1, 20), control), [day])
