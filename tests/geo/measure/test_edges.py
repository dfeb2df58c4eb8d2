"""The area under an edge, edge by edge and ring by ring: Karney's own is the truth."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.measure.edges import LONG_DEG, edge_areas, long_edge_areas, ring_areas
from geo.measure.geodesic import area_km2, areas_m2, densified, length_km, lengths_m, wgs84

NOISE_M2 = 2e-3
"""What GeographicLib's own rounding leaves in a polygon of a few corners away from the poles."""

Array = np.ndarray

places = st.tuples(st.floats(-175, 175), st.floats(-80, 80))


def ring_around(centre: tuple[float, float], size_km: float, spokes: list[float]) -> Array:
    """A star-shaped ring around a place: corners at the spokes' lengths (parts of ``size_km``), counterclockwise."""
    azimuth = -np.linspace(0, 360, len(spokes), endpoint=False)
    reach = 500 * size_km * np.array(spokes)
    lon, lat, _ = wgs84().fwd(np.full(len(reach), centre[0]), np.full(len(reach), centre[1]), azimuth, reach)
    ring = np.column_stack([lon, lat])
    return np.vstack([ring, ring[:1]])


def summed(ring: Array) -> float:
    return float(ring_areas(ring, np.array([0]))[0])


def karney(ring: Array) -> float:
    return float(wgs84().polygon_area_perimeter(*ring.T)[0])


spokes = st.lists(st.floats(0.5, 1), min_size=3, max_size=12)


@given(places, st.floats(1, 50), spokes)
def test_edges_up_to_50_km_agree_to_a_part_in_1e12(
    centre: tuple[float, float], size: float, reach: list[float]
) -> None:
    ring = ring_around(centre, size, reach)
    assert summed(ring) == pytest.approx(karney(ring), rel=1e-12, abs=NOISE_M2)


@given(places, st.floats(50, 2000), spokes)
def test_edges_up_to_2000_km_agree_to_a_part_in_1e9(
    centre: tuple[float, float], size: float, reach: list[float]
) -> None:
    ring = ring_around(centre, size, reach)
    assert abs(summed(ring)) == pytest.approx(abs(karney(ring)), rel=1e-11)


@given(places, st.floats(0, 360), st.floats(0.01, 40))
def test_the_closed_form_and_the_solved_edge_are_one(start: tuple[float, float], azimuth: float, km: float) -> None:
    lon, lat, _ = wgs84().fwd(*start, azimuth, 1000 * km)
    a, b = np.array([start]), np.array([[lon, lat]])
    assume(np.abs(b - a).max() <= LONG_DEG)
    assert edge_areas(a, b)[0] == pytest.approx(long_edge_areas(a, b)[0], abs=1e-12 * (1000 * km) ** 2 + 1e-3)


@given(places, places)
def test_an_edge_turned_round_has_the_opposite_area_to_the_last_bit(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    a, b = np.array([one, one]), np.array([other, (one[0] + 1e-3, one[1] - 2e-3)])
    assert (edge_areas(a, b) == -edge_areas(b, a)).all()


def test_the_sign_is_that_of_the_inside() -> None:
    ring = np.array([(30, 47), (31, 47), (31, 48), (30, 48), (30, 47)], dtype=float)
    assert summed(ring) > 0
    assert summed(ring[::-1]) == pytest.approx(-summed(ring), rel=1e-15)
    assert edge_areas(ring[:-1], ring[1:]).sum() == pytest.approx(summed(ring), rel=1e-12)


def test_many_rings_in_one_call_are_the_rings_one_by_one() -> None:
    spread = np.random.default_rng(5)
    rings = [
        ring_around((spread.uniform(-170, 170), spread.uniform(-70, 70)), spread.uniform(0.1, 900), [1.0] * int(n))
        for n in spread.integers(3, 2000, 40)
    ]
    starts = np.cumsum([0, *(len(ring) for ring in rings[:-1])])
    together = ring_areas(np.vstack(rings), starts)
    assert together == pytest.approx([summed(ring) for ring in rings], rel=1e-12)
    assert len(ring_areas(np.empty((0, 2)), np.empty(0, np.intp))) == 0


@pytest.mark.parametrize("latitude", [89.0, 60.0, 5.0, -5.0, -75.0])
@pytest.mark.parametrize("step", [1, -1, 20, -20])
def test_a_ring_around_a_pole_has_its_polar_side(latitude: float, step: int) -> None:
    lon = np.arange(-180, 180, abs(step), dtype=float)[:: int(np.sign(step))]
    ring = shapely.Polygon(np.column_stack([lon, np.full(len(lon), latitude)]))
    corners = shapely.get_coordinates(ring)
    assert summed(corners) == pytest.approx(karney(corners), rel=1e-12)


def test_both_sides_of_the_180th_meridian_are_one_country() -> None:
    across = shapely.Polygon([(170, 60), (-170, 60), (-170, 65), (170, 65)])
    assert area_km2(across) == pytest.approx(area_km2(shapely.box(10, 60, 30, 65)), rel=1e-12)
    assert length_km(shapely.LineString([(179, 60), (-179, 60)])) == pytest.approx(
        length_km(shapely.LineString([(-1, 60), (1, 60)])), rel=1e-12
    )


def test_arrays_of_all_kinds_are_measured_one_by_one() -> None:
    box, hole = shapely.box(30, 47, 32, 49), shapely.box(30.5, 47.5, 31, 48)
    holed = shapely.Polygon(box.exterior, [hole.exterior])
    line = shapely.LineString([(30, 47), (31, 48)])
    mixed = [
        holed,
        None,
        shapely.GeometryCollection(
            [shapely.MultiPolygon([hole]), shapely.GeometryCollection([line, shapely.Point(1, 1)])]
        ),
        line,
        shapely.Polygon(),
        shapely.MultiPolygon([shapely.box(-5, 5, 5, 6), box]),
        shapely.MultiLineString([line, line]),
    ]
    areas = areas_m2(mixed)
    expected = [
        area_km2(box) - area_km2(hole),
        0,
        area_km2(hole),
        0,
        0,
        area_km2(shapely.box(-5, 5, 5, 6)) + area_km2(box),
        0,
    ]
    assert areas / 1e6 == pytest.approx(expected, rel=1e-12)
    assert lengths_m(mixed) == pytest.approx(np.array([0, 0, 1, 1, 0, 0, 2]) * 1000 * length_km(line), rel=1e-12)
    assert len(areas_m2([])) == len(lengths_m([])) == 0


def test_a_split_edge_is_the_same_from_both_ends() -> None:
    line = shapely.LineString([(30, 47), (33, 49), (29, 51)])
    there, back = densified(line, 3.0), densified(line.reverse(), 3.0)
    assert there.equals_exact(back.reverse(), 0.0)


@given(st.integers(0, 10_000), st.integers(2, 30))
def test_areas_add_up_over_a_coverage(seed: int, count: int) -> None:
    spread = np.random.default_rng(seed)
    frame = densified(shapely.box(22, 44, 40, 52), 10.0)
    points = shapely.MultiPoint(np.column_stack([spread.uniform(22, 40, count), spread.uniform(44, 52, count)]))
    edges = shapely.get_parts(shapely.voronoi_polygons(points, only_edges=True, extend_to=frame))
    walls = shapely.node(
        shapely.MultiLineString([*shapely.get_parts(edges), shapely.LineString(frame.exterior.coords)])
    )
    cells = [
        c for c in shapely.get_parts(shapely.polygonize(shapely.get_parts(walls))) if frame.covers(c.point_on_surface())
    ]
    # the whole has the corners the cells have on its frame: between them an edge is a geodesic of its own
    rim = shapely.coverage_union_all(cells)
    assert areas_m2(cells).sum() == pytest.approx(area_km2(rim) * 1e6, rel=1e-12)


@given(places, st.floats(1, 2000), spokes, st.integers(0, 11), st.floats(0.5, 80))
def test_start_turn_and_density_do_not_matter(
    centre: tuple[float, float], size: float, reach: list[float], first: int, step: float
) -> None:
    ring = shapely.Polygon(ring_around(centre, size, reach))
    corners = shapely.get_coordinates(ring)[:-1]
    area = float(areas_m2([ring])[0])
    turned = shapely.Polygon(np.roll(corners, first, axis=0))
    noise = NOISE_M2 + 1e-12 * area
    assert areas_m2([turned, ring.reverse()]) == pytest.approx([area, area], abs=noise)
    assert float(areas_m2([densified(ring, step * size / 20)])[0]) == pytest.approx(area, rel=1e-11, abs=0.05 * size)
