"""Any file of polygons: each form gives the same ground, and what is broken or unclear is refused by name."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from geo.atlas.control.vectors import read_vectors
from geo.errors import InputError
from geo.measure.geodesic import area_km2

GROUND = shapely.Polygon(
    [(37, 48), (38, 48), (38, 49), (37, 49)], [[(37.4, 48.4), (37.6, 48.4), (37.6, 48.6), (37.4, 48.6)]]
)
FRAME = geopandas.GeoDataFrame(
    {"status": ["held", "grey"], "number": [1, 2], "geometry": [GROUND, shapely.box(35, 47, 35.5, 47.5)]}, crs=4326
)


def total(path: Path, **how: Any) -> float:
    return sum(area_km2(polygon) for shape in read_vectors(path, **how) for polygon in shape.polygons)


EXPECTED = sum(area_km2(shapely.segmentize(part, 0.01)) for part in FRAME.geometry)


def write(folder: Path, ending: str, frame: geopandas.GeoDataFrame = FRAME) -> Path:
    """The same two areas in any form."""
    path = folder / f"map{ending}"
    match ending:
        case ".zip":
            inner = folder / "inner"
            inner.mkdir()
            frame.to_file(inner / "map.shp", engine="pyogrio")
            with zipfile.ZipFile(path, "w") as archive:
                for file in sorted(inner.iterdir()):
                    archive.write(file, f"deep/{file.name}")
        case ".parquet":
            pytest.importorskip("pyarrow", reason="GeoParquet needs pyarrow")
            frame.to_parquet(path)
        case ".csv":
            table = frame.drop(columns="geometry").assign(wkt=frame.geometry.to_wkt())
            table.to_csv(path, index=False)
        case ".kml":
            frame.rename(columns={"status": "Name"}).to_file(path, engine="pyogrio", driver="KML")
        case _:
            frame.to_file(path, engine="pyogrio")
    return path


@pytest.mark.filterwarnings("ignore")  # what the writers of others say is not the point
@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".shp", ".zip", ".fgb", ".parquet", ".csv", ".kml"])
def test_every_form_gives_the_same_ground_and_words(tmp_path: Path, ending: str) -> None:
    how = {"crs": "EPSG:4326", "geometry": "wkt"} if ending == ".csv" else {}
    path = write(tmp_path, ending)
    assert total(path, **how) == pytest.approx(EXPECTED, rel=1e-3)  # edges: geodesics against parallels
    word = "name" if ending == ".kml" else "status"
    assert {shape.properties[word] for shape in read_vectors(path, **how)} == {"held", "grey"}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".zip", ".fgb", ".parquet", ".geojson"])
@pytest.mark.parametrize("code", [3857, 32637])
def test_any_reference_system_the_file_states_is_followed(tmp_path: Path, ending: str, code: int) -> None:
    path = write(tmp_path, ending, FRAME.to_crs(code))
    if ending == ".geojson":  # the writer brings GeoJSON to lon, lat: the old member says otherwise
        content = json.loads(FRAME.to_crs(code).to_json(to_wgs84=False))
        path.write_text(json.dumps(content), encoding="utf-8")
        assert "crs" in content
    assert total(path) == pytest.approx(EXPECTED, rel=1e-3)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", [".shp", ".zip", ".parquet", ".csv"])
def test_a_file_that_states_none_is_refused_until_it_is_said(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, ending, FRAME.set_crs(None, allow_override=True))
    how = {"geometry": "wkt"} if ending == ".csv" else {}
    with pytest.raises(InputError, match="does not say in which reference system"):
        read_vectors(path, **how)
    assert total(path, crs="EPSG:4326", **how) == pytest.approx(EXPECTED, rel=1e-3)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".kml", ".zip"])
def test_a_system_said_against_the_file_is_refused(tmp_path: Path, ending: str) -> None:
    with pytest.raises(InputError, match=r"Take .*out"):
        read_vectors(write(tmp_path, ending), crs="EPSG:32637")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".zip", ".fgb", ".parquet", ".csv", ".kml", ".geojson"])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_wherever_a_file_is_cut_it_is_refused_by_name(tmp_path: Path, ending: str, part: float) -> None:
    path = write(tmp_path, ending)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * part)])
    with pytest.raises(InputError, match=r"map\."):
        read_vectors(path, **({"crs": "EPSG:4326", "geometry": "wkt"} if ending == ".csv" else {}))


@pytest.mark.filterwarnings("ignore")
def test_layers_are_all_read_or_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "map.gpkg"
    FRAME.iloc[:1].to_file(path, layer="held", engine="pyogrio")
    FRAME.iloc[1:].to_file(path, layer="grey", engine="pyogrio")
    assert [shape.properties["layer"] for shape in read_vectors(path)] == ["held", "grey"]
    assert [shape.properties["status"] for shape in read_vectors(path, layer="grey")] == ["grey"]
    with pytest.raises(InputError, match=r"no layer 'none'\. Its layers: held, grey"):
        read_vectors(path, layer="none")


@pytest.mark.filterwarnings("ignore")
def test_missing_and_odd_geometry(tmp_path: Path) -> None:
    odd = [None, shapely.Point(37, 48), shapely.GeometryCollection([GROUND, shapely.Point(0, 0)])]
    path = tmp_path / "map.gpkg"
    geopandas.GeoDataFrame({"geometry": [*odd, shapely.force_3d(GROUND, 9.0)]}, crs=4326).to_file(
        path, engine="pyogrio"
    )
    shapes = read_vectors(path)
    assert [shape.null for shape in shapes] == [True, False, False, False]
    assert [len(shape.polygons) for shape in shapes] == [0, 0, 1, 1]


def test_what_hides_behind_an_ending_is_not_opened(tmp_path: Path) -> None:
    """GDAL goes by content: a VRT called .gpkg would make it open what the VRT names."""
    for ending in (".gpkg", ".fgb", ".shp"):
        path = tmp_path / f"map{ending}"
        path.write_text("<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>" + " " * 100, encoding="utf-8")
        with pytest.raises(InputError, match="does not begin as"):
            read_vectors(path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("map.dxf", "", r"no ending of a map that is read.*\.fgb"),
        ("map.csv", "a,wkt\n1,POLYGON", "row 1 is not WKT"),
        ("map.csv", "a,b\n1,2", "no column 'wkt'. Its columns: a, b"),
        ("map.geojson", "<html>busy</html>", "a web page, not data"),
        ("map.geojson", "version https://git-lfs.github.com/spec/v1\noid sha256:0", "a Git LFS pointer, not data"),
        ("map.geojson", "[" * 100_000, "cannot be read|cut short"),
        ("map.geojson", '{"features": [], "crs": 5}', '"crs" names no reference system'),
    ],
)
def test_what_is_not_read_says_why(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_vectors(tmp_path / name, **({"crs": "EPSG:4326", "geometry": "wkt"} if name.endswith("csv") else {}))
    with pytest.raises(InputError, match="no such file"):
        read_vectors(tmp_path / "none.gpkg")


def test_a_table_needs_its_column_and_system_said(tmp_path: Path) -> None:
    path = write(tmp_path, ".csv")
    with pytest.raises(InputError, match=r'which column holds the polygons as WKT.*geometry = "wkt"'):
        read_vectors(path)


@pytest.mark.parametrize(
    "content", [GROUND.__geo_interface__, {"type": "Feature", "geometry": GROUND.__geo_interface__}]
)
def test_a_single_feature_or_geometry_is_a_collection_of_one(tmp_path: Path, content: dict[str, Any]) -> None:
    if content["type"] == "Feature":
        content = {**content, "properties": {"status": "held"}}
    (tmp_path / "one.geojson").write_text(json.dumps(content), encoding="utf-8")
    assert total(tmp_path / "one.geojson") == pytest.approx(EXPECTED - area_km2(FRAME.geometry[1]), rel=1e-3)
