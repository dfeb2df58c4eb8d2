"""The legend of a map says what is drawn, as it is drawn, and nothing else; bands within bands are told apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
import shapely

import geo
from geo.survey import Survey
from layers import compose
from layers.layer import Feature, Layer
from layers.palette import palette
from layers.pictures import SIZES, Caption, map_picture
from layers.pictures.compose import territory_map
from layers.pictures.framing import frame_of, in_its_role
from layers.pictures.ink import areas, sample
from layers.pictures.key import BLANK
from layers.pictures.projection import around
from layers.pictures.save import _flat, as_bytes
from layers.pictures.seen import on_plane, seen, styles_of, uncovered

BOX = shapely.box(30, 46, 36, 50)
WIDE = shapely.box(20, 40, 45, 55)


def layer(role: str, geometry: shapely.Geometry, name: str = "A thing", **values: str) -> Layer:
    return Layer(name, f"{role} {name}", role, (Feature(geometry, name, values),), "s", "l", "2025-01-20")


def land(geometry: shapely.Geometry = WIDE) -> list[Layer]:
    return [layer("basemap-land", geometry, "Land"), layer("country", geometry, "Border")]


def legend(figure: Any) -> list[str]:
    return [" ".join(text.get_text().split()) for text in figure.legends[0].get_texts()] if figure.legends else []


def drawn(*layers: Layer, frame: shapely.Geometry = BOX, size: str = "page") -> Any:
    return map_picture(layers, [frame], Caption("T", "S", ("s",)), SIZES[size])


def test_a_border_is_in_the_legend_where_one_is_seen() -> None:
    asked = layer("mention", BOX)
    assert not any("country" in line for line in legend(drawn(*land(), asked)))
    assert any("country" in line for line in legend(drawn(*land(shapely.box(20, 40, 33, 55)), asked)))


def test_ground_that_is_neither_land_nor_sea_is_named_blank() -> None:
    asked = layer("mention", BOX)
    assert BLANK not in legend(drawn(*land(), asked))
    assert BLANK in legend(drawn(*land(shapely.box(20, 40, 33, 55)), asked))


def test_a_speck_is_no_entry_and_ground_that_is_all_covered_is_none() -> None:
    speck = layer("control-contested", shapely.box(33, 48, 33.02, 48.02), "Contested")
    russia = layer("control-assessed", shapely.box(34, 46, 36, 50), "Held by Russia", side="russia")
    over = layer("occupied", shapely.box(33.9, 45.9, 36.1, 50.1), "Occupied")
    said = legend(drawn(*land(), speck, russia, over))
    assert not any("Contested" in line or "Held" in line for line in said)
    assert any("occupied" in line for line in said)
    partly = layer("occupied", shapely.box(35, 46, 36, 50), "Occupied")
    assert "Held by Russia" in legend(drawn(*land(), russia, partly))


def test_who_holds_what_stands_before_what_was_asked_for() -> None:
    said = legend(
        drawn(
            *land(),
            layer("occupied", shapely.box(35, 46, 36, 50), "Occupied"),
            layer("mention", BOX, "One"),
            layer("mention", shapely.box(31, 47, 33, 49), "Two"),
        )
    )
    assert [line[:1] for line in said] == ["o", "1", "2"]


def test_a_band_drawn_wider_than_it_is_has_the_swatch_it_is_drawn_in() -> None:
    figure = drawn(*land(), layer("band", shapely.box(33, 46, 33.01, 50), "Band"), size="column")
    (patch,) = [one for one in figure.legends[0].legend_handles if hasattr(one, "get_hatch")]
    assert any("drawn wider" in line for line in legend(figure))
    assert patch.get_hatch() is None
    assert patch.get_facecolor()[3] > 0.5


def test_bands_within_bands_have_fills_of_their_own_and_lie_side_by_side() -> None:
    bands = [layer("band", shapely.box(33 - half, 45, 33 + half, 51), f"{half}") for half in (1.5, 0.5, 1.0)]
    projection = around([BOX])
    things = on_plane(bands, projection)
    window = shapely.box(-3e5, -3e5, 3e5, 3e5)
    styles = styles_of(seen(things, window, 2000.0))
    assert len({(style.fill, style.angle) for style in styles.values()}) == 3
    assert styles["0.5"] == palette().style("band"), "the narrowest is the palette's"
    shown = [uncovered(thing, things) for thing in things]
    assert not any(one.intersection(other).area > 1 for n, one in enumerate(shown) for other in shown[:n])
    whole = shapely.union_all([thing.plane for thing in things])
    assert shapely.union_all(shown).symmetric_difference(whole).area < 1e-6 * whole.area


def test_one_small_thing_is_ringed_and_numbered_and_a_large_one_is_not() -> None:
    def numbers(half: float) -> set[str]:
        figure = drawn(*land(), layer("mention", shapely.box(33 - half, 48 - half, 33 + half, 48 + half), "Small"))
        return {text.get_text() for text in figure.axes[0].texts} & {"1"}

    assert numbers(0.05) == {"1"}
    assert numbers(1.0) == set()


def test_crossed_edges_are_drawn_not_raised() -> None:
    bow = shapely.Polygon([(31, 47), (35, 49), (35, 47), (31, 49)])
    both = shapely.GeometryCollection([bow, shapely.LineString([(31, 47), (35, 49)]), shapely.Point(1, 1)])
    assert all(part.is_valid and part.geom_type == "Polygon" for part in areas(both))
    assert sum(part.area for part in areas(both)) == pytest.approx(4.0)
    twice = shapely.MultiPolygon([shapely.box(31, 47, 33, 49), shapely.box(32, 48, 34, 49.5)])
    for shape in (bow, both, twice):
        assert as_bytes(drawn(*land(), layer("change-gain", shape), layer("band", shape, "B")), "png")


def test_swatches_show_their_pattern_in_every_format() -> None:
    """In SVG a pattern is as clear as the face under it: the face is one colour, the pattern another."""
    for role, side in (("control-assessed", "russia"), ("control-assessed", "ukraine"), ("occupied", "")):
        patch = sample(palette().style(role), side)
        face, edge = np.array(patch.get_facecolor()), np.array(patch.get_edgecolor())
        assert face[3] == edge[3] == 1.0
        assert np.abs(face[:3] - edge[:3]).max() > 0.1
        assert patch.get_hatch()


def test_a_thin_line_keeps_its_hue_in_a_png_and_white_stays_white() -> None:
    from PIL import Image

    rng = np.random.default_rng(0)
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[:120] = rng.integers(120, 220, (120, 300, 3))
    pixels[150, 10:40] = (91, 58, 140)
    flat = np.asarray(_flat(Image.fromarray(pixels)).convert("RGB")).astype(int)
    assert flat[180, 10].tolist() == [255, 255, 255]
    assert np.abs(flat[150, 20] - (91, 58, 140)).max() <= 24


def written(expression: str, geometry: shapely.Geometry, role: str = "mention") -> Layer:
    return layer(role, geometry, "N", expression=expression)


@pytest.mark.parametrize(
    ("expression", "role"),
    [
        ('band(line("contact"), "5 km") & oblast("Kharkiv")', "band"),
        ('oblast("Kharkiv") & on(band(line("contact"), "5 km"), "2024-01-01")', "band"),
        ('on(gained("russia", since="2024-11-30") & country("ukraine"), "2024-12-31")', "change-gain"),
        ('lost("russia", since="2024-11-30")', "change-loss"),
        ('oblast("Kharkiv")', "mention"),
        ('controlled("russia") & oblast("Kharkiv")', "mention"),
        ('country("ukraine") - band(line("contact"), "5 km")', "mention"),
    ],
)
def test_what_is_a_band_or_a_change_is_drawn_as_one(expression: str, role: str) -> None:
    assert in_its_role(written(expression, BOX)).role == role


def test_what_is_vast_is_framed_by_what_is_named_beside_it_and_else_with_home() -> None:
    home = shapely.box(22, 44, 40, 52)
    parallel = written('parallel("38N")', shapely.LineString([(-180, 38), (180, 38)]), "line")
    korea = written('country("south korea")', shapely.box(126, 34, 130, 38.5))
    frame, words = frame_of([parallel, korea], home)
    assert shapely.total_bounds(frame).tolist() == [126, 34, 130, 38.5]
    assert not words
    west, south, east, north = shapely.total_bounds(frame_of([parallel], home)[0]).tolist()
    assert (west, south, east, north) == (22, 38, 40, 52)
    far = written('parallel("17N")', shapely.LineString([(-180, 17), (180, 17)]), "line")
    assert shapely.total_bounds(frame_of([far], home)[0])[3] < 44


def test_a_figure_on_a_map_has_a_date_and_an_interval_or_says_why_not() -> None:
    atlas = geo.embedded()
    survey = Survey(atlas, date(2025, 1, 20), (geo.control_source("settlements", atlas),))
    for expression, parts in (
        ('band(line("contact"), "2 km")', ("State of 2025-01-20", " to ")),
        ('line("mdl")', ("The same on any date", " to ")),
        ('parallel("38N")', ("no interval: sources and definitions agree", "The same on any date")),
        ('oblast("Chernivtsi")', ("Who held what: state of 2025-01-20", "The same on any date")),
    ):
        figure, _ = territory_map("T", [compose.Named(geo.parse(expression), "T")], survey, SIZES["page"])
        said = " ".join(figure.texts[1].get_text().split())
        assert all(part in said for part in parts), said


def test_the_number_of_the_larger_of_two_stands_where_the_smaller_is_not() -> None:
    from matplotlib.figure import Figure

    from layers.pictures.numbers import Numbered, set_numbers

    figure = Figure(figsize=(3.4, 3.4), dpi=300)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 1000)
    axes.set_ylim(0, 1000)
    inner, outer = shapely.box(100, 300, 700, 700), shapely.box(50, 250, 950, 750)
    things = [Numbered(1, outer, "#000000"), Numbered(2, inner, "#000000")]
    set_numbers(axes, things, SIZES["column"], [])
    at = {text.get_text(): shapely.Point(text.xy) for text in axes.texts}  # type: ignore[attr-defined]
    assert inner.contains(at["2"])
    assert outer.covers(at["1"])
    assert not inner.contains(at["1"])
