"""Days told as what they keep of the day before: every bit comes back, whatever the days are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import embedded
from geo.atlas.control.store.container import Header, write
from geo.atlas.control.store.points import Points
from geo.atlas.control.store.stored import Stored
from geo.atlas.control.store.weaving import Loom
from geo.atlas.control.types import Holding

FIRST = date(2024, 1, 1)
corners = st.floats(-90, 90, allow_subnormal=True)


@st.composite
def polygons(draw: st.DrawFn) -> shapely.Polygon:
    """A polygon of any doubles, holes among them; nothing here asks for it to be valid."""
    ring = st.lists(st.tuples(corners, corners), min_size=3, max_size=6)
    return shapely.Polygon(draw(ring), draw(st.lists(ring, max_size=2)))


areas = st.one_of(
    polygons(),
    st.lists(polygons(), max_size=3).map(shapely.MultiPolygon),
    st.just(shapely.Polygon()),
    st.just(shapely.GeometryCollection()),
)


@st.composite
def days_of_areas(draw: st.DrawFn) -> list[dict[str, BaseGeometry]]:
    """Days that mostly repeat one another: each class new, as it was, gone, or with parts turned about."""
    days: list[dict[str, BaseGeometry]] = []
    for _ in range(draw(st.integers(1, 6))):
        day: dict[str, BaseGeometry] = {}
        for cls in ("assessed", "contested"):
            how = draw(st.sampled_from(("new", "same", "gone", "turned")))
            before = days[-1].get(cls) if days else None
            if how == "new" or (before is None and how != "gone"):
                day[cls] = draw(areas)
            elif how == "same" and before is not None:
                day[cls] = before
            elif how == "turned" and before is not None:
                parts = [p for p in shapely.get_parts(before) if p.geom_type == "Polygon"]
                day[cls] = shapely.MultiPolygon([*parts[::-1], *draw(st.lists(polygons(), max_size=1))])
        days.append(day)
    return days


def bits(geometry: BaseGeometry) -> bytes:
    """Its bytes, negative zero taken for zero."""
    return bytes(shapely.to_wkb(shapely.transform(geometry, lambda points: points + 0.0)))


def kept(days: Sequence[dict[str, BaseGeometry]], folder: Path, known: Stored | None = None) -> Stored:
    loom = Loom(known)
    for number, day in list(enumerate(days))[len(known.dates) if known else 0 :]:
        holdings = [Holding("russia", cls, area) for cls, area in day.items()]  # type: ignore[arg-type]
        loom.add(FIRST + timedelta(number), FIRST, holdings, [f"note {number}"])
    arrays, classes = loom.arrays()
    last = FIRST + timedelta(len(days) - 1)
    header = Header("x", "t", "l", "f", "o", str(FIRST), str(last), len(days), classes, (), 1, 1, "", "")
    path = folder / f"{len(days)}{'+' if known else ''}.series"
    write(path, header, arrays)
    return Stored(path, embedded())


@settings(deadline=None, max_examples=150)
@given(days_of_areas())
def test_every_bit_of_every_day_comes_back_in_any_order(days: list[dict[str, BaseGeometry]]) -> None:
    with TemporaryDirectory() as folder:
        series = kept(days, Path(folder))
        through = list(series.states())
        assert [day for day, _ in through] == list(series.dates)
        for number in (*range(len(days)), *reversed(range(len(days))), *range(0, len(days), 2)):
            expected = {cls: bits(area) for cls, area in days[number].items()}
            for holdings in (through[number][1], series.snapshot(FIRST + timedelta(number)).holdings):
                assert {holding.cls: bits(holding.geometry) for holding in holdings} == expected


@settings(deadline=None, max_examples=60)
@given(days_of_areas(), st.integers(1, 6))
def test_a_series_gone_on_with_has_the_bytes_of_one_made_at_once(days: list[dict[str, BaseGeometry]], cut: int) -> None:
    with TemporaryDirectory() as folder:
        beginning = kept(days[:cut], Path(folder))
        longer = kept(days, Path(folder), beginning).path.read_bytes()
        assert longer == kept(days, Path(folder)).path.read_bytes()


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.tuples(corners, corners), max_size=12), max_size=6))
def test_a_point_has_one_number_and_a_number_one_point(pages: list[list[tuple[float, float]]]) -> None:
    points = Points()
    told = [(np.array(page).reshape(-1, 2), points.numbers(np.array(page).reshape(-1, 2))) for page in pages]
    table = points.table()
    for page, numbers in told:
        assert np.array_equal(table[numbers], page)
    assert len({tuple(row) for row in table.tolist()}) == len(table)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(west, south, east, north)


def test_an_unchanged_area_is_the_same_object_again(tmp_path: Path) -> None:
    one, two = box(30, 48, 31, 49), box(30, 48, 31, 50)
    states = [holdings for _, holdings in kept([{"assessed": a} for a in (one, one, two)], tmp_path).states()]
    assert states[0][0].geometry is states[1][0].geometry
    assert states[1][0].geometry is not states[2][0].geometry


def test_changes_tell_the_days_on_which_something_changes_there(tmp_path: Path) -> None:
    def day(east: float, more: bool = False) -> dict[str, BaseGeometry]:
        parts = [box(30, 48, east, 49), *([box(36, 50, 36.5, 50.5)] if more else [])]
        return {"assessed": shapely.MultiPolygon(parts)}

    nothing: dict[str, BaseGeometry] = {}
    series = kept(
        [day(31), day(31), day(31.5), day(31.5, True), day(31.5, True), nothing, nothing, day(31.5)], tmp_path
    )

    def numbers(within: BaseGeometry) -> list[int]:
        return [(at - FIRST).days for at in series.changes(within)]

    assert numbers(box(31.1, 48.2, 31.2, 48.3)) == [0, 2, 5, 7]
    assert numbers(box(36.1, 50.1, 36.2, 50.2)) == [0, 3, 5]
    assert numbers(box(30.2, 48.2, 30.3, 48.3)) == [0, 2, 5, 7]  # the edges that became longer begin west of it
    assert numbers(box(23, 49, 24, 50)) == [0]
    assert numbers(shapely.Polygon()) == [0]


def test_a_class_that_comes_later_and_one_given_twice_a_day_are_kept_apart(tmp_path: Path) -> None:
    loom = Loom()
    one, two, three = box(30, 48, 31, 49), box(32, 48, 33, 49), box(34, 48, 35, 49)
    loom.add(FIRST, FIRST, [Holding("russia", "assessed", one)], [])
    loom.add(FIRST + timedelta(1), FIRST, [Holding("russia", "assessed", g) for g in (one, two)], [])
    loom.add(FIRST + timedelta(2), FIRST, [Holding("ukraine", "liberated", three)], [])
    arrays, classes = loom.arrays()
    header = Header("x", "t", "l", "f", "o", str(FIRST), str(FIRST + timedelta(2)), 3, classes, (), 1, 1, "", "")
    write(tmp_path / "x.series", header, arrays)
    series = Stored(tmp_path / "x.series", embedded())
    assert [[h.geometry.bounds[0] for h in holdings] for _, holdings in series.states()] == [[30], [30, 32], [34]]
    assert [len(holdings) for _, holdings in series.states(("ukraine", "liberated"))] == [0, 0, 1]
