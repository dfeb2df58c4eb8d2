"""A history gives for each day what a measure of that day gives, and says what it stands on."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import geo
from geo.algebra import nodes
from geo.algebra.course import within
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control import ControlSource, control_source
from geo.errors import DateError, UnknownNameError, UsageError
from geo.history import History, history, members_named
from geo.survey import Survey, share

SQUARE_METRE = 1e-6
HELD = nodes.Controlled("russia")
FIRST, LAST = date(2024, 8, 1), date(2024, 8, 31)


@pytest.fixture(scope="module")
def table() -> ControlSource:
    return control_source("settlements", embedded())


@pytest.fixture(scope="module")
def daily(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> ControlSource:
    """Some days of the published map, days missing between them."""
    folder = tmp_path_factory.mktemp("daily")
    for day in ("20240816", "20240817", "20240820", "20240911", "20240912"):
        shutil.copy(shared / "control" / "deepstate-daily" / f"deepstatemap_data_{day}.geojson", folder)
    return control_source(str(folder), embedded())


def world(control: ControlSource, at: date = FIRST) -> World:
    return World(embedded(), at, control)


def assert_as_evaluated(found: History, by: tuple[tuple[str, nodes.Territory | None], ...] = ()) -> None:
    units = dict(by)
    for point in found.points:
        unit = units.get(point.key)
        part = found.territory if unit is None else nodes.Both(found.territory, unit)
        region = evaluate(part, World(embedded(), point.date, found.control))
        assert point.value == pytest.approx(region.area_km2, abs=SQUARE_METRE), (point.date, point.key)


def test_the_embedded_table_by_oblast(table: ControlSource) -> None:
    by = tuple(
        m for m in members_named("oblasts", embedded()) if m[0] in ("Donetsk", "Sumy", "Crimea", "Kyiv", "Kyiv City")
    )
    found = history(HELD, world(table), LAST, by=by)
    assert found.keys == tuple(key for key, _ in by)
    assert found.points[0].date == FIRST
    assert len({point.date for point in found.points}) > 3
    assert_as_evaluated(found, by)


@pytest.mark.parametrize(
    "written",
    [
        'controlled("russia") & country("ukraine")',
        'controlled("ukraine") - country("ukraine")',
        'land(controlled("russia") & oblast("Kherson"))',
        'controlled("russia") & (oblast("Donetsk") | oblast("Luhansk"))',
        'controlled("russia") & oblast("Donetsk") - on(controlled("russia"), "2024-08-01")',
        'contested() & oblast("Kharkiv")',
        'gained("russia", since="2024-08-01") & oblast("Donetsk")',
        'oblast("Sumy") - controlled("ukraine")',
    ],
)
def test_any_expression(table: ControlSource, written: str) -> None:
    assert_as_evaluated(history(geo.parse(written), world(table), date(2024, 8, 9)))


def test_a_published_series_with_missing_days(daily: ControlSource) -> None:
    by = members_named("the four oblasts", embedded())
    found = history(HELD, world(daily, daily.first), daily.last, by=by)
    assert_as_evaluated(found, by)
    assert [(str(gap.first), str(gap.last), gap.days) for gap in found.gaps] == [
        ("2024-08-18", "2024-08-19", 2),
        ("2024-08-21", "2024-09-10", 21),
    ]
    assert {str(point.date) for point in found.points} == {
        "2024-08-16", "2024-08-17", "2024-08-20", "2024-09-11", "2024-09-12",
    }  # fmt: skip


def test_what_changed_adds_up(table: ControlSource) -> None:
    found = history(HELD, world(table), LAST, by=members_named("the four oblasts", embedded()))
    for key in found.keys:
        points = [point for point in found.points if point.key == key]
        assert points[0].gained is None
        changed = sum((point.net or 0.0) + (point.redrawn or 0.0) for point in points)
        assert changed == pytest.approx(points[-1].value - points[0].value, abs=1e-3)


def test_shares_are_those_of_share(table: ControlSource) -> None:
    """Against the official area; by oblast each against its own."""
    whole, by = nodes.Country("ukraine"), members_named("Donbas", embedded())
    found = history(HELD & whole, world(table), date(2024, 8, 6), whole=whole)
    survey = Survey(embedded(), found.points[-1].date, (table,))
    assert found.points[-1].value == pytest.approx(share(HELD & whole, whole, survey).value, abs=1e-9)
    each = history(HELD, world(table), date(2024, 8, 6), whole=whole, by=by)
    survey = Survey(embedded(), each.points[-1].date, (table,))
    donetsk = [point for point in each.points if point.key == "Donetsk"]
    assert donetsk[-1].value == pytest.approx(share(HELD & by[0][1], by[0][1], survey).value, abs=1e-9)
    assert each.wholes[0].source.startswith("official")


def test_a_share_of_what_changes_itself(table: ControlSource) -> None:
    part, whole = HELD & nodes.Unit("Donetsk"), HELD
    found = history(part, world(table), date(2024, 8, 4), whole=whole)
    for point in found.points:
        on = world(table, point.date)
        expected = 100 * evaluate(part, on).area_km2 / evaluate(whole, on).area_km2
        assert point.value == pytest.approx(expected, abs=2e-6)  # threads along a border: up to 0.003 km² of the whole
        assert point.low is not None
        assert point.high is not None
        assert point.low <= point.value <= point.high
    assert found.wholes[0].km2 is None


def test_the_length_of_a_line(table: ControlSource) -> None:
    found = history(nodes.ContactLine(), world(table), date(2024, 8, 2))
    assert found.unit == "km"
    assert found.points[0].value == evaluate(nodes.ContactLine(), world(table)).length_km


def test_the_document_follows_the_contract(table: ControlSource) -> None:
    document = history(HELD, world(table), LAST, by=members_named("Donbas", embedded())).document()
    assert document["schema"] == "contactline/history/1"
    first = document["series"][0]
    assert set(first) == {"date", "key", "value", "low", "high", "unit"}
    assert first["unit"] == "km2"
    assert first["low"] <= first["value"] <= first["high"]
    assert set(document["series"][-1]) == {*first, "gained", "lost", "redrawn"}
    assert document["basis"]["sources"][0]["name"] == "settlements"
    assert document["basis"]["method"].startswith("geodesic, WGS84")


def test_units_hidden_behind_words() -> None:
    atlas = embedded()
    assert len(members_named("oblasts", atlas)) == 27
    assert len(members_named("Units", atlas)) == len(atlas.units)
    assert [key for key, _ in members_named("the four oblasts", atlas)] == [
        "Donetsk", "Luhansk", "Zaporizhzhia", "Kherson",
    ]  # fmt: skip
    with pytest.raises(UnknownNameError):
        members_named("the seven kingdoms", atlas)


def test_what_cannot_be_followed_is_refused(table: ControlSource) -> None:
    with pytest.raises(UsageError, match="does not change"):
        history(nodes.Unit("Donetsk"), world(table), LAST)
    with pytest.raises(DateError, match="covers"):
        history(HELD, world(table, date(2014, 1, 1)), LAST)
    with pytest.raises(UsageError, match="no span"):
        history(HELD, world(table, LAST), FIRST)
    with pytest.raises(UsageError, match="line"):
        history(nodes.ContactLine(), world(table), LAST, whole=nodes.Country("ukraine"))


def test_only_what_is_held_within_fixed_areas_is_followed_by_its_edges(table: ControlSource) -> None:
    """The way taken is told apart, so that the quick one is really taken where it can be."""
    days = (FIRST, LAST)
    for written, quick in (
        ('controlled("russia")', True),
        ('controlled("russia") & oblast("Kherson") & bank("dnipro", "left")', True),
        ('country("ukraine") - controlled("russia")', False),
        ('controlled("russia") & controlled("ukraine")', False),
        ('controlled("russia") & line("dnipro")', False),
        ('lost("ukraine", since="2024-08-01")', False),
        ('peak(controlled("russia"))', False),
    ):
        assert bool(within(geo.parse(written), world(table), days)) is quick, written
    across_the_dam = (date(2023, 6, 1), date(2023, 7, 1))
    on_land = geo.parse('land(controlled("russia"))')
    assert within(on_land, world(table), days)
    assert not within(on_land, world(table, across_the_dam[0]), across_the_dam)


def test_a_peak_is_the_largest_of_all_days(table: ControlSource) -> None:
    of = HELD & nodes.Unit("Kharkiv")
    at = date(2022, 12, 31)
    days = [day for day in table.dates if date(2022, 4, 1) <= day <= date(2022, 6, 1)]
    largest = max(evaluate(of, world(table, day)).area_km2 for day in days)
    assert evaluate(nodes.Peak(of), world(table, at)).area_km2 == pytest.approx(largest, abs=SQUARE_METRE)


def test_the_whole_span_of_the_embedded_table_is_measured(table: ControlSource) -> None:
    """Days on which an edge goes there and back are among them."""
    found = history(HELD, world(table, table.first), table.last)
    values = {point.date: point.value for point in found.points}
    assert min(values) == table.first
    assert values[table.first] == pytest.approx(26_945, rel=0.01), "Crimea with Sevastopol"
    assert max(values, key=lambda day: values[day]).strftime("%Y-%m") == "2022-03"
