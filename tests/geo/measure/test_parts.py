"""What an overlay leaves besides areas is no ground."""

from __future__ import annotations

import shapely

from geo.measure.parts import areal

ONE, BESIDE = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)


def test_areas_that_touch_share_no_ground() -> None:
    shared = shapely.intersection(ONE, BESIDE)
    assert shared.geom_type == "LineString"
    assert areal(shared).is_empty
    assert shapely.intersection(areal(shared), [ONE, BESIDE]).tolist()[0].is_empty


def test_the_areas_of_a_mixed_overlay_stay_and_can_be_cut_again() -> None:
    step = shapely.union_all([shapely.box(0.5, 0, 2, 0.4), shapely.box(1, 0.6, 2, 1)])
    mixed = shapely.intersection(ONE, step)
    assert mixed.geom_type == "GeometryCollection", "an area, and an edge that is shared"
    assert areal(mixed).equals(shapely.box(0.5, 0, 1, 0.4))
    assert areal(shapely.GeometryCollection()).is_empty
    assert areal(shapely.GeometryCollection([ONE, shapely.Point(5, 5)])).equals(ONE)
