"""Ukrainian and Russian: a figure and a date as each writes them, and nothing of ours left in English."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest

from layers.html.page import Page
from layers.html.words import words

from .browsing import Seen, plain

SAID = {
    "uk": {
        "111,602 km² (109,547 to 113,610)": "111 602 км² (109 547–113 610)",
        "18.5 % (18.1 to 18.8)": "18,5 % (18,1–18,8)",
        "≥ 4,000 km²": "≥ 4 000 км²",
        "2025": "2025",
        "nearly all": "nearly all",
        "Held by Russia (assessed)": "Утримує Росія (за оцінкою)",
        "nzz 2025-01-17": "nzz, 17 січня 2025 р.",
        "official, Rosstat, regional tables: 27,134 km²": "офіційна площа, Росстат, таблиці за регіонами: 27 134 км²",
        'on(line("contact"), "2024-12-31"); geodesic on WGS84': 'on(line("contact"), "2024-12-31"); геодезично, WGS84',
        "2022-02-24 to 2026-08-22": "24 лютого 2022 р. – 22 серпня 2026 р.",
        "2025-13-45": "2025-13-45",
    },
    "ru": {
        "18.5 % (18.1 to 18.8)": "18,5 % (18,1–18,8)",
        "Held by Ukraine (assessed)": "Удерживает Украина (по оценке)",
        "Contested (settlements)": "Спорное (таблица населённых пунктов)",
        "1.5 km² a day": "1,5 км² в день",
    },
    "en": {
        "18.5 % (18.1 to 18.8)": "18.5 % (18.1–18.8)",
        "Russian-held Donetsk on 2024-12-31": "Russian-held Donetsk on 31 December 2024",
        "Russian held": "Russian-held",
    },
}


@pytest.mark.parametrize("language", list(SAID))
def test_figures_dates_and_sentences_are_said(page: Page, open_page: Callable[..., Seen], language: str) -> None:
    seen = open_page(page, fragment=f"#lang={language}")
    for text, wanted in SAID[language].items():
        assert plain(seen.tab.evaluate("text => contactline.given(text)", text)) == wanted


def test_every_word_is_there_in_every_language_with_the_same_blanks() -> None:
    known = words()
    for table in (known.words, known.given, known.names, known.patterns, known.spoken):
        for key, texts in table.items():
            assert len(texts) == len(known.languages), key
            assert all(texts[1:]), key
            blanks = [set(re.findall(r"\{\w+\}", text)) for text in texts if text]
            assert all(one == blanks[-1] for one in blanks), key


def test_every_pattern_has_a_blank() -> None:
    assert all("{" in key for key in words().patterns)


def test_words_are_neutral() -> None:
    """Nobody's vocabulary but that of both: who holds what, Crimea occupied, in Ukraine."""
    known = words()
    every = [
        text
        for table in (known.words, known.given, known.patterns, known.spoken)
        for row in table.values()
        for text in row
    ]
    for never in ("освобожд", "звільн", "на Украине", "спецоперац", "СВО", "ДНР", "ЛНР", "орк", "окупант", "оккупант"):
        assert not [text for text in every if never in text], never
    occupied = [text for text in every if "окупован" in text or "оккупирован" in text]
    assert occupied
    for text in occupied:
        assert any(word in text for word in ("Крим", "Крым", "2014", "ньому", "нём"))


def test_what_stays_english_says_so_and_is_told_once(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page, fragment="#lang=uk")
    seen.tab_named("claims")
    assert seen.tab.locator("#panel-claims .english").is_visible()
    assert seen.script("document.querySelector('.reason').lang") == "en"
    assert seen.script("document.querySelector('.article .body').lang") == "en"
    seen.tab.select_option("#language", "en")
    assert not seen.tab.locator("#panel-claims .english").is_visible()


def test_an_article_in_cyrillic_is_not_marked_as_english(page: Page, open_page: Callable[..., Seen]) -> None:
    text = "Росія утримує п’яту частину України."
    other = dataclasses.replace(page, article=text, claims=(), document={"articles": [{"claims": [], "mentions": []}]})
    seen = open_page(other)
    assert seen.script("document.querySelector('.article .body').lang") == ""


def test_figures_that_were_seen_and_not_judged_are_listed(page: Page, open_page: Callable[..., Seen]) -> None:
    document: dict[str, Any] = {"articles": [{**page.document["articles"][0]}]}
    document["articles"][0]["unread"] = [
        {"text": "some 40 <b>tanks</b>", "value": 40, "unit": "count", "why": "no territory"},
        {"text": "a third"},
    ]
    seen = open_page(dataclasses.replace(page, document=document))
    seen.tab_named("claims")
    rows = seen.tab.locator(".unread li").all_inner_texts()
    assert len(rows) == 2
    assert "some 40 <b>tanks</b>" in rows[0]
    assert "no territory" in rows[0]
    assert seen.complaints == []
