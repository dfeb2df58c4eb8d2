"""Places a way off: the series is what Karney's solution is, to a fraction of a millimetre."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.measure.ellipsoid import wgs84
from geo.measure.nearby import offset


@given(st.floats(-179, 179), st.floats(-89, 89), st.floats(-720, 720), st.floats(0.01, 400_000))
def test_a_place_a_way_off_is_karneys(lon: float, lat: float, azimuth: float, metres: float) -> None:
    found = offset(np.array([[lon, lat]]), np.array([azimuth]), metres)[0]
    there = wgs84().fwd(lon, lat, azimuth, metres)
    assert wgs84().inv(found[0], found[1], there[0], there[1])[2] < 3e-4


@pytest.mark.parametrize("count", [0, 1, 4096, 10_000])
def test_many_places_at_once_are_the_same_one_by_one(count: int) -> None:
    spread = np.random.default_rng(3)
    points, azimuth = spread.uniform(-60, 60, (count, 2)), spread.uniform(0, 360, count)
    together = offset(points, azimuth, 5000)
    assert together.shape == (count, 2)
    for i in range(0, count, 997):
        assert offset(points[[i]], azimuth[[i]], 5000)[0] == pytest.approx(together[i], abs=1e-12)


def test_no_way_at_all_changes_no_bit() -> None:
    points = np.array([[36.123456789, 47.1], [0.1, -89.999]])
    assert (offset(points, np.array([1.0, 2.0]), 0) == points).all()
