"""Article and map side by side: what is picked on one is shown on the other, and claims and bands can be chosen."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from layers.html.page import Page

from .browsing import PHONE, Seen, plain

SOUTH, KOREA = (33, 46, 36, 48), (125, 37, 129, 40)


def test_the_article_is_there_as_written_its_mentions_underlined_by_kind(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    seen = open_page(page)
    assert seen.tab.locator(".article .body").inner_text() == page.article
    style = "getComputedStyle(document.querySelector('[data-mention=\"{}\"]')).textDecoration"
    assert "double" in seen.script(style.format(2))
    assert "dashed" in seen.script(style.format(3))
    assert seen.script("document.querySelectorAll('[data-mention=\"4\"][role=button]').length") == 0, "nowhere to fly"
    sign = "getComputedStyle(document.querySelector('[data-claim=\"2\"][data-sign]'), '::after').content"
    assert "▲" in seen.script(sign)


@pytest.mark.parametrize("how", ["click", "keyboard"])
def test_a_mention_flies_to_its_territory(page: Page, open_page: Callable[..., Seen], how: str) -> None:
    seen = open_page(page)
    mention = seen.tab.locator("[data-mention='2']")
    mention.click() if how == "click" else mention.press("Enter")
    seen.until_in(SOUTH)
    assert "mention title" in seen.tab.locator("#map-status").text_content()
    assert seen.script("document.querySelectorAll('.cl.r-mention.lit').length") == 1


def test_a_figure_opens_its_verdict_and_flies_to_its_place(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator("[data-claim='2']").first.click()
    seen.until_in(KOREA)
    drawer = seen.tab.locator("#drawer")
    assert "overstated" in drawer.inner_text()
    assert "4 km" in plain(drawer.inner_text())
    drawer.locator(".close").click()
    assert not drawer.is_visible()
    seen.tab_named("claims")
    assert seen.tab.locator("#claim-2").get_attribute("aria-current") == "true"


def test_a_click_on_the_map_lights_the_words_that_name_it(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("claims")
    seen.tab.mouse.click(*seen.spot(46.6, 34.5))
    assert seen.script("Array.from(document.querySelectorAll('.mention.lit'), e => e.textContent)") == ["The south"]
    seen.tab.locator(".leaflet-popup button", has_text="The south").press("Enter")
    assert seen.script("contactline.tabNow()") == "article"
    assert seen.tab.locator("[data-mention='2']").is_visible()


def test_claims_sort_by_verdict_the_worst_first_and_back(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("claims")
    order = "Array.from(document.querySelectorAll('.claims tr[data-number]'), row => row.dataset.number)"
    assert seen.script(order) == ["1", "2", "3"]
    seen.tab.select_option("#sort", "verdict")
    assert seen.script(order) == ["2", "1", "3"], "overstated, holds, not checkable"
    seen.tab.select_option("#sort", "text")
    assert seen.script(order) == ["1", "2", "3"]


def test_from_a_claim_to_its_words(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("claims")
    seen.tab.locator("#claim-1 .to-text[data-claim]").click()
    assert seen.script("contactline.tabNow()") == "article"
    assert "".join(seen.tab.locator(".article .body .claimed.lit").all_inner_texts()) == "One in five"


@pytest.mark.parametrize("moment", [50, 300, 600])
def test_a_flight_lands_though_the_map_changes_its_size_or_another_begins(
    page: Page, open_page: Callable[..., Seen], moment: int
) -> None:
    seen = open_page(page, motion="no-preference")
    seen.script("contactline.goTo('mention', null)")
    seen.tab.wait_for_timeout(moment)
    seen.script("contactline.goTo('line', null)")
    seen.tab.wait_for_timeout(moment)
    seen.tab.set_viewport_size({"width": 1300, "height": 800})
    seen.until_in(KOREA)
    seen.tab.wait_for_timeout(1000)
    seen.until_in(KOREA)
    assert seen.complaints == []


def test_legend_and_key_name_the_band_shown(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    legend = "document.querySelector(\"input[data-layer='band']\").closest('.layer').textContent"
    key = "document.querySelector(\"[data-key='band']\").textContent"
    seen.tab_named("bands")
    for choice, words in (("b1", "10 km to each side"), ("b3", "A plan: 20 km to each side")):
        seen.tab.select_option("#band", choice)
        assert words in plain(seen.script(legend))
        assert words in plain(seen.script(key))
    seen.tab.select_option("#language", "uk")
    assert "20 км у кожен бік" in plain(seen.script(legend))
    assert "20 км у кожен бік" in plain(seen.script(key))
    seen.tab.select_option("#language", "en")
    seen.tab.select_option("#band", "")
    assert "band title" in seen.script(legend)


def test_a_note_without_a_scenario_is_no_name(page: Page, open_page: Callable[..., Seen]) -> None:
    noted = dataclasses.replace(page.bands[0], note="a note of its own")
    seen = open_page(dataclasses.replace(page, bands=(noted, *page.bands[1:])))
    said = "document.querySelector('#band-said .{}')?.textContent"
    assert seen.script(said.format("note")) == "a note of its own"
    assert seen.script(said.format("name")) is None


def test_a_band_is_chosen_by_name_by_width_and_by_its_mention(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("bands")
    narrow = seen.path("band")
    assert seen.tab.locator("#band optgroup").count() == 2
    seen.tab.select_option("#band", "b3")
    assert seen.path("band") != narrow
    assert "A plan" in seen.tab.locator("#band-said").inner_text()
    total = [text.split() for text in seen.tab.locator("#band-table .total td").all_inner_texts()]
    assert total[0] == ["14,000", "12,600–14,700"], "the number, and its interval"
    values = [value for value, _ in total]
    assert values == ["14,000", "6,000", "4,000", "1,000", "3,000"], "in all, by who holds it, not stated"
    assert "12 settlements" in seen.tab.locator("#band-people").inner_text()
    seen.tab.locator("#band-width").press("Home")
    assert seen.path("band") == narrow
    assert seen.tab.locator("#band").input_value() == "b1"
    seen.tab_named("article")
    seen.tab.locator("[data-mention='3']").click()
    assert seen.script("contactline.bandNow()") == "b2"
    assert seen.complaints == []


def test_on_a_phone_a_mention_keeps_the_text_in_reach(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page, PHONE, has_touch=True)
    seen.tab.locator("[data-mention='2']").tap()
    seen.until_in(SOUTH)
    assert seen.tab.locator("[data-mention='2']").is_visible()


def test_what_a_figure_stands_on_is_a_table_of_its_own_and_stays_with_its_claim(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    source = {
        "name": "settlements",
        "snapshot": "2025-01-20",
        "value": 18.6,
        "whole": "measured, with internal waters: 9 km²",
    }
    measured = {"value": 18.6, "low": 18.0, "high": 19.0, "unit": "percent", "basis": {"sources": [source, source]}}
    claims = [{**claim, "measured": measured} for claim in page.document["articles"][0]["claims"]]
    document = {"articles": [{**page.document["articles"][0], "claims": claims}]}
    seen = open_page(dataclasses.replace(page, document=document), fragment="#lang=uk")
    seen.tab_named("claims")
    seen.tab.select_option("#sort", "verdict")
    seen.tab.locator("#claim-1 summary").click()
    (line, _) = (plain(text) for text in seen.tab.locator("#claim-1 .lines tbody tr").all_inner_texts())
    assert line.split("\t") == [
        "таблиця населених пунктів",
        "20 січня 2025 р.",
        "18,6 %",
        "виміряно, з внутрішніми водами: 9 км²",
    ]
    assert seen.tab.locator(".claims > table > tbody > tr").count() == len(claims)
    assert seen.complaints == []


def test_a_claim_can_be_copied_with_all_that_it_stands_on(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.script("void (navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); })")
    seen.tab_named("claims")
    seen.tab.locator("#claim-2 [data-copy]").click()
    assert seen.script("window.copied") == "“four kilometres” (width): overstated. why"
    assert "copied" in seen.tab.locator("#map-status").inner_text()
    seen.script("void (navigator.clipboard.writeText = () => Promise.reject(new Error('not here')))")
    seen.tab.locator("#claim-2 [data-copy]").click()
    assert "overstated. why" in seen.tab.locator("#map-status").inner_text()
    assert seen.complaints == []
