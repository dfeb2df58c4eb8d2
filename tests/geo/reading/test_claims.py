"""Claims: what each figure is a figure of."""

from __future__ import annotations

import pytest

from geo.algebra.parse import parse
from geo.reading import Claim, read

HELD = 'controlled("russia") & country("ukraine")'
UKRAINE = 'country("ukraine")'
SALIENT = 'peak(controlled("ukraine") & oblast("Kursk"))'
DMZ = 'band(line("mdl"), "2 km")'


def claims(text: str, kind: str) -> list[Claim]:
    """The claims of one kind, each with expressions that parse."""
    found = [claim for claim in read(text, dated="2025-08-20").claims if claim.kind == kind]
    for claim in found:
        for expression in (claim.part, claim.whole):
            if expression:
                parse(expression)
    return found


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Russia would keep its forces in the roughly 20 percent of Ukraine it now occupies.", HELD, UKRAINE),
        ("Russia would continue to control at least 20% of the territory claimed by Ukraine.", HELD, UKRAINE),
        ('Russia will be allowed to retain "20% of Ukraine\'s territory".', HELD, UKRAINE),
        ("Russia holds 20 % of Ukraine", HELD, UKRAINE),
        ("About 19.2 per cent of Ukrainian territory is under Russian control.", HELD, UKRAINE),
        ("Of Ukraine's territory, some 18 percent is occupied by Russia.", HELD, UKRAINE),
        ("Russia controls 99% of Luhansk oblast.", 'controlled("russia") & oblast("Luhansk")', 'oblast("Luhansk")'),
        ("Kherson, where Russia controlled 93% of its land", 'controlled("russia") & oblast("Kherson")',
         'oblast("Kherson")'),
        ("Russia seized land. Kharkiv - 4.7%", 'controlled("russia") & oblast("Kharkiv")', 'oblast("Kharkiv")'),
        ("Russia now holds all but a quarter of the Donetsk region.", 'controlled("russia") & oblast("Donetsk")',
         'oblast("Donetsk")'),
        ("Ukraine still holds a fifth of Donetsk oblast.", 'controlled("ukraine") & oblast("Donetsk")',
         'oblast("Donetsk")'),
        ("Russia has liberated about 50% of the Kursk incursion.",
         f'{SALIENT} - (controlled("ukraine") & oblast("Kursk"))', SALIENT),
        ("Russia said 86% of the territory lost in Kursk Region had been liberated.",
         f'{SALIENT} - (controlled("ukraine") & oblast("Kursk"))', SALIENT),
    ],
)  # fmt: skip
def test_shares(text: str, part: str, whole: str) -> None:
    (claim,) = claims(text, "share")
    assert (claim.part, claim.whole) == (part, whole)
    assert claim.figure is not None
    assert claim.figure.unit == "percent"


@pytest.mark.parametrize(
    "text",
    [
        "Around 20% of troops in Ukraine were wounded.",
        "Kiev refused, and Moscow sent 20 percent more troops.",
        "Ukraine's economy shrank by 30 percent.",
        "The Korean armistice is now 72 years old. OSCE then had 57 members including Russia and Ukraine.",
        "NATO is not prepared to discuss the issue of Ukraine joining within 5 to 10 years.",
        "Freezing three feet does not happen in a day. Ukraine forces are reduced to 85,000 men.",
    ],
)
def test_what_is_no_claim_about_territory(text: str) -> None:
    assert read(text).claims == ()


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("Russia holds 116,000 sq km of Ukraine.", HELD, 116000.0),
        (
            "Ukraine still holds 5,000 square kilometres of Donetsk.",
            'controlled("ukraine") & oblast("Donetsk")',
            5000.0,
        ),
        ("The Korean DMZ covers 907 km².", DMZ, 907.0),
        ("Ukraine has a total area of 603,548 square kilometres.", UKRAINE, 603548.0),
    ],
)
def test_areas(text: str, part: str, value: float) -> None:
    (claim,) = claims(text, "area")
    assert claim.figure is not None
    assert (claim.part, claim.figure.value) == (part, value)


def test_the_same_width_told_twice() -> None:
    text = (
        "In Korea the armies left a 4,000-meter-wide zone, the Demilitarized Zone. "
        "The DMZ in Korea is about 160 miles long and 2.5 miles wide."
    )
    first, second = claims(text, "width")
    assert first.part == second.part == DMZ
    assert [figure.text for figure in first.others] == ["2.5 miles wide"]
    assert [figure.text for figure in second.others] == ["4,000-meter-wide"]
    (length,) = claims(text, "length")
    assert length.part == 'line("mdl")'


def test_a_proposed_zone_has_nothing_to_measure() -> None:
    (claim,) = claims("Ukraine rejects a 30-kilometre demilitarized zone.", "width")
    assert (claim.predicate, claim.part) == ("proposed", None)
    assert claim.note


@pytest.mark.parametrize(
    ("text", "stated", "other"),
    [
        ("It covers 907 km² (305 sq mi).", "907 km²", "305 sq mi"),
        (
            "Russia holds 114,500 square km [44,600 square miles] of Ukraine.",
            "114,500 square km",
            "44,600 square miles",
        ),
        ("The Korean DMZ is 250 kilometres (160 miles) long.", "250 kilometres", "160 miles"),
    ],
)
def test_conversions(text: str, stated: str, other: str) -> None:
    (claim,) = claims(text, "conversion")
    assert claim.figure is not None
    assert claim.figure.text == stated
    assert [figure.text for figure in claim.others] == [other]


def test_area_and_share_of_the_same_ground() -> None:
    text = "Russia holds roughly 114,500 square km (44,600 square miles), or 19%, of Ukraine."
    (area,) = claims(text, "area")
    (share,) = claims(text, "share")
    assert area.part == share.part == HELD
    assert "19%" in [figure.text for figure in area.others]


@pytest.mark.parametrize(
    ("text", "part", "predicate"),
    [
        ("Donetsk and Kherson provinces: Russia does not fully control any of these territories.",
         'oblast("Donetsk") | oblast("Kherson")', "not-all-held"),
        ("Of Donetsk and Kherson oblasts, Russia does not completely handle any of these lands.",
         'oblast("Donetsk") | oblast("Kherson")', "not-all-held"),
        ("Russia fully controls Luhansk oblast.", 'oblast("Luhansk")', "all-held"),
        ("Russia controls none of Sumy oblast.", 'oblast("Sumy")', "none-held"),
    ],
)  # fmt: skip
def test_statements_without_a_figure(text: str, part: str, predicate: str) -> None:
    (claim,) = claims(text, "universal")
    assert (claim.part, claim.predicate, claim.actor, claim.figure) == (part, predicate, "russia", None)


def test_an_ambiguous_reference_is_said() -> None:
    text = (
        "Russia annexed Donetsk and Kherson provinces in 2022 and Crimea in 2014. "
        "The borders of Crimea are clear. Russia does not fully control any of these territories."
    )
    (claim,) = claims(text, "universal")
    assert claim.part == 'oblast("Donetsk") | oblast("Kherson")'
    assert "Crimea" in claim.note


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("By the end of 2024, Russia controlled 70 percent of Donetsk oblast.", "2024-12-31"),
        ("Russia controlled 73% of Kherson oblast on 3 March 2023.", "2023-03-03"),
        ("In June 2022 Russia controlled 93% of Kherson oblast.", "2022-06-30"),
        ("In December Russia controlled 93% of Kherson oblast.", "2024-12-31"),
        ("Russia may control 93% of Kherson oblast.", None),
    ],
)
def test_the_date_of_the_sentence(text: str, as_of: str | None) -> None:
    (claim,) = claims(text, "share")
    assert claim.as_of == as_of


@pytest.mark.parametrize(
    ("text", "part", "as_of"),
    [
        ("Russia gained 4,336 km² in 2025.", f'gained("russia", since="2024-12-31") & {UKRAINE}', None),
        ("Russia gained 4,168 km² in 2024.", f'gained("russia", since="2023-12-31") & {UKRAINE}', "2024-12-31"),
        ("Russian forces seized 610 square kilometres in October 2024.",
         f'gained("russia", since="2024-09-30") & {UKRAINE}', "2024-10-31"),
        ("Ukraine has lost 7,463 sq. km since 1 January 2023.",
         f'gained("russia", since="2022-12-31") & {UKRAINE}', None),
        ("Russia gained 4,336 km².", None, None),
    ],
)  # fmt: skip
def test_gains_and_losses(text: str, part: str | None, as_of: str | None) -> None:
    (claim,) = claims(text, "change")
    assert (claim.part, claim.as_of) == (part, as_of)
    assert part or claim.note
