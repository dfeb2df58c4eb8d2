"""The page in a real browser with the network cut: what it asks for, says, and does when it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers.html.page import Page, render

from .browsing import DESKTOP, PHONE, Seen, plain
from .conftest import HOSTILE

KOREA, HELD = (125, 37, 129, 40), (37.5, 46, 38.5, 50)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_with_the_network_cut(
    page: Page, open_page: Callable[..., Seen], viewport: dict[str, int], scheme: str
) -> None:
    seen = open_page(page, viewport, color_scheme=scheme)
    assert seen.asked() == []
    assert len(seen.requests) == 1
    assert seen.complaints == []
    assert seen.script("document.querySelectorAll('.folium-map path').length") >= 15
    assert seen.script("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the right"
    dark = seen.script("getComputedStyle(document.body).backgroundColor") != "rgb(255, 254, 251)"
    assert dark == (scheme == "dark")


def test_the_panel_says_what_the_json_says(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    document = json.loads(seen.script("document.getElementById('contactline-data').textContent"))
    assert document == page.document
    rows = seen.tab.locator(".claims tr[data-number]")
    claims = document["articles"][0]["claims"]
    assert rows.count() == len(claims) == len(page.claims)
    for number, claim in enumerate(claims):
        assert rows.nth(number).locator(".text .said").inner_text() == claim["text"]
        assert rows.nth(number).locator(".verdict b").inner_text() == claim["verdict"]
    assert seen.script("Array.from(document.querySelectorAll('.claims th'), e => e.textContent)") == [
        "Claim", "Of what", "Quoted", "Measured", "Verdict", "Why",
    ]  # fmt: skip


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_claim_flies_to_its_layer(page: Page, open_page: Callable[..., Seen], motion: str) -> None:
    seen = open_page(page, motion=motion)
    seen.tab_named("claims")
    before = seen.centre()
    seen.tab.locator("#claim-2 .reason").click()
    assert before[0] < 50
    seen.until_in(KOREA)
    assert seen.tab.locator("#claim-2").get_attribute("aria-current") == "true"
    assert "line title" in seen.tab.locator("#map-status").text_content()
    seen.tab.locator("#claim-1 .text button").press("Enter")
    seen.until_in(HELD)
    assert seen.tab.locator("tr[aria-current]").count() == 1
    assert seen.complaints == []


def test_a_claim_without_a_place_is_no_button(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("claims")
    before = seen.centre()
    assert seen.tab.locator("#claim-3 .text button").count() == 0
    seen.tab.locator("#claim-3 .reason").click()
    assert seen.centre() == before


def test_every_layer_switches_off_and_on(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("layers")
    count = "document.querySelectorAll('.folium-map path').length"
    boxes = seen.tab.locator("input[data-layer]")
    assert boxes.count() == len(page.layers)
    for layer in page.layers:
        if layer.features[0].geometry.is_empty:
            continue
        box = seen.tab.locator(f"input[data-layer='{layer.id}']")
        assert box.is_checked() == layer.shown
        before = seen.script(count)
        box.click()
        assert seen.script(count) == before + (-1 if layer.shown else 1)
        box.click()
        assert seen.script(count) == before
    top = seen.script("document.querySelector('.folium-map svg g').lastElementChild.getAttribute('class')")
    assert "r-place" in top, "the order of drawing survives the switching"
    assert seen.complaints == []


def test_classes_are_hatched_dotted_and_dashed_on_the_map(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    style = "getComputedStyle(document.querySelector('.folium-map path.r-{}'))"
    for role, fill in {
        "control-claimed": "p-control-claimed-russia",
        "control-contested": "p-control-contested",
    }.items():
        assert f"#{fill}" in seen.script(style.format(role) + ".fill")
        assert seen.script(f"document.getElementById('{fill}') !== null")
    assert seen.script(style.format("control-assessed") + ".fill").startswith("rgb")
    assert seen.script(style.format("band") + ".strokeDasharray") != "none"
    assert seen.script(style.format("contact-line") + ".strokeDasharray") == "none"


def test_a_popup_names_everything_under_the_pointer(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.mouse.click(*seen.spot(49.2, 36.05))
    popup = seen.tab.locator(".leaflet-popup .popup")
    assert popup.locator("h2").first.inner_text() == "10 km to each side"
    words = plain(popup.inner_text())
    for wanted in ("1,234 km² (1,200–1,300)", "20 January 2025", "band source", "Also here: gain feature"):
        assert wanted in words
    popup.locator("summary", has_text="Method and licence").first.press("Enter")  # the map may still be moving under it
    popup.get_by_text("drawn by hand").first.wait_for()
    seen.tab.keyboard.press("Escape")
    seen.tab.wait_for_selector(".leaflet-popup", state="detached")


def test_the_keyboard_alone_reaches_every_control_of_every_tab(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    every = "Array.from(document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]'))"
    seen.script(f"{every}.forEach((e, n) => {{ e.dataset.n = n; }})")
    reached: set[str] = set()
    wanted: dict[str, str] = {}
    tabs = seen.tab.locator("[role=tab]").count()
    assert tabs == 5
    seen.tab.locator("[role=tab]").first.focus()
    for _ in range(tabs):
        wanted |= dict(
            seen.script(
                f"{every}.filter(e => e.checkVisibility() && e.tabIndex >= 0 && !e.disabled)"
                ".map(e => [e.dataset.n, e.outerHTML.slice(0, 90)])"
            )
        )
        home = seen.script("document.activeElement.dataset.n")
        for _ in range(120):
            reached.add(seen.script("document.activeElement.dataset.n ?? ''"))
            seen.tab.keyboard.press("Tab")
            if seen.script("document.activeElement.dataset.n ?? ''") == home:
                break
        seen.tab.keyboard.press("ArrowRight")
    assert {what for number, what in wanted.items() if number not in reached} == set()
    unnamed = (
        "Array.from(document.querySelectorAll('button, a, input, select'))"
        ".filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)"
    )
    assert seen.script(unnamed) == []
    assert seen.complaints == []


def test_a_layer_s_popup_takes_the_keyboard_and_gives_it_back(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("layers")
    seen.tab.locator("button[data-go='band']").press("Enter")
    assert "10 km to each side" in seen.script("document.activeElement.textContent")
    seen.tab.keyboard.press("Escape")
    assert seen.script("document.activeElement.dataset.go") == "band"


def test_the_map_moves_by_arrow_keys(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator(".folium-map").focus()
    before = seen.centre()
    seen.tab.keyboard.press("ArrowRight")
    seen.until(f"contactline.map.getCenter().lng > {before[0]}")


def test_names_do_not_lie_on_each_other(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    boxes = seen.script(
        "Array.from(document.querySelectorAll('.label span'), e => (({left, right, top, bottom}) =>"
        " [left, right, top, bottom])(e.getBoundingClientRect()))"
    )
    assert boxes
    for n, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top


def test_the_scale_bar_has_kilometres_and_miles(page: Page, open_page: Callable[..., Seen]) -> None:
    words = plain(open_page(page).tab.locator(".leaflet-control-scale").inner_text())
    assert re.search(r"\d+ km\s+\d+ mi", words)


def test_in_print_the_legend_keeps_only_what_is_drawn(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.emulate_media(media="print")
    shown = seen.script(
        "Array.from(document.querySelectorAll('#panel-layers .layer')).filter(e => e.checkVisibility())"
        ".map(e => e.querySelector('.name').textContent.trim())"
    )
    assert "hidden title" not in shown
    assert "Band along the line of contact: 10 km to each side (hypothetical)" in map(plain, shown)
    assert not seen.tab.locator(".leaflet-control-zoom").is_visible()


def test_hostile_text_is_seen_as_written_and_runs_nowhere(
    page_with: Callable[[str], Page], open_page: Callable[..., Seen]
) -> None:
    text = " ".join(HOSTILE)
    seen = open_page(page_with(text))
    seen.tab_named("layers")
    for layer in ("band", "held-a", "mention", "contact"):
        seen.tab.locator(f"button[data-go='{layer}']").click()
        seen.until("document.querySelectorAll('.leaflet-popup').length === 1")
    popup = seen.tab.locator(".leaflet-popup .popup")
    assert text.replace("\u200f", "") in popup.inner_text().replace("\u200f", "")
    assert seen.tab.title() == f"A title{text}"
    assert seen.script("document.querySelectorAll('img, main svg[onload], [onerror], [onload]').length") == 0
    assert seen.asked() == []
    assert seen.complaints == []


def test_without_scripts_every_part_can_still_be_read(page: Page, browser: Any, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(render(page), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto((tmp_path / "page.html").as_uri())
    for name in ("article", "claims", "layers", "about"):
        assert tab.locator(f"#panel-{name} h2").first.is_visible()
    context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_map_knows_the_room_it_has(page: Page, open_page: Callable[..., Seen], viewport: dict[str, int]) -> None:
    seen = open_page(page, viewport)
    fits = (
        "(([r, s]) => Math.abs(r.width - s.x) < 1 && Math.abs(r.height - s.y) < 1)"
        "([contactline.map.getContainer().getBoundingClientRect(), contactline.map.getSize()])"
    )
    assert seen.script(fits)
    seen.tab.select_option("#language", "uk")
    seen.until(fits)
