"""Maps for print: framed on what was named, a legend of what is seen, furniture that hides nothing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import geo
from geo.check import check_article
from geo.errors import InputError
from geo.reading.article import from_text
from geo.resolve import resolve
from geo.survey import Survey
from layers import compose
from layers.layer import Feature, Layer
from layers.pictures import SIZES
from layers.pictures.compose import territory_map
from layers.pictures.framing import alike, frame_of
from layers.pictures.sheet import LEAST_PT
from layers.pictures.standing import hypothetical


@pytest.fixture(scope="module")
def surveys() -> Any:
    atlas = geo.embedded()
    control = geo.control_source("settlements", atlas)
    return lambda day: Survey(atlas, date.fromisoformat(day), (control,))


def asked(survey: Survey, *phrases: str) -> list[compose.Named]:
    found = [resolve(phrase, survey.atlas) for phrase in phrases]
    return [compose.Named(one.territory, compose.called(one)) for one in found]


def drawn(survey: Survey, *phrases: str, size: str = "page") -> tuple[Figure, tuple[str, ...]]:
    things = asked(survey, *phrases)
    figure, missing = territory_map(", ".join(t.title for t in things), things, survey, SIZES[size])
    FigureCanvasAgg(figure).draw()
    return figure, missing


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def said(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in texts(figure))


def legend(figure: Figure) -> list[str]:
    return [" ".join(text.get_text().split()) for text in figure.legends[0].get_texts()]


def boxes(figure: Figure, found: list[Any]) -> list[Any]:
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [one.get_window_extent(renderer) for one in found]


PLACES = [
    ("Kursk incursion", "2024-12-30"),
    ("Crimea", "2025-01-20"),
    ('bank("dnipro", "right") & oblast("Kherson")', "2023-02-15"),
    ("Korean DMZ", "2025-01-20"),
    ("Kellogg zone", "2025-05-06"),
]


@pytest.mark.parametrize("size", ["column", "page", "card"])
@pytest.mark.parametrize(("phrase", "day"), PLACES)
def test_nothing_lies_over_anything_or_is_cut(surveys: Any, phrase: str, day: str, size: str) -> None:
    figure, _ = drawn(surveys(day), phrase, size=size)
    whole, frame = figure.bbox, boxes(figure, [figure.axes[0]])[0]
    for text, box in zip(texts(figure), boxes(figure, texts(figure)), strict=True):
        assert box.x0 >= whole.x0, text
        assert box.x1 <= whole.x1, text
        assert box.y0 >= whole.y0, text
        assert box.y1 <= whole.y1, text
        assert text.get_fontsize() >= LEAST_PT - 1e-9, text
    names = figure.axes[0].texts
    extents = boxes(figure, list(names))
    insets = boxes(figure, list(figure.axes[1:]))
    for number, box in enumerate(extents):
        assert frame.x0 <= box.x0, names[number]
        assert box.x1 <= frame.x1, names[number]
        assert frame.y0 <= box.y0, names[number]
        assert box.y1 <= frame.y1, names[number]
        assert not any(box.overlaps(other) for other in (*extents[:number], *insets)), names[number]
    key = boxes(figure, [figure.legends[0]])[0]
    captions = boxes(figure, list(figure.texts))
    assert not any(key.overlaps(box) for box in captions)
    assert not any(one.overlaps(other) for one, other in pairwise(sorted(captions, key=lambda box: -box.y1)))
    assert frame.height > 0.2 * whole.height, "the map itself has room"


@pytest.mark.parametrize("size", ["column", "page", "card"])
@pytest.mark.parametrize(("phrase", "day"), PLACES[:4])
def test_the_inset_lies_in_a_corner_and_hides_nothing_asked_for(surveys: Any, phrase: str, day: str, size: str) -> None:
    from layers.pictures.projection import around

    survey = surveys(day)
    figure, _ = drawn(survey, phrase, size=size)
    (inset,) = figure.axes[1:]
    (box,) = boxes(figure, [inset])
    frame = boxes(figure, [figure.axes[0]])[0]
    assert 0.1 < box.width / frame.width < 0.35
    assert box.height < 0.5 * frame.height
    corner = figure.axes[0].transData.inverted().transform(box)
    layer = compose.drawn(asked(survey, phrase), survey, shown=True)[0][0]
    shape = layer.features[0].geometry
    hidden = around([shape]).plane(shape).intersection(shapely.box(*np.ravel(corner)))
    assert hidden.is_empty


def test_titles_say_what_was_asked_and_never_an_expression(surveys: Any) -> None:
    figure, _ = drawn(surveys("2025-05-06"), 'band(line("contact"), "15 km")')
    title = figure.texts[0].get_text()
    assert "15 km" in title
    assert "Kellogg" not in said(figure)
    assert "(" not in title.replace("(hypothetical)", "")


def test_a_caption_has_date_size_sources_licences_and_whose_view(surveys: Any) -> None:
    words = said(drawn(surveys("2025-05-06"), "Kellogg zone")[0])
    for part in ("2025-05-06", "km²", "hypothetical", "ODbL", "CC BY 4.0", "GeoNames", "Natural Earth", "UN General"):
        assert part in words
    assert "Settlements held" in words


def test_a_zone_in_force_is_not_called_hypothetical_and_needs_no_word_on_crimea(surveys: Any) -> None:
    figure, _ = drawn(surveys("2025-01-20"), "Korean DMZ")
    assert "hypothetical" not in said(figure)
    assert "Crimea" not in said(figure)
    assert "Settlements held" not in said(figure)
    assert "Internationally recognised border" not in legend(figure)


def test_a_zone_elsewhere_is_drawn_for_dates_control_does_not_cover(surveys: Any) -> None:
    figure, missing = drawn(surveys("1990-01-01"), "Korean DMZ")
    assert "North Korea" in said(figure)
    assert missing == ()


def test_a_thing_that_has_no_extent_on_the_date_is_an_error_not_an_empty_map(surveys: Any) -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        drawn(
            surveys("2025-01-20"),
            "Minsk 2014 zone & oblast('Lviv')".replace("'", '"').replace("Minsk 2014 zone", "contested()"),
        )


def test_the_legend_names_only_what_is_seen_and_each_once(surveys: Any) -> None:
    words = legend(drawn(surveys("2024-12-30"), "Kursk incursion")[0])
    assert len(words) == len(set(words))
    assert "Held by Ukraine (assessed)" in words
    assert any("Kursk incursion at its largest, 31 August 2024" in word for word in words)
    assert "Occupied since 2014" not in words
    assert "Held by Russia (assessed)" not in words, "not in this window"


def test_what_lies_on_the_other_side_of_the_world_is_said_not_framed(surveys: Any) -> None:
    survey = surveys("2025-01-20")
    text = (
        "Russia holds about 20 percent of Ukraine. The Korean DMZ is 160 miles long; so the 38th parallel and Russia."
    )
    report = check_article(from_text(text, "a.txt"), survey.atlas, survey.controls, survey.at, survey.at)
    figure, missing = territory_map("T", compose.mentioned(report), survey, SIZES["page"])
    west, east = figure.axes[0].get_xlim()
    assert 1_000_000 < east - west < 3_000_000
    assert any("Korean DMZ" in sentence and "Off the map" in sentence for sentence in missing)


@pytest.mark.parametrize("phrase", ["38th parallel", "russia", "black sea"])
def test_the_vast_is_framed_where_it_comes_nearest(surveys: Any, phrase: str) -> None:
    figure, _ = drawn(surveys("2025-01-20"), phrase)
    west, east = figure.axes[0].get_xlim()
    assert np.isfinite([west, east]).all()
    assert east - west < 6_000_000


def layer(name: str, shape: shapely.Geometry, expression: str = 'place("X")') -> Layer:
    return Layer(name, name, "mention", (Feature(shape, name, {"expression": expression}),), "s", "l")


def test_the_largest_group_is_framed() -> None:
    home = shapely.box(22, 44, 40, 52)
    near = [layer("a", shapely.box(30, 46, 31, 47)), layer("b", shapely.box(33, 48, 34, 49))]
    frame, words = frame_of([layer("far", shapely.box(126, 37, 128, 39)), *near], home)
    assert shapely.total_bounds(frame).tolist() == [30, 46, 34, 49]
    assert "far" in words[0]
    assert frame_of([], home) == ([home], ())


def test_one_thing_in_two_renderings_is_alike() -> None:
    box = shapely.box(30, 46, 31, 47)
    assert alike(box, shapely.box(30, 46, 31.005, 47))
    assert not alike(box, shapely.box(40, 46, 41, 47))
    assert not alike(box, shapely.box(30, 46, 31, 46.5))
    assert not alike(shapely.Point(1, 1), box)


def test_a_band_that_is_only_proposed_is_hypothetical() -> None:
    def band(expression: str) -> Layer:
        found = layer("b", shapely.box(0, 0, 1, 1), expression)
        return Layer(found.id, found.title, "band", found.features, "s", "l")

    assert hypothetical(band('band(line("contact"), "2 km")'))
    assert hypothetical(band('band(line("contact"), "17 km")'))
    assert not hypothetical(band('band(line("mdl"), "2 km")'))


def test_sides_are_told_apart_on_grey_paper() -> None:
    from layers.palette import palette
    from layers.pictures.ink import hatch_of

    style = palette().style("control-assessed")
    russia, ukraine = (hatch_of(style, side) for side in ("russia", "ukraine"))
    assert russia
    assert ukraine
    assert russia != ukraine
    assert len(russia) == len(ukraine), "drawn alike, mirrored"
    assert hatch_of(palette().style("control-claimed")) not in (russia, ukraine)


def test_an_article_map_numbers_what_claims_are_about_and_draws_no_union_of_units(surveys: Any) -> None:
    survey = surveys("2025-01-20")
    text = (
        "Donetsk, Luhansk, Zaporizhzhia and Kherson oblasts are the four oblasts. Ukraine lost about 50% of the Kursk "
        "incursion. A band of 2 km to each side of the line of contact was proposed."
    )
    report = check_article(from_text(text, "a.txt"), survey.atlas, survey.controls, survey.at, survey.at)
    figure, _ = territory_map("T", compose.mentioned(report), survey, SIZES["column"], report)
    words = legend(figure)
    assert any("Kursk incursion" in word for word in words)
    assert not any("blasts" in word for word in words)
    assert any("drawn wider than it is" in word for word in words)
    assert {"1", "2"} <= {one.get_text() for one in figure.axes[0].texts}


def test_a_picture_of_a_largest_extent_says_its_day(surveys: Any) -> None:
    title = drawn(surveys("2024-12-30"), "Kursk incursion", size="column")[0].texts[0].get_text()
    assert "at its largest, 31 August 2024" in " ".join(title.split())


def test_ground_occupied_since_2014_has_no_lattice_as_bands_have() -> None:
    from layers.palette import palette
    from layers.pictures.ink import hatch_of

    occupied, band = (hatch_of(palette().style(role)) for role in ("occupied", "band"))
    assert set(str(occupied)) == {"/"}
    assert set(str(band)) == {"x"}


@pytest.mark.parametrize("village", ["Robotyne", "Kinburn spit", "Avdiivka"])
def test_a_village_that_was_asked_for_bears_its_name(surveys: Any, village: str) -> None:
    figure, _ = drawn(surveys("2024-03-01"), village, size="column")
    assert village in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("place", ["Bakhmut", "Robotyne", "Kinburn spit", "Kursk incursion", "Crimea"])
def test_the_name_in_the_inset_hides_no_mark(surveys: Any, place: str) -> None:
    figure, _ = drawn(surveys("2024-12-30"), place, size="column")
    (inset,) = figure.axes[1:]
    mark = inset.patches[-1]
    (mark_box,) = boxes(figure, [mark])
    assert not any(box.overlaps(mark_box) for box in boxes(figure, list(inset.texts)))
