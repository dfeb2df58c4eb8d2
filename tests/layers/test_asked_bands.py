"""Bands on maps: the one that was asked for, under words of our own, and none that nobody mentioned."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

from geo import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.check import check_article, document
from geo.reading.article import from_text
from geo.resolve import resolve
from geo.survey import Survey
from layers import compose
from layers.html.page import Page

from .browsing import Seen

WINDOW = compose.Wishes(date(2025, 1, 13), date(2025, 1, 27))


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey(embedded(), date(2025, 1, 20), (control_source("settlements", embedded()),))


def asked(written: str, survey: Survey) -> Page:
    found = resolve(written, survey.atlas)
    thing = compose.Named(found.territory, compose.called(found))
    return compose.page(thing.title, (thing,), survey, "option", None, {}, WINDOW)


def article(text: str, survey: Survey) -> Page:
    report = check_article(from_text(text), survey.atlas, survey.controls, survey.at, survey.at)
    return compose.page("A", compose.mentioned(report), survey, "option", report, document([report]), WINDOW)


@pytest.mark.parametrize(
    "written", ['band(line("contact"), "12 km")', 'band(line("contact"), left="15 km", right="30 km")']
)
def test_a_page_opens_on_the_band_asked_for_and_draws_only_that(written: str, survey: Survey) -> None:
    page = asked(written, survey)
    (band,) = [layer for layer in page.layers if layer.role == "band"]
    assert (band.id, band.shown, band.features[0].properties["expression"]) == ("band", True, written)
    (choice,) = [one for one in page.bands if one.expression == written]
    assert choice.covers.all.value == pytest.approx(float(str(band.features[0].properties["area_km2"])), rel=0.01)
    assert choice.units
    assert "hypothetical band" in page.subtitle


@pytest.mark.parametrize("entry", ["Kellogg zone", "40 km zone", "Korean-style zone"])
def test_a_proposal_has_its_name_only_where_it_was_typed(entry: str, survey: Survey) -> None:
    typed = resolve(entry, survey.atlas)
    assert compose.called(typed) == entry
    words = compose.called(resolve(str(typed.territory), survey.atlas))
    assert words.startswith("Band of ")
    assert words.endswith(" (hypothetical)")


def test_an_article_without_a_band_has_none_drawn_or_written(survey: Survey) -> None:
    page = article("Russia holds about 20 percent of Ukraine and most of Kherson oblast.", survey)
    assert [layer.shown for layer in page.layers if layer.role == "band"] == [False]
    assert page.bands, "the chooser stays"
    assert "band" not in page.subtitle
    assert [layer.role for layer in compose.front(survey) if layer.role == "band"] == []


def test_an_article_that_names_a_band_has_it_drawn(survey: Survey) -> None:
    page = article("The plan foresees a Kellogg zone along the line of contact in Ukraine.", survey)
    (band,) = [layer for layer in page.layers if layer.role == "band"]
    assert band.shown
    assert parse(str(band.features[0].properties["expression"])) == parse('band(line("contact"), "15 km")')


def test_the_front_is_not_drawn_twice(survey: Survey) -> None:
    front = compose.front(survey)
    things = (compose.Named(parse('line("contact")'), "Contact line"), compose.Named(parse('oblast("Kherson")'), "K"))
    assert [thing.title for thing in compose.not_among(things, front)] == ["K"]


def test_a_figure_is_no_name(survey: Survey) -> None:
    text = "Ukraine has lost 5,000 square kilometres (1,930 square miles) of Donetsk oblast since August 2024."
    report = check_article(from_text(text), survey.atlas, survey.controls, survey.at, survey.at)
    titles = [thing.title for thing in compose.mentioned(report)]
    assert titles
    assert not [title for title in titles if "square" in title]


def test_a_claim_with_a_date_of_its_own_is_drawn_on_it(survey: Survey) -> None:
    text = "On 1 March 2024 Russia held 18 percent of Ukraine."
    report = check_article(from_text(text), survey.atlas, survey.controls, survey.at, survey.at)
    dated = [one for one in report.checked if one.claim.as_of]
    assert dated, "the sentence has a date"
    assert f'"{dated[0].claim.as_of}")' in str(compose.measured_part(dated[0]))


def test_none_is_drawn_until_the_reader_chooses(page: Page, open_page: Callable[..., Seen]) -> None:
    layers = tuple(dataclasses.replace(one, shown=one.shown and one.id != "band") for one in page.layers)
    seen = open_page(dataclasses.replace(page, layers=layers))
    drawn = "contactline.map.hasLayer(contactline.layers.get('band').drawn)"
    seen.tab_named("bands")
    assert (seen.script(drawn), seen.tab.locator("#band").input_value()) == (False, "")
    seen.tab.select_option("#band", "b1")
    assert (seen.script(drawn), seen.tab.locator("#band").input_value()) == (True, "b1")
    seen.tab.select_option("#band", "")
    assert seen.script(drawn) is False
    assert seen.complaints == []
