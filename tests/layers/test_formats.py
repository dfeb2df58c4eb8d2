"""Every format opened again by GDAL or by the format's own reader: counts, geometry, values, provenance, look."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import fiona
import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import shapely

from layers.files import LIMITS, WRITERS, write
from layers.files.datapackage import describe
from layers.files.geopackage import table_name
from layers.files.provenance import KEYS
from layers.files.sld import sld
from layers.layer import Feature, Layer

KML = {"k": "http://www.opengis.net/kml/2.2"}
SE = {"se": "http://www.opengis.net/se", "ogc": "http://www.opengis.net/ogc"}


def total(layers: tuple[Layer, ...]) -> int:
    return sum(len(layer.features) for layer in layers)


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    return shapely.hausdorff_distance(one, other) < 1e-6


def test_flatgeobuf_opens_again(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a.fgb")
    read = pyogrio.read_dataframe(path)
    assert len(read) == total(layers)
    assert read.crs.to_epsg() == 4326
    assert pyogrio.read_info(path)["capabilities"]["fast_spatial_filter"]
    for layer in layers:
        (row,) = read[read["layer"] == layer.id].itertuples()
        assert same(row.geometry, layer.features[0].geometry)
        assert (row.source, row.licence, row.date) == (layer.source, layer.licence, layer.as_of)
    box = layers[0].features[0].geometry.bounds
    assert len(pyogrio.read_dataframe(path, bbox=(box[0], box[1], box[0] + 0.1, box[1] + 0.1))) < total(layers)


def test_geoparquet_opens_again(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a.parquet")
    read = geopandas.read_parquet(path)
    assert len(read) == total(layers)
    assert read["area_km2"].dtype == "Float64"
    metadata = pyarrow.parquet.read_schema(path).metadata
    geo = json.loads(metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    about = json.loads(metadata[b"contactline"])
    assert [one["id"] for one in about["layers"]] == [layer.id for layer in layers]
    assert all(set(one) == set(KEYS) for one in about["layers"])
    near = geopandas.read_parquet(path, bbox=(24, 44, 24.1, 44.1))
    assert 0 < len(near) < total(layers)


def kml_of(path: Path) -> ElementTree.Element:
    if path.suffix == ".kml":
        return ElementTree.parse(path).getroot()
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] == "doc.kml"
        return ElementTree.fromstring(archive.read("doc.kml"))


@pytest.mark.parametrize("ending", [".kml", ".kmz"])
def test_kml_opens_again(layers: tuple[Layer, ...], tmp_path: Path, ending: str) -> None:
    (path,) = write(layers, tmp_path / f"a{ending}")
    root = kml_of(path)
    folders = root.findall(".//k:Folder", KML)
    assert [folder.findtext("k:name", "", KML) for folder in folders] == [layer.title for layer in layers]
    styles = {f"#{style.get('id')}" for style in root.findall(".//k:Style", KML)}
    for folder, layer in zip(folders, layers, strict=True):
        (mark,) = folder.findall("k:Placemark", KML)
        assert mark.findtext("k:styleUrl", "", KML) in styles
        assert mark.findtext("k:TimeStamp/k:when", "", KML) == layer.as_of
        said = {d.get("name"): d.findtext("k:value", "", KML) for d in mark.findall("k:ExtendedData/k:Data", KML)}
        assert said["source"] == layer.source
        assert said["area_km2"] == "1234.5"
    if ending == ".kml":
        assert len(pyogrio.list_layers(path)) == len(layers)
        read = pyogrio.read_dataframe(path, layer=layers[0].title)
        assert same(shapely.force_2d(read.geometry.iloc[0]), layers[0].features[0].geometry)


def test_kml_draws_the_colour_of_a_side(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    root = kml_of(write(layers, tmp_path / "a.kml")[0])
    colours = {s.get("id"): s.findtext("k:PolyStyle/k:color", "", KML) for s in root.findall(".//k:Style", KML)}
    assert colours["control-assessed-russia"] != colours["control-assessed-ukraine"]
    assert colours["control-assessed-russia"].endswith("004fb3"), "blue, green, red of #b34f00"
    assert int(colours["unit"][:2], 16) == 0, "a unit has no fill"


def test_zipped_shapefiles_open_again(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a.zip")
    for layer in layers:
        name = table_name(layer)
        assert pyogrio.read_info(f"/vsizip/{path}/{name}.shp")["encoding"] == "UTF-8"
        with fiona.open(f"zip://{path}!{name}.shp") as read:
            assert read.crs.to_epsg() == 4326
            assert len(read) == len(layer.features)
            row = next(iter(read))
            assert row.properties["name"] == layer.features[0].name
            assert same(shapely.geometry.shape(row.geometry), layer.features[0].geometry)


def test_a_shapefile_says_what_it_cut(tmp_path: Path) -> None:
    values = {"a_name_of_some_length": 1, "a_name_of_some_other": "ї" * 200, "A_NAME_OF_": 2.5}
    shapes = (shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1)]), shapely.Point(), shapely.Point(2, 2))
    layer = Layer("x", "X", "mention", tuple(Feature(s, "n", values) for s in shapes), "s", "l", "2025-01-20")
    (path,) = write((layer,), tmp_path / "a.zip")
    with zipfile.ZipFile(path) as archive:
        readme = archive.read("README.txt").decode()
        assert {"x_areas.shp", "x_lines.shp", "x_points.shp"} <= set(archive.namelist())
    with fiona.open(f"zip://{path}!x_areas.shp") as read:
        properties = next(iter(read)).properties
    assert all(len(name) <= 10 for name in properties)
    assert properties["a_name_of_"] == 1
    assert "field a_name_of2 is a_name_of_some_other" in readme
    assert readme.startswith("1 layer, ")
    assert "\nx: X\n" in readme
    assert properties["a_name_of2"] == "ї" * 127
    assert "cut to 254 bytes" in readme
    assert "1 features without geometry" in readme


def test_topojson_opens_again(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a.topojson")
    assert fiona.listlayers(path) == [layer.id for layer in layers]
    for layer in layers:
        read = pyogrio.read_dataframe(path, layer=layer.id)
        assert same(read.geometry.iloc[0], layer.features[0].geometry)
        assert read["source"].iloc[0] == layer.source


def test_neighbours_share_an_arc(tmp_path: Path) -> None:
    line = [(1.0, y / 10) for y in range(11)]
    left = shapely.Polygon([(0, 0), *line, (0, 1)])
    right = shapely.Polygon([(2, 0), *line, (2, 1)])
    layer = Layer("x", "X", "unit", (Feature(left, "left"), Feature(right, "right")), "", "")
    (path,) = write((layer,), tmp_path / "a.topojson")
    arcs = json.loads(path.read_text(encoding="utf-8"))["arcs"]
    assert sum(len(arc) >= len(line) for arc in arcs) == 1


def test_csv_opens_again(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a.csv")
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["contactline_layer"] for row in table] == [layer.id for layer in layers]
    assert all(same(shapely.from_wkt(row["WKT"]), layers[n].features[0].geometry) for n, row in enumerate(table))
    assert len(pyogrio.read_dataframe(path)) == total(layers)
    assert pyogrio.read_dataframe(path).geometry.notna().all()


@pytest.mark.parametrize(
    "formula", ["=HYPERLINK(0)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff201"]
)
def test_a_spreadsheet_runs_nothing(tmp_path: Path, formula: str) -> None:
    row = Feature(shapely.Point(30, 50), formula, {formula: formula, "below": -5})
    (path,) = write((Layer("x", "X", "place", (row,), formula, ""),), tmp_path / "a.csv")
    with path.open(encoding="utf-8", newline="") as file:
        header, values = list(csv.reader(file))
    assert not [cell for cell in (*header, *values) if cell[:1] in tuple("=+@\t\r\n\uff1d\uff20")]
    assert [cell for cell in values if cell.startswith("-")] == ["-5"]


@pytest.mark.parametrize("ending", [".kml", ".kmz", ".zip", ".csv", ".parquet", ".topojson"])
def test_hostile_text_opens_again(hostile: str, tmp_path: Path, ending: str) -> None:
    row = Feature(shapely.Point(30, 50), hostile, {hostile: hostile, "n": float("nan")})
    (path,) = write((Layer("h", hostile, "place", (row,), hostile, hostile, note=hostile),), tmp_path / f"h{ending}")
    if ending == ".parquet":
        assert list(geopandas.read_parquet(path)["name"]) == [hostile]
    elif ending in (".kml", ".kmz"):
        (mark,) = kml_of(path).findall(".//k:Placemark", KML)
        assert mark.findtext("k:name", "", KML) == hostile
    elif ending == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            (again,) = csv.DictReader(file)
        assert again["name"] == hostile
    elif ending == ".topojson":
        (feature,) = json.loads(path.read_text(encoding="utf-8"))["objects"]["h"]["geometries"]
        assert (feature["properties"]["name"], feature["properties"][hostile]) == (hostile, hostile)
        assert pyogrio.read_dataframe(path)["name"].iloc[0] == hostile
    else:
        assert pyogrio.read_dataframe(f"/vsizip/{path}/h.shp")["name"].iloc[0] == hostile


@pytest.mark.parametrize("ending", WRITERS)
def test_a_layer_without_features_is_no_failure(tmp_path: Path, ending: str) -> None:
    (path,) = write((Layer("none", "None", "band", (), "s", "l"),), tmp_path / f"a{ending}")
    assert path.stat().st_size > 0


def test_sld_has_a_rule_for_each_side(layers: tuple[Layer, ...]) -> None:
    held = next(layer for layer in layers if layer.role == "control-assessed")
    root = ElementTree.fromstring(sld(held, "held"))
    rules = root.findall(".//se:Rule", SE)
    assert [rule.findtext(".//ogc:Literal", "", SE) for rule in rules] == ["russia", ""]
    assert rules[-1].find("se:ElseFilter", SE) is not None
    for layer in layers:
        assert ElementTree.fromstring(sld(layer, layer.id)).findall(".//se:Rule", SE)


def test_limits_are_said_of_formats_there_are() -> None:
    assert set(LIMITS) <= set(WRITERS)


def test_a_data_package_lies_beside(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a map.gpkg")
    package = json.loads(describe(layers, path).read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert resource["path"] == "a map.gpkg"
    assert resource["bytes"] == path.stat().st_size
    assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert {source["title"] for source in package["sources"]} == {layer.source for layer in layers}
    assert package["contactline"]["generator"] == "contactline", "written over when the file is"
    assert describe(layers, path) == tmp_path / "a map.gpkg.datapackage.json"
