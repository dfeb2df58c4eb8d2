"""Shares of another figure, clauses about a named part, and grounds and days that are not said."""

from __future__ import annotations

import pytest

from geo.reading import read
from geo.reading.dateline import dateline
from geo.reading.types import Claim

RU, UA = 'controlled("russia")', 'controlled("ukraine")'
UKRAINE = 'country("ukraine")'


def claims(text: str) -> list[Claim]:
    return [claim for claim in read(text, dated="2025-11-20").claims if claim.kind != "parts"]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Ukraine still holds 40 percent of Kherson oblast, nearly all of it on the right bank.",
            f'{UA} & oblast("Kherson")',
            'bank("dnipro", "right")',
        ),
        (
            "Ukraine retains 40 percent of Kherson oblast - two-thirds of it on the right bank of the Dnipro.",
            f'{UA} & oblast("Kherson")',
            'bank("dnipro", "right")',
        ),
        (
            "Russia has taken 1,000 km2 of Ukraine, almost all of it in Donetsk oblast, since May 1.",
            f'gained("russia", since="2025-04-30") & {UKRAINE}',
            'oblast("Donetsk")',
        ),
        (
            "Russia seized 445 square kilometres in October, two thirds of them in Donetsk oblast.",
            f'gained("russia", since="2025-09-30") & {UKRAINE}',
            'oblast("Donetsk")',
        ),
        (
            "Russia holds 19 percent of Ukraine, half of it taken since 2022.",
            f"{RU} & {UKRAINE}",
            'gained("russia", since="2021-12-31")',
        ),
        (
            "Russia controls about 116,000 sq km of Ukraine, more than half of that seized since February 2022.",
            f"{RU} & {UKRAINE}",
            'gained("russia", since="2022-01-31")',
        ),
    ],
)
def test_a_share_of_it_is_a_share_of_the_figure_before(text: str, first: str, second: str) -> None:
    one, share = claims(text)
    assert one.part == share.whole == first
    assert share.kind == "share"
    assert share.part is not None
    assert second in share.part
    assert first in share.part


@pytest.mark.parametrize(
    "text",
    [
        "Russia holds 19 percent of Ukraine, two thirds of it in the east.",
        "Russia occupies a fifth of Ukraine, a third of that seized in 2025.",
        "Ukraine holds 6,600 sq km of Donetsk oblast, nearly all of which lies west of Kramatorsk.",
    ],
)
def test_a_share_of_it_that_cannot_be_put_is_not_judged(text: str) -> None:
    one, share = claims(text)
    assert one.part is not None
    assert share.part is None
    assert share.note.startswith("a share of the figure before it")


@pytest.mark.parametrize(
    "text",
    [
        "In Luhansk oblast, 99 percent of which Russia holds, fighting goes on.",
        "Russia holds 20 percent of Ukraine, including Luhansk oblast, 99 percent of which it controls.",
    ],
)
def test_of_which_of_a_place_is_a_share_of_the_place(text: str) -> None:
    assert claims(text)[-1].whole == 'oblast("Luhansk")'


@pytest.mark.parametrize(
    "text",
    [
        "Russia now occupies about a fifth of Ukraine, including Crimea, which it seized in 2014.",
        "Russia occupies about a fifth of Ukraine, above all Crimea, which it annexed in 2014, and the Donbas.",
        "Russia holds 19 percent of Ukraine, most of it taken since 2022.",
        "Russia holds 19 percent of Ukraine, of which a third was taken before 2022.",
        "Russia, which seized Crimea in 2014, now controls 19 percent of Ukraine.",
        "Russia has occupied 20 percent of Ukraine since 2014.",
    ],
)
def test_what_is_said_of_a_part_is_not_said_of_the_whole(text: str) -> None:
    claim, *of_it = claims(text)
    assert (claim.part, claim.predicate, claim.as_of) == (f"{RU} & {UKRAINE}", "holds", None)
    assert not any(each.part for each in of_it)


def test_that_is_so_many_square_kilometres() -> None:
    share, area = claims(
        "Russia holds a fifth of Ukraine, including Crimea, which it took in 2014. That is roughly 115,000 sq km."
    )
    assert (area.kind, area.part) == ("area", share.part)
    two = "Russia holds 19 percent of Ukraine and 78 percent of Donetsk oblast. That is about 115,000 sq km."
    assert [c.kind for c in claims(two)] == ["share", "share"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ukraine seized more than 1,000 square kilometres in August 2024.", None),
        ("Ukrainian forces captured 1,300 sq km in August 2024.", None),
        ("Russia lost 1,300 km2 in August 2024.", None),
        ("Ukraine recaptured 450 sq km in October 2025.", UKRAINE),
        ("Russia gained 450 sq km in October 2025.", UKRAINE),
        ("Ukraine seized 1,000 sq km in August 2024, all of it in Kursk oblast.", 'oblast("Kursk")'),
        ("Ukraine took 500 sq km of Russia in August 2024.", 'country("russia")'),
    ],
)
def test_what_ukraine_takes_may_be_of_either_ground(text: str, part: str | None) -> None:
    (claim,) = claims(text)
    assert part in (claim.part or "") if part else claim.part is None and "is not said" in claim.note


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Russia took 500 sq km of Donetsk oblast this spring.", "which days"),
        ("Ukraine took back half of what Russia took after February 24, 2022.", "of what one side took"),
        ("Ukraine liberated more than 12,000 km2 in the Kharkiv counteroffensive.", "on which days"),
        ("Russia does not control 29 percent of Donetsk oblast.", "how much is not held"),
        ("They propose a Korean-style DMZ, 20 km wide.", "a zone that is proposed"),
        ("A demilitarised zone 20 km wide, as in Korea, would divide the two armies.", "a zone that is proposed"),
        (
            "A Korean-style zone is the plan. Both would pull back 15 kilometres, leaving a buffer 30 km wide.",
            "a zone that is proposed",
        ),
    ],
)
def test_not_judged_and_why(text: str, why: str) -> None:
    (claim,) = claims(text)
    assert claim.part is None
    assert why in claim.note


def test_the_korean_original_is_the_zone_in_korea() -> None:
    width, length = claims("A Korean-style DMZ is the plan. The Korean original is four km wide and 250 km long.")
    assert (width.kind, width.part) == ("width", 'band(line("mdl"), "2 km")')
    assert (length.kind, length.part) == ("length", 'line("mdl")')


@pytest.mark.parametrize("verb", ["handing", "turning", "turned", "gave", "signing"])
def test_over_belongs_to_the_verb(verb: str) -> None:
    (figure,) = read(f"It means {verb} over 6,600 sq km of Donetsk oblast.").figures
    assert (figure.text, figure.bound) == ("6,600 sq km", "")


@pytest.mark.parametrize("text", ["Russia holds -5 percent of Ukraine.", "Russia controls minus 5 percent of Ukraine."])
def test_less_than_nothing_is_no_share(text: str) -> None:
    assert not read(text).claims


def test_no_share_is_more_than_all() -> None:
    (claim,) = claims("Russia controls 100 percent of Luhansk oblast.")
    assert claim.figure is not None
    assert claim.figure.high == 100


@pytest.mark.parametrize(
    ("line", "day"), [("12.06.2025", "2025-06-12"), ("6/7/2025", None), ("31.12.2024", "2024-12-31")]
)
def test_dots_write_the_day_first(line: str, day: str | None) -> None:
    assert dateline(f"A title\n{line}\nText.") == day


def test_the_area_of_a_bank() -> None:
    (claim,) = claims("The left bank of Kherson oblast covers some 9,000 square kilometres.")
    assert claim.part == 'bank("dnipro", "left") & oblast("Kherson")'


def test_a_record_is_no_period_and_a_rate_has_that_of_its_figure() -> None:
    text = "Moscow's forces took 4,300 sq km in 2025, or about 12 sq km a day, the most since 2022."
    change, rate = read(text, dated="2026-03-03").claims
    assert (change.kind, rate.kind) == ("change", "rate")
    assert change.part == rate.part == 'gained("russia", since="2024-12-31") & country("ukraine")'
    assert change.as_of == rate.as_of == "2025-12-31"


def test_a_rate_with_days_of_its_own_keeps_them() -> None:
    claims = read("Russia took 100 sq km in May, 5 sq km a day in June.", dated="2026-03-03").claims
    assert [claim.as_of for claim in claims] == ["2025-05-31", "2025-06-30"]


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("A demilitarised zone 15 km deep on each side of the line of contact was discussed.", "15 km"),
        ("A 15-kilometre-deep zone on both sides of the line of contact was discussed.", "15 km"),
        ("A demilitarised zone 15 km deep along the line of contact was discussed.", "7.5 km"),
    ],
)
def test_a_depth_on_each_side_is_no_whole_width(text: str, reach: str) -> None:
    drawn = [mention.territory for mention in read(text, dated="2026-03-03").mentions]
    assert f'band(line("contact"), "{reach}")' in drawn
