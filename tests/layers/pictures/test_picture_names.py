"""Names on maps for print: on what they name, off its neighbours and the lines, each once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from layers.pictures import SIZES, Caption
from layers.pictures.labels import Label, place_labels
from layers.pictures.seen import reach
from layers.pictures.sheet import in_lines, set_on

SHEET = SIZES["column"]
SIDE = 800_000.0


def window() -> tuple[Figure, Axes]:
    figure, axes = set_on(SHEET, Caption("T", "S", ("s",)))
    axes.set_xlim(0, SIDE)
    axes.set_ylim(0, SIDE)
    return figure, axes


def on_paper(axes: Axes, number: int = 0) -> shapely.Geometry:
    """The box of a name on the plane of the map."""
    box = axes.texts[number].get_window_extent(axes.figure.canvas.get_renderer())  # type: ignore[union-attr]
    return shapely.box(*axes.transData.inverted().transform(box).ravel())


def placed(labels: Sequence[Label], lines: shapely.Geometry | None = None) -> Axes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure, axes = window()
    FigureCanvasAgg(figure)
    place_labels(axes, labels, SHEET, [], lines)
    return axes


def test_a_country_seen_as_a_strip_bears_no_name_on_its_neighbour() -> None:
    strip = shapely.box(0, SIDE - 15_000, SIDE, SIDE)
    assert not placed([Label("Belarus", "country", strip, 1.0)]).texts
    axes = placed([Label("Belarus", "country", shapely.box(0, SIDE / 2, SIDE, SIDE), 1.0)])
    assert [text.get_text() for text in axes.texts] == ["Belarus"]
    assert on_paper(axes).bounds[1] >= SIDE / 2


@settings(max_examples=25, deadline=None)
@given(st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.floats(0.02, 0.6))
def test_a_unit_that_is_not_asked_for_is_named_on_its_own_ground_or_not_at_all(x: float, y: float, half: float) -> None:
    ground = shapely.clip_by_rect(shapely.Point(x * SIDE, y * SIDE).buffer(half * SIDE), 0, 0, SIDE, SIDE)
    axes = placed([Label("Zhytomyr", "unit", ground, 1.0)])
    for number, _ in enumerate(axes.texts):
        box = on_paper(axes, number)
        assert box.intersection(ground).area > 0.75 * box.area


def test_a_name_of_an_area_keeps_off_the_line_through_its_middle() -> None:
    ground = shapely.box(0, 0, SIDE, SIDE)
    free = on_paper(placed([Label("Donetsk", "named", ground, 1.0)])).centroid
    middle = shapely.LineString([(0, free.y), (SIDE, free.y)])
    axes = placed([Label("Donetsk", "named", ground, 1.0)], middle)
    assert not on_paper(axes).intersects(middle)
    assert ground.contains(on_paper(axes))


def test_what_was_asked_for_is_named_even_where_its_ground_is_too_small() -> None:
    ground = shapely.box(SIDE / 2, SIDE / 2, SIDE * 0.57, SIDE * 0.57)
    axes = placed([Label("Zaporizhzhia", "named", ground, 1.0)])
    assert on_paper(axes).contains(ground.centroid)


def test_the_short_name_is_written_where_the_long_one_finds_no_room() -> None:
    ground = shapely.box(SIDE * 0.4, SIDE * 0.4, SIDE * 0.6, SIDE * 0.6)
    axes = placed([Label("Crimea (occupied since 2014)", "unit", ground, 1.0, "Crimea")])
    assert [text.get_text() for text in axes.texts] == ["Crimea"]


def test_a_town_by_a_border_is_named_on_its_own_side() -> None:
    town = shapely.Point(SIDE / 2, SIDE / 2)
    east = shapely.box(SIDE / 2 + 1000, 0, SIDE, SIDE)
    axes = placed([Label("Kharkiv", "place", town, 1.0, "", east)])
    assert on_paper(axes).bounds[2] < SIDE / 2
    everywhere = shapely.box(0, 0, SIDE, SIDE)
    axes = placed([Label("Kharkiv", "place", town, 1.0, "", everywhere)])
    assert not axes.texts, "no name is better than one on another country"
    assert not axes.lines, "and no dot without a name"


def test_a_town_is_named_beside_the_line_it_lies_on_the_edge_of() -> None:
    town = shapely.Point(SIDE / 2, SIDE / 2)
    line = shapely.LineString([(SIDE / 2 + 5000, 0), (SIDE / 2 + 5000, SIDE), (SIDE * 0.7, SIDE), (SIDE * 0.7, 0)])
    assert not on_paper(placed([Label("Horlivka", "place", town, 1.0)], line)).intersects(line)


def test_a_unit_is_not_named_again_where_its_town_is() -> None:
    ground = shapely.box(0, 0, SIDE, SIDE)
    town = Label("Poltava", "place", shapely.Point(SIDE / 4, SIDE / 4), 1.0)
    axes = placed([town, Label("Poltava", "unit", ground, 1.0, "Poltava"), Label("Kyiv", "unit", ground, 1.0, "Kyiv")])
    assert sorted(text.get_text() for text in axes.texts) == ["Kyiv", "Poltava"]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Kursk incursion, at its largest, 31 August 2024", "31 August"),
        ("An area of as much as 112,072 km² in all", "112,072 km²"),
        ("Bounds of contributors © OpenStreetMap say so", "© OpenStreetMap"),
        ("It is 18.5 % of the whole of it", "18.5 %"),
    ],
)
def test_no_line_ends_between_a_number_and_its_unit(words: str, whole: str) -> None:
    for letters in range(max(10, len(whole)), 40):
        lines = in_lines(words, letters)
        assert any(whole in line for line in lines), (letters, lines)
        assert " ".join(lines) == words


def test_reach_is_a_diagonal() -> None:
    assert reach(shapely.box(0, 0, 3, 4)) == 5
    assert reach(shapely.Point()) == 0


def test_a_town_is_named_on_the_ground_of_the_side_that_holds_it() -> None:
    town = shapely.Point(SIDE / 2, SIDE / 2)
    other = shapely.box(SIDE / 2 + 1000, 0, SIDE, SIDE)
    axes = placed([Label("Avdiivka", "place", town, 1.0, "", None, other)])
    assert not on_paper(axes).intersects(other)
    axes = placed([Label("Avdiivka", "place", town, 1.0, "", None, shapely.box(0, 0, SIDE, SIDE))])
    assert axes.texts, "but it is named"
