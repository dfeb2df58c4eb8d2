"""A page that was asked for something opens on it: its figures first, its ground in view, its layers told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from geo import survey as measures
from geo.algebra import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.resolve import resolve
from geo.survey import Survey
from layers import compose
from layers.compose import Named
from layers.html.page import Page

from .browsing import Seen, plain
from .languages import left_in_latin


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey(embedded(), date(2024, 12, 30), (control_source("settlements", embedded()),))


def page_of(survey: Survey, *asked: str) -> Page:
    found = [resolve(words, survey.atlas) for words in asked]
    things = tuple(Named(one.territory, compose.called(one)) for one in found)
    return compose.page("A map", things, survey, "option", None, {})


def test_what_was_asked_for_is_told_first_and_lies_in_view(survey: Survey, open_page: Callable[..., Seen]) -> None:
    page = page_of(survey, "Kursk incursion")
    seen = open_page(page)
    assert seen.script("contactline.tabNow()") == "named"
    told = plain(seen.tab.locator("#panel-named .entry").first.inner_text())
    printed = measures.area(resolve('controlled("ukraine") & oblast("Kursk")', survey.atlas).territory, survey)
    assert f"{printed.value:,.0f} km² ({printed.low:,.0f}–{printed.high:,.0f})" in told
    assert "30 December 2024" in told
    west, east = seen.script("[contactline.map.getBounds().getWest(), contactline.map.getBounds().getEast()]")
    assert 30 < west < 34.5 < 36 < east < 40, "the incursion with some ground around it, and not all of Ukraine"
    assert seen.complaints == []


def test_an_article_opens_on_its_text_and_the_whole_country(survey: Survey, page: Page) -> None:
    assert page.about == ()
    assert page_of(survey, 'line("contact")').about == ("contact-line",)


def test_layers_of_one_role_are_drawn_each_in_its_own_way(survey: Survey) -> None:
    asked = ['on(controlled("russia"), "2022-11-15")', 'on(controlled("russia"), "2024-12-01")', 'oblast("Kherson")']
    page = page_of(survey, *asked)
    named = [layer for layer in page.layers if layer.id in page.about]
    assert [layer.variant for layer in named] == [0, 1, 2]
    assert len({layer.role for layer in named}) == 1


@pytest.mark.parametrize(
    ("typed", "title"),
    [("mdl", "Military Demarcation Line"), ("kursk incursion", "Kursk incursion"), ("MDL", "MDL")],
)
def test_a_name_typed_in_small_letters_is_the_name_as_it_is_written(survey: Survey, typed: str, title: str) -> None:
    assert compose.called(resolve(typed, survey.atlas)) == title


def test_of_a_place_in_ukraine_it_is_told_what_russia_holds(survey: Survey, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page_of(survey, 'oblast("Kherson")'))
    kherson = resolve('oblast("Kherson")', survey.atlas).territory
    share = measures.share(parse('controlled("russia")') & kherson, kherson, survey)
    told = plain(seen.tab.locator("#panel-named .entry").first.inner_text())
    assert f"{share.value:.1f} % ({share.low:.1f}–{share.high:.1f})" in told
    assert "28,332 km²" in told


def test_what_was_asked_for_is_told_in_every_language(survey: Survey, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page_of(survey, "Kursk incursion", "Kellogg zone", 'place("Bakhmut")', 'oblast("Kherson")'))
    for language in ("uk", "ru"):
        seen.script(f"contactline.speak('{language}')")
        assert left_in_latin(seen) == set()
