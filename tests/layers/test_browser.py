"""The page in a real browser with the network cut: what it asks for, says, and does when it is used.

Chromium is found by the variable CONTACTLINE_CHROMIUM, else on the path; without one these tests are skipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from layers.html.page import Page, render

from .conftest import HOSTILE

KOREA, HELD = (125, 37, 129, 40), (37.5, 46, 38.5, 50)
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Seen:
    """A page open in a browser, and all it asked for and complained of."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def script(self, code: str) -> Any:
        return self.tab.evaluate(code)

    def centre(self) -> tuple[float, float]:
        place = self.script("(({lat, lng}) => [lng, lat])(contactline.map.getCenter())")
        return place[0], place[1]

    def until(self, code: str) -> None:
        """Waits until ``code`` is true (the page's policy forbids Playwright's own waiting, which evaluates text)."""
        for _ in range(200):
            if self.script(code):
                return
            self.tab.wait_for_timeout(50)
        raise AssertionError(f"in ten seconds it did not come true: {code}; the map stands at {self.centre()}")

    def until_in(self, box: tuple[float, float, float, float]) -> None:
        """Waits until the map's centre lies in a box (west, south, east, north)."""
        place = "contactline.map.getCenter()"
        west, south, east, north = box
        self.until(f"{west} < {place}.lng && {place}.lng < {east} && {south} < {place}.lat && {place}.lat < {north}")


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    contexts = []

    def opened(page: Page, viewport: dict[str, int] = DESKTOP, motion: str = "reduce", **options: Any) -> Seen:
        file = tmp_path / "page.html"
        file.write_text(render(page), encoding="utf-8")
        context = browser.new_context(viewport=viewport, offline=True, reduced_motion=motion, **options)
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.tab.on("request", lambda request: seen.requests.append(request.url))
        seen.tab.on("console", lambda message: seen.complaints.append(message.text))
        seen.tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.tab.on("dialog", lambda dialog: (seen.complaints.append("dialog"), dialog.dismiss()))
        seen.tab.goto(file.as_uri())
        seen.tab.wait_for_selector("html[data-ready]", state="attached", timeout=10_000)
        return seen

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_with_the_network_cut(
    page: Page, open_page: Callable[..., Seen], viewport: dict[str, int], scheme: str
) -> None:
    seen = open_page(page, viewport, color_scheme=scheme)
    assert [url for url in seen.requests if not url.startswith("file:")] == []
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
    rows = seen.tab.locator(".claims tbody tr")
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
    before = seen.centre()
    seen.tab.locator("#claim-2 .why").click()
    assert before[0] < 50
    seen.until_in(KOREA)
    assert seen.tab.locator("#claim-2").get_attribute("aria-current") == "true"
    assert "line title" in seen.tab.locator("#map-status").text_content()
    seen.tab.locator("#claim-1 button").press("Enter")
    seen.until_in(HELD)
    assert seen.tab.locator("tr[aria-current]").count() == 1
    assert seen.complaints == []


def test_a_claim_without_a_place_is_no_button(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    before = seen.centre()
    assert seen.tab.locator("#claim-3 button").count() == 0
    seen.tab.locator("#claim-3 .why").click()
    assert seen.centre() == before


def test_every_layer_switches_off_and_on(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    count = "document.querySelectorAll('.folium-map path').length"
    boxes = seen.tab.locator("input[data-layer]")
    assert boxes.count() == len(page.layers)
    for layer in page.layers:
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
    spot = seen.script(
        "(() => { const p = contactline.map.latLngToContainerPoint([49.2, 36.05]);"
        "const r = contactline.map.getContainer().getBoundingClientRect(); return [p.x + r.x, p.y + r.y]; })()"
    )
    seen.tab.mouse.click(*spot)
    popup = seen.tab.locator(".leaflet-popup .popup")
    assert popup.locator("h3").first.inner_text() == "band feature"
    words = popup.inner_text()
    for wanted in ("1,234 (1,200–1,300) km²", "2025-01-20", "band source", "Also here: gain feature"):
        assert wanted in words
    popup.locator("summary", has_text="Method and licence").first.click()
    assert "drawn by hand" in popup.inner_text()
    seen.tab.keyboard.press("Escape")
    seen.tab.wait_for_selector(".leaflet-popup", state="detached")


def test_the_keyboard_reaches_every_control(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    controls = seen.tab.locator("a[href]:visible, button:visible, input:visible, summary:visible")
    reached, wanted = set(), controls.count()
    seen.script("document.querySelectorAll('a[href], button, input, summary').forEach((e, n) => { e.dataset.n = n; })")
    for _ in range(wanted + 40):
        seen.tab.keyboard.press("Tab")
        reached.add(seen.script("document.activeElement.dataset.n ?? null"))
    missed = seen.script(
        "Array.from(document.querySelectorAll('a[href], button, input, summary')).filter(e => e.checkVisibility())"
        ".map(e => [e.dataset.n, e.outerHTML.slice(0, 80)])"
    )
    assert [what for number, what in missed if number not in reached] == []
    unnamed = (
        "Array.from(document.querySelectorAll('button, a')).filter(e => !(e.textContent.trim() || e.ariaLabel)).length"
    )
    assert seen.script(unnamed) == 0


def test_a_layer_s_popup_takes_the_keyboard_and_gives_it_back(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator("button[data-go='band']").press("Enter")
    assert "band feature" in seen.script("document.activeElement.textContent")
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


def test_words_of_the_article_lead_to_their_claims(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator(".article summary").click()
    assert seen.tab.locator(".article .body").inner_text() == page.article
    seen.tab.locator(".article a.claimed", has_text="Four").first.click()
    seen.until_in(KOREA)
    assert seen.tab.locator("#claim-2").get_attribute("aria-current") == "true"


def test_the_scale_bar_has_kilometres_and_miles(page: Page, open_page: Callable[..., Seen]) -> None:
    words = open_page(page).tab.locator(".leaflet-control-scale").inner_text()
    assert re.search(r"\d+ km\s+\d+ mi", words)


def test_in_print_the_legend_keeps_only_what_is_drawn(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.emulate_media(media="print")
    shown = seen.script(
        "Array.from(document.querySelectorAll('.layer')).filter(e => e.checkVisibility())"
        ".map(e => e.querySelector('.name').textContent.trim())"
    )
    assert "hidden title" not in shown
    assert "band title" in shown
    assert not seen.tab.locator(".leaflet-control-zoom").is_visible()


def test_hostile_text_is_seen_as_written_and_runs_nowhere(
    page_with: Callable[[str], Page], open_page: Callable[..., Seen]
) -> None:
    text = " ".join(HOSTILE)
    seen = open_page(page_with(text))
    for button in seen.tab.locator("button[data-go]").all()[:4]:
        button.click()
        seen.until("document.querySelectorAll('.leaflet-popup').length === 1")
    popup = seen.tab.locator(".leaflet-popup .popup")
    assert text.replace("\u200f", "") in popup.inner_text().replace("\u200f", "")
    assert seen.tab.title() == f"A title{text}"
    assert seen.script("document.querySelectorAll('img, main svg[onload], [onerror], [onload]').length") == 0
    assert [url for url in seen.requests if not url.startswith("file:")] == []
    assert seen.complaints == []
