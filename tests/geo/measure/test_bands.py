"""Bands: the edge is at its distance, wider holds narrower, swapping sides swaps the halves."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UsageError
from geo.measure.bands import band, bands
from geo.measure.geodesic import area_km2, densified, length_km, wgs84

FRONT = shapely.LineString(
    np.column_stack(
        [np.linspace(33, 36, 200), 47 + 0.4 * np.sin(np.linspace(0, 9, 200)) + 0.02 * np.cos(np.arange(200))]
    )
)
lines = st.lists(st.tuples(st.floats(30, 31), st.floats(47, 48)), min_size=2, max_size=6, unique=True).map(
    shapely.LineString
)


def missed_m(area: shapely.Geometry, line: shapely.Geometry, reach: float, samples: int) -> np.ndarray:
    """By how much the edge of a band misses its reach, at corners and between them; the line is taken in 10 m steps."""
    truth = shapely.get_coordinates(densified(line, 0.01))
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))]
    places = np.vstack([part for ring in rings for part in (ring[:-1], (ring[:-1] + ring[1:]) / 2)])
    places = places[np.random.default_rng(1).permutation(len(places))[:samples]]
    nearest = [wgs84().inv(*np.broadcast_to(place, truth.shape).T, *truth.T)[2].min() for place in places]
    return np.array(nearest) - reach


@pytest.mark.parametrize("reach", [2000.0, 15000.0, 50000.0])
def test_the_edge_lies_at_its_distance(reach: float) -> None:
    area = band(FRONT, reach, reach)
    assert area.is_valid
    assert np.abs(missed_m(area, FRONT, reach, 150)).max() < 0.1


@settings(deadline=None, max_examples=12)
@given(lines, st.sampled_from([300.0, 2000.0, 15000.0, 50000.0]))
def test_the_edge_of_any_line_lies_at_its_distance(line: shapely.LineString, reach: float) -> None:
    area = band(line, reach, reach)
    assert area.is_valid
    assert np.abs(missed_m(area, line, reach, 40)).max() < 0.1


@pytest.mark.parametrize("turns", [0.0, 1e-9, 1e-7, 1e-5])
def test_an_all_but_straight_line_leaves_no_slits(turns: float) -> None:
    """Strips and fans that share an edge but for a rounding may leave a cut of no width down to the core."""
    lon = np.linspace(33, 34, 300)
    line = shapely.LineString(np.column_stack([lon, 48 + turns * np.cos(np.arange(300))]))
    corners = shapely.get_coordinates(band(line, 2000, 2000))
    truth = shapely.points(shapely.get_coordinates(densified(line, 0.05)))
    to_line = shapely.distance(shapely.points(corners), shapely.MultiPoint(truth))
    assert to_line.min() > np.degrees(1990 / 6.4e6)


@settings(deadline=None, max_examples=10)
@given(lines)
def test_a_family_is_its_bands_one_by_one(line: shapely.LineString) -> None:
    reaches = [1000.0, 1500.0, 4000.0, 30_000.0, 2000.0]
    pairs = [*((reach, reach) for reach in reaches), (3000.0, 1000.0)]
    for (left, right), together in zip(pairs, bands(line, pairs), strict=True):
        alone = band(line, left, right)
        assert together.is_valid
        # arcs are drawn to 6 cm: along the outline that is the most two drawings may differ by
        outline_km = length_km(shapely.boundary(alone))
        assert area_km2(shapely.symmetric_difference(alone, together)) < 1e-4 * outline_km


def test_a_family_around_a_folded_line_loses_no_ground() -> None:
    """Two drawings of an arc differ by slivers of a few square metres; what is lost whole is larger."""
    rng = np.random.default_rng(7)
    steps = rng.normal([0.0022, 0.0008], 0.006, (1200, 2))
    folded = shapely.LineString(np.cumsum([[33.0, 47.0], *steps], axis=0))
    reaches = [float(reach) for reach in range(1000, 9000, 1000)]
    for reach, together in zip(reaches, bands(folded, [(reach, reach) for reach in reaches]), strict=True):
        differing = shapely.get_parts(shapely.symmetric_difference(band(folded, reach, reach), together))
        assert max((area_km2(part) for part in differing), default=0.0) < 20e-6


def test_caps_are_round_or_flat_as_asked() -> None:
    line = shapely.LineString([(33, 47), (34, 47)])
    round_, flat = (band(line, 5000, 5000, caps=caps) for caps in ("round", "flat"))
    half_discs = np.pi * 5**2
    assert area_km2(round_) - area_km2(flat) == pytest.approx(half_discs, rel=1e-3)
    assert shapely.covers(shapely.buffer(round_, 1e-9), flat)
    one_sided = band(line, 5000, 0, caps="round")
    assert area_km2(one_sided) == pytest.approx(area_km2(round_) / 2, rel=2e-3)
    unequal = band(line, 5000, 2000, caps="round")
    assert area_km2(unequal) == pytest.approx((area_km2(round_) + area_km2(band(line, 2000, 2000))) / 2, rel=2e-3)


def test_a_flat_end_in_a_bend_keeps_what_the_line_itself_reaches() -> None:
    """A line that comes back past its own end: ground beside its middle stays, though it lies beyond the end."""
    hook = shapely.LineString([(33, 47), (33.3, 47), (33.3, 47.03), (32.9, 47.03)])
    flat = band(hook, 5000, 5000, caps="flat")
    assert flat.is_valid
    assert shapely.covers(flat, shapely.Point(32.97, 47.01))
    assert not shapely.covers(flat, shapely.Point(32.86, 47.03))


def test_very_wide_and_far_northern_bands_are_drawn_too() -> None:
    line = shapely.LineString([(10, 70), (14, 71), (20, 70)])
    for reach in (40_000.0, 450_000.0):
        area = band(line, reach, reach)
        assert area.is_valid
        corners = shapely.get_coordinates(area)[::9]
        truth = shapely.get_coordinates(densified(line, 0.2))
        near = [wgs84().inv(*np.broadcast_to(place, truth.shape).T, *truth.T)[2].min() for place in corners]
        assert np.abs(np.array(near) - reach).max() < 0.5


def test_equal_band_is_valid_and_holds_its_line() -> None:
    area = band(FRONT, 2000, 2000)
    assert area.is_valid
    assert shapely.covers(shapely.buffer(area, 1e-9), FRONT)


@settings(deadline=None, max_examples=25)
@given(lines, st.floats(100, 20_000))
def test_a_wider_band_holds_a_narrower_one(line: shapely.LineString, reach: float) -> None:
    narrow, wide = band(line, reach, reach), band(line, 1.5 * reach, 1.5 * reach)
    assert area_km2(narrow) < area_km2(wide)
    # corners lie on a grid of a tenth of a millimetre: along a strip's length that is a square metre or two
    assert area_km2(shapely.difference(narrow, wide)) < 1e-8 * area_km2(narrow) + 1e-6


def test_swapping_sides_swaps_the_halves() -> None:
    one = band(FRONT, 15_000, 5_000)
    other = band(FRONT.reverse(), 5_000, 15_000)
    assert area_km2(shapely.symmetric_difference(one, other)) < 1e-3


@settings(deadline=None, max_examples=15)
@given(lines.filter(lambda line: line.is_simple), st.floats(500, 30_000), st.floats(500, 30_000))
def test_swapping_sides_of_any_line_swaps_the_halves(line: shapely.LineString, left: float, right: float) -> None:
    one, other = band(line, left, right), band(line.reverse(), right, left)
    assert area_km2(shapely.symmetric_difference(one, other)) < 1e-6 * area_km2(one) + 1e-4


@settings(deadline=None, max_examples=15)
@given(lines, st.sampled_from([300.0, 2000.0, 15_000.0]))
def test_united_at_once_or_two_by_two_it_is_the_same(line: shapely.LineString, reach: float) -> None:
    areas = []
    for sparse in (0.0, np.inf):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("geo.measure.bands._SPARSE", sparse)
            areas.append(band(line, reach, reach))
    assert all(area.is_valid for area in areas)
    assert area_km2(shapely.symmetric_difference(*areas)) < 1e-8 * area_km2(areas[0]) + 1e-6


def test_one_side_lies_on_that_side() -> None:
    east_going = shapely.LineString([(33, 47), (34, 47)])
    north = band(east_going, 5000, 0)
    assert north.bounds[1] > 46.99
    assert north.bounds[3] > 47.04


def test_halves_add_up_to_a_flat_whole() -> None:
    left, right = band(FRONT, 5000, 0), band(FRONT, 0, 5000)
    both = band(FRONT, 5000, 5000.0001)
    assert area_km2(left) + area_km2(right) == pytest.approx(area_km2(both), rel=1e-5)


def test_a_ring_is_banded_all_round() -> None:
    ring = shapely.LineString(shapely.Point(35, 48).buffer(0.3).exterior.coords)
    area = band(ring, 3000, 3000)
    assert len(area.interiors) == 1


@pytest.mark.parametrize(("left", "right"), [(-1, 5), (0, 0)])
def test_a_band_without_width_is_refused(left: float, right: float) -> None:
    with pytest.raises(UsageError, match="width"):
        band(FRONT, left, right)


def test_an_area_has_no_line_to_band() -> None:
    with pytest.raises(UsageError, match="line"):
        band(shapely.Polygon(), 5, 5)
