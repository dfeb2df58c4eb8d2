"""Who tells it, rows and lists, times told from another, what must not be tied: each with a sentence of its kind."""

from __future__ import annotations

import pytest

from geo.reading import Claim, read

RU, UA, UKRAINE = 'controlled("russia")', 'controlled("ukraine")', 'country("ukraine")'


def claims(text: str, at: str = "2025-12-20") -> list[Claim]:
    return [claim for claim in read(text, dated=at).claims if claim.kind in ("share", "area", "change", "length")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "DeepState says that the enemy took 445 km2 in June.",
            f'gained("russia", since="2025-05-31") & {UKRAINE}',
        ),
        ("The enemy retains 16 percent of Donetsk oblast, Gerasimov reported.", f'{UA} & oblast("Donetsk")'),
        ("Zelensky said that the enemy holds 76 percent of Donetsk oblast.", f'{RU} & oblast("Donetsk")'),
        ("Our troops now hold 76 percent of Donetsk oblast, Belousov said.", f'{RU} & oblast("Donetsk")'),
        ("The enemy holds 76 percent of Donetsk oblast.", None),
        (
            "In the past week 83 square kilometres were liberated, the Russian Defence Ministry said.",
            f'gained("russia", since="2025-12-13") & {UKRAINE}',
        ),
        ("Half a year of fighting freed 500 sq km this year, the Russian Defence Ministry said in March.", None),
    ],
)
def test_the_teller_says_whose_enemy_and_whose_troops(text: str, part: str | None) -> None:
    assert [claim.part for claim in claims(text)] == [part]


@pytest.mark.parametrize("head", ["Share of each region held by Russia:", "Under Russian control:", "Occupied:"])
@pytest.mark.parametrize(
    "rows", ["\n\u2022 Luhansk: 99%\n\u2022 Kharkiv: 4%", "\nLuhansk \u2013 99%\nKharkiv \u2013 4%"]
)
def test_rows_are_of_what_their_head_says(head: str, rows: str) -> None:
    assert [claim.part for claim in claims(head + rows)] == [f'{RU} & oblast("Luhansk")', f'{RU} & oblast("Kharkiv")']


def test_a_row_of_what_is_held_is_not_the_region_itself() -> None:
    assert all(
        claim.part is None for claim in claims("Russia is advancing. It holds villages. Sumy region: 200 sq km.")
    )


def test_rows_of_months_are_what_was_taken_in_each() -> None:
    first, second = claims("Occupied in 2025, by month: June \u2013 556 km\u00b2, July \u2013 564 km\u00b2.")
    assert (first.part, first.as_of) == (f'gained("russia", since="2025-05-31") & {UKRAINE}', "2025-06-30")
    assert (second.part, second.as_of) == (f'gained("russia", since="2025-06-30") & {UKRAINE}', "2025-07-31")


def test_a_month_later_the_same_is_done() -> None:
    _, later = claims("In October Russia took 267 sq km of Ukraine. November brought 505 sq km.")
    assert (later.part, later.as_of) == (f'gained("russia", since="2025-10-31") & {UKRAINE}', "2025-11-30")


def test_the_figure_was_another_on_another_day() -> None:
    _, then = claims("Russia controls 19% of Ukraine; before the full-scale invasion, the figure was 7%.")
    assert (then.part, then.as_of) == (f"{RU} & {UKRAINE}", "2022-02-23")


def test_each_of_several_is_a_claim_of_each() -> None:
    found = claims("Russia holds 75 percent of each of the Zaporizhzhia and Kherson regions.")
    assert [claim.whole for claim in found] == ['oblast("Zaporizhzhia")', 'oblast("Kherson")']


@pytest.mark.parametrize(
    "text",
    [
        "Of the 1,376 sq km seized in Kursk, Ukraine has since lost more than 40 percent.",
        "Since the Alaska summit in August Russia has captured 1,500 sq km.",
        "Ukraine has clawed back 4,000 square miles since its 2022 counteroffensives began.",
        "In the past week Russia was slow over the week before, when it took 22 square miles.",
    ],
)
def test_what_is_not_clear_is_not_tied(text: str) -> None:
    assert claims(text)[-1].part is None


def test_a_difference_and_a_share_of_a_figure_are_of_no_ground() -> None:
    (taken,) = claims("Occupiers captured 564 sq km in July, 8 sq km more than in June.")
    (held,) = claims("Kyiv holds 1,150 sq km of Kursk region, but fully controls two-thirds of that.")
    assert taken.figure is not None
    assert held.figure is not None
    assert (taken.figure.value, held.figure.value) == (564, 1150)


@pytest.mark.parametrize(
    "text",
    ["In Kyiv, officials said little.", "Officials in Kyiv said little.", "In Moscow, the Kremlin denied it all."],
)
def test_a_government_that_speaks_is_no_place(text: str) -> None:
    assert not read(text).mentions


def test_a_missile_in_the_capital_is_at_a_place() -> None:
    (mention,) = read("In Kyiv, a missile hit a house.").mentions
    assert mention.territory == 'unit("Kyiv City")'


def test_a_republic_by_its_name_is_the_oblast_since_the_annexation() -> None:
    text = "Russia controls 79 percent of the Donetsk People's Republic."
    (now,), (before,) = claims(text), claims(text, "2021-12-20")
    assert (now.whole, before.whole) == (
        'oblast("Donetsk")',
        'on(controlled("russia"), "2022-02-23") & oblast("Donetsk")',
    )


@pytest.mark.parametrize(
    "text",
    [
        "The line of contact extends from Kupiansk to Kamianske for 1,100 km.",
        "The fighting goes on along a front of more than 1,000 km, from Sumy to Kherson.",
        "The front now snakes more than 1,000 kilometres through eastern and southern Ukraine.",
    ],
)
def test_the_length_of_all_of_the_front(text: str) -> None:
    (claim,) = claims(text)
    assert (claim.kind, claim.part) == ("length", 'line("contact")')
