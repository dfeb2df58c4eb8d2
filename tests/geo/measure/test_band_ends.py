"""One-sided bands: where a line bends back, its band closes around its end, and the sides must still be told apart."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measure.bands import band
from geo.measure.geodesic import area_km2

lines = st.lists(st.tuples(st.floats(30, 31), st.floats(47, 48)), min_size=2, max_size=7, unique=True).map(
    shapely.LineString
)


def flat(line: shapely.LineString, reach: float) -> float:
    return area_km2(band(line, reach, np.nextafter(reach, 2 * reach)))


@pytest.mark.parametrize("reach", [2_000.0, 15_000.0, 25_000.0, 70_000.0])
def test_the_sides_of_a_hook_are_alike_and_make_the_whole(reach: float) -> None:
    turn = np.linspace(0, 1.6 * np.pi, 60)
    hook = shapely.LineString(np.column_stack([37 + 0.6 * np.cos(turn), 48 + 0.4 * np.sin(turn)]))
    left, right = area_km2(band(hook, reach, 0)), area_km2(band(hook, 0, reach))
    assert min(left, right) > 0.1 * max(left, right)
    assert left + right == pytest.approx(flat(hook, reach), rel=1e-4)


@settings(deadline=None, max_examples=25)
@given(lines.filter(lambda line: line.is_simple and line.length > 0.2), st.floats(1_000, 60_000))
def test_the_sides_of_any_line_make_the_whole(line: shapely.LineString, reach: float) -> None:
    left, right = area_km2(band(line, reach, 0)), area_km2(band(line, 0, reach))
    assert left + right == pytest.approx(flat(line, reach), rel=1e-3)
    assert min(left, right) > 0


@pytest.mark.parametrize("reach", [1284.0, 2587.0, 2600.0, 3000.0])
@pytest.mark.parametrize(
    "corners",
    [
        [(30.0, 47.0), (30.3125, 48.0), (30.125, 47.5)],
        [(30.3125, 47.703125), (30.0, 47.5), (31.0, 47.375), (30.125, 47.8125)],
    ],
)
def test_an_end_beside_another_part_of_its_line_parts_the_sides_too(
    corners: list[tuple[float, float]], reach: float
) -> None:
    """The end carried on runs along the other part's band for long, or leaves its own and comes into that."""
    line = shapely.LineString(corners)
    left, right = area_km2(band(line, reach, 0)), area_km2(band(line, 0, reach))
    assert min(left, right) > 0.2 * max(left, right)
    assert left + right == pytest.approx(flat(line, reach), rel=1e-3)
