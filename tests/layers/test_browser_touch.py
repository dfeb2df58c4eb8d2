"""A phone, a keyboard, a reader who wants no motion, a system that picks the colours: every control within reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from layers.html.page import Page

from .browsing import PHONE, Seen

SMALL = {"width": 320, "height": 640}
TABS = ("article", "claims", "bands", "layers", "about")
_TARGETS = """Array.from(document.querySelectorAll('button, select, summary, input, a[href]'))
  .filter(e => e.checkVisibility() && !e.closest('.sources, .skip, .body'))
  .map(e => [e.outerHTML.slice(0, 90), (e.closest('label') || e).getBoundingClientRect()])
  .filter(([, r]) => r.height && (r.height < 43.5 || r.width < 43.5)).map(([e, r]) => `${r.width}x${r.height} ${e}`)"""


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["390", "320"])
def test_on_a_phone_nothing_sticks_out_and_every_target_is_a_finger_wide(
    page: Page, open_page: Callable[..., Seen], size: dict[str, int], language: str
) -> None:
    seen = open_page(page, size, has_touch=True, fragment=f"#lang={language}")
    seen.tab.locator("#compare").click()
    for name in TABS:
        seen.tab_named(name)
        assert seen.script("document.documentElement.scrollWidth") <= size["width"], name
        assert seen.script(_TARGETS) == [], name
        small = (
            "Array.from(document.querySelectorAll('select')).filter(e => parseFloat(getComputedStyle(e).fontSize) < 16)"
        )
        assert seen.script(f"{small}.length") == 0, "a phone zooms into smaller fields"
    seen.tab_named("layers")
    seen.tab.locator("button[data-go='band']").click()
    seen.until("document.querySelectorAll('.leaflet-popup').length === 1")
    assert seen.script(_TARGETS) == [], "popup"
    over = (
        "(e => { const r = e.getBoundingClientRect();"
        " return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); })"
        "(document.querySelector('.leaflet-popup-close-button'))"
    )
    seen.until(over)  # nothing lies over the button that closes it
    seen.tab.keyboard.press("Escape")
    seen.tab.wait_for_selector(".leaflet-popup", state="detached")
    seen.tab.locator("#measure").click()
    assert seen.script(_TARGETS) == [], "ruler"
    assert seen.complaints == []


def test_one_finger_on_the_map_scrolls_the_page_and_two_move_the_map(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    seen = open_page(page, PHONE, has_touch=True)
    assert seen.script("contactline.map.dragging.enabled()") is False
    assert seen.script("contactline.map.touchZoom.enabled()") is True
    assert seen.script("getComputedStyle(contactline.map.getContainer()).touchAction") == "pan-x pan-y"
    before = seen.centre()
    box = seen.tab.locator(".folium-map").bounding_box()
    session = seen.tab.context.new_cdp_session(seen.tab)
    x, y = box["x"] + 200, box["y"] + 250

    def drag(across: int, down: int) -> None:
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 11):
            point = {"x": x + across * step, "y": y + down * step}
            session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    drag(-15, 0)
    assert seen.tab.locator(".hint").inner_text() == "Two fingers move the map"
    assert seen.script("document.querySelector('.hint').classList.contains('on')")
    drag(0, -18)
    seen.until("scrollY > 80")
    assert seen.centre() == before


def test_the_wheel_scrolls_a_narrow_page_and_zooms_where_the_map_was_chosen(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    seen = open_page(page, {"width": 800, "height": 700})
    zoom = seen.script("contactline.map.getZoom()")
    seen.tab.mouse.move(400, 350)
    seen.tab.mouse.wheel(0, 200)
    seen.until("scrollY > 100")
    assert seen.script("contactline.map.getZoom()") == zoom
    seen.tab.locator(".folium-map").focus()
    assert seen.script("contactline.map.scrollWheelZoom.enabled()") is True


def test_focus_is_seen_on_every_control(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    unseen = set()
    for name in TABS:
        seen.tab_named(name)
        seen.tab.locator(f"#tab-{name}").focus()
        for _ in range(60):
            seen.tab.keyboard.press("Tab")
            told = seen.script(
                "(e => [e.outerHTML.slice(0, 80), getComputedStyle(e).outlineStyle,"
                " getComputedStyle(e).outlineWidth])(document.activeElement)"
            )
            if told[1] == "none" or told[2] == "0px":
                unseen.add(told[0])
            if told[0].startswith(("<body", "<html")):
                break
    assert {one for one in unseen if not one.startswith(("<body", "<html"))} == set()


def test_who_wants_no_motion_goes_step_by_step(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator("#play").click()
    assert seen.script("contactline.dayNow()") == 2
    seen.tab.wait_for_timeout(700)
    assert seen.script("contactline.dayNow()") == 2
    assert seen.tab.locator("#play").inner_text().strip() == "Next step"
    seen.tab.locator("#play").click()
    assert seen.script("contactline.dayNow()") == 0, "after the last day comes the first"


def test_where_the_system_picks_the_colours_what_is_chosen_is_marked(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    seen = open_page(page, forced_colors="active")
    line = "getComputedStyle(document.getElementById('tab-{}')).borderBottomColor"
    assert seen.script(line.format("article")) != seen.script(line.format("claims"))
    seen.tab.locator("#measure").click()
    fill = "getComputedStyle(document.getElementById('{}')).backgroundColor"
    assert seen.script(fill.format("measure")) != seen.script(fill.format("compare"))
    path = "getComputedStyle(document.querySelector('.folium-map path.r-control-assessed.side-russia')).fill"
    assert seen.script(path).startswith("rgb(179, 79, 0"), "the map keeps its colours, as its legend does"
