"""Days that only bits of a time are meant of, days in datelines, and lengths that belong to a name nearer by."""

from __future__ import annotations

import pytest

from geo.reading import read
from geo.reading.dateline import dateline

DAY = "2025-11-10"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Washington, 2025-11-22. Under the draft, both sides withdraw.", "2025-11-22"),
        ("Kyiv, 22 November 2025. Under the draft", "2025-11-22"),
        ("ODESA, 3 May 2024: The port", "2024-05-03"),
        ("KYIV, Aug. 15, 2025 (Agency) - text", "2025-08-15"),
        ("Kyiv, November 2025. Under the draft", None),
        ("In Bakhmut, a city that fell on May 20, 2023. Then", None),
    ],
)
def test_a_place_and_a_day_open_an_article(line: str, day: str | None) -> None:
    assert dateline(line) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "In the first month after February 2022 Russia had seized over a quarter of Ukraine.",
        "In the last month of 2024 Russia took 400 sq km of Ukraine.",
        "In the opening weeks of 2022 Russia took 40,000 sq km of Ukraine.",
    ],
)
def test_a_bit_of_a_time_is_not_all_of_it(sentence: str) -> None:
    (claim,) = read(sentence, dated=DAY).claims
    assert claim.part is None
    assert "which days" in claim.note


def test_all_of_a_month_is_a_period() -> None:
    (claim,) = read("In the month of May 2025 Russia took 400 sq km of Ukraine.", dated=DAY).claims
    assert claim.part == 'gained("russia", since="2025-04-30") & country("ukraine")'
    assert claim.as_of == "2025-05-31"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Korean DMZ is 250 km long; Saxony's Elbe Wall is 180 km long.",
        "Analysts point to the Korean DMZ, 250 km long, and Nicosia's Paphos Gate Line, 180 km long.",
    ],
)
def test_a_length_goes_with_the_name_nearest_to_it(sentence: str) -> None:
    (claim,) = (claim for claim in read(sentence, dated=DAY).claims if claim.part)
    assert claim.text == "250 km long"


@pytest.mark.parametrize("teller", ["Reuters reports", "General Syrskyi said", "according to Yonhap"])
def test_who_tells_a_length_does_not_have_it(teller: str) -> None:
    (claim,) = read(f"The contact line, {teller}, is 1,200 km long.", dated=DAY).claims
    assert claim.part == 'line("contact")'


def test_a_zone_without_geometry_is_named() -> None:
    (claim,) = read("The UN buffer zone in Cyprus is 180 km long.", dated=DAY).claims
    assert (claim.part, claim.named) == (None, "Cyprus buffer zone")


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia and Ukraine fight on. The frontline is around 1,000 km (620 miles).",
        "The front line in Ukraine, about 1,200 km, has barely moved.",
    ],
)
def test_a_line_and_a_length_alone(sentence: str) -> None:
    (claim,) = (claim for claim in read(sentence, dated=DAY).claims if claim.kind == "length")
    assert claim.part == 'line("contact")'


@pytest.mark.parametrize(
    "sentence", ["Ukraine's front line is 1,000 km east of Kyiv.", "The contact line, 250 km from Moscow, held."]
)
def test_how_far_a_line_lies_is_not_its_length(sentence: str) -> None:
    assert not [claim for claim in read(sentence, dated=DAY).claims if claim.kind == "length"]


@pytest.mark.parametrize(
    "opening",
    [
        "Before the full-scale invasion, Russia and its proxies",
        "On the eve of the invasion Russia",
        "Before February 24, 2022, Moscow and its proxies",
    ],
)
def test_two_who_act_together_have_one_date(opening: str) -> None:
    (claim,) = read(f"{opening} controlled 7% of Ukraine.", dated=DAY).claims
    assert claim.as_of == "2022-02-23"


@pytest.mark.parametrize(
    "opening", ["In 2014 Russia annexed Crimea and", "In 2022 Russia and Belarus signed a pact and Moscow"]
)
def test_a_second_clause_has_no_date_of_the_first(opening: str) -> None:
    (claim,) = read(f"{opening} controls 20% of Ukraine.", dated=DAY).claims
    assert claim.as_of is None


@pytest.mark.parametrize(
    "sentence",
    [
        "A month into the war, Russia controlled 25 percent of Ukraine.",
        "Following the Kharkiv counteroffensive, Russia held 17 percent of Ukraine.",
        "In the days before the summit Russia held 19 percent of Ukraine.",
        "At the time of the Istanbul talks, Russia held 25 percent of Ukraine.",
        "Until the summer, Ukraine held 30 percent of Donetsk oblast.",
        "Ukraine used to control 40 percent of Donetsk oblast.",
    ],
)
def test_a_past_of_no_known_day_is_not_held_against_today(sentence: str) -> None:
    (claim,) = read(sentence, dated=DAY).claims
    assert claim.part is None


@pytest.mark.parametrize(
    "sentence",
    [
        "After three years of war, Russia holds 18 percent of Ukraine.",
        "During a briefing, Syrskyi said that Russia controlled 18 percent of Ukraine.",
        "Russia controlled 18 percent of Ukraine on Tuesday, DeepState said.",
        "Three years after the invasion a fifth of Ukraine is occupied.",
    ],
)
def test_what_is_or_is_told_now_is_of_the_articles_day(sentence: str) -> None:
    (claim,) = read(sentence, dated=DAY).claims
    assert (claim.part, claim.as_of) == ('controlled("russia") & country("ukraine")', None)
