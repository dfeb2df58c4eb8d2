"""Control through time: days, states as arcs, changes, and shares that agree with the engine's own measures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import survey as measures
from geo.algebra import parse
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.types import Holding, Snapshot
from geo.errors import DateError
from geo.measure.geodesic import area_km2
from geo.survey import Survey
from layers.edges import edges_of, numbered, odd
from layers.followed import through_time
from layers.html.arcs import arcs
from layers.timeline import Key, Part, Place, Step, Timeline, build, days_around, key_of
from layers.timeline_areas import _abroad
from layers.timeline_cells import _states
from layers.timeline_gains import gains

from .test_page import decoded

AT, NONE = date(2025, 1, 20), shapely.Polygon()


class Weekly:
    """A source of our own: a square that grows by a tenth of a degree a week, and a pocket on some weeks."""

    name, title, licence = "weekly", "Weekly", "CC0"
    first, last = date(2025, 1, 6), date(2025, 2, 3)
    dates = tuple(date(2025, 1, 6) + timedelta(7 * week) for week in range(5))

    def snapshot(self, at: date) -> Snapshot:
        week = (at - self.first).days // 7
        held = shapely.box(36, 47, 37 + week / 10, 48)
        pocket = [Holding("ukraine", "contested", shapely.box(34, 47, 34.1, 47.1))] if week % 2 else []
        dated = self.first + timedelta(7 * week)
        return Snapshot(self.name, at, dated, (Holding("russia", "assessed", held), *pocket))


@pytest.fixture(scope="module")
def weekly() -> Timeline:
    source: Any = Weekly()
    donetsk = parse('oblast("Donetsk")')
    place = Place("Donetsk", str(donetsk), evaluate(donetsk, World(embedded(), AT)).geometry)
    return build(source, embedded(), AT, days_around(AT, source), [place])


@pytest.fixture(scope="module")
def settlements() -> Timeline:
    survey = Survey(embedded(), AT, (control_source("settlements", embedded()),))
    return through_time([parse('oblast("Kherson")')], survey, date(2024, 12, 1), date(2025, 2, 20))


def rings(timeline: Timeline, part: int, day: int) -> shapely.Geometry:
    """What the page draws: the arcs of a part that live on a day, closed to rings, by the even-odd rule."""
    alive = [
        shapely.LineString(decoded(arc["line"]))
        for arc in arcs(timeline.parts)
        for of, *turns in arc["lives"]
        if of == part and sum(turn <= day for turn in turns) % 2
    ]
    area: shapely.Geometry = shapely.Polygon()
    for polygon in shapely.get_parts(shapely.polygonize(alive)):
        area = area.symmetric_difference(shapely.Polygon(polygon.exterior))
    return area


def test_the_days_are_weeks_around_the_date_and_end_with_the_source(weekly: Timeline) -> None:
    assert [str(day) for day in weekly.days] == [
        "2025-01-06", "2025-01-13", "2025-01-20", "2025-01-27", "2025-02-03",
    ]  # fmt: skip
    assert weekly.days[weekly.now] == AT


def test_a_window_must_hold_the_date_and_the_date_must_be_covered() -> None:
    source: Any = Weekly()
    with pytest.raises(DateError, match="outside the window"):
        days_around(AT, source, date(2025, 1, 27), None)
    with pytest.raises(DateError, match="covers 2025-01-06"):
        days_around(date(2024, 1, 1), source)


def test_arcs_of_a_day_enclose_what_the_source_gives(weekly: Timeline) -> None:
    keys = [part.key for part in weekly.parts]
    held, contested = keys.index(Key("russia", "assessed")), keys.index(Key("ukraine", "contested"))
    for day in range(5):
        drawn = rings(weekly, held, day)
        assert drawn.symmetric_difference(shapely.box(36, 47, 37 + day / 10, 48)).area < 1e-6
        assert rings(weekly, contested, day).is_empty == (day % 2 == 0)


def test_what_stays_the_same_is_sent_once(weekly: Timeline) -> None:
    lives = [life for arc in arcs(weekly.parts) for life in arc["lives"]]
    assert [0, 0, 5] in lives, "the edge that never moves lives from the first day to the last"
    assert len(arcs(weekly.parts)) < 5 * len(weekly.parts) * 2


def test_steps_are_the_ground_between_two_days(weekly: Timeline) -> None:
    assert weekly.steps[0].russia.is_empty
    for day in range(1, 5):
        gained = shapely.box(37 + (day - 1) / 10, 47, 37 + day / 10, 48)
        assert weekly.steps[day].russia.symmetric_difference(gained).area < 1e-9
        assert weekly.steps[day].ukraine.is_empty


def test_a_course_is_the_area_held_of_the_place(weekly: Timeline) -> None:
    (course,) = weekly.courses
    dry = shapely.difference(course.place.geometry, embedded().open_waters)
    wanted = [area_km2(shapely.intersection(dry, shapely.box(36, 47, 37 + day / 10, 48))) for day in range(5)]
    assert [day.km2.value for day in course.held] == pytest.approx(wanted, abs=1e-4)
    assert course.held[4].percent.value == pytest.approx(100 * wanted[4] / course.whole.km2)


@pytest.mark.parametrize("day", [0, 3, -1])
def test_cells_agree_with_the_engine_on_every_day_and_place(settlements: Timeline, day: int) -> None:
    when = settlements.days[day]
    world = World(embedded(), when, control_source("settlements", embedded()))
    held = evaluate(parse('controlled("russia")'), world).geometry
    named = {course.place.expression: course.held[day].km2.value for course in settlements.courses}
    assert 'oblast("Kherson")' in named
    for expression in ('country("ukraine")', 'oblast("Kherson")', 'oblast("Donetsk")'):
        whole = evaluate(parse(expression), world).geometry
        assert named[expression] == pytest.approx(area_km2(shapely.intersection(held, whole)), abs=0.1)


def test_the_drawing_of_a_day_is_that_day_s_state(settlements: Timeline) -> None:
    part = [part.key for part in settlements.parts].index(Key("russia", "assessed"))
    day = len(settlements.days) - 1
    world = World(embedded(), settlements.days[day], control_source("settlements", embedded()))
    held = evaluate(parse('controlled("russia")'), world).geometry
    off = shapely.symmetric_difference(shapely.make_valid(rings(settlements, part, day)), held)
    assert area_km2(off) / area_km2(held) < 2e-3, "but for outlines simplified to 20 m"


def test_gains_less_losses_are_the_change_of_the_area_held(settlements: Timeline) -> None:
    ukraine = next(course for course in settlements.courses if course.place.expression == 'country("ukraine")')
    outline = ukraine.place.geometry
    for day in range(1, len(settlements.days)):
        step = settlements.steps[day]
        inside = [area_km2(shapely.intersection(area, outline)) for area in (step.russia, step.ukraine)]
        net = ukraine.held[day].km2.value - ukraine.held[day - 1].km2.value
        assert net == pytest.approx(inside[0] - inside[1], abs=0.1)


def test_units_of_which_nothing_is_held_are_left_out(settlements: Timeline) -> None:
    titles = {course.place.title for course in settlements.courses}
    assert "Luhansk oblast" in titles
    assert "Lviv oblast" not in titles


def test_a_share_is_taken_where_its_part_is_counted(settlements: Timeline) -> None:
    survey = Survey(embedded(), AT, (control_source("settlements", embedded()),))
    named = [
        'oblast("Kursk")',
        'oblast("Kursk") | oblast("Sumy")',
        'sea("black sea")',
        'oblast("Donetsk") | oblast("Luhansk")',
    ]
    found = through_time([parse(one) for one in named], survey, AT - timedelta(7), AT + timedelta(7))
    followed = {course.place.expression: course for course in found.courses}
    assert set(named) & set(followed) == {named[-1]}, "what lies partly abroad has no share here"
    for expression in ('country("ukraine")', named[-1]):
        course, whole = followed[expression], parse(expression)
        printed = measures.share(parse('controlled("russia")') & whole, whole, survey)
        assert course.held[found.now].percent.value == pytest.approx(printed.value, abs=0.005)
        assert course.whole.km2 == pytest.approx(printed.basis.whole_km2)


@given(st.integers(1, 6), st.integers(1, 6))
def test_inner_edges_of_a_partition_cancel(wide: int, high: int) -> None:
    cells = [shapely.box(x, y, x + 1, y + 1) for x in range(wide) for y in range(high)]
    pairs, owner = edges_of(cells)
    distinct, number = numbered(pairs)
    assert set(owner.tolist()) == set(range(wide * high))
    assert odd(number, len(distinct)).sum() == 2 * (wide + high)


def test_holes_and_empty_geometries_have_their_edges_and_none() -> None:
    hole = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    pairs, owner = edges_of([shapely.Polygon(), hole, shapely.GeometryCollection([shapely.Point(0, 0)])])
    assert len(pairs) == 7
    assert set(owner.tolist()) == {1}


def test_an_arc_that_ends_and_comes_back_says_both() -> None:
    pairs, _ = edges_of([shapely.box(0, 0, 1, 1)])
    alive = np.tile([True, False, True, True, False], (4, 1))
    (arc,) = arcs([Part(Key("russia", "assessed"), pairs, alive, (1.0,) * 5)])
    assert arc["lives"] == [[0, 0, 1, 2, 4]]


def test_what_changed_hands_is_counted_in_the_place_alone() -> None:
    kherson = parse('oblast("Kherson")')
    here = evaluate(kherson, World(embedded(), AT)).geometry
    patch = shapely.box(33.0, 46.5, 33.5, 46.8)
    steps = (Step(NONE, NONE), Step(shapely.union(patch, shapely.box(25, 50, 26, 51)), NONE), Step(NONE, patch))
    days = [AT + timedelta(7 * n) for n in range(3)]
    world = World(embedded(), AT, control_source("settlements", embedded()))
    of_all, inside = gains(steps, days, [Place("Kherson", str(kherson), here)], world)
    km2 = area_km2(shapely.intersection(patch, here))
    assert [[side.value for side in step] for step in inside] == [
        [0, 0],
        [pytest.approx(km2), 0],
        [0, pytest.approx(km2)],
    ]
    assert of_all[1][0].value > inside[1][0].value + 5000


def test_gains_have_the_interval_that_area_prints(settlements: Timeline) -> None:
    survey = Survey(embedded(), AT, (control_source("settlements", embedded()),))
    since = AT - timedelta(7)
    courses = {course.place.expression: course for course in settlements.courses}
    for expression in ('country("ukraine")', 'oblast("Donetsk")'):
        for side, found in zip(("russia", "ukraine"), courses[expression].gains[settlements.now], strict=True):
            verb = f'gained("russia", since="{since}")' if side == "russia" else f'lost("russia", since="{since}")'
            printed = measures.area(parse(verb) & parse(expression), survey)
            assert found == pytest.approx((printed.value, printed.low, printed.high), abs=0.5), (expression, side)


def test_states_asked_on_turning_days_alone_are_those_of_every_day() -> None:
    source = control_source("settlements", embedded())
    days = [date(2022, 9, 1) + timedelta(n) for n in range(0, 120, 3)]
    keys, states = _states(source, days)
    moving = np.flatnonzero((states != states[:, :1]).any(axis=1))
    assert len(moving) > 20
    for n in [*moving, *range(0, len(states), 97)]:
        assert [keys[code] for code in states[n]] == [key_of(*source.state(source.cells[n], day)) for day in days]


@given(st.lists(st.tuples(*[st.integers(-18_000_000, 18_000_000)] * 2, *[st.integers(-3, 3)] * 2), max_size=40))
def test_edges_are_numbered_as_numpy_would(rows: list[tuple[int, ...]]) -> None:
    pairs = np.array([*rows, *rows[::2]], dtype=np.int64).reshape(-1, 4)
    distinct, number = numbered(pairs)
    expected, inverse = np.unique(pairs, axis=0, return_inverse=True)
    assert (distinct == expected).all()
    assert (number == inverse.reshape(-1)).all()


def test_a_source_that_shows_nothing_abroad_is_not_searched_for_it() -> None:
    kursk = shapely.box(35.0, 51.3, 35.3, 51.4)
    state = Snapshot("any", AT, AT, (Holding("ukraine", "assessed", kursk),))
    source: Any = Weekly()
    assert _abroad(state, source, embedded()).equals(kursk)
    source.abroad = False
    assert _abroad(state, source, embedded()).is_empty
