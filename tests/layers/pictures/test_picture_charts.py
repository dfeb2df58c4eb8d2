"""Charts for print: histories with bands and events, claims with both intervals; nothing over anything else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import geo
from geo.algebra.evaluate import World
from geo.check import check_article
from geo.errors import InputError
from geo.history import Gap, History, Point
from geo.reading.article import from_text
from geo.survey import Survey
from layers.pictures import SIZES
from layers.pictures.compose import chart_of
from layers.pictures.days import day_number, marks
from layers.pictures.events import events, events_on, read_events
from layers.pictures.flags import rows_of
from layers.pictures.history import heading, history_chart, history_page, spread
from layers.pictures.save import as_bytes
from layers.pictures.sheet import LEAST_PT

FIRST = date(2022, 2, 24)


@pytest.fixture(scope="module")
def survey() -> Survey:
    atlas = geo.embedded()
    return Survey(atlas, date(2025, 1, 20), (geo.control_source("settlements", atlas),))


def made(survey: Survey, days: int = 1200, keys: tuple[str, ...] = ("held",), gaps: tuple[Gap, ...] = ()) -> History:
    points = [
        Point(FIRST + timedelta(n), key, 100 + n / 50 + 40 * k, low=95 + n / 50 + 40 * k, high=108 + n / 50 + 40 * k)
        for n in range(0, days, 10)
        for k, key in enumerate(keys)
    ]
    return History(geo.parse('controlled("russia")'), survey.controls[0], "km2", tuple(points), gaps)


def texts(figure: Figure) -> list[Text]:
    FigureCanvasAgg(figure).draw()
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def extents(figure: Figure, found: list[Text]) -> list[Any]:
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [Text.get_window_extent(text, renderer) for text in found]  # an annotation's without its arrow


@pytest.mark.parametrize("size", ["column", "page", "card"])
@pytest.mark.parametrize(("days", "keys"), [(1, 1), (20, 1), (400, 3), (1600, 1), (1600, 12)])
def test_no_words_of_a_history_collide_or_are_cut(survey: Survey, size: str, days: int, keys: int) -> None:
    history = made(survey, days, tuple(f"Unit number {n}" for n in range(keys)))
    figure = history_chart(history, SIZES[size], "What was asked for", events())
    found = texts(figure)
    all_boxes = extents(figure, found)
    for number, box in enumerate(all_boxes):
        assert box.x0 >= 0, found[number]
        assert box.x1 <= figure.bbox.x1, found[number]
        assert box.y0 >= 0, found[number]
        assert box.y1 <= figure.bbox.y1, found[number]
        assert found[number].get_fontsize() >= LEAST_PT - 1e-9
        overlapped = [found[m].get_text() for m in range(number) if box.overlaps(all_boxes[m])]
        assert not overlapped, (found[number].get_text(), overlapped)


def test_a_history_says_in_words_what_it_is_and_whose(survey: Survey) -> None:
    history = made(survey)
    figure = history_chart(history, SIZES["page"], "", events())
    words = " ".join(" ".join(text.get_text().split()) for text in texts(figure))
    assert figure.texts[0].get_text() == heading(history) == "Russian-held area"
    for part in ("km²", "ODbL", "Settlements held", "2022-02-24", "Band:", "Full-scale invasion", "not sovereignty"):
        assert part in words
    assert 'controlled("' not in words


def test_the_interval_is_a_band_and_gaps_stay_open(survey: Survey) -> None:
    gap = Gap(FIRST + timedelta(91), FIRST + timedelta(199))
    history = made(survey)
    points = tuple(p for p in history.points if not gap.first <= p.date <= gap.last)
    figure = history_chart(History(history.territory, history.control, "km2", points, (gap,)), SIZES["page"])
    axes = figure.axes[0]
    assert axes.collections, "a band"
    (line,) = [line for line in axes.lines if len(line.get_xdata()) > 10]
    assert any(value != value for value in line.get_ydata()), "a hole"
    assert "109 days without a state" in " ".join(text.get_text() for text in texts(figure))


def test_the_same_history_gives_the_same_page_and_picture(survey: Survey) -> None:
    history = made(survey)
    assert history_page(history) == history_page(history)
    one, two = (as_bytes(history_chart(history, SIZES["page"], "", events()), "pdf") for _ in range(2))
    assert one == two


def test_hostile_titles_stay_text(survey: Survey) -> None:
    page = history_page(made(survey), "$x$ <script>alert(1)</script> {{7*7}}")
    assert b"<script" not in page


def test_events_are_shown_where_they_happened(survey: Survey) -> None:
    world = World(survey.atlas, FIRST, survey.controls[0])
    span = (date(2014, 1, 1), date(2026, 1, 1))

    def titles(expression: str) -> set[str]:
        return {event.title for event in events_on(geo.parse(expression), world, *span)}

    assert "Kakhovka dam destroyed" not in titles('controlled("russia") & oblast("Donetsk")')
    assert "Withdrawal from Avdiivka" in titles('controlled("russia") & oblast("Donetsk")')
    assert "Offensive north of Kharkiv" not in titles('controlled("russia") & oblast("Donetsk")'), "a neighbour"
    assert "Withdrawal from Vuhledar" in titles('controlled("russia") & oblast("Donetsk")')
    assert titles('controlled("russia") & oblast("Kherson")') >= {"Kakhovka dam destroyed", "Full-scale invasion"}
    assert len(titles('controlled("russia")')) == len(events())


def test_every_event_has_a_day_and_a_source() -> None:
    assert len(events()) >= 8
    assert len({event.date for event in events()}) == len(events())
    for event in events():
        assert event.source
        assert event.url.startswith(("http://", "https://"))
        assert len(event.title) <= 40
        assert not event.where.dated


@pytest.mark.parametrize(
    "text",
    [
        "[[event]]\ndate = 2024-01-01",
        '[[event]]\ndate = "x"\ntitle = "t"\nwhere = "country(\\"ukraine\\")"\nsource = "s"',
        "[",
    ],
)
def test_events_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_events(text)


@given(st.dates(date(2014, 1, 1), date(2026, 12, 31)), st.integers(0, 5000), st.integers(4, 12))
def test_marks_are_few_in_order_and_within(first: date, days: int, most: int) -> None:
    last = first + timedelta(days)
    found = [day for day, _ in marks(first, last, most)]
    assert found == sorted(set(found))
    assert len(found) <= most
    assert all(first <= day <= last for day in found)
    assert len(found) >= 1 or days < 700


def test_a_day_is_numbered_as_matplotlib_does() -> None:
    from matplotlib.dates import date2num

    assert day_number(FIRST) == date2num(FIRST)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 40), st.booleans()), max_size=8))
def test_no_staff_runs_through_a_title(flags: list[tuple[float, float, bool]]) -> None:
    flags = sorted(flags)
    at, wide, left = ([flag[n] for flag in flags] for n in range(3))
    rows = rows_of(at, wide, left)
    if rows is None:
        return
    spans = [(x - w, x) if is_left else (x, x + w) for x, w, is_left in flags]
    for n, (begin, end) in enumerate(spans):
        for m in range(len(flags)):
            if m != n and begin < at[m] < end:
                assert rows[n] > rows[m], "a title stands above the staffs it would cross"
            if m != n and rows[m] == rows[n]:
                assert spans[m][1] <= begin or end <= spans[m][0]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).map(sorted))
def test_names_are_spread_apart_and_stay_in_order(values: list[float]) -> None:
    places = spread(values, 10.0, 0.0, 100.0)
    assert all(after - before >= 10 - 1e-6 for before, after in pairwise(places))


CLAIM = "Russia holds about {} percent of Ukraine. "


@pytest.mark.parametrize("size", ["column", "page", "card"])
def test_twenty_claims_are_readable(survey: Survey, size: str) -> None:
    article = from_text(" ".join(CLAIM.format(n) for n in range(5, 29)), "a.txt")
    report = check_article(article, survey.atlas, survey.controls, survey.at, survey.at)
    figure = chart_of("Many claims, " * 6, report.checked, survey, SIZES[size])
    found = texts(figure)
    boxes = extents(figure, found)
    shown = [text.get_text() for text in found]
    for number, box in enumerate(boxes):
        assert box.x0 >= 0, shown[number]
        assert box.x1 <= figure.bbox.x1 + 1, shown[number]
        assert box.y0 >= 0, shown[number]
        assert box.y1 <= figure.bbox.y1, shown[number]
        assert not [shown[m] for m in range(number) if box.overlaps(boxes[m])], shown[number]
    quotes = [words for words in shown if words.startswith("“")]
    if size == "card":
        assert any(words.startswith("and ") and "more claims" in words for words in shown)
        assert any("✕ wrong" in words for words in shown), "the worst are shown"
    else:
        assert len(quotes) == 24
    assert any("Settlements held" in words and "ODbL" in words for words in shown)


def test_an_article_without_figures_has_no_chart(survey: Survey) -> None:
    report = check_article(from_text("Nothing at all.", "a.txt"), survey.atlas, survey.controls, survey.at, survey.at)
    with pytest.raises(InputError, match="nothing to chart"):
        chart_of("T", report.checked, survey, SIZES["page"])


def test_long_quotes_are_wrapped_and_metres_and_km_share_a_scale(survey: Survey) -> None:
    text = "The armistice of 1953 asked the armies to leave a 4,000-meter-wide Korean DMZ between them."
    report = check_article(from_text(text, "a.txt"), survey.atlas, survey.controls, survey.at, survey.at)
    figure = chart_of("T", report.checked, survey, SIZES["column"])
    strokes = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_linewidth() == pytest.approx(1.4)]
    assert strokes
    assert strokes[0] == pytest.approx(strokes[1], abs=2.0)


def words_of(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in texts(figure))


def test_a_history_of_one_day_shows_its_value_and_bounds(survey: Survey) -> None:
    figure = history_chart(made(survey, 1), SIZES["column"])
    axes = figure.axes[0]
    first, last = axes.get_xlim()
    (dot,) = [line for line in axes.lines if line.get_marker() == "o"]
    assert first < dot.get_xdata()[0] < last
    (bounds,) = [line for line in axes.lines if list(line.get_ydata()) == [95.0, 108.0]]
    assert bounds.get_visible()
    assert "On 2022-02-24: 100 km² (95 to 108)." in words_of(figure)
    assert "2022-02-24 to" not in words_of(figure)


def test_an_axis_ends_with_its_data_and_begins_at_zero_unless_it_says_so(survey: Survey) -> None:
    for keys in (("held",), ("Donetsk", "Luhansk", "Kherson", "Zaporizhzhia")):
        figure = history_chart(made(survey, 1600, keys), SIZES["page"], "", events())
        axes = figure.axes[0]
        end = day_number(FIRST + timedelta(1590))
        assert axes.get_xlim()[1] - end <= 0.07 * 1590
        assert max(axes.get_xticks()) <= end
        from_zero = axes.get_ylim()[0] == 0
        assert from_zero != ("does not begin at zero" in words_of(figure))
    rising = [Point(FIRST + timedelta(n), "held", 4 + n / 20, low=4, high=30) for n in range(400)]
    share = History(geo.parse('controlled("russia")'), survey.controls[0], "percent", tuple(rising), ())
    assert history_chart(share, SIZES["page"]).axes[0].get_ylim()[0] == 0


def test_a_history_without_bounds_says_why(survey: Survey) -> None:
    points = tuple(Point(FIRST + timedelta(n), "line", 1000.0 + n) for n in range(30))
    line = History(geo.parse('line("contact")'), survey.controls[0], "km", points, ())
    said = words_of(history_chart(line, SIZES["column"]))
    assert "No interval: the error of the source is measured for areas only." in said
    assert "On 2022-03-25: 1,029 km." in said


def test_a_history_of_nothing_has_an_axis_all_the_same(survey: Survey) -> None:
    points = tuple(Point(FIRST + timedelta(n), "held", 0.0, low=0.0, high=0.0) for n in range(30))
    nothing = History(geo.parse('controlled("russia")'), survey.controls[0], "km2", points, ())
    assert history_chart(nothing, SIZES["column"]).axes[0].get_ylim() == (0.0, 1.0)


def claims_figure(survey: Survey, text: str) -> Figure:
    report = check_article(from_text(text, "a.txt"), survey.atlas, survey.controls, survey.at, survey.at)
    return chart_of("T", report.checked, survey, SIZES["column"])


def test_a_quoted_figure_bears_the_interval_its_bar_shows_and_a_bound_is_open(survey: Survey) -> None:
    from matplotlib.patches import Rectangle

    figure = claims_figure(survey, "Russia holds roughly 20 percent of Ukraine.")
    assert "quoted 20 % (17.6 to 22.4)" in words_of(figure)
    assert len([one for one in figure.axes[0].patches if isinstance(one, Rectangle)]) == 2
    figure = claims_figure(survey, "Russia holds more than 10 percent of Ukraine.")
    assert "quoted ≥ 10 %" in words_of(figure)
    assert len([one for one in figure.axes[0].patches if isinstance(one, Rectangle)]) == 1, "only the measured one"
    (open_bar,) = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 4]
    assert open_bar.get_xdata()[0] == open_bar.get_xdata()[3] == figure.axes[0].get_xlim()[1]


def test_a_chart_counts_the_claims_it_leaves_out(survey: Survey) -> None:
    text = "Russia holds roughly 20 percent of Ukraine. The Suwalki gap is 65 km long."
    report = check_article(from_text(text, "a.txt"), survey.atlas, survey.controls, survey.at, survey.at)
    left = [one for one in report.checked if one.measured is None]
    figure = chart_of("T", report.checked, survey, SIZES["page"])
    said = f"Not charted, as nothing is measured against them: {len(left)} of {len(report.checked)} claims."
    assert (said in words_of(figure)) == bool(left)
