"""Histories equal the naive overlay of every state with every unit, whatever shapes come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.measure.geodesic import area_km2
from geo.measure.history import ROUNDING_DEG, Area, Row, Units, history
from geo.measure.history.drawing import Drawing, changes, closed
from geo.measure.history.rings import loops

SQUARE_METRE = 1e-6
"""In km²."""
SIDE = 6


def lattice(seed: int, west: float, south: float, step: float) -> list[shapely.Polygon]:
    """Quads that share their corners, which are jittered: any of them together may have holes and touch at points."""
    rng = np.random.default_rng(seed)
    shake = rng.uniform(-0.3, 0.3, (SIDE + 1, SIDE + 1, 2))
    corner = np.stack(np.meshgrid(range(SIDE + 1), range(SIDE + 1), indexing="ij"), axis=-1) + shake
    corner = (corner * step + [west, south]).round(6)
    return [
        shapely.Polygon([corner[i, j], corner[i + 1, j], corner[i + 1, j + 1], corner[i, j + 1]])
        for i in range(SIDE)
        for j in range(SIDE)
    ]


def together(quads: list[shapely.Polygon], chosen: Sequence[int]) -> BaseGeometry:
    return shapely.union_all([quads[i] for i in chosen])


def rows(
    areas: Sequence[BaseGeometry],
    units: Sequence[BaseGeometry],
    sliver_m: float | None,
    thread_deg: float = ROUNDING_DEG,
) -> list[Row[int]]:
    return list(history(((i, Area(area)) for i, area in enumerate(areas)), Units(units, thread_deg), sliver_m))


def cut(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """What two areas share, without the points and lines in which they only touch."""
    parts = [part for part in shapely.get_parts(shapely.intersection(one, other)) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def overlay_km2(one: BaseGeometry, other: BaseGeometry) -> float:
    return area_km2(cut(one, other))


quads = st.sets(st.integers(0, SIDE * SIDE - 1))
groups = st.lists(st.integers(0, 3), min_size=SIDE * SIDE, max_size=SIDE * SIDE)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 9),
    st.lists(quads, min_size=1, max_size=6),
    groups,
    st.booleans(),
    st.sampled_from([(None, ROUNDING_DEG), (None, 0.0), (0.0, ROUNDING_DEG)]),
)
def test_history_equals_the_naive_overlay(
    seed: int, days: list[set[int]], group: list[int], same_lattice: bool, how: tuple[float | None, float]
) -> None:
    """Holes, enclaves, parts that touch at points, what vanishes and returns, borders shared to the last bit."""
    sliver_m, thread_deg = how
    held = lattice(seed, 30.0, 47.0, 0.2)
    of_units = held if same_lattice else lattice(seed + 100, 29.87, 46.91, 0.23)
    units = [together(of_units, [i for i, g in enumerate(group) if g == k]) for k in range(3)]
    areas = [together(held, sorted(day)) for day in days]
    before = shapely.Polygon()
    for row, area in zip(rows(areas, units, sliver_m, thread_deg), areas, strict=True):
        for k, unit in enumerate(units):
            assert row.value[k] == pytest.approx(overlay_km2(area, unit), abs=SQUARE_METRE)
            if sliver_m is not None:
                now, then = cut(area, unit), cut(before, unit)
                gained, lost = area_km2(shapely.difference(now, then)), area_km2(shapely.difference(then, now))
                assert row.gained[k] + row.redrawn_gained[k] == pytest.approx(gained, abs=SQUARE_METRE)
                assert row.lost[k] + row.redrawn_lost[k] == pytest.approx(lost, abs=SQUARE_METRE)
        before = area


stars = st.lists(
    st.tuples(st.floats(30, 31), st.floats(47, 48), st.floats(0.02, 0.5), st.integers(3, 40), st.integers(0, 99)),
    max_size=3,
)


def star(lon: float, lat: float, radius: float, points: int, seed: int) -> shapely.Polygon:
    """A star around a point, its corners at any distance: edges of days and borders cross at any angle."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False) + rng.uniform(0, 6 / points)
    reach = radius * rng.uniform(0.4, 1, points)
    return shapely.Polygon(np.column_stack([lon + reach * np.cos(angle), lat + 0.7 * reach * np.sin(angle)]))


@settings(max_examples=60, deadline=None)
@given(st.lists(stars, min_size=1, max_size=5), stars, st.booleans())
def test_history_equals_the_naive_overlay_of_crossing_shapes(
    days: list[list[tuple[float, float, float, int, int]]],
    borders: list[tuple[float, float, float, int, int]],
    enclave: bool,
) -> None:
    """No border runs along an edge: of two lines in one place, with corners at different ones, overlay picks either."""
    region = shapely.union_all([star(lon + 3.7e-4, lat + 5.3e-4, *one) for lon, lat, *one in borders])
    inner = shapely.Point(30.5, 47.5).buffer(0.05)
    units = [shapely.difference(region, inner), inner] if enclave else [region]
    areas = [shapely.union_all([star(*one) for one in day]) for day in days]
    for row, area in zip(rows(areas, units, None), areas, strict=True):
        assert row.value == pytest.approx([overlay_km2(area, unit) for unit in units], abs=SQUARE_METRE)


@settings(max_examples=60, deadline=None)
@given(st.lists(stars, min_size=1, max_size=5), stars)
def test_what_is_gained_and_lost_adds_up_to_the_net(
    days: list[list[tuple[float, float, float, int, int]]], borders: list[tuple[float, float, float, int, int]]
) -> None:
    """Edges are short: a patch that ends within an edge of 50 km has a corner there, and an edge of two geodesics
    leaves that of one by up to a tenth of a square kilometre (15 m2 for an edge of one kilometre)."""
    units = [
        shapely.segmentize(
            shapely.union_all([star(lon + 3.7e-4, lat + 5.3e-4, *one) for lon, lat, *one in borders]), 0.01
        )
    ]
    areas = [shapely.segmentize(shapely.union_all([star(*one) for one in day]), 0.01) for day in days]
    before = np.zeros(len(units))
    for row in rows(areas, units, 30.0):
        net = row.gained - row.lost + row.redrawn_gained - row.redrawn_lost
        assert row.value - before == pytest.approx(net, abs=0.002)
        before = row.value


def test_a_ring_around_an_enclave_counts_for_both() -> None:
    """All that changes lies in the outer unit, and yet the enclave is taken whole."""
    city = shapely.box(30.4, 50.3, 30.6, 50.5)
    oblast = shapely.difference(shapely.box(29, 49, 32, 51.5), city)
    swallowed = shapely.box(30, 50, 31, 51)
    first, then, last = rows([shapely.box(29.1, 49.1, 29.2, 49.2), swallowed, shapely.Polygon()], [oblast, city], 30.0)
    assert first.value[1] == 0
    assert then.value[1] == pytest.approx(area_km2(city), abs=SQUARE_METRE)
    assert then.gained[0] == pytest.approx(overlay_km2(swallowed, oblast), abs=SQUARE_METRE)
    assert last.value == pytest.approx([0, 0], abs=SQUARE_METRE)
    assert last.lost[1] == pytest.approx(area_km2(city), abs=SQUARE_METRE)


def test_gain_loss_and_redrawing_are_told_apart() -> None:
    """One front goes forward, another back, a third is drawn a metre further on: each is counted by itself."""
    before = shapely.box(30, 47, 31, 48)
    forward = shapely.box(31, 47.2, 31.1, 47.4)
    back = shapely.box(30, 47.6, 30.1, 47.8)
    thread = shapely.box(30.3, 48, 30.9, 48 + 1 / 111_200)
    after = shapely.union_all([shapely.difference(before, back), forward, thread])
    row = rows([before, after], [shapely.box(25, 45, 35, 50)], 30.0)[1]
    assert row.gained[0] == pytest.approx(area_km2(forward), abs=SQUARE_METRE)
    assert row.lost[0] == pytest.approx(area_km2(back), abs=SQUARE_METRE)
    assert row.redrawn_gained[0] == pytest.approx(area_km2(thread), abs=SQUARE_METRE)
    assert row.redrawn_lost[0] == 0


def test_a_pocket_swallowed_with_its_surroundings_is_no_loss() -> None:
    pocket = shapely.box(30.4, 47.4, 30.6, 47.6)
    around = shapely.box(30, 47, 31, 48)
    row = rows([pocket, around], [shapely.box(25, 45, 35, 50)], 30.0)[1]
    assert row.lost[0] == 0
    assert row.gained[0] == pytest.approx(area_km2(around) - area_km2(pocket), abs=SQUARE_METRE)


def test_long_series_are_measured_in_pieces_without_losing_the_thread() -> None:
    steps = [shapely.box(30, 47, 30.1 + 0.01 * i, 48) for i in range(100)]
    unit = shapely.box(30.05, 46, 30.77, 49)
    found = rows(steps, [unit], None)
    assert [row.key for row in found] == list(range(100))
    assert [row.value[0] for row in found] == pytest.approx([overlay_km2(step, unit) for step in steps], abs=1e-6)


def test_change_is_exact_to_the_last_bit() -> None:
    """A vertex moved by the least there is has changed two edges; the same outline begun elsewhere has changed none."""
    ring = [(30.1, 47.1), (30.9, 47.2), (30.8, 47.9), (30.2, 47.8)]
    nudged = [(np.nextafter(30.1, 31), 47.1), *ring[1:]]
    turned = [*ring[2:], *ring[:2]]

    def count(other: list[tuple[float, float]]) -> int:
        drawing = Drawing.of_areas([shapely.Polygon(ring), shapely.Polygon(other)])
        return len(closed(changes(drawing)).edges)

    assert [count(nudged), count(turned), count(ring)] == [4, 0, 0]
    assert count(ring[::-1]) in (0, 8)  # either not counted, or each edge counted as gone and as new, which cancels


def test_ground_that_parts_share_counts_once() -> None:
    """A feature drawn over another, in it, twice, or across itself: the day is measured as the union of its parts."""
    one, over = shapely.box(30, 47, 31, 48), shapely.box(30.5, 47.5, 31.5, 48.5)
    inside = shapely.box(30.2, 47.2, 30.4, 47.4)
    knot = shapely.Polygon([(30, 46), (31, 46), (30, 46.5), (31, 46.5)])
    days = [[one], [one, over], [one, inside], [one, one], [one, inside, over], [one, knot], [one]]
    unit = shapely.box(25, 45, 31.2, 50)
    for sliver_m in (None, 30.0):
        found = rows([shapely.MultiPolygon(parts) for parts in days], [unit], sliver_m)
        sound = [shapely.union_all(shapely.make_valid(np.array(parts))) for parts in days]
        assert [row.value[0] for row in found] == pytest.approx([overlay_km2(a, unit) for a in sound], abs=SQUARE_METRE)


def test_edges_left_open_are_refused() -> None:
    """What one state has twice and the next once does not close."""
    starts, ends = np.array([30 + 47j, 31 + 47j, 30 + 47j]), np.array([31 + 47j, 30 + 47j, 31 + 47j])
    with pytest.raises(InputError, match="not valid"):
        loops(starts, ends, np.zeros(3, np.intp))


def square(*, clockwise: bool) -> shapely.Polygon:
    return shapely.Polygon(shapely.box(30, 47, 31, 48, ccw=not clockwise).exterior.coords)


def test_rings_may_run_either_way_round() -> None:
    """A neighbour drawn the other way round shares an edge that runs the same way as drawn, and yet the other way."""
    next_door = shapely.box(31, 47, 32, 48)
    both = shapely.MultiPolygon([square(clockwise=True), shapely.box(29, 47, 29.5, 48)])
    unit = shapely.box(25, 45, 35, 50)
    areas = [next_door, square(clockwise=False), both, square(clockwise=True), next_door.reverse()]
    found = [row.value[0] for row in rows(areas, [unit], None)]
    assert found == pytest.approx([area_km2(area) for area in areas], abs=SQUARE_METRE)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9), st.lists(quads, min_size=2, max_size=6), st.integers(0, 2**30))
def test_a_line_published_anew_and_taken_back(seed: int, days: list[set[int]], shift: int) -> None:
    """Every other day all vertices are rounded otherwise, rings begin elsewhere and run the other way."""
    held = lattice(seed, 30.0, 47.0, 0.2)
    rng = np.random.default_rng(shift)
    units = [together(lattice(seed + 100, 29.87, 46.91, 0.23), range(k, SIDE * SIDE, 2)) for k in range(2)]
    areas = []
    for day in days:
        area = together(held, sorted(day))
        rounded = shapely.make_valid(shapely.set_precision(area, 1e-4)) if area.geom_type != "Point" else area
        rounded = shapely.set_precision(rounded, 0)  # else GEOS would go on rounding what it is cut to
        areas += [area, shapely.reverse(rounded) if rng.random() < 0.5 else rounded, shapely.normalize(area)]
    for row, area in zip(rows(areas, units, None), areas, strict=True):
        assert row.value == pytest.approx([overlay_km2(area, unit) for unit in units], abs=SQUARE_METRE)
