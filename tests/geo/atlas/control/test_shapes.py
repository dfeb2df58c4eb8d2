"""Reading other people's geometry: ground counts once, nothing is dropped without being counted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.control import shapes as reading
from geo.atlas.control.shapes import is_truncated, null_note, polygons_of, read_json, shapes_of, united
from geo.errors import InputError
from geo.measure.geodesic import area_km2

SQUARE = shapely.box(30, 49, 31, 50)


def collection(*geometries: Any) -> dict[str, Any]:
    return {"features": [{"properties": None, "geometry": geometry} for geometry in geometries]}


def area(geometry: shapely.Geometry) -> float:
    return area_km2(united(polygons_of(geometry)))


def test_heights_are_dropped_and_collections_opened_to_the_last() -> None:
    inner = shapely.GeometryCollection([shapely.force_3d(SQUARE, 7.0), shapely.Point(0, 0)])
    nested = shapely.GeometryCollection([shapely.GeometryCollection([inner]), shapely.LineString([(0, 0), (1, 1)])])
    (polygon,) = polygons_of(nested)
    assert not polygon.has_z
    assert area_km2(polygon) == pytest.approx(area(SQUARE))


def test_ground_drawn_twice_in_one_feature_is_no_hole() -> None:
    twice = shapely.MultiPolygon([SQUARE, SQUARE])
    assert area(twice) == pytest.approx(area(SQUARE))
    shifted = shapely.MultiPolygon([SQUARE, shapely.box(30.5, 49, 31.5, 50)])
    assert area(shifted) == pytest.approx(1.5 * area(SQUARE), rel=1e-3)


def test_a_ring_that_crosses_itself_keeps_both_its_halves() -> None:
    bow_tie = shapely.Polygon([(30, 49), (31, 50), (31, 49), (30, 50)])
    assert area(bow_tie) == pytest.approx(area(SQUARE) / 2, rel=0.02)


def test_long_edges_follow_their_geodesics() -> None:
    wide = shapely.box(25, 48, 40, 49)
    (polygon,) = polygons_of(wide)
    assert len(polygon.exterior.coords) > 400
    assert polygon.bounds[3] > 49.1  # a geodesic between two points of one parallel runs north of it


def test_null_geometry_is_counted_and_points_are_not_null() -> None:
    shapes = shapes_of(collection(None, {"type": "Point", "coordinates": [30, 50]}, SQUARE.__geo_interface__), "x")
    assert [len(shape.polygons) for shape in shapes] == [0, 0, 1]
    assert null_note(shapes) == "Features without geometry, left out: 1."
    assert null_note(shapes[1:]) == ""


@pytest.mark.parametrize("bad", [[], {"features": None}, "text", {"value": {}}])
def test_what_is_no_collection_is_refused_by_name(bad: Any) -> None:
    with pytest.raises(InputError, match=r"day\.json: not a GeoJSON"):
        shapes_of(bad, "day.json")


def test_a_feature_that_cannot_be_read_is_named() -> None:
    broken = collection(SQUARE.__geo_interface__, {"type": "Polygon", "coordinates": [[[30, "x"]]]})
    with pytest.raises(InputError, match=r"day\.json: feature 2"):
        shapes_of(broken, "day.json")


def test_a_file_cut_short_is_told_from_one_that_is_no_json(tmp_path: Path) -> None:
    whole = json.dumps(collection(SQUARE.__geo_interface__))
    other, good = tmp_path / "other.json", tmp_path / "good.json"
    other.write_text("{<html>}", encoding="utf-8")
    good.write_text(whole + "\n", encoding="utf-8")
    assert not is_truncated(good)
    with pytest.raises(InputError, match=r"other\.json: not JSON"):
        read_json(other)


@pytest.mark.parametrize("length", [0, 1, 40, -20, -3, -2, -1])
def test_wherever_a_file_is_cut_it_is_called_cut_short(tmp_path: Path, length: int) -> None:
    whole = json.dumps(collection(SQUARE.__geo_interface__))
    cut = tmp_path / "cut.json"
    cut.write_text(whole[:length], encoding="utf-8")
    with pytest.raises(InputError, match=r"cut\.json: cut short .* Fetch it again"):
        read_json(cut)


def turned(geometry: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(geometry, lambda xy: xy[:, ::-1])


def test_latitude_first_is_found_out_by_where_it_leads() -> None:
    shapes_of(collection(SQUARE.__geo_interface__), "x")
    with pytest.raises(InputError, match=r"day\.json: feature 2 lies at 49\.0 to 50\.0 east, 30\.0 to 31\.0 north"):
        shapes_of(collection(SQUARE.__geo_interface__, turned(SQUARE).__geo_interface__), "day.json")
    (elsewhere,) = shapes_of(collection(shapely.box(34, 31, 35, 32).__geo_interface__), "x")
    assert elsewhere.polygons


@pytest.mark.parametrize("lift", [0, 360, -360])
def test_ground_across_the_180th_meridian_is_cut_there(lift: int) -> None:
    wrapped = shapely.Polygon(
        [(179, 65), (-179, 65), (-179, 66), (179, 66)], [[(179.5, 65.4), (-179.5, 65.4), (180, 65.6)]]
    )
    unrolled = shapely.box(179 + lift, 65, 181 + lift, 66) if lift < 0 else shapely.box(179, 65, 181, 66)
    for geometry, hole in ((wrapped, area(shapely.Polygon([(1, 65.4), (2, 65.4), (1.5, 65.6)]))), (unrolled, 0.0)):
        parts = polygons_of(geometry)
        assert {round(part.bounds[0]) for part in parts} == {-180, 179}
        assert sum(map(area_km2, parts)) == pytest.approx(area(shapely.box(0, 65, 2, 66)) - hole, rel=2e-3)


@pytest.mark.parametrize(
    ("ring", "message"),
    [
        ([(-180, 70), (-60, 70), (60, 70), (180, 70), (180, 69)], "half the globe|goes round a pole"),
        ([(0, 70), (120, 70), (-120, 70)], "goes round a pole"),
        ([(400_000, 5_300_000), (410_000, 5_300_000), (410_000, 5_310_000)], "not longitude and latitude"),
        ([(30, 91), (31, 91), (31, 92)], "not longitude and latitude"),
    ],
)
def test_rings_that_are_no_ground_in_degrees_are_refused(ring: list[tuple[float, float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        polygons_of(shapely.Polygon(ring))


def test_properties_have_to_be_properties() -> None:
    with pytest.raises(InputError, match="feature 1 has no properties but list"):
        shapes_of({"features": [{"properties": [1], "geometry": None}]}, "x")


def test_a_packed_file_and_one_with_a_mark_of_order_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + json.dumps(collection(SQUARE.__geo_interface__))
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(text.encode()))
    assert read_json(tmp_path / "a.json") == read_json(tmp_path / "a.json.gz")


RING = [[30, 49], [31, 49.5], [31, 50], [30, 49]]
HOLE = [[30.6, 49.4], [30.9, 49.5], [30.9, 49.6], [30.6, 49.4]]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "Polygon", "coordinates": [RING, HOLE]},
        {"type": "MultiPolygon", "coordinates": [[RING, HOLE], [[[x + 2, y] for x, y in RING]]]},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [RING[:3]]},
        {"type": "Polygon", "coordinates": [[[30, 49], [30, 49], [30, 49], [30, 49]]]},
        {"type": "Polygon", "coordinates": [[*RING[:3], [30, 49.1]]]},
        {"type": "Polygon", "coordinates": [[[*point, 100] for point in RING]]},
        {"type": "Polygon", "coordinates": [[[30], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[["30", "49"], *RING[1:3], ["30", "49"]]]},
        {"type": "Polygon", "coordinates": [[[True, 49], *RING[1:3], [True, 49]]]},
        {"type": "Polygon", "coordinates": [[[None, 49], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 49], *RING[1:3], [float("nan"), 49]]]},
        {"type": "Polygon", "coordinates": [[[float("inf"), 49], *RING[1:3], [float("inf"), 49]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 49], *RING[1:3], [10**400, 49]]]},
        {"type": "Polygon", "coordinates": {"0": RING}},
        {"type": "Polygon", "coordinates": "ring"},
        {"type": "Polygon", "coordinates": [None]},
        {"type": "MultiPolygon", "coordinates": [[RING], None]},
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": ["Polygon"], "coordinates": [RING]},
        {"type": "Polygon"},
        {"type": "Point", "coordinates": [30, 49]},
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [RING]}]},
    ],
    ids=lambda geometry: str(geometry)[:60],
)
def test_areas_read_fast_are_what_geos_reads_and_so_are_refusals(
    geometry: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> bytes | str:
        try:
            (found,) = shapes_of(collection(geometry), "x")
        except InputError as error:
            return str(error)
        return shapely.to_wkb(shapely.MultiPolygon(found.polygons))

    fast = read()
    monkeypatch.setattr(reading, "_plain", lambda _geometry: None)
    assert fast == read()
