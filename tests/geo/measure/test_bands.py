"""Bands: the edge is at its distance, wider holds narrower, swapping sides swaps the halves."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UsageError
from geo.measure.bands import band
from geo.measure.geodesic import area_km2, densified, wgs84

FRONT = shapely.LineString(
    np.column_stack(
        [np.linspace(33, 36, 200), 47 + 0.4 * np.sin(np.linspace(0, 9, 200)) + 0.02 * np.cos(np.arange(200))]
    )
)
lines = st.lists(st.tuples(st.floats(30, 31), st.floats(47, 48)), min_size=2, max_size=6, unique=True).map(
    shapely.LineString
)


def distance_m(point: np.ndarray, line: shapely.LineString) -> float:
    """Geodesic distance from a point to a line densified to a few metres."""
    coords = shapely.get_coordinates(line)
    near = coords
    _, _, metres = wgs84().inv(np.full(len(near), point[0]), np.full(len(near), point[1]), near[:, 0], near[:, 1])
    return float(np.min(metres))


@pytest.mark.parametrize("reach", [2000.0, 15000.0, 50000.0])
def test_the_edge_lies_at_its_distance(reach: float) -> None:
    dense = densified(FRONT, 0.02)
    edge = shapely.get_coordinates(shapely.get_parts(band(FRONT, reach, reach))[0].exterior)
    sample = edge[:: max(1, len(edge) // 60)]
    errors = [distance_m(point, dense) - reach for point in sample]
    assert max(np.abs(errors)) < 0.3  # the arc tolerance of 0.25 m, and what the dense line is short of a curve


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
