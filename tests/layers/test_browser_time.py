"""Time and comparison: the slider moves the layers of control, which keep their style; two states side by side."""

from __future__ import annotations

import re
from collections.abc import Callable

from layers.html.page import Page

from .browsing import Seen, plain

HELD, CONTESTED = "control-src-assessed", "control-src-contested"
WEST = (
    "(() => {{ const b = contactline.layers.get('{}').drawn.getBounds(); return b.isValid() ? b.getWest() : null; }})()"
)


def slide(seen: Seen, day: int) -> None:
    seen.tab.locator("#day").fill(str(day))


def test_the_slider_moves_control_and_says_the_day(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    assert plain(seen.tab.locator("#day-shown").inner_text()) == "20 January 2025"
    assert plain(seen.tab.locator("#course-now").text_content()) == "19.6 % (17.6–20.6) · 19,600 km² (17,640–20,580)"
    began = seen.path(HELD)
    assert seen.script(WEST.format(HELD)) == 30.5
    slide(seen, 2)
    assert seen.script(WEST.format(HELD)) == 30.0
    assert plain(seen.tab.locator("#day-shown").inner_text()) == "27 January 2025"
    assert plain(seen.tab.locator("#course-now").text_content()) == "23.5 % (21.2–24.7) · 23,500 km² (21,150–24,675)"
    assert "23.5 %" in plain(seen.tab.locator("#day").get_attribute("aria-valuetext"))
    slide(seen, 0)
    assert seen.script(WEST.format(HELD)) == 31.0
    seen.tab.locator("#now").click()
    assert seen.path(HELD) == began
    assert seen.complaints == []


def test_what_changed_in_the_step_is_hatched(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    slide(seen, 2)
    bounds = seen.script("(b => [b.getWest(), b.getEast()])(contactline.layers.get('step-russia').drawn.getBounds())")
    assert bounds == [30.0, 30.5]
    fill = "getComputedStyle(document.querySelector('.folium-map path.r-change-gain')).fill"
    assert "p-change-gain" in seen.script(fill)
    assert "to Russia" in seen.tab.locator("#step-now").inner_text()


def test_a_class_that_comes_later_appears_and_goes_again(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    assert seen.script(WEST.format(CONTESTED)) is None
    slide(seen, 2)
    assert seen.script(WEST.format(CONTESTED)) == 31.0
    path = "contactline.layers.get('control-src-contested').drawn.getLayers()[0].getElement()"
    assert "p-control-contested" in seen.script(f"getComputedStyle({path}).fill")
    slide(seen, 1)
    assert seen.script(WEST.format(CONTESTED)) is None


def test_a_layer_toggled_while_it_plays_keeps_its_style_and_its_day(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page, motion="no-preference")
    drawn = f"contactline.layers.get('{HELD}').drawn.getLayers()[0].getElement()"
    style = f"(s => [s.fill, s.stroke, s.fillOpacity])(getComputedStyle({drawn}))"
    before = seen.script(style)
    slide(seen, 0)
    seen.tab.locator("#play").click()
    assert seen.tab.locator("#play").get_attribute("aria-pressed") == "true"
    seen.tab_named("layers")
    box = seen.tab.locator(f"input[data-layer='{HELD}']")
    box.click()
    assert seen.script(f"contactline.map.hasLayer(contactline.layers.get('{HELD}').drawn)") is False
    seen.until("contactline.dayNow() === 2")
    box.click()
    assert seen.script(style) == before
    assert seen.script(WEST.format(HELD)) == 30.0
    seen.until("document.getElementById('play').getAttribute('aria-pressed') === 'false'")
    assert seen.complaints == []


def test_a_popup_on_another_day_says_that_day_s_figures(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    slide(seen, 0)
    seen.tab.mouse.click(*seen.spot(50.5, 32.5))
    words = plain(seen.tab.locator(".leaflet-popup .popup").inner_text())
    assert "15,700 km²" in words
    assert "13 January 2025" in words


def test_the_chart_follows_the_chosen_territory(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    line = "document.querySelector('#chart .mark').getAttribute('d')"
    before = seen.script(line)
    seen.tab.select_option("#course", "1")
    assert plain(seen.tab.locator("#course-now").text_content()) == "2.0 % (1.8–2.1) · 2,000 km² (1,800–2,100)"
    slide(seen, 2)
    assert seen.script(line) != before
    chart = seen.tab.locator("#chart").bounding_box()
    seen.tab.mouse.click(chart["x"] + 3, chart["y"] + 10)
    assert seen.script("contactline.dayNow()") == 0


def test_the_swipe_shows_one_state_left_and_another_right(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator("#compare").click()
    seen.tab.select_option("#swipe-left", "d:0")
    seen.tab.select_option("#swipe-right", "d:2")
    own = "getComputedStyle(document.querySelector('.leaflet-overlay-pane path.r-control-assessed')).display"
    assert seen.script(own) == "none"
    clip = "getComputedStyle(contactline.map.getPane('side-{}')).clipPath"
    left, right = seen.script(clip.format("left")), seen.script(clip.format("right"))
    assert left.startswith("polygon")
    assert left != right
    west = (
        "(side => Math.min(...Array.from(contactline.map.getPane('side-' + side).querySelectorAll('path'),"
        " p => p.getBoundingClientRect().left)))"
    )
    assert seen.script(f"{west}('left')") > seen.script(f"{west}('right')"), "the later state reaches further west"
    seen.tab.locator("#swipe-at").press("End")
    assert seen.script(clip.format("left")) != left
    assert "13 January 2025" in plain(seen.tab.locator("#swipe-at").get_attribute("aria-valuetext"))
    seen.tab.locator("#compare").click()
    assert seen.script(own) != "none"
    assert seen.complaints == []


def test_the_step_says_its_days_and_the_course_its_ends(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    ends = plain(seen.tab.locator("#course-range").text_content())
    assert ends == "From 15.7 % (14.1–16.5) on 13 January 2025 to 23.5 % (21.2–24.7) on 27 January 2025."
    slide(seen, 2)
    said = plain(seen.tab.locator("#step-now").inner_text())
    assert re.match(
        r"All, 20 January 2025 to 27 January 2025: 3,\d{3} km² \(\d,\d{3}–\d,\d{3}\) to Russia, 0 km² to", said
    )
    slide(seen, 0)
    assert "to Russia" not in seen.tab.locator("#step-now").inner_text(), "nothing came before the first day"


def test_on_paper_the_date_is_the_slider_s_and_the_line_of_another_day_is_left_out(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    seen = open_page(page)
    heading = (
        "Array.from(document.querySelectorAll('.as-of')).filter(p => p.offsetParent)"
        ".map(p => p.textContent.replaceAll('\\u00a0', ' '))"
    )
    line = "getComputedStyle(document.querySelector('.folium-map path.r-band')).display"
    seen.tab.emulate_media(media="print")
    assert "20 January 2025" in " ".join(seen.script(heading))
    assert seen.script(line) != "none"
    seen.tab.emulate_media(media="screen")
    slide(seen, 2)
    assert seen.script(line) != "none"
    seen.tab.emulate_media(media="print")
    (said,) = seen.script(heading)
    assert "27 January 2025" in said
    assert "asked for: 20 January 2025" in said, "both dates stand on the paper"
    assert seen.script(line) == "none"
    assert seen.complaints == []
