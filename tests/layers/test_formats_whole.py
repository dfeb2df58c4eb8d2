"""What a GIS editor does with the files: shapes still whole, days as days, labels seen, own work never written over."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from geo.errors import InputError, OverwriteError
from layers.files import WRITERS, made_by_us, write
from layers.files.datapackage import describe, licences
from layers.files.geopackage import table_name
from layers.files.grid import PLACES, on_grid
from layers.files.qml import labelled, qml
from layers.files.textual import still
from layers.layer import Feature, Layer

SLIVER = shapely.Polygon([(31.0, 46.0), (31.00000000002, 46.0), (30.5, 45.5)])
PINCHED = shapely.Polygon([(0, 0), (4, 0.00000008), (4, 1), (2, 0.000000045), (0, 1)])
"""Whole as it is, and crossing itself where its coordinates are rounded."""
HOLED = shapely.Polygon([(10, 10), (11, 10), (11, 11), (10, 11)], [[(10.5, 10.5), (10.50000001, 10.5), (10.5, 10.6)]])
TEXTUAL = (".geojson", ".kml", ".topojson", ".csv")


def a_layer(*features: Feature, id_: str = "x", **said: str) -> Layer:
    return Layer(id_, said.get("title", "X"), said.get("role", "mention"), features, "s", "l", said.get("as_of", ""))


@pytest.mark.parametrize("ending", TEXTUAL)
def test_a_shape_that_was_whole_is_whole_in_a_file_of_rounded_coordinates(ending: str, tmp_path: Path) -> None:
    whole = shapely.MultiPolygon([shapely.box(20, 20, 21, 21), SLIVER, PINCHED, HOLED])
    assert whole.is_valid
    assert not shapely.set_precision(whole, 1e-7, mode="pointwise").is_valid
    (path,) = write([a_layer(Feature(whole, "whole"), Feature(SLIVER, "sliver"))], tmp_path / f"a{ending}")
    again, *nothing = pyogrio.read_dataframe(path).geometry
    assert again.is_valid
    assert nothing == ([] if ending == ".topojson" else [None]), "GDAL leaves out what has no place in a TopoJSON"
    assert again.area == pytest.approx(whole.area, abs=1e-6)
    assert all(part.exterior.is_ccw for part in shapely.get_parts(again)) or ending in (".topojson", ".csv")


coordinates = st.tuples(st.floats(22, 40), st.floats(44, 52))


@given(st.lists(coordinates, min_size=3, max_size=9), st.lists(coordinates, min_size=3, max_size=4))
def test_rounding_keeps_what_is_valid_valid(outer: list[tuple[float, float]], other: list[tuple[float, float]]) -> None:
    shapes = [shapely.make_valid(shapely.Polygon(ring)) for ring in (outer, other)]
    for shape in (*shapes, shapely.union_all(shapes), shapely.difference(*shapes), shapely.LineString(outer)):
        found = on_grid(shape)
        assert found.is_valid or not shape.is_valid
        assert found.area == pytest.approx(shape.area, abs=1e-4)
        grid = shapely.get_coordinates(found) * 10**PLACES
        assert abs(grid - grid.round()).max(initial=0) < 1e-3


def test_on_a_grid_the_rest_of_a_shape_stays_as_it_was() -> None:
    long = shapely.box(20, 40, 30, 50)
    (kept,) = shapely.get_parts(on_grid(shapely.MultiPolygon([long, SLIVER])))
    assert shapely.get_coordinates(kept).tolist() == shapely.get_coordinates(long).tolist()


@pytest.mark.parametrize("ending", [".gpkg", ".zip", ".parquet"])
def test_a_date_is_a_date(ending: str, tmp_path: Path) -> None:
    dated = [Feature(shapely.Point(30, 50), "a", {"date": "2025-01-20"}), Feature(shapely.Point(31, 50), "b")]
    (path,) = write([a_layer(*dated)], tmp_path / f"a{ending}")
    if ending == ".parquet":
        assert str(pyarrow.parquet.read_schema(path).field("date").type).startswith("date32")
        assert list(geopandas.read_parquet(path)["date"]) == [date(2025, 1, 20), None]
        return
    name = path if ending == ".gpkg" else f"/vsizip/{path}/x.shp"
    read = pyogrio.read_dataframe(name, layer="x")
    assert pyogrio.read_info(name, layer="x")["dtypes"][list(read.columns).index("date")] == "datetime64[D]"
    assert [str(day)[:10] for day in read["date"]] == ["2025-01-20", "NaT"]


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending not in (".kml", ".kmz")])
def test_what_is_no_date_stays_text(ending: str, tmp_path: Path) -> None:
    rows = [Feature(shapely.Point(30, 50), f"n{n}", {"date": d}) for n, d in enumerate(("2025-02-30", "soon"))]
    (path,) = write([a_layer(*rows)], tmp_path / f"a{ending}")
    if ending == ".parquet":
        read = geopandas.read_parquet(path)
    else:
        read = pyogrio.read_dataframe(f"/vsizip/{path}/x.shp" if ending == ".zip" else path, layer=0)
    assert list(read["date"]) == ["2025-02-30", "soon"]


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".csv"])
def test_fields_of_ours_keep_their_names(ending: str, tmp_path: Path) -> None:
    theirs = Feature(shapely.Point(30, 50), "a", {"Date": "theirs", "SOURCE": "theirs", "Class": "theirs"})
    read = pyogrio.read_dataframe(write([a_layer(theirs, as_of="2025-01-20")], tmp_path / f"a{ending}")[0], layer=0)
    assert str(read["date"].iloc[0])[:10] == "2025-01-20"
    assert read["source"].iloc[0] == "s"
    assert {read[name].iloc[0] for name in ("Date_2", "SOURCE_2", "Class_2")} == {"theirs"}


@pytest.mark.parametrize("ending", WRITERS)
def test_numbers_and_titles_no_format_foresees_are_written(ending: str, tmp_path: Path) -> None:
    values = {"huge": 10**25, "larger": 10**400, "yes": True, "much": 1.5}
    rows = (Feature(shapely.Point(30, 50), "a", values), Feature(shapely.Point(31, 50), "b", {"yes": 2}))
    titled = [a_layer(*rows, id_=f"x{n}", title=title) for n, title in enumerate(("\ud800\x00", "layer_styles", ""))]
    (path,) = write(titled, tmp_path / f"a{ending}")
    assert made_by_us(path)


def test_rings_of_a_geoparquet_run_as_it_says(tmp_path: Path) -> None:
    clockwise = shapely.box(0, 0, 1, 1, ccw=False)
    (path,) = write([a_layer(Feature(clockwise, "a"), Feature(shapely.Point(), "b"))], tmp_path / "a.parquet")
    column = json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"])["columns"]["geometry"]
    assert column["orientation"] == "counterclockwise"
    assert geopandas.read_parquet(path).geometry.iloc[0].exterior.is_ccw


def test_a_place_in_a_kmz_has_a_mark_of_its_own(tmp_path: Path) -> None:
    place = a_layer(Feature(shapely.Point(30, 50), "a"), role="place")
    (path,) = write([place, a_layer(Feature(shapely.box(0, 0, 1, 1), "b"), id_="y")], tmp_path / "a.kmz")
    with zipfile.ZipFile(path) as archive:
        document, picture = (archive.read(name) for name in archive.namelist())
        (name,) = re.findall(r"<href>(.*?)</href>", document.decode())
        assert archive.namelist() == ["doc.kml", name]
    drawn = Image.open(BytesIO(picture))
    drawn.load()
    assert drawn.getpixel((16, 16)) == (255, 255)
    assert drawn.getpixel((0, 0)) == (255, 0)
    (path,) = write([a_layer(Feature(shapely.box(0, 0, 1, 1), "b"))], tmp_path / "b.kmz")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["doc.kml"]


@pytest.mark.parametrize("role", ["mention", "line", "contact-line", "band", "place", "control-assessed"])
def test_what_was_asked_for_is_labelled_in_ink_that_is_seen(role: str) -> None:
    layer = a_layer(Feature(shapely.Point(30, 50), "a"), role=role)
    root = ElementTree.fromstring(qml(layer).split("\n", 1)[1])
    assert (root.find("labeling") is not None) == labelled(layer) == (role != "control-assessed")
    if labelled(layer):
        style = root.find(".//text-style")
        assert style is not None
        assert style.get("fontWeight") == "50", "QGIS takes a weight that is not said for the thinnest there is"
        assert (style.get("textOpacity"), style.get("isExpression"), style.get("allowHtml")) == ("1", "0", "0")
        assert style.get("textColor", "").endswith(",255")
        assert root.find(".//placement") is not None


@pytest.mark.parametrize("cell", ["a;=1", "a; =1", "a\t@b", "a\n+1", "a|=cmd", "\u200f=1", " =1", "x;\u202e@SUM(1)"])
def test_a_spreadsheet_that_ends_cells_elsewhere_runs_nothing_either(cell: str, tmp_path: Path) -> None:
    (path,) = write([a_layer(Feature(shapely.Point(30, 50), cell))], tmp_path / "a.csv")
    text = path.read_text(encoding="utf-8")
    for separator in (",", ";", "\t", "|"):
        for row in csv.reader(text.splitlines(), delimiter=separator, quoting=csv.QUOTE_NONE):
            assert not [one for one in row if one.strip(' "\u200f\u202e')[:1] in tuple("=+@")]


def test_plain_words_go_into_a_table_as_they_are() -> None:
    for words in ('band(line("contact"), "2 km"); geodesic on WGS84', "60-70 %; a - b", "it's", "", "1;2"):
        assert still(words) == words


def test_a_data_package_names_licences_as_the_standard_asks(tmp_path: Path) -> None:
    layer = Layer("x", "X", "place", (Feature(shapely.Point(30, 50), "a"),), "s", "ODbL 1.0: a; CC BY 4.0; others")
    (path,) = write([layer], tmp_path / "Чотири області = 1.gpkg")
    package = json.loads(describe([layer], path).read_text(encoding="utf-8"))
    assert all(one["name"] for one in package["licenses"])
    assert {one["name"]: one["title"] for one in package["licenses"]} == {
        "ODbL-1.0": "ODbL 1.0: a",
        "CC-BY-4.0": "CC BY 4.0",
    }
    for one in (package, *package["resources"]):
        assert set(one["name"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-._/")
    assert [one["name"] for one in licences(["DeepState's terms; not redistributed", "my own", ""])] == [
        "other-closed",
        "notspecified",
    ]


def own(tmp_path: Path) -> tuple[Path, list[Layer]]:
    layers = [a_layer(Feature(shapely.Point(30, 50), "a"), as_of="2025-01-20")]
    (path,) = write(layers, tmp_path / "a.gpkg")
    assert made_by_us(path)
    return path, layers


def add_a_table(path: Path) -> None:
    notes = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)], crs=4326)
    notes.to_file(path, layer="my notes", driver="GPKG")


def change_a_value(path: Path) -> None:
    changed = pyogrio.read_dataframe(path, layer="x")
    pyogrio.write_dataframe(changed, path, layer="x", append=True)


def add_a_style(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO layer_styles (f_table_name, styleName, useAsDefault) VALUES ('x', 'mine', 1)")


@pytest.mark.parametrize("change", [add_a_table, change_a_value, add_a_style])
def test_work_done_in_a_geopackage_of_ours_is_not_written_over(change: object, tmp_path: Path) -> None:
    path, layers = own(tmp_path)
    assert callable(change)
    change(path)
    assert not made_by_us(path)
    with pytest.raises(OverwriteError, match=r"changed since.*--force"):
        write(layers, path)
    write(layers, path, force=True)
    assert made_by_us(path)


@pytest.mark.parametrize("force", [True, False])
def test_a_database_that_somebody_has_open_is_left_alone(force: bool, tmp_path: Path) -> None:
    path, layers = own(tmp_path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = wal")
        file.execute("UPDATE layer_styles SET description = 'mine'")
        file.commit()
        with pytest.raises(InputError, match="a program has it open"):
            write(layers, path, force=force)
    path.with_name("a.gpkg-wal").write_bytes(b"")
    write(layers, path, force=True)


def test_a_full_disk_is_told_whatever_a_library_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("sqlite3_exec(UPDATE ...)")

    monkeypatch.setattr("layers.files.geopackage.add_styles", fails)
    layers = [a_layer(Feature(shapely.Point(30, 50), "a"))]
    with pytest.raises(RuntimeError):
        write(layers, tmp_path / "a.gpkg")
    monkeypatch.setattr("layers.files.guard.shutil.disk_usage", lambda _: type("", (), {"free": 4096}))
    with pytest.raises(InputError, match="No space left"):
        write(layers, tmp_path / "a.gpkg")
    assert not list(tmp_path.iterdir())


SLOW = """
import signal, sys, time
from pathlib import Path
from layers.files import write_whole

signal.signal(signal.SIGINT, signal.default_int_handler)  # who starts the tests may have told it to ignore these
for name in ("SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)

def slowly(free):
    free.write_bytes(b"half")
    print("begun", flush=True)
    time.sleep(30)

write_whole(Path(sys.argv[1]), slowly)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("request_", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_write_that_is_stopped_leaves_nothing(request_: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(tmp_path / "a.geojson")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path.cwd()) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"begun\n"
        run.send_signal(getattr(signal, request_))
        assert run.wait(timeout=60) != 0, "it did not go on to the end"
    assert not list(tmp_path.iterdir())


def test_tables_have_names_any_database_takes_whole(layers: tuple[Layer, ...]) -> None:
    assert all(len(table_name(layer)) <= 63 for layer in layers)
