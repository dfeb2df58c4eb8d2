"""Tools of the page: measuring, permalinks, downloads, languages, print; and a page that asks for tiles."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from layers.html.page import Page
from layers.tiles import tiles

from .browsing import PHONE, Seen

WGS84 = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((50.45, 30.52), (44.61, 33.52)),
        ((0.0, 0.0), (0.0, 1.0)),
        ((-33.9, 151.2), (51.5, -0.1)),
        ((48.0, 179.5), (48.2, -179.5)),
        ((89.9, 0.0), (89.9, 180.0)),
    ],
)
def test_lengths_are_geodesic(
    page: Page, open_page: Callable[..., Seen], one: tuple[float, float], other: tuple[float, float]
) -> None:
    seen = open_page(page)
    metres = seen.script(f"contactline.geodesic.inverse({list(one)}, {list(other)}).metres")
    assert metres == pytest.approx(WGS84.inv(one[1], one[0], other[1], other[0])[2], abs=1e-3)
    way = seen.script(f"contactline.geodesic.along({list(one)}, {list(other)}, 50000)")
    legs = [WGS84.inv(a[1], a[0], b[1], b[0])[2] for a, b in pairwise(way)]
    assert sum(legs) == pytest.approx(metres, rel=1e-9), "the line drawn is the geodesic that is measured"


@pytest.mark.parametrize(
    "ring",
    [
        [(46.0, 30.0), (46.0, 40.0), (52.0, 40.0), (52.0, 30.0)],
        [(48.0, 37.0), (48.0, 37.01), (48.01, 37.0)],
        [(-1.0, 10.0), (1.0, 10.0), (1.0, 12.0), (-1.0, 12.0)],
    ],
)
def test_areas_are_geodesic(page: Page, open_page: Callable[..., Seen], ring: list[tuple[float, float]]) -> None:
    m2 = open_page(page).script(f"contactline.geodesic.area({[list(p) for p in ring]})")
    lats, lons = zip(*ring, strict=True)
    assert m2 == pytest.approx(abs(WGS84.polygon_area_perimeter(lons, lats)[0]), rel=1e-6)


def test_almost_opposite_points_are_said_not_to_be_measured(page: Page, open_page: Callable[..., Seen]) -> None:
    assert open_page(page).script("contactline.geodesic.inverse([0, 0], [0.5, 179.7])") is None


def test_the_ruler_works_by_pointer_and_by_keyboard(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.locator("#measure").click()
    seen.tab.mouse.click(*seen.spot(49, 34))
    seen.tab.mouse.click(*seen.spot(50, 34))
    assert seen.tab.locator(".leaflet-popup").count() == 0
    said = seen.tab.locator("#ruler-result").inner_text()
    assert float(said.split()[1]) == pytest.approx(WGS84.inv(34, 49, 34, 50)[2] / 1000, abs=1.5), "to a pixel"
    seen.tab.locator("#ruler-add").press("Enter")
    assert "Enclosed" in seen.tab.locator("#ruler-result").inner_text()
    seen.tab.keyboard.press("Escape")
    assert seen.tab.locator("#measure").get_attribute("aria-pressed") == "false"


def test_an_address_brings_the_same_view_to_another_reader(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab_named("layers")
    seen.tab.locator("input[data-layer='hidden']").click()
    seen.tab.locator("input[data-layer='units']").click()
    seen.tab.select_option("#language", "uk")
    seen.tab.locator("#day").fill("2")
    seen.tab.select_option("#course", "1")
    seen.tab_named("bands")
    seen.tab.select_option("#band", "b2")
    seen.script("contactline.map.setView([48.5, 36.25], 7, {animate: false})")
    seen.tab.locator("#compare").click()
    seen.until("location.hash.includes('vs=') && location.hash.includes('band=b2')")
    fragment = seen.script("location.hash")
    other = open_page(page, fragment=fragment)
    but_for_the_centre = "contactline.state().replace(/^c=[^&]*/, '')"
    assert other.script(but_for_the_centre) == seen.script(but_for_the_centre)
    assert other.script("contactline.map.getZoom()") == 7
    assert other.script("[contactline.dayNow(), contactline.bandNow(), contactline.tabNow()]") == [2, "b2", "bands"]
    assert other.script("document.documentElement.lang") == "uk"
    assert other.script("contactline.map.hasLayer(contactline.layers.get('hidden').drawn)")
    assert not other.script("contactline.map.hasLayer(contactline.layers.get('units').drawn)")
    assert other.centre() == pytest.approx((36.25, 48.5), abs=0.01)  # a pixel
    assert other.complaints == []


@pytest.mark.parametrize(
    "fragment",
    [
        "#lang=__proto__&on=constructor~x&band=toString&day=99&vs=a~b~c&tab=<img src=x onerror=alert(1)>&c=1,a,NaN",
        "#claim-99",
        "#claim-1'];alert(1)//",
        "#c=Infinity,0,1e999",
        "#%",
    ],
)
def test_a_hostile_address_does_nothing(page: Page, open_page: Callable[..., Seen], fragment: str) -> None:
    seen = open_page(page, fragment=fragment)
    assert seen.complaints == []
    assert seen.asked() == []
    assert seen.tab.title() == "A title"


def test_a_layer_downloads_as_geojson(page: Page, open_page: Callable[..., Seen], tmp_path: Path) -> None:
    seen = open_page(page, accept_downloads=True)
    seen.tab_named("layers")
    with seen.tab.expect_download() as waiting:
        seen.tab.locator("button[data-download='held-a']").click()
    waiting.value.save_as(tmp_path / "layer.geojson")
    assert waiting.value.suggested_filename == "held-a-2025-01-20.geojson"
    found = json.loads((tmp_path / "layer.geojson").read_text(encoding="utf-8"))
    (feature,) = found["features"]
    assert found["about"]["Licence"] == "CC0"
    assert feature["properties"]["Held by"] == "Russia"
    shape = shapely.geometry.shape(feature["geometry"])
    assert shape.symmetric_difference(shapely.box(36, 46, 40, 50)).area < 1e-6
    assert shape.exterior.is_ccw
    assert seen.asked() == []


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("claimed-2024-03-01", "claimed-2024-03-01.geojson"),
        ("claimed-2025-01-20-2", "claimed-2025-01-20-2.geojson"),
        ("claimed-2024", "claimed-2024-2025-01-20.geojson"),
    ],
)
def test_a_download_carries_one_date(page: Page, open_page: Callable[..., Seen], known: str, name: str) -> None:
    layers = tuple(dataclasses.replace(one, id=known) if one.id == "claimed" else one for one in page.layers)
    seen = open_page(dataclasses.replace(page, layers=layers), accept_downloads=True)
    seen.tab_named("layers")
    with seen.tab.expect_download() as waiting:
        seen.tab.locator(f"button[data-download='{known}']").click()
    assert waiting.value.suggested_filename == name


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_the_page_speaks_and_comes_back(page: Page, open_page: Callable[..., Seen], language: str) -> None:
    seen = open_page(page)
    words = "document.body.innerText"
    english = seen.script(words)
    seen.tab.select_option("#language", language)
    assert seen.script("document.documentElement.lang") == language
    told = seen.script("Array.from(document.querySelectorAll('[role=tab]'), e => e.textContent)")
    assert told[0] in ("Стаття", "Статья")
    assert page.article in seen.script(words), "the article stays in its own words"
    seen.tab.select_option("#language", "en")
    assert seen.script(words) == english
    assert seen.complaints == []


def test_on_paper_every_tab_is_there_and_no_button(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.emulate_media(media="print")
    for name in ("article", "claims", "bands", "layers", "about"):
        assert seen.tab.locator(f"#panel-{name}").is_visible()
    for name in ("#print", "#measure", "#play", ".tabs"):
        assert not seen.tab.locator(name).is_visible()


def test_coordinates_are_those_of_the_pointer(page: Page, open_page: Callable[..., Seen]) -> None:
    seen = open_page(page)
    seen.tab.mouse.move(*seen.spot(49.0, 33.0))
    lat, lon = (float(part) for part in seen.tab.locator("#coordinates output").inner_text().split(", "))
    assert (lat, lon) == pytest.approx((49.0, 33.0), abs=0.02)


def test_tiles_are_asked_for_only_where_they_were_asked_for(page: Page, open_page: Callable[..., Seen]) -> None:
    pytest.importorskip("xyzservices")
    seen = open_page(dataclasses.replace(page, tiles=tiles("OpenTopoMap")), PHONE)
    seen.until("document.querySelectorAll('img.leaflet-tile').length > 0")
    hosts = {url.split("/")[2] for url in seen.asked()}
    assert hosts
    assert hosts <= {f"{letter}.tile.opentopomap.org" for letter in "abc"}
    assert "OpenTopoMap" in seen.tab.locator(".leaflet-control-attribution").inner_text()
    assert not [words for words in seen.complaints if "Content Security Policy" in words]


def test_before_printing_the_map_takes_the_paper_s_size_and_gives_it_back(
    page: Page, open_page: Callable[..., Seen]
) -> None:
    seen = open_page(page)
    size = "(s => [s.x, s.y])(contactline.map.getSize())"
    before, centre = seen.script(size), seen.centre()
    seen.script("window.dispatchEvent(new Event('beforeprint'))")
    paper = seen.script(size)
    assert paper == pytest.approx([180 / 25.4 * 96, 115 / 25.4 * 96], abs=2)
    assert seen.centre() == pytest.approx(centre, abs=0.3)
    seen.script("window.dispatchEvent(new Event('afterprint'))")
    assert seen.script(size) == before
