"""Numbers that no claim speaks of, texts that are not in English, and characters that nobody sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reading import read
from geo.reading.language import MOSTLY

ARTICLES = Path(__file__).resolve().parents[3] / ".." / "shared" / "articles"
UNSEEN = "\u00ad\u200b\u200d\u200e\u202e\u202c\u2060\ufeff"


def _kinds(text: str) -> dict[str, str]:
    return {number.text: number.kind for number in read(text, dated="2025-06-01").numbers}


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("The war began in 2014.", "2014", "date"),
        ("Talks were held from September 23 to 27.", "27", "date"),
        ("As of 2025-01-20 nothing had changed.", "20", "date"),
        ("Shelling began at 10:30.", "30", "time"),
        ("Aid of $61 billion was approved.", "61", "money"),
        ("Aid of 61 billion euros was approved.", "61", "money"),
        ("Russia lost 1,200 North Korean soldiers.", "1,200", "people"),
        ("A 34-year-old driver was hurt.", "34", "age"),
        ("The talks took 14 weeks.", "14 weeks", "duration"),
        ("See page 12 of the report.", "12", "reference"),
        ("They met [7] in Minsk.", "7", "reference"),
        ("A Su-34 was shot down.", "34", "name"),
        ("Ukraine shot down 42 drones.", "42", "count"),
        ("They fired 152 mm shells.", "152", "other"),
        ("Ukraine spends 12% of GDP on it.", "12%", "other"),
        ("Forests cover 40 sq km there.", "40 sq km", "figure"),
        ("The index stood at 1.4.", "1.4", "number"),
    ],
)
def test_a_number_says_what_it_seems_to_be(text: str, number: str, kind: str) -> None:
    assert _kinds(text)[number] == kind


def test_a_figure_that_is_judged_is_not_among_them() -> None:
    reading = read("Russia holds 20 percent of Ukraine, or 116,000 sq km (44,800 square miles).", dated="2025-06-01")
    assert not reading.numbers


def test_only_what_may_be_a_figure_counts_as_left_out() -> None:
    reading = read("In 2025 some 42 drones flew 300 km and 17.5 was the index.", dated="2025-06-01")
    assert [number.text for number in reading.numbers if number.left_out] == ["300 km", "17.5"]


@settings(deadline=None)  # the first text also builds the grammar
@given(st.text(alphabet="0123456789 .,%/-:[]()$kmRussia\n", max_size=80))
def test_every_number_lies_where_it_says_and_once(text: str) -> None:
    numbers = read(text).numbers
    assert all(text[n.start : n.end] == n.text for n in numbers)
    assert [n.start for n in numbers] == sorted({n.start for n in numbers})


@pytest.mark.parametrize(
    "text",
    [
        "Росія контролює 18,5 % території України.",
        "Российская армия контролирует около 20 процентов территории Украины.",
        "俄罗斯控制着乌克兰约20%的领土。",
        "Die russischen Truppen halten etwa ein Fünftel der Ukraine besetzt, darunter die Krim. " * 6,
    ],
)
def test_a_text_in_another_language_says_so(text: str) -> None:
    assert re.sub(r" but in \w+", "", read(text).warning) == MOSTLY


SENTENCES = {
    "German": "Russland kontrolliert rund 20 Prozent der Ukraine, teilte das Ministerium am Freitag mit.",
    "French": "La Russie contrôle environ 20 % de l'Ukraine, selon le ministère de la Défense.",
    "Spanish": "Rusia controla alrededor del 20 por ciento de Ucrania, según el ministerio de Defensa.",
    "Polish": "Rosja kontroluje około 20 procent Ukrainy, podało w piątek ministerstwo obrony w Kijowie.",
    "Italian": "La Russia controlla circa il 20 per cento dell'Ucraina, ha detto il ministero della Difesa.",
    "Ukrainian": "Росія контролює близько 20 відсотків України, повідомило міністерство.",
    "Russian": "Россия контролирует около 20 процентов Украины, объявлено об этом вчера.",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_one_sentence_tells_its_language(name: str) -> None:
    assert read(SENTENCES[name]).warning == MOSTLY.replace(":", f" but in {name}:")


@pytest.mark.parametrize(
    "text",
    [
        "Russia holds roughly 20 percent of Ukraine.",
        "Area: 603,628 km2. Kharkiv, Sumy, Chernihiv, Kherson",
        "Die-hard defenders hold La Rochelle and Le Mans, El Alamein; en route to Los Angeles",
        "Le Monde and Der Spiegel, Die Zeit and El País said that Russia holds 20 percent of Ukraine.",
    ],
)
def test_foreign_names_make_no_other_language(text: str) -> None:
    assert not read(text).warning


def test_a_text_in_part_in_another_language_says_so() -> None:
    warning = read("Russia holds 20 percent of Ukraine, the paper wrote. Росія контролює.").warning
    assert warning.startswith("partly not English (2")


@pytest.mark.parametrize("name", [f"seed-00{n}.txt" for n in range(5)])
def test_english_articles_carry_no_warning(name: str) -> None:
    if not (ARTICLES / name).exists():
        pytest.skip("the shared articles are not here")
    assert not read((ARTICLES / name).read_text(encoding="utf-8")).warning


@settings(deadline=None)  # the first text also builds the grammar
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(UNSEEN)), max_size=12))
def test_unseen_characters_change_nothing_but_places(put: list[tuple[int, str]]) -> None:
    plain = "Russia holds 18.5 percent of Ukraine, 99 % of Luhansk oblast."
    text = plain
    for at, char in put:
        text = text[:at] + char + text[at:]
    expected, found = read(plain, dated="2025-06-01"), read(text, dated="2025-06-01")
    assert found.text == text
    assert [(c.part, c.figure and c.figure.value) for c in found.claims] == [
        (c.part, c.figure and c.figure.value) for c in expected.claims
    ]
    for each in (*found.claims, *found.mentions, *found.figures):
        assert text[each.start : each.end] == each.text


@pytest.mark.parametrize("text", ["Russia holds 1 8.5 per cent of Ukraine.", "Russia holds 1 14,500 sq km of Ukraine."])
def test_a_number_that_a_copy_pulled_apart_is_no_figure(text: str) -> None:
    assert not read(text, dated="2025-06-01").claims


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Russia has taken all but 1 percent of Luhansk oblast.", 99),
        ("Russia has taken all but 2.5 % of Luhansk oblast.", 97.5),
    ],
)
def test_all_but_a_percentage_is_the_rest(text: str, value: float) -> None:
    (claim,) = read(text, dated="2025-06-01").claims
    assert claim.figure is not None
    assert claim.figure.value == value
    assert claim.part == 'controlled("russia") & oblast("Luhansk")'


def test_a_question_states_nothing() -> None:
    claims = read("Does Russia hold 25 percent of Ukraine? Does it fully control Donetsk oblast?", dated="2025-06-01")
    assert not [claim for claim in claims.claims if claim.part]


def test_twelve_months_are_a_year_of_the_calendar() -> None:
    text = "In the past 12 months Russia has gained 4,900 sq km in Ukraine."
    (claim,) = read(text, dated="2025-09-01").claims
    assert claim.part == 'gained("russia", since="2024-09-01") & country("ukraine")'
