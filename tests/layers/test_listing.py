"""The list of known territories and what ``resolve`` tells of each."""

from __future__ import annotations

import json
from datetime import date

import pytest

from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.reading.lexicon import Entry, Lexicon
from geo.resolve import named, resolve
from geo.survey import Survey
from layers import listing, tables

ENTRIES = Lexicon.embedded().entries


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey(embedded(), date(2025, 1, 20), (control_source("settlements", embedded()),))


def told(name: str, survey: Survey, *, dated: bool = False) -> dict[str, object]:
    return listing.entry(Lexicon.embedded().by_id[name], survey, dated=dated)


def test_every_entry_has_a_size_a_date_or_a_reason(survey: Survey) -> None:
    for entry in ENTRIES:
        document = listing.entry(entry, survey)
        points = entry.expression and "place(" in entry.expression
        gone = entry.end and entry.end < "2025"
        assert document["size"] or document["dated"] or points or gone or entry.note, entry.id
        assert document["source"] or document["data"] or entry.note, entry.id
        assert json.dumps(document, ensure_ascii=False)


def test_a_dated_entry_gives_the_dates_it_can_be_measured_on(survey: Survey) -> None:
    document = told("Kursk incursion", survey)
    assert document["size"] is None
    assert document["dates"]["begin"] == "2024-08-06"  # type: ignore[index]
    assert document["dates"]["data_from"] <= "2022-02-23" < document["dates"]["data_to"]  # type: ignore[index]
    size = told("Kursk incursion", survey, dated=True)["size"]
    assert 1000 < size["value"] < 1400  # type: ignore[index]
    assert size["as_of"] == "2025-01-20"  # type: ignore[index]


def test_a_size_that_ships_is_used_for_the_expression_it_was_measured_of_only(survey: Survey) -> None:
    own = Entry("Donetsk", "admin-unit", 'oblast("Luhansk")', ("mine",))
    assert listing.entry(own, survey)["size"]["value"] == pytest.approx(26_665, rel=1e-3)


def test_a_proposal_outside_the_dates_is_told_all_the_same() -> None:
    survey = Survey(embedded(), date(2025, 1, 20), (control_source("settlements", embedded()),))
    entry = Lexicon.embedded().by_id["Minsk 2015 zone, 50 km"]
    document = tables.resolution(resolve("Minsk II zone", embedded()), survey)
    assert document["scenario"]["date"] == "2015-02-12"
    assert document["territory"] == str(parse(str(entry.expression)))
    assert document["region"] or "not measured" in document["steps"][-1]


def test_what_cannot_be_drawn_is_told_with_its_published_figures(survey: Survey) -> None:
    document = tables.without_geometry("Green Line in Cyprus", Lexicon.embedded().by_id["Cyprus buffer zone"], survey)
    assert (document["territory"], document["region"]) == (None, None)
    figures = sorted((figure["quantity"], figure["value"]) for figure in document["published"])
    assert figures == [("area", 346), ("length", 180), ("length", 180.5), ("width", 7.4)]
    assert all(figure["source"] for figure in document["published"])


@pytest.mark.parametrize(
    ("name", "credit"),
    [("Donetsk", "OpenStreetMap"), ("Transnistria", "Natural Earth"), ("Bakhmut", "GeoNames"),
     ("38th parallel", "definition"), ("Snake Island", "own list"), ("contact line", "control: settlements"),
     ("Kakhovka Reservoir", "OpenStreetMap")],
)  # fmt: skip
def test_whose_data_it_is(name: str, credit: str, survey: Survey) -> None:
    assert any(credit in one for one in told(name, survey)["data"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("expression", "words"),
    [('controlled("ukraine") & (oblast("Donetsk") | oblast("Luhansk") | oblast("Zaporizhzhia") | oblast("Kherson"))',
      "Ukrainian-held part of the four oblasts"),
     ('controlled("russia") & country("ukraine")', "Russian-held Ukraine"), ('line("contact")', "contact line"),
     ('controlled("russia") & oblast("Sumy")', "Russian-held Sumy")],
)  # fmt: skip
def test_ground_is_called_by_what_it_is_not_by_a_proposal_about_it(expression: str, words: str) -> None:
    assert named(Lexicon.embedded())[str(parse(expression))] == words
