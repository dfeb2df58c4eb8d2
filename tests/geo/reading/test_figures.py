"""Figures: numbers, units, hedges and the intervals they are read as."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reading import Figure, read
from geo.reading.hedges import interval, width
from geo.reading.numbers import number, roundness

FIGURES_PAGE = Path(__file__).resolve().parents[3] / "docs" / "figures.md"


def figures(text: str) -> list[tuple[float, str]]:
    """Value and unit of each figure, lengths in km."""
    return [(round(figure.to("km").value, 3), figure.to("km").unit) for figure in read(text).figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("withdrawing from a 4,000-meter-wide zone", [(4.0, "km")]),
        ("about 160 miles long and 2.5 miles wide", [(257.495, "km"), (4.023, "km")]),
        ("around 160 km long and 2. 5 yards broad.", [(160.0, "km"), (0.002, "km")]),
        ("roughly 114,500 square km (44,600 square miles), or 19%, of Ukraine",
         [(114500.0, "km2"), (115513.47, "km2"), (19.0, "percent")]),
        ("a zone of 50 sq. km", [(50.0, "km2")]),
        ("116 000 km² were held", [(116000.0, "km2")]),
        ("0,08%", [(0.08, "percent")]),
        ("19.2 per cent", [(19.2, "percent")]),
        ("about 50 % of it", [(50.0, "percent")]),
        ("nearly one-fifth of Ukraine", [(20.0, "percent")]),
        ("a quarter of it", [(25.0, "percent")]),
        ("two-thirds of it", [(66.667, "percent")]),
        ("all but a quarter of it", [(75.0, "percent")]),
        ("one in five of them", [(20.0, "percent")]),
        ("one and one-half miles", [(2.414, "km")]),
        ("twenty-five kilometres", [(25.0, "km")]),
        ("1.5 million hectares", [(15000.0, "km2")]),
        ("60-70 km", [(65.0, "km")]),
        ("between 5 and 10 km", [(7.5, "km")]),
        ("from 25 km to 10 km", [(25.0, "km"), (10.0, "km")]),
        ("17.9 square kilometres a day", [(17.9, "km2/day")]),
        ("304.36875 square kilometres per month", [(10.0, "km2/day")]),
        ("a 72-year-old armistice, 57 members, 5 to 10 years, 85,000 men", []),
        ("in 2022. 5 km wide", [(5.0, "km")]),
    ],
)  # fmt: skip
def test_values_and_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "hedge", "bound", "low", "high"),
    [
        ("roughly 20 percent", "roughly", "", 17.62, 22.38),
        ("at least 20%", "at least", "min", 17.17, 22.83),
        ("less than 20%", "less than", "max", 18.17, 21.83),
        ("about 50%", "about", "", 46.30, 53.70),
        ("20%", "", "", 17.77, 22.23),  # round, so read as "about"
        ("18.57%", "", "", 18.565, 18.575),
        ("19%", "", "", 18.5, 19.5),
        ("exactly 20%", "exactly", "", 19.5, 20.5),
        ("18.3 to 20 percent", "", "", 18.3, 20.0),
    ],
)
def test_hedge_and_roundness_make_the_interval(text: str, hedge: str, bound: str, low: float, high: float) -> None:
    (figure,) = read(text).figures
    assert (figure.hedge, figure.bound) == (hedge, bound)
    assert (figure.low, figure.high) == pytest.approx((low, high), abs=0.005)


def test_published_widths_are_reproduced(shared: Path) -> None:
    with (shared / "claims" / "hedge-widths.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        expected = float(row["median total width"])
        assert width(Decimal(row["number"]), row["hedge"]) == pytest.approx(expected, abs=0.006), row


def test_a_published_width_without_the_table() -> None:
    assert width(Decimal(20), "roughly") == pytest.approx(4.77, abs=0.006)
    assert width(Decimal(4000), "around") == pytest.approx(313.16, abs=0.006)


@pytest.mark.parametrize(
    ("printed", "value", "power"),
    [("114,500", "114500", 2), ("20", "20", 1), ("4,168", "4168", 0), ("2.5", "2.5", -1), ("0,08", "0.08", -2)],
)
def test_numbers_as_printed(printed: str, value: str, power: int) -> None:
    assert number(printed) == Decimal(value)
    assert roundness(number(printed)) == power


@given(st.decimals(min_value="0.01", max_value="999999", places=2), st.sampled_from(["", "about", "over", "nearly"]))
def test_an_interval_holds_its_number(value: Decimal, hedge: str) -> None:
    meant = interval(value, hedge)
    assert meant.low < float(value) < meant.high


@settings(deadline=None)  # the first text also builds the grammar
@given(st.integers(1, 10**7))
def test_thousands_marks_change_nothing(value: int) -> None:
    (plain,) = read(f"{value} km2 of it").figures
    (marked,) = read(f"{value:,} km2 of it").figures
    assert (plain.value, plain.low, plain.high) == (marked.value, marked.low, marked.high)


def test_lengths_convert_and_nothing_else_does() -> None:
    (length,) = read("4,000 metres wide").figures
    assert length.to("km").value == 4.0
    assert length.to("km").printed == 4000.0
    (share,) = read("20 percent").figures
    assert share.to("km") == share
    assert isinstance(share, Figure)


def test_offsets_give_back_the_text() -> None:
    text = "Росія: around 160 km long — and 2. 5 yards broad, «about 19.2 per cent»"
    for figure in read(text).figures:
        assert text[figure.start : figure.end] == figure.text


DOCUMENTED = re.findall(
    r"^\| ([^|]+?) \| ([\d.,]+) to ([\d.,]+) (?:%|km²) \| \d", FIGURES_PAGE.read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.mark.parametrize(("printed", "low", "high"), DOCUMENTED)
def test_the_page_for_journalists_says_what_the_program_does(printed: str, low: str, high: str) -> None:
    (figure,) = read(f"{printed} of Ukraine").figures
    for told, read_as in ((low, figure.low), (high, figure.high)):
        places = len(told.partition(".")[2])
        assert float(told.replace(",", "")) == pytest.approx(read_as, abs=0.51 * 10**-places)


def test_the_page_has_a_table() -> None:
    assert len(DOCUMENTED) > 5
