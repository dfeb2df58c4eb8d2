"""The page as a document: the same bytes, one file, nothing fetched, and what a reader must find on it."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import re
import subprocess
import sys
from html import unescape
from math import cos, radians
from pathlib import Path

import folium
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import affine_transform

from geo.errors import UsageError
from layers.html.bar import bar
from layers.html.facts import facts, number
from layers.html.geometry import MEASURED_TOLERANCE, compact, frame_of, view_of
from layers.html.page import Page, render
from layers.html.polyline import encoded, polyline
from layers.layer import Feature, Layer


def test_the_same_page_gives_the_same_bytes_in_another_process(page: Page, tmp_path: Path) -> None:
    kept = tmp_path / "page"
    kept.write_bytes(pickle.dumps(page))
    code = "import hashlib, pathlib, pickle, sys; from layers.html.page import render;"
    code += "page = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes());"
    code += "print(hashlib.sha256(render(page).encode()).hexdigest())"
    sums = {
        subprocess.run(
            [sys.executable, "-c", code, str(kept)],
            capture_output=True,
            check=True,
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1
    assert render(page) == render(page)


def test_folium_itself_is_left_as_it_was(page: Page) -> None:
    before = [list(folium.Map.default_js), list(folium.Map.default_css)]
    render(page)
    assert [folium.Map.default_js, folium.Map.default_css] == before
    assert before[0], "folium's own maps still know their scripts"


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    html = render(page)
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.findall(r"<(?:script|img|iframe|link|object|embed)\b[^>]*\b(?:src|href|data)\s*=", html)
    assert not re.findall(r"url\((?!#)", markup)
    assert "@import" not in markup
    assert "sourceMappingURL" not in html
    assert "default-src 'none'" in unescape(html)


def test_the_page_names_date_origin_sources_and_statements(page: Page) -> None:
    html = render(page)
    assert '<time datetime="2025-01-20" data-long-date>20 January 2025</time>' in html
    assert "own date" in html
    for wanted in ("A title", "A subtitle", "Control is not sovereignty", "everything", 'href="https://example.org/"'):
        assert wanted in html


def test_a_claim_without_its_layer_and_layers_of_one_name_are_refused(page: Page) -> None:
    lost = dataclasses.replace(page.claims[0], anchor_layer="nowhere")
    with pytest.raises(UsageError, match="nowhere"):
        render(dataclasses.replace(page, claims=(lost,)))
    with pytest.raises(UsageError, match="share the id 'sea'"):
        render(dataclasses.replace(page, layers=(*page.layers, page.layers[0])))


def test_a_page_with_nothing_on_it_is_a_page() -> None:
    assert "<h1 data-g>Nothing</h1>" in render(Page("Nothing", "", "", "", ()))


def test_empty_and_missing_geometry_is_left_out(page: Page) -> None:
    empty = Layer("empty", "Empty", "mention", (Feature(shapely.Polygon(), "none"),), "", "")
    html = render(dataclasses.replace(page, layers=(*page.layers, empty, Layer("bare", "Bare", "band", (), "", ""))))
    data = json.loads(re.findall(r'id="contactline-map">(.*?)</script>', html, flags=re.DOTALL)[0])
    assert [layer["features"] for layer in data["layers"] if layer["id"] == "bare"] == [[]]
    (lost,) = (layer["features"] for layer in data["layers"] if layer["id"] == "empty")
    assert lost[0]["geometry"] is None


def decoded(text: str) -> list[tuple[float, float]]:
    """Lon, lat of an encoded polyline, read by the words of its specification."""
    numbers, bits, shift = [], 0, 0
    for character in text:
        code = ord(character) - 63
        bits |= (code & 31) << shift
        shift += 5
        if code < 32:
            numbers.append(~(bits >> 1) if bits & 1 else bits >> 1)
            bits = shift = 0
    return [tuple(p) for p in (np.cumsum(np.reshape(numbers, (-1, 2)), axis=0) / 1e5).tolist()]


def test_the_specification_s_own_example() -> None:
    lonlat = np.array([(-120.2, 38.5), (-120.95, 40.7), (-126.453, 43.252)])
    assert polyline(lonlat[:, ::-1]) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=2, max_size=30))
def test_encoded_points_come_back_within_half_a_unit(points: list[tuple[float, float]]) -> None:
    array = np.array(points)
    back = decoded(polyline(array))
    kept = np.rint(array * 1e5)[np.r_[True, np.diff(np.rint(array * 1e5), axis=0).any(axis=1)]] / 1e5
    assert back == pytest.approx(kept if len(kept) > 1 else np.rint(array * 1e5) / 1e5, abs=1e-9)


def test_every_kind_of_geometry_can_be_encoded() -> None:
    hole = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    line = shapely.LineString([(0, 0), (1, 2)])
    many = shapely.GeometryCollection([hole, line, shapely.Point(1.000004, -0.0)])
    assert encoded(shapely.Polygon()) is None
    assert encoded(many) == {
        "type": "GeometryCollection",
        "geometries": [encoded(hole), encoded(line), {"type": "Point", "coordinates": [1.0, 0.0]}],
    }
    rings = encoded(shapely.MultiPolygon([hole]))
    assert rings is not None
    assert [decoded(ring)[:2] for ring in rings["coordinates"][0]] == [[(0, 0), (4, 0)], [(1, 1), (2, 1)]]


def test_two_megabytes_of_boundaries_make_a_page_below_two_and_a_half(page: Page) -> None:
    units = tuple(Feature(cell, f"unit {n}") for n, cell in enumerate(_ragged_cells()))
    text = json.dumps([shapely.geometry.mapping(unit.geometry) for unit in units])
    assert len(text) > 2_000_000
    layers = (Layer("units", "Units", "unit", units, "s", "l"), *page.layers[4:])
    assert len(render(dataclasses.replace(page, layers=layers)).encode()) <= 2_500_000


def _ragged_cells() -> list[shapely.Polygon]:
    """A 5 by 5 coverage between 28 and 38 degrees east whose shared edges wander like rivers."""
    random, n, points = np.random.default_rng(1), 5, 1100

    def edge(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
        along = np.linspace(0, 1, points)[:, None]
        straight = np.array(start) * (1 - along) + np.array(end) * along
        wander = np.cumsum(random.normal(0, 0.002, (points, 2)), axis=0)
        wander -= along * wander[-1]
        return [tuple(p) for p in (straight + wander).tolist()]

    at = lambda x, y: (28.0 + 2 * x, 45.0 + 1.5 * y)  # noqa: E731
    across = {(x, y): edge(at(x, y), at(x + 1, y)) for x in range(n) for y in range(n + 1)}
    upward = {(x, y): edge(at(x, y), at(x, y + 1)) for x in range(n + 1) for y in range(n)}
    rings = [
        across[x, y] + upward[x + 1, y][1:] + across[x, y + 1][::-1][1:] + upward[x, y][::-1][1:-1]
        for x in range(n)
        for y in range(n)
    ]
    return [shapely.Polygon(ring) for ring in rings]


def test_what_is_measured_is_drawn_within_twenty_metres() -> None:
    circle = shapely.Point(36, 48).buffer(0.5, quad_segs=2000)
    layer = Layer("m", "M", "band", (Feature(circle, "m"),), "", "")
    (drawn,) = compact(layer, (30, 40, 42, 55))
    to_metres = [111_320 * cos(radians(48)), 0, 0, 111_320, 0, 0]  # good to a percent within half a degree
    was, now = (affine_transform(shape.boundary, to_metres) for shape in (circle, drawn))
    metres = was.hausdorff_distance(now)
    assert 0 < metres <= MEASURED_TOLERANCE
    assert shapely.get_num_coordinates(drawn) < 200


def test_the_view_stays_at_home_and_the_frame_reaches_abroad(layers: tuple[Layer, ...]) -> None:
    view = view_of(layers)
    assert view[2] < 45, "a line in Korea does not pull the view away"
    frame = frame_of(view, layers)
    assert frame[2] >= 128
    assert frame[0] < view[0]


def claim(quoted: tuple[float, float, float, str], measured: tuple[float, float, float, str]) -> dict[str, object]:
    keys = ("low", "value", "high", "unit")
    return {name: dict(zip(keys, row, strict=True)) for name, row in (("quoted", quoted), ("measured", measured))}


def test_a_bar_sets_quoted_and_measured_on_one_scale() -> None:
    drawn = str(bar(claim((3900, 4000, 4100, "m"), (3.9, 4.1, 4.1, "km"))))
    assert 'class="readers" d="M6.00 8H94.00"' in drawn, "metres and kilometres share a scale"
    assert 'class="said" d="M50.00 2V14"' in drawn
    assert 'class="found" d="M94.00 0V16"' in drawn


def test_what_cannot_be_compared_gets_no_bar() -> None:
    assert bar({"quoted": None, "measured": None}) == ""
    assert bar(claim((1, 2, 3, "percent"), (1, 2, 3, "km"))) == ""
    assert bar(claim((4, 4, 4, "km"), (4, 4, 4, "km"))) == ""
    assert bar({"quoted": {"value": "<b>", "low": 1, "high": 2}, "measured": {"value": 1, "low": 1, "high": 2}}) == ""


def test_a_popup_says_figures_with_intervals_then_date_source_and_lineage(layers: tuple[Layer, ...]) -> None:
    band = next(layer for layer in layers if layer.id == "band")
    assert ("Area", "1,234 (1,200–1,300) km²") in facts(band, band.features[0])
    held = next(layer for layer in layers if layer.id == "held-a")
    said = dict(facts(held, held.features[0]))
    assert said["Held by"] == "Russia"
    assert (said["As of"], said["Source"], said["How it came about"]) == ("2025-01-20", "held-a source", "a | b")


@given(st.floats(-1e9, 1e9))
def test_a_number_for_print_stays_the_number(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=5e-3, abs=5e-3)


def test_numbers_that_are_none_are_said_to_be() -> None:
    assert number(float("nan")) == "unknown"
    assert number(1_400_000) == "1,400,000"
    assert number(4.0) == "4"
