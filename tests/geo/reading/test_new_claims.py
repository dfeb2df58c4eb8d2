"""Claims beside shares and areas: changes, rates, comparisons, figures in step, distances, statements, sums."""

from __future__ import annotations

import pytest

from geo.reading import Claim, read

UKRAINE = 'country("ukraine")'
HELD = f'controlled("russia") & {UKRAINE}'


def claims(text: str, kind: str, dated: str = "2025-08-20") -> list[Claim]:
    return [claim for claim in read(text, dated=dated).claims if claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Russia gained 4,336 km² of Ukraine in 2024.", "2023-12-31", "2024-12-31"),
        ("Russia gained 4,336 km² of Ukraine last year.", "2023-12-31", "2024-12-31"),
        ("Russia seized 600 sq km of Ukraine last month.", "2025-06-30", "2025-07-31"),
        ("Ukraine has lost 500 sq km since March.", "2025-02-28", None),
        ("Since the start of June Russia has taken 1,200 sq km.", "2025-05-31", None),
        ("Russia took 1,500 sq km between May and July.", "2025-04-30", "2025-07-31"),
        ("Russia took 1,500 sq km from May to July.", "2025-04-30", "2025-07-31"),
        ("Russia took 823 sq km in June and July.", "2025-05-31", "2025-07-31"),
        ("Over the past four weeks Russian forces captured 500 sq km.", "2025-07-23", None),
        ("Russia has seized 3,000 sq km this year.", "2024-12-31", None),
        ("Russia occupied 505 sq km of Ukraine's territory in July.", "2025-06-30", "2025-07-31"),
        ("Russia has occupied 3,000 sq km of Ukraine since January.", "2024-12-31", None),
    ],
)
def test_the_period_of_a_change(text: str, since: str, until: str | None) -> None:
    (claim,) = claims(text, "change")
    assert claim.part == f'gained("russia", since="{since}") & {UKRAINE}'
    assert claim.as_of in (until, "2025-08-20" if until is None else until)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In July Russia took 19 square kilometres of Ukraine a day.", 19),
        ("In July Russia took 19 square kilometres a day.", 19),
        ("In July Russia took 140 square kilometres of Ukraine per week.", 20),
    ],
)
def test_rates(text: str, value: float) -> None:
    (claim,) = claims(text, "rate")
    assert claim.figure is not None
    assert (claim.figure.value, claim.figure.unit) == (pytest.approx(value), "km2/day")
    assert claim.part == f'gained("russia", since="2025-06-30") & {UKRAINE}'


@pytest.mark.parametrize(
    ("text", "km2", "bound", "part"),
    [
        ("Russia occupies an area of Ukraine about the size of Pennsylvania.", 119280, "", HELD),
        ("Russia holds an area larger than Bulgaria in Ukraine.", 111002, "min", HELD),
        ("Crimea is smaller than Belgium.", 30528, "max", 'unit("Crimea") | unit("Sevastopol")'),
        ("Donetsk oblast is half the size of Slovakia.", 24517.5, "", 'oblast("Donetsk")'),
    ],
)
def test_sizes_told_by_comparison(text: str, km2: float, bound: str, part: str) -> None:
    (claim,) = claims(text, "comparison")
    assert claim.figure is not None
    assert (claim.figure.value, claim.figure.bound, claim.part) == (km2, bound, part)


def test_georgia_is_a_country_and_a_state_and_is_not_compared_with() -> None:
    assert not claims("Russia holds an area the size of Georgia in Ukraine.", "comparison")


def test_figures_and_names_in_step() -> None:
    found = claims("Russia controls 99, 78 and 74 percent of Luhansk, Donetsk and Zaporizhzhia respectively.", "share")
    assert [(c.figure.value, c.whole) for c in found if c.figure] == [
        (99, 'oblast("Luhansk")'),
        (78, 'oblast("Donetsk")'),
        (74, 'oblast("Zaporizhzhia")'),
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Kharkiv lies some 30 km from the Russian border.", ('place("Kharkiv")', 'border("ukraine", "russia")')),
        ("Pokrovsk, 60 km northwest of Donetsk, is a junction.", ('place("Pokrovsk")', 'place("Donetsk")')),
        ("Kramatorsk is 20 km from the front line.", ('place("Kramatorsk")', 'line("contact")')),
        (
            "Russian troops are 20 km from Kramatorsk.",
            ('controlled("russia") & country("ukraine")', 'place("Kramatorsk")'),
        ),
    ],
)
def test_distances(text: str, ends: tuple[str | None, str | None]) -> None:
    (claim,) = claims(text, "distance")
    assert (claim.part, claim.whole) == ends


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The Korean DMZ does not extend to the Yellow Sea.", "apart"),
        ("Parts of the Korean DMZ follow the 38th parallel.", "along"),
        ("Russian forces have reached the border of Dnipropetrovsk oblast.", "reached"),
        ("Russian troops have surrounded Pokrovsk.", "surrounded"),
        ("Pokrovsk is completely surrounded by Russian forces.", "surrounded"),
        ("Russia does not have full control of any of Donetsk and Kherson oblasts.", "not-all-held"),
    ],
)
def test_statements(text: str, predicate: str) -> None:
    (claim,) = claims(text, "universal")
    assert claim.predicate == predicate
    assert claim.part


@pytest.mark.parametrize(
    "text",
    [
        "Officials denied that Russian troops have surrounded Pokrovsk.",
        "Russian troops have surrounded Pokrovsk on three sides.",
        "If Russian troops have surrounded Pokrovsk, supplies will end.",
        "Russian troops have surrounded Kyiv in an exercise.",
        "Russia has entered Poltava oblast's grain market.",
    ],
)
def test_what_is_denied_or_partly_so_is_not_tested(text: str) -> None:
    assert claims(text, "universal") == []


def test_a_total_and_its_parts() -> None:
    (claim,) = claims("Russia seized a total of 500 sq km: 300 in Donetsk, 100 in Kharkiv and 100 in Sumy.", "parts")
    assert claim.predicate == "sum"
    assert [figure.value for figure in claim.others] == [300, 100, 100]


def test_an_area_and_its_share() -> None:
    (claim,) = claims("Russia holds 114,500 square km, or 19%, of Ukraine.", "parts")
    assert (claim.predicate, claim.whole) == ("ratio", UKRAINE)


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian forces control nearly 1000 km of Russian territory.",
        "Kyiv was offered a 30-km-long demilitarized zone along the line of contact in Ukraine.",
    ],
)
def test_a_length_where_an_area_or_a_width_is_meant(text: str) -> None:
    (claim,) = claims(text, "parts")
    assert claim.predicate == "dimension"


def test_each_figure_of_a_list_has_its_own_month() -> None:
    found = claims("Russia took 100 sq km in May, 200 sq km in June and 300 sq km in July.", "change")
    assert [claim.as_of for claim in found] == ["2025-05-31", "2025-06-30", "2025-07-31"]


def test_a_loss_within_a_period_is_not_the_whole_loss() -> None:
    (claim,) = claims("Ukraine lost 500 sq km in the Kursk region in January.", "change", "2025-02-10")
    held = 'controlled("ukraine") & oblast("Kursk")'
    assert (claim.part, claim.as_of) == (f'on({held}, "2024-12-31") - ({held})', "2025-01-31")
