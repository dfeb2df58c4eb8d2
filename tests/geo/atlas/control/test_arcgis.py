"""ArcGIS answers: rings sorted into outer ones and holes, reference systems named, refusals passed on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import shapely

from geo.atlas.control.arcgis import arcgis_shapes, day_of_milliseconds, is_arcgis
from geo.atlas.control.shapes import shapes_of, united
from geo.errors import InputError
from geo.measure.geodesic import area_km2

OUTER = [[37, 48], [37, 49], [38, 49], [38, 48], [37, 48]]
HOLE = [[37.4, 48.4], [37.6, 48.4], [37.6, 48.6], [37.4, 48.6], [37.4, 48.4]]
ISLAND = [[37.45, 48.45], [37.45, 48.55], [37.55, 48.55], [37.55, 48.45], [37.45, 48.45]]
LONLAT = {"wkid": 4326, "latestWkid": 4326}


def answer(*geometries: Any, reference: Any = LONLAT, **more: Any) -> dict[str, Any]:
    features = [{"attributes": {"OBJECTID": n}, "geometry": g} for n, g in enumerate(geometries, start=1)]
    return {"geometryType": "esriGeometryPolygon", "spatialReference": reference, "features": features, **more}


def area(content: dict[str, Any]) -> float:
    return area_km2(united(p for shape in arcgis_shapes(content, "x") for p in shape.polygons))


def box(*bounds: float) -> float:
    return area_km2(shapely.box(*bounds))


def test_holes_and_islands_in_them_are_told_by_their_turning() -> None:
    assert area(answer({"rings": [OUTER, HOLE]})) == pytest.approx(
        box(37, 48, 38, 49) - box(37.4, 48.4, 37.6, 48.6), rel=1e-3
    )
    with_island = answer({"rings": [ISLAND, HOLE, OUTER]})
    lake = box(37.4, 48.4, 37.6, 48.6) - box(37.45, 48.45, 37.55, 48.55)
    assert area(with_island) == pytest.approx(box(37, 48, 38, 49) - lake, rel=1e-3)


def test_an_outer_ring_that_turns_the_wrong_way_is_still_ground() -> None:
    assert area(answer({"rings": [OUTER[::-1]]})) == pytest.approx(area(answer({"rings": [OUTER]})))


def test_missing_geometry_is_counted_and_points_are_not_null() -> None:
    shapes = arcgis_shapes(answer({"rings": [OUTER]}, None, {}, {"x": 37, "y": 48}), "x")
    assert [shape.null for shape in shapes] == [False, True, True, False]
    del (content := answer(None))["features"][0]["geometry"]
    assert [shape.null for shape in arcgis_shapes(content, "x")] == [True]


def test_mercator_by_either_of_its_names_is_the_same_ground() -> None:
    from pyproj import Transformer

    way = Transformer.from_crs(4326, 3857, always_xy=True)
    ring = shapely.get_coordinates(shapely.transform(shapely.LinearRing(OUTER), way.transform, interleaved=False))
    for reference in ({"wkid": 102100, "latestWkid": 3857}, {"wkid": 102100}):
        assert area(answer({"rings": [ring.tolist()]}, reference=reference)) == pytest.approx(
            area(answer({"rings": [OUTER]})), rel=1e-3
        )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (answer({"rings": [OUTER]}, reference=None), "says no spatialReference"),
        (answer({"rings": [OUTER]}, reference={"wkid": 999999}), "no reference system is called"),
        (answer({"rings": [OUTER]}, exceededTransferLimit=True), "left features out .*in pages"),
        (answer({"curveRings": []}), "feature 1 has curves"),
        (answer({"rings": [OUTER]}, transform={"scale": [1, 1]}), "quantized"),
        (answer({"rings": [[[1, "x"], [2, 3], [3, 4]]]}), "feature 1 cannot be read"),
        (answer({"rings": 5}), "feature 1 cannot be read"),
        ({"geometryType": "x", "features": [3]}, "feature 1 cannot be read"),
        (answer({"rings": [[[y, x] for x, y in OUTER]]}), "in the other order"),
    ],
)
def test_what_cannot_be_trusted_is_refused(content: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        arcgis_shapes(content, "x")


def test_a_refusal_inside_a_200_is_no_data() -> None:
    with pytest.raises(InputError, match=r"x: a server's error, not data \(429 Too many requests\)"):
        shapes_of({"error": {"code": 429, "message": "Too many requests"}}, "x")
    with pytest.raises(InputError, match="left features out"):
        shapes_of({"type": "FeatureCollection", "properties": {"exceededTransferLimit": True}, "features": []}, "x")


def test_the_two_kinds_of_json_are_told_apart() -> None:
    assert is_arcgis(answer(None))
    assert is_arcgis({"features": [{"attributes": {}}]})
    for other in ({"type": "FeatureCollection", "features": []}, {"features": []}, {"features": 1}, [], None):
        assert not is_arcgis(other)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1688169600000, date(2023, 7, 1)),
        (1688255999999.0, date(2023, 7, 1)),
        ("2023-07-01T10:00:00Z", date(2023, 7, 1)),
        (1688169600, None),
        (True, None),
        (1e30, None),
        ("soon", None),
        (None, None),
    ],
)
def test_days_in_milliseconds(value: object, day: date | None) -> None:
    assert day_of_milliseconds(value) == day
