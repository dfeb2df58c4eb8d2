"""What every written file tells: titles, classes, statements, short names that stay, balloons without raw text."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.credits import ALWAYS
from layers.files import WRITERS, write
from layers.files.geopackage import table_name
from layers.files.shapefile import short_names
from layers.layer import Feature, Layer

from .test_formats import KML, kml_of


def test_fields_of_ours_have_one_short_name_in_every_shapefile() -> None:
    ours = ["area_km2", "length_km", "russian_held_km2", "ukrainian_held_km2"]
    ends = [f"{name}{end}" for name in ours for end in ("", "_low", "_high")]
    alone, among = short_names(["length_km_low"]), short_names(["len_low", "area_km2_lower", *ends])
    assert alone["length_km_low"] == among["length_km_low"] == "len_low"
    assert len({short.casefold() for short in among.values()}) == len(among)
    assert all(len(short.encode()) <= 10 for short in among.values())
    assert not [
        name for name, short in among.items() if re.fullmatch(r"(length_k|area)\w*\d", short) and name != "area_km2"
    ]


@given(st.lists(st.text(min_size=1, max_size=14), unique=True, max_size=30))
def test_no_field_of_a_shapefile_shares_its_name(names: list[str]) -> None:
    found = short_names(names)
    assert list(found) == names
    assert len({short.casefold() for short in found.values()}) == len(names)
    assert all(1 <= len(short.encode()) <= 10 for short in found.values())


def test_layers_of_a_geopackage_have_titles_even_where_two_are_alike(tmp_path: Path) -> None:
    row = Feature(shapely.Point(30, 50), "n")
    twins = tuple(Layer(slug, "Kherson (28,332 km²)", "place", (row,), "s", "l") for slug in ("one-a", "two"))
    (path,) = write((*twins, Layer("3rd", "Other", "place", (row,), "s", "l")), tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as file:
        told = dict(file.execute("SELECT table_name, identifier FROM gpkg_contents WHERE data_type = 'features'"))
    assert told == {
        "one_a": "Kherson (28,332 km²) [one_a]",
        "two": "Kherson (28,332 km²) [two]",
        "layer_3rd": "Other",
    }


@pytest.mark.parametrize("ending", WRITERS)
def test_a_feature_carries_the_title_of_its_layer(layers: tuple[Layer, ...], tmp_path: Path, ending: str) -> None:
    (path,) = write(layers[:1], tmp_path / f"a{ending}")
    if ending == ".zip":
        read = pyogrio.read_dataframe(f"/vsizip/{path}/{table_name(layers[0])}.shp").rename(
            columns={"lyr_title": "layer_title"}
        )
    elif ending == ".parquet":
        read = geopandas.read_parquet(path)
    elif ending in (".kml", ".kmz"):
        said = kml_of(path).findall(".//k:Data[@name='layer_title']/k:value", KML)
        assert [one.text for one in said] == [layers[0].title]
        return
    else:
        read = pyogrio.read_dataframe(path, layer=0)
    assert list(read["layer_title"]) == [layers[0].title]


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != ".csv"])
def test_a_file_says_whose_view_of_boundaries_it_is_and_what_control_is_not(
    layers: tuple[Layer, ...], tmp_path: Path, ending: str
) -> None:
    (path,) = write(layers, tmp_path / f"a{ending}")
    if ending in (".kmz", ".zip"):
        with zipfile.ZipFile(path) as archive:
            said = archive.read("doc.kml" if ending == ".kmz" else "README.txt").decode()
    elif ending == ".parquet":
        said = pyarrow.parquet.read_schema(path).metadata[b"contactline"].decode()
    else:
        said = path.read_bytes().decode("utf-8", "ignore")
    assert all(sentence in said for sentence in ALWAYS)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".fgb", ".csv"])
def test_every_feature_has_date_source_class_method_and_licence(
    layers: tuple[Layer, ...], tmp_path: Path, ending: str
) -> None:
    (path,) = write(layers, tmp_path / f"a{ending}")
    count = len(layers) if ending == ".gpkg" else 1
    for number in range(count):
        read = pyogrio.read_dataframe(path, layer=number)
        for field in ("date", "source", "class", "method", "licence"):
            assert read[field].notna().all(), field


def test_a_balloon_shows_escaped_words_only(hostile: str, tmp_path: Path) -> None:
    row = Feature(shapely.Point(30, 50), hostile, {"k": hostile, "date": "soon"})
    (path,) = write((Layer("h", hostile, "place", (row,), hostile, hostile, note=hostile),), tmp_path / "h.kml")
    root = kml_of(path)
    (mark,) = root.findall(".//k:Placemark", KML)
    shown = mark.findtext("k:description", "", KML)
    assert not re.findall(r"<(?!/?(?:h3|b)>|br/>)", shown)
    assert {text.text for text in root.findall(".//k:BalloonStyle/k:text", KML)} == {"$[description]"}
    assert mark.find("k:TimeStamp", KML) is None, "no date, no time stamp"


def test_children_of_a_placemark_stand_in_the_order_of_the_schema(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    order = ["name", "visibility", "description", "TimeStamp", "styleUrl", "ExtendedData"]
    for mark in kml_of(write(layers, tmp_path / "a.kml")[0]).findall(".//k:Placemark", KML):
        tags = [child.tag.partition("}")[2] for child in mark]
        assert tags[:6] == order
        assert tags[6:] in (["Point"], ["LineString"], ["Polygon"], ["MultiGeometry"])


def test_rows_of_a_geoparquet_are_covered_by_their_boxes(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "a.parquet")
    table = pyarrow.parquet.read_table(path).to_pylist()
    for row, geometry in zip(table, geopandas.read_parquet(path).geometry, strict=True):
        box = tuple(row["bbox"][key] for key in ("xmin", "ymin", "xmax", "ymax"))
        assert box == pytest.approx(geometry.bounds, abs=1e-5)
    geo = json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert set(column["geometry_types"]) >= {"Point", "LineString", "Polygon"}
    assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
