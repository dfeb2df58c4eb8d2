"""The page on paper: an A4 PDF by Chromium with map, legend, claims and sources, both dates, and no control."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from layers.html.page import Page

from .browsing import Seen, plain

A4 = (595.3, 841.9)
"""Points; Chromium rounds up to whole pixels of the screen."""


def printed(seen: Seen, folder: Path) -> tuple[bytes, str]:
    """The page as a PDF, and what is visible on it as text."""
    data: bytes = seen.tab.pdf(format="A4", print_background=True, prefer_css_page_size=False)
    (folder / "page.pdf").write_bytes(data)
    seen.tab.emulate_media(media="print")
    return data, plain(seen.script("document.body.innerText"))


def test_an_a4_print_has_map_legend_claims_and_sources(
    page: Page, open_page: Callable[..., Seen], tmp_path: Path
) -> None:
    seen = open_page(page)
    data, text = printed(seen, tmp_path)
    boxes = [[float(n) for n in box.split()[2:]] for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", data)]
    assert boxes
    for box in boxes:
        assert box == pytest.approx(A4, abs=1.2)
    for wanted in ("Legend and layers", "What the article says, measured", "Sources and licences", "contact title"):
        assert wanted in text
    for button in ("Print", "Copy link", "Compare", "Play", "Order"):
        assert f"\n{button}\n" not in text
    parts = "document.querySelectorAll('body *:not(.stage *, .sr-only)')"
    wide = f"Math.max(...Array.from({parts}, e => e.getBoundingClientRect().right))"
    seen.tab.set_viewport_size({"width": round(186 / 25.4 * 96), "height": 1000})
    assert seen.script(wide) <= 186 / 25.4 * 96 + 1, "nothing makes the browser shrink the sheet"
    assert seen.script("getComputedStyle(document.querySelector('.claims tbody tr')).display") == "table-row"
    assert seen.complaints == []


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_both_dates_are_printed(page: Page, open_page: Callable[..., Seen], tmp_path: Path, language: str) -> None:
    seen = open_page(page, fragment=f"#lang={language}&day=2025-01-27")
    _, text = printed(seen, tmp_path)
    shown, asked = {
        "en": ("27 January 2025", "asked for: 20 January 2025"),
        "uk": ("27 січня 2025 р.", "запит: 20 січня 2025 р."),
        "ru": ("27 января 2025 г.", "запрос: 20 января 2025 г."),
    }[language]
    assert shown in text
    assert asked in text


def test_two_states_side_by_side_are_named_on_paper(page: Page, open_page: Callable[..., Seen], tmp_path: Path) -> None:
    seen = open_page(page, fragment="#vs=d:0~d:2~500")
    _, text = printed(seen, tmp_path)
    assert "Left of the divider: src · 13 January 2025; right of it: src · 27 January 2025." in text


def test_text_in_the_pdf_can_be_searched(page: Page, open_page: Callable[..., Seen], tmp_path: Path) -> None:
    printed(open_page(page, fragment="#lang=uk"), tmp_path)
    try:
        ran = subprocess.run(["pdftotext", str(tmp_path / "page.pdf"), "-"], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("no pdftotext: install poppler-utils")
    assert "Джерела та ліцензії" in ran.stdout
