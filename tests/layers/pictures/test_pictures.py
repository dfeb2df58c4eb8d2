"""Pictures opened again: text is text, the font is inside, the same bytes every time, nothing over anything else."""

from __future__ import annotations

import re
import struct
from datetime import date
from math import log, radians, sin
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
import shapely

import geo
from geo.check import check_article
from geo.errors import OverwriteError
from geo.reading.article import from_text
from geo.survey import Survey
from layers.layer import Feature, Layer
from layers.pictures import SIZES, Caption, map_picture, save
from layers.pictures.compose import chart_of, territory_map
from layers.pictures.projection import Projection
from layers.pictures.save import as_bytes

HOSTILE = "$\\frac{1}{2}$ <script>alert(1)</script> {{7*7}} & Україна"
BOX = shapely.box(30, 46, 36, 50)


def layers(name: str = "A place") -> list[Layer]:
    def layer(role: str, geometry: shapely.Geometry, **values: str) -> Layer:
        return Layer(role, f"{role} {name}", role, (Feature(geometry, name, values),), "s", "l", "2025-01-20")

    return [
        layer("basemap-land", shapely.box(20, 40, 45, 55)),
        layer("control-assessed", shapely.box(34, 46, 36, 50), side="russia"),
        layer("control-contested", shapely.box(33, 46, 34, 50)),
        layer("mention", BOX),
        layer("band", shapely.box(33.5, 45, 33.9, 51)),
        layer("contact-line", shapely.LineString([(33.7, 45), (33.7, 51)])),
        layer("place", shapely.Point(32, 48)),
    ]


@pytest.fixture(scope="module")
def survey() -> Survey:
    atlas = geo.embedded()
    return Survey(atlas, date(2025, 1, 20), (geo.control_source("settlements", atlas),))


def picture(name: str = "A place", size: str = "column") -> bytes:
    caption = Caption(f"Title {name}", "As of 2025-01-20.", ("Source: s.",))
    return as_bytes(map_picture(layers(name), [BOX], caption, SIZES[size]), "svg")


def words(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_text_stays_text_and_brings_its_font() -> None:
    svg = picture()
    said = words(svg)
    assert "Title A place" in said
    assert "A place" in said
    assert "2  A place (hypothetical)" in said
    assert any(word.endswith(" km") for word in said)
    assert any(word.endswith(" miles") for word in said)
    assert svg.count(b"@font-face") == 3
    assert b"url(data:font/woff" in svg
    assert not re.search(rb"""(?:href|src)=["']https?:""", svg), "a picture asks nothing of a network"


def test_hostile_text_stays_text() -> None:
    svg = picture(HOSTILE)
    assert f"Title {HOSTILE}" in " ".join(words(svg))
    assert b"<script" not in svg


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_layers_give_the_same_bytes(kind: str) -> None:
    one, two = (
        as_bytes(map_picture(layers(), [BOX], Caption("T", "S", ("s",)), SIZES["column"]), kind) for _ in range(2)
    )
    assert one == two


def test_a_pdf_has_its_fonts_and_its_words(tmp_path: Path) -> None:
    figure = map_picture(layers(), [BOX], Caption("A title", "S", ("s",)), SIZES["page"])
    page = pypdf.PdfReader(save(figure, tmp_path / "a.pdf")).pages[0]
    assert "A title" in page.extract_text()
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()
    assert (float(page.mediabox.width) * 25.4 / 72, float(page.mediabox.height) * 25.4 / 72) == pytest.approx(
        (180, 150), abs=0.1
    )


def test_a_card_has_the_pixels_it_says(tmp_path: Path) -> None:
    path = save(map_picture(layers(), [BOX], Caption("T", "S", ("s",)), SIZES["card"]), tmp_path / "a.png")
    assert struct.unpack(">II", path.read_bytes()[16:24]) == (1200, 630)
    column = save(map_picture(layers(), [BOX], Caption("T", "S", ("s",)), SIZES["column"]), tmp_path / "b.png")
    assert struct.unpack(">II", column.read_bytes()[16:24])[0] == pytest.approx(88 / 25.4 * 300, abs=1)


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_own_pictures_are_replaced_and_those_of_others_are_not(tmp_path: Path, ending: str) -> None:
    figure = map_picture(layers(), [BOX], Caption("T", "S", ("s",)), SIZES["column"])
    path = save(figure, tmp_path / f"a.{ending}")
    save(figure, path)
    path.write_bytes(b"someone's work")
    with pytest.raises(OverwriteError):
        save(figure, path)


def quadrangle_km2(south: float, north: float, wide: float) -> float:
    """A quadrangle of parallels and meridians on WGS84 (Snyder 1987, 3-12 and p. 13)."""
    a, e = 6378.137, 0.0818191908426

    def q(lat: float) -> float:
        s = sin(radians(lat))
        return (1 - e * e) * (s / (1 - (e * s) ** 2) - log((1 - e * s) / (1 + e * s)) / (2 * e))

    return a * a * radians(wide) * (q(north) - q(south)) / 2


@pytest.mark.parametrize("west", [31.0, 25.0, 40.0])
def test_the_plane_keeps_areas(west: float) -> None:
    plane = Projection(33.0, 48.0).plane(shapely.segmentize(shapely.box(west, 47, west + 1, 48), 0.01))
    assert plane.area / 1e6 == pytest.approx(quadrangle_km2(47, 48, 1), rel=1e-6)


def test_names_leave_each_other_room() -> None:
    crowd = Layer(
        "places",
        "P",
        "place",
        tuple(Feature(shapely.Point(33 + n / 500, 48), f"Town {n}", {"listed_people": n}) for n in range(40)),
        "s",
        "l",
    )
    figure = map_picture(
        [*[one for one in layers() if one.role != "band"], crowd], [BOX], Caption("T", "S", ("s",)), SIZES["page"]
    )
    axes = figure.axes[0]
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    assert len([t for t in axes.texts if t.get_text().startswith("Town")]) < 40
    assert "Town 39" in [text.get_text() for text in axes.texts], "the largest first"
    assert not [1 for n, box in enumerate(boxes) for other in boxes[:n] if box.overlaps(other)]


def test_a_territory_is_framed_and_sourced(survey: Survey) -> None:
    from layers import compose

    things = [compose.Named(geo.parse('oblast("Kherson")'), "Kherson oblast")]
    figure, missing = territory_map("Kherson oblast", things, survey, SIZES["column"])
    said = " ".join(words(as_bytes(figure, "svg")))
    assert missing == ()
    assert "2025-01-20" in said
    assert "OpenStreetMap" in said
    assert "control is not sovereignty" in said
    assert "Kherson" in said
    assert "Lviv" not in said


def test_claims_are_charted(survey: Survey) -> None:
    article = from_text("Russia holds about 20 percent of Ukraine, and 60 percent of the Donetsk region.", "a.txt")
    report = check_article(article, survey.atlas, survey.controls, survey.at, survey.at)
    said = " ".join(words(as_bytes(chart_of("Claims", report.checked, survey, SIZES["page"]), "svg")))
    assert "quoted 20 %" in said
    assert "measured 18." in said
    assert "holds as rounded" in said


def legend_of(figure: object) -> list[str]:
    return [" ".join(text.get_text().split()) for text in figure.legends[0].get_texts()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", ["column", "page", "card"])
def test_the_legend_stands_below_or_beside_the_map_and_over_nothing(size: str) -> None:
    figure = map_picture(layers(), [BOX], Caption("T", "S", ("Source: s. " * 12,)), SIZES[size])
    as_bytes(figure, "png")
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    key, box = figure.legends[0].get_window_extent(renderer), figure.axes[0].get_window_extent(renderer)
    assert key.y1 <= box.y0 or key.x0 >= box.x1
    foot = min((text.get_window_extent(renderer) for text in figure.texts), key=lambda extent: extent.y0)
    assert key.y0 >= foot.y1
    assert key.x1 <= figure.bbox.x1


def test_territories_drawn_alike_share_a_line_of_the_legend_and_the_rest_is_counted() -> None:
    def territory(number: int, west: float) -> Layer:
        name = f"Place {number}"
        return Layer(f"n-{number}", name, "mention", (Feature(shapely.box(west, 47, west + 1, 48), name),), "s", "l")

    many = [territory(n, 31 + n / 4) for n in range(9)]
    figure = map_picture([*layers()[:3], *many, territory(99, 90.0)], [BOX], Caption("T", "S", ("s",)), SIZES["page"])
    said = legend_of(figure)
    (named,) = [line for line in said if "Place" in line]
    assert named.endswith("and 3 more, named in the article")
    assert "Place 99" not in named, "what lies outside the window is not in the legend"
    assert len(said) <= 6


def test_a_map_of_a_unit_bears_its_name_and_says_whose_crimea_is(survey: Survey) -> None:
    from layers import compose

    things = [compose.Named(geo.parse('unit("Crimea")'), "The peninsula")]
    figure, _ = territory_map("The peninsula", things, survey, SIZES["column"])
    assert "Crimea" in [text.get_text() for text in figure.axes[0].texts]
    said = " ".join(words(as_bytes(figure, "svg")))
    assert "occupied since 2014" in said
    assert "Held by Russia (assessed)" in said


@pytest.mark.parametrize(("size", "dpi"), [("column", 300), ("page", 300), ("card", 150)])
def test_a_png_says_how_large_it_is_on_paper(size: str, dpi: int) -> None:
    from io import BytesIO

    from PIL import Image

    sheet = SIZES[size]
    png = as_bytes(map_picture(layers(), [BOX], Caption("T", "S", ("s",)), sheet), "png")
    with Image.open(BytesIO(png)) as image:
        assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
        assert image.info["Software"] == "made by contactline"
        assert image.width / dpi * 25.4 == pytest.approx(sheet.width_mm, abs=0.2)


def test_a_browser_reads_the_letters_from_the_picture(tmp_path: Path, browser: Any) -> None:
    """Chromium, its own fonts aside: the font is renamed, so that only the embedded one can answer."""
    page_file = tmp_path / "a.html"
    svg = picture("Україна").decode("utf-8").replace("DejaVu Sans", "Nobody Has This")
    page_file.write_text(f"<!doctype html><meta charset=utf-8>{svg[svg.index('<svg') :]}", encoding="utf-8")
    page = browser.new_page()
    try:
        page.goto(page_file.as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate("document.fonts.check(\"10px 'Nobody Has This'\", 'Україна')")
        faces = page.evaluate("[...document.fonts].map(f => f.status)")
        assert "loaded" in faces
        assert "error" not in faces
        assert page.evaluate("[...document.querySelectorAll('text')].some(t => t.textContent.includes('Україна'))")
    finally:
        page.close()
