"""Area and length: known values, additivity, and what must not change them."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import translate

from geo.errors import UsageError
from geo.measure.geodesic import area_km2, densified, length_km

EARTH_KM2 = 510_065_621.724  # area of the WGS84 ellipsoid (NIMA TR8350.2, 2000, table 3.3 gives 510 065 621 km2)
MERIDIAN_QUADRANT_KM = 10_001.965729  # NIMA TR8350.2


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(west, south, east, north)


def test_an_octant_is_an_eighth_of_the_ellipsoid() -> None:
    octant = shapely.Polygon([(0, 0), (90, 0), (90, 90), (0, 90)])
    assert area_km2(octant) == pytest.approx(EARTH_KM2 / 8, rel=1e-9)


def test_a_meridian_quadrant_has_its_published_length() -> None:
    assert length_km(shapely.LineString([(30, 0), (30, 90)])) == pytest.approx(MERIDIAN_QUADRANT_KM, abs=1e-6)


boxes = st.tuples(st.floats(-170, 170), st.floats(-80, 75), st.floats(0.01, 5), st.floats(0.01, 5)).map(
    lambda b: box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@given(boxes)
def test_winding_start_and_longitude_do_not_matter(polygon: shapely.Polygon) -> None:
    area = area_km2(polygon)
    coords = list(polygon.exterior.coords)[:-1]
    turned = shapely.Polygon(coords[2:] + coords[:2])
    assert area_km2(polygon.reverse()) == pytest.approx(area, rel=1e-12)
    assert area_km2(turned) == pytest.approx(area, rel=1e-12)
    assert area_km2(translate(polygon, 3.0)) == pytest.approx(area, rel=1e-9)


@given(boxes)
def test_densifying_along_geodesics_changes_nothing(polygon: shapely.Polygon) -> None:
    dense = densified(polygon, 20.0)
    assert area_km2(dense) == pytest.approx(area_km2(polygon), rel=1e-9)
    assert length_km(dense.exterior) == pytest.approx(length_km(polygon.exterior), rel=1e-9)


@given(boxes, st.floats(0.1, 0.9))
def test_area_adds_up_over_a_cut_along_an_edge(polygon: shapely.Polygon, where: float) -> None:
    west, south, east, north = polygon.bounds
    middle = west + where * (east - west)
    # meridians are geodesics, parallels are not: both halves get the cut's corners, the whole gets them too
    left, right = box(west, south, middle, north), box(middle, south, east, north)
    whole = shapely.Polygon(
        [(west, south), (middle, south), (east, south), (east, north), (middle, north), (west, north)]
    )
    assert area_km2(left) + area_km2(right) == pytest.approx(area_km2(whole), rel=1e-10)


def test_holes_multiparts_and_mixed_collections() -> None:
    outer, inner, far = box(30, 47, 32, 49), box(30.5, 47.5, 31, 48), box(35, 47, 36, 48)
    holed = shapely.Polygon(outer.exterior, [inner.exterior])
    assert area_km2(holed) == pytest.approx(area_km2(outer) - area_km2(inner), rel=1e-12)
    mixed = shapely.GeometryCollection([holed, far, shapely.LineString([(0, 0), (1, 1)]), shapely.Point(1, 1)])
    assert area_km2(mixed) == pytest.approx(area_km2(holed) + area_km2(far), rel=1e-12)
    nested = shapely.GeometryCollection(
        [shapely.MultiPolygon([holed, far]), shapely.GeometryCollection([shapely.Point(1, 1)])]
    )
    assert area_km2(nested) == pytest.approx(area_km2(mixed), rel=1e-12)
    assert area_km2(shapely.Polygon()) == 0
    assert length_km(holed) == 0


@pytest.mark.parametrize("bad", [box(400_000, 5_000_000, 500_000, 5_100_000), box(0, 0, 10, 91)])
def test_planar_coordinates_are_refused(bad: shapely.Polygon) -> None:
    with pytest.raises(UsageError, match="4326"):
        area_km2(bad)


def test_no_result_is_nan() -> None:
    assert math.isfinite(area_km2(box(-180, -90, 180, 90)))
