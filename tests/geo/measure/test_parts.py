"""Parts put together without uniting are what a union of them is."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.measure.parts import gathered

boxes = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=8
).map(lambda rows: shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in rows]))


@given(boxes, boxes)
def test_the_parts_of_an_overlay_are_its_union(one: shapely.Geometry, other: shapely.Geometry) -> None:
    for geometry in (shapely.difference(one, other), shapely.intersection(one.boundary, other.boundary)):
        parts = np.asarray(shapely.get_parts(geometry))
        found = gathered(parts)
        assert found.is_valid
        assert shapely.equals(found, shapely.union_all(parts))


@pytest.mark.parametrize("parts", [[], [shapely.Point(1, 2)], [shapely.Point(1, 2), shapely.box(0, 0, 1, 1)]])
def test_none_one_and_mixed_parts(parts: list[shapely.Geometry]) -> None:
    array = np.array(parts, dtype=object)
    assert shapely.equals(gathered(array), shapely.union_all(array))
