"""What a text supposes, proposes, lists or compares: read as a statement of today only where it is one."""

from __future__ import annotations

import pytest

from geo.reading import read
from geo.reading.types import Claim

DAY = "2025-12-28"


def claims(text: str) -> list[Claim]:
    return list(read(text, dated=DAY).claims)


@pytest.mark.parametrize(
    "text",
    [
        "Even with the zone Ukraine would keep 80% of its land.",
        "Ukraine could retain 80% of its territory.",
        "Ukraine wants to keep 80% of its land.",
        "Were Russia to hold 30% of Ukraine, it would be a disaster.",
        "Had Russia held 30 percent of Ukraine, it would have won.",
        "Russia was to hold 25 percent of Ukraine.",
        "The deal would leave Russia holding 25 percent of Ukraine.",
        "A freeze would mean that Russia controls 19 percent of Ukraine.",
        "Under the plan Russia keeps 25 percent of Ukraine.",
        "Suppose Russia holds 30 percent of Ukraine.",
        "In that scenario Russia controls 30 percent of Ukraine.",
    ],
)
def test_a_supposition_is_not_measured(text: str) -> None:
    (claim,) = claims(text)
    assert (claim.part, claim.kind) == (None, "share")
    assert "not of what is" in claim.note


@pytest.mark.parametrize(
    "text", ["Russia would have full control of Donetsk oblast.", "Russia wants full control of Donetsk oblast."]
)
def test_a_wish_is_no_statement(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    "text", ["Russia may still hold 20% of Ukraine.", "Russia would continue to hold 20% of Ukraine."]
)
def test_what_goes_on_is_measured(text: str) -> None:
    assert claims(text)[0].part == 'controlled("russia") & country("ukraine")'


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "The Korean demilitarized zone is 4 km wide, and it has done what no treaty could.",
            'band(line("mdl"), "2 km")',
        ),
        ("The Korean DMZ, which is 4 km wide, could be a model.", 'band(line("mdl"), "2 km")'),
        ("Ukraine needs a zone like the Korean DMZ, but it would be 30 km wide.", None),
        ("In Korea both armies would pull back, leaving a zone four kilometres wide.", None),
        ("A Korean-style demilitarized zone could be four kilometres wide.", None),
    ],
)
def test_a_zone_that_lies_there_is_measured(text: str, part: str | None) -> None:
    assert claims(text)[0].part == part


def test_every_member_of_a_list_of_shares_is_read() -> None:
    text = (
        "Russia holds a fifth of Ukraine: four-fifths of Donetsk, all of Luhansk, and three-quarters of Zaporizhzhia."
    )
    assert [claim.part for claim in claims(text)] == [
        'controlled("russia") & country("ukraine")',
        'controlled("russia") & oblast("Donetsk")',
        'oblast("Luhansk")',
        'controlled("russia") & oblast("Zaporizhzhia")',
    ]


@pytest.mark.parametrize(
    "text",
    ["Russia holds 80% of Donetsk and, Kyiv says, all of Luhansk.", "Russia controls all of Luhansk's coal mines."],
)
def test_all_of_something_else_is_not_read(text: str) -> None:
    assert not [claim for claim in claims(text) if claim.kind == "universal"]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("In 2025 Russia gained 4,300 sq km, compared with 3,600 sq km the previous year.", "2023-12-31", "2024-12-31"),
        ("In 2025 Russia gained 4,300 sq km, up from 3,600 sq km a year earlier.", "2023-12-31", "2024-12-31"),
        ("In 2025 Russia gained 4,300 sq km, compared with 3,600 sq km in 2024.", "2023-12-31", "2024-12-31"),
        ("Russia took 505 sq km in November, compared with 461 sq km the previous month.", "2025-09-30", "2025-10-31"),
    ],
)
def test_the_time_before(text: str, since: str, until: str) -> None:
    _, before = claims(text)
    assert (before.part, before.as_of) == (f'gained("russia", since="{since}") & country("ukraine")', until)


def test_a_month_has_no_year_before() -> None:
    found = claims("Russia took 505 sq km in November, compared with 461 sq km the previous year.")
    assert [claim.figure.value for claim in found if claim.figure] == [505]


def test_an_area_between_commas_is_the_units_own() -> None:
    (claim,) = claims("It has held Crimea, an area of 27,000 square kilometres, since 2014.")
    assert claim.part == 'unit("Crimea") | unit("Sevastopol")'


@pytest.mark.parametrize(
    "text",
    [
        "A zone 10 km wide, like the one in Korea, 250 km long, would be 2,500 sq km.",
        "A zone 30 km wide along a 1,000 km line would take in Donetsk oblast, 26,500 sq km.",
        "A zone 30 km wide would be laid along a 1,000 km line. Russia holds 116,000 sq km of Ukraine.",
    ],
)
def test_sums_are_made_of_one_zone_only(text: str) -> None:
    assert not [claim for claim in claims(text) if claim.kind == "parts"]
