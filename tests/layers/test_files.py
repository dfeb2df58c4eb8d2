"""Files opened again by GDAL: counts, geometry, reference system, fields; and the guard before them."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import fiona
import pyogrio
import pytest
import shapely
from shapely.geometry import shape

from geo.errors import InputError, OverwriteError, UsageError
from layers.files import WRITERS, write, write_whole
from layers.files.geopackage import table_name
from layers.files.guard import HTML_MARK, made_by_us
from layers.html.page import Page, render
from layers.layer import Feature, Layer

NAMES_KEPT = (".geojson", ".json", ".gpkg", ".fgb")
"""The formats that keep any name of a field."""
PROVENANCE = {"name", "date", "source", "licence", "method", "note", "role"}


@pytest.mark.parametrize("ending", [".geojson", ".json"])
def test_geojson_opens_again(layers: tuple[Layer, ...], tmp_path: Path, ending: str) -> None:
    (path,) = write(layers, tmp_path / f"map{ending}")
    with fiona.open(path) as read:
        assert len(read) == sum(len(layer.features) for layer in layers)
        assert read.crs.to_epsg() == 4326
        assert set(read.schema["properties"]) >= PROVENANCE | {"layer", "stroke", "fill", "marker-color"}
        by_layer = {row.properties["layer"]: row for row in read}
    for layer in layers:
        again = shape(by_layer[layer.id].geometry)
        assert again.symmetric_difference(layer.features[0].geometry).area < 1e-9
        assert by_layer[layer.id].properties["source"] == layer.source


def test_geojson_keeps_rfc_7946(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    solid = shapely.Polygon([(0, 0, 5), (0, 1, 5), (1, 1, 5)], [[(0.1, 0.3, 5), (0.2, 0.5, 5), (0.1, 0.5, 5)]])
    extra = Layer("z", "Z", "mention", (Feature(solid, "z"), Feature(shapely.Point(), "nowhere")), "s", "l")
    (path,) = write((*layers, extra), tmp_path / "a.geojson")
    read = json.loads(path.read_text(encoding="utf-8"))
    assert "crs" not in read
    polygon, nowhere = read["features"][-2:]
    assert nowhere["geometry"] is None
    outer, inner = polygon["geometry"]["coordinates"]
    assert all(len(point) == 2 for point in outer)
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(inner).is_ccw
    assert polygon["properties"]["fill"].startswith("#")


def test_geopackage_opens_again(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "map.gpkg")
    assert fiona.listlayers(path) == [*map(table_name, layers), "layer_styles"]
    for layer in layers:
        with fiona.open(path, layer=table_name(layer)) as read:
            assert len(read) == len(layer.features)
            assert read.crs.to_epsg() == 4326
            assert set(read.schema["properties"]) >= PROVENANCE
            row = next(iter(read))
            assert shape(row.geometry).symmetric_difference(layer.features[0].geometry).area < 1e-12
            assert row.properties["area_km2"] == 1234.5
            assert read.tags()["licence"] == "CC0"
    info = pyogrio.read_info(path, layer="held_a")
    assert info["geometry_type"] == "MultiPolygon"


def test_geopackage_holds_a_style_for_each_layer(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    (path,) = write(layers, tmp_path / "map.gpkg")
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        columns = {row[0] for row in file.execute("SELECT column_name FROM gpkg_geometry_columns")}
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [row[0] for row in rows] == [table_name(layer) for layer in layers]
    for table, column, qml, default in rows:
        assert column in columns
        assert default == 1
        style = ElementTree.fromstring(qml.split("\n", 1)[1])
        assert style.findall(".//symbols/symbol/layer"), table
    held = next(ElementTree.fromstring(row[2].split("\n", 1)[1]) for row in rows if row[0] == "held_a")
    assert {c.get("value") for c in held.iter("category")} == {"", "russia", "ukraine"}


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_layers_give_the_same_bytes(layers: tuple[Layer, ...], tmp_path: Path, ending: str) -> None:
    one, two = (write(layers, tmp_path / f"{name}{ending}")[0].read_bytes() for name in "ab")
    assert one == two


@pytest.mark.parametrize("ending", NAMES_KEPT)
def test_hostile_text_survives_as_text(hostile: str, tmp_path: Path, ending: str) -> None:
    values = {hostile: hostile, "NAME": "upper", "fid": 7, "layer": "x", "source": f"own {hostile}"}
    rows = (Feature(shapely.Point(30, 50), hostile, values), Feature(shapely.Point(31, 50), "b", {"n": float("nan")}))
    (path,) = write((Layer("gpkg_x'; --", hostile, "place", rows, hostile, hostile),), tmp_path / f"h{ending}")
    with fiona.open(path) as read:
        assert len(read) == 2
        (first,) = [row.properties for row in read if row.properties["name"] != "b"]
    assert first["name"] == hostile
    assert first["source"] == f"own {hostile}"
    assert first[hostile] == hostile


@pytest.mark.parametrize("ending", NAMES_KEPT)
def test_characters_no_format_holds_are_replaced(tmp_path: Path, ending: str) -> None:
    row = Feature(shapely.Point(30, 50), "a\x00b\ud800c", {"note": "\x01"})
    (path,) = write((Layer("x", "\x00", "place", (row,), "\ud800", ""),), tmp_path / f"h{ending}")
    with fiona.open(path) as read:
        assert next(iter(read)).properties["name"] == "a\ufffdb\ufffdc"


def test_mixed_and_empty_geometry_goes_into_one_table(tmp_path: Path) -> None:
    shapes = [shapely.Point(1, 2), shapely.box(0, 0, 1, 1), shapely.Polygon(), shapely.LineString([(0, 0), (1, 1)])]
    layer = Layer(
        "mixed", "Mixed", "mention", tuple(Feature(s, str(n), {"k": n}) for n, s in enumerate(shapes)), "", ""
    )
    (path,) = write((layer, Layer("none", "None", "band", (), "", "")), tmp_path / "m.gpkg")
    with fiona.open(path, layer="mixed") as read:
        kinds = [row.geometry and row.geometry.type for row in read]
    assert kinds == ["Point", "Polygon", None, "LineString"]


def test_an_unknown_ending_lists_the_known(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'\.docx'.*\.geojson.*\.gpkg"):
        write(layers, tmp_path / "map.docx")
    assert not list(tmp_path.iterdir())


def test_layers_of_one_name_or_none_are_refused(layers: tuple[Layer, ...], tmp_path: Path) -> None:
    twins = (Layer("a b", "", "band", (), "", ""), Layer("a_b", "", "band", (), "", ""))
    with pytest.raises(UsageError, match="share"):
        write((*layers, layers[0]), tmp_path / "a.geojson")
    with pytest.raises(UsageError, match="share a table"):
        write(twins, tmp_path / "a.gpkg")
    with pytest.raises(UsageError, match="no layer"):
        write((), tmp_path / "a.gpkg")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["m.html", *(f"m{ending}" for ending in WRITERS)])
def test_own_files_are_replaced_and_those_of_others_are_not(
    page: Page, layers: tuple[Layer, ...], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name

    def again(force: bool = False) -> None:
        if name.endswith("html"):
            write_whole(path, render(page).encode(), force=force)
        else:
            write(layers, path, force=force)

    again()
    assert made_by_us(path)
    again()
    path.write_bytes(b"someone's work")
    with pytest.raises(OverwriteError, match=r"not made by contactline.*--force"):
        again()
    assert path.read_bytes() == b"someone's work"
    again(force=True)
    assert made_by_us(path)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_geopackage_of_others_is_theirs(tmp_path: Path) -> None:
    path = tmp_path / "theirs.gpkg"
    schema = {"geometry": "Point", "properties": {"made_by_contactline": "str"}}
    with fiona.open(path, "w", driver="GPKG", crs="EPSG:4326", schema=schema):
        pass
    assert not made_by_us(path)
    assert not made_by_us(tmp_path)
    path.write_bytes(b"SQLite format 3\x00 and nonsense")
    assert not made_by_us(path)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write_whole(path, HTML_MARK.encode())

    def half(free: Path) -> None:
        free.write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(path, half)
    assert path.read_bytes() == HTML_MARK.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_bad_places_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"missing.*create it first"):
        write_whole(tmp_path / "missing" / "a.html", b"")
    with pytest.raises(InputError, match="not a folder"):
        write_whole(tmp_path / "file" / "a.html", b"")
    with pytest.raises(InputError, match="it is a folder"):
        write_whole(tmp_path, b"")
    assert not (tmp_path / "missing").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="no permission"):
        write_whole(tmp_path / "a.html", b"")


def test_a_refusing_file_system_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("layers.files.guard.tempfile.TemporaryDirectory", refuse)
    with pytest.raises(InputError, match="no permission"):
        write_whole(tmp_path / "a.html", b"")
