"""Points are numbered as they first appear, to the last bit, also where their hashes meet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas.control.store import points as module
from geo.atlas.control.store.points import Coordinates, Points

NUMBERS = st.sampled_from([0.0, -0.0, 1.0, 1.0 + 2**-52, 30.5, 49.25, -180.0, 5e-324])
DAYS = st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=12), max_size=6)


def numbered(days: list[list[tuple[float, float]]], points: Points) -> list[list[int]]:
    return [points.numbers(np.array(day, float).reshape(-1, 2)).tolist() for day in days]


@given(DAYS)
def test_a_point_has_the_number_of_its_first_appearance(days: list[list[tuple[float, float]]]) -> None:
    first: dict[tuple[float, float], int] = {}
    expected = [[first.setdefault(point, len(first)) for point in day] for day in days]
    points = Points()
    assert numbered(days, points) == expected
    assert [tuple(row) for row in points.table().tolist()] == list(first)
    assert numbered(days, Points(points.table())) == expected


@given(DAYS)
def test_points_of_one_hash_are_told_apart(days: list[list[tuple[float, float]]]) -> None:
    def same(points: Coordinates) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return np.zeros(len(points), np.uint64)

    plain = numbered(days, Points())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_hashes", same)
        assert numbered(days, Points()) == plain
