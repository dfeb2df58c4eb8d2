"""Zipped shapefiles in UTF-8, one a layer and kind of geometry, with a README that says what the format cut.

The format holds field names of 10 characters and text of 254 bytes (ESRI, 1998), and one kind of geometry a file.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import fiona
import shapely
from fiona.crs import CRS
from shapely.geometry.base import BaseGeometry

from geo.data import data_path
from layers.credits import ALWAYS
from layers.files.archive import pack
from layers.files.fields import text
from layers.files.geopackage import table_name, timestamp
from layers.files.provenance import about
from layers.files.rows import Row, columns, rows, typed
from layers.layer import Layer, Value

_NAME, _TEXT = 10, 254
_COLUMNS = {"int64": "int:18", "float": "float:24.8", "str": f"str:{_TEXT}", "date": "date"}
_KINDS = {0: ("points", "MultiPoint"), 1: ("lines", "LineString"), 2: ("areas", "Polygon")}


class _Shape(NamedTuple):
    """A feature's values and its geometry, of one kind."""

    values: dict[str, Value]
    geometry: BaseGeometry


class _Part(NamedTuple):
    """The features of one layer that fit in one file."""

    name: str
    kind: str
    shapes: list[_Shape]


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes an archive of shapefiles in lon, lat on WGS84 (EPSG:4326), and ``README.txt``."""
    with tempfile.TemporaryDirectory() as room:
        notes = [_write_layer(layer, Path(room), timestamp(layers)[:10]) for layer in layers]
        told = "\n".join([*_contents(layers), "", *ALWAYS, "", *notes])
        (Path(room) / "README.txt").write_text(told, encoding="utf-8")
        pack(path, {file.name: file.read_bytes() for file in sorted(Path(room).iterdir())})


def _contents(layers: Sequence[Layer]) -> list[str]:
    """The layers of the archive, a line each: what its files are called, and what it shows."""
    named = [(table_name(layer), text(layer.title)) for layer in layers]
    count = f"{len(named)} layers" if len(named) > 1 else "1 layer"
    head = f"{count}, each as .shp with its .shx, .dbf, .prj and .cpg; of each, its fields and sources below"
    return [head, "", *(f"{name}: {title}" for name, title in named)]


def _write_layer(layer: Layer, folder: Path, day: str) -> str:
    """Writes a layer's files, and tells what a reader must know of them."""
    found = rows([layer])
    kinds = columns(found)
    names = short_names(list(kinds))
    lines = [f"{key}: {value}" for key, value in about(layer).items() if value]
    lines += [f"field {short} is {name}" for name, short in names.items() if short != name]
    for part in _parts(layer, found):
        cut = _write_part(part, folder, names, kinds, day)
        lines += [f"{part.name}.shp: {len(part.shapes)} features", *cut]
    if lost := sum(row.geometry is None for row in found):
        lines.append(f"{lost} features without geometry are left out: a shapefile cannot hold them")
    return "\n".join([*lines, ""])


def _parts(layer: Layer, found: Sequence[Row]) -> list[_Part]:
    by_kind: dict[int, list[_Shape]] = {}
    for row in found:
        for dimension, geometry in _by_dimension(row.geometry):
            by_kind.setdefault(dimension, []).append(_Shape(row.values, geometry))
    base = table_name(layer)
    return [
        _Part(base if len(by_kind) == 1 else f"{base}_{_KINDS[dimension][0]}", _KINDS[dimension][1], part)
        for dimension, part in sorted(by_kind.items())
    ]


def _by_dimension(geometry: BaseGeometry | None) -> list[tuple[int, BaseGeometry]]:
    """A geometry by dimension: a collection of several is taken apart."""
    if geometry is None:
        return []
    if geometry.geom_type != "GeometryCollection":
        return [(int(shapely.get_dimensions(geometry)), geometry)]
    parts = shapely.get_parts(geometry)
    sizes = shapely.get_dimensions(parts)
    return [(int(d), shapely.union_all(parts[sizes == d])) for d in sorted(set(sizes.tolist())) if d >= 0]


def _write_part(part: _Part, folder: Path, names: Mapping[str, str], kinds: Mapping[str, str], day: str) -> list[str]:
    cut: dict[str, int] = {}
    with fiona.open(
        folder / f"{part.name}.shp",
        "w",
        driver="ESRI Shapefile",
        schema={"geometry": part.kind, "properties": {names[name]: _COLUMNS[kind] for name, kind in kinds.items()}},
        crs=CRS.from_epsg(4326),
        encoding="utf-8",
        DBF_DATE_LAST_UPDATE=day,
    ) as table:
        for values, geometry in part.shapes:
            whole = typed(values, kinds)
            fitting = {names[name]: _fitting(value) for name, value in whole.items()}
            for name, short in names.items():
                cut[short] = cut.get(short, 0) + (fitting[short] != whole[name])
            shape = shapely.MultiPoint(shapely.get_coordinates(geometry)) if geometry.geom_type == "Point" else geometry
            table.write(
                fiona.Feature(
                    geometry=fiona.Geometry.from_dict(shapely.geometry.mapping(shape)),
                    properties=fiona.Properties.from_dict(fitting),
                )
            )
    return [f"field {short}: text of {count} features cut to {_TEXT} bytes" for short, count in cut.items() if count]


def _fitting(value: Value | date) -> Value | date:
    """Text cut to what a field holds, at the edge of a character."""
    return value.encode()[:_TEXT].decode(errors="ignore") if isinstance(value, str) else value


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Field names of at most 10 bytes, distinct without regard to case; those of data/fields.toml are always theirs."""
    known = _known()
    taken = {known[name].casefold() for name in names if name in known}
    found = {}
    for name in names:
        if name in known:
            found[name] = known[name]
            continue
        short = plain = name.encode()[:_NAME].decode(errors="ignore") or "field"
        number = 2
        while short.casefold() in taken:
            tail = str(number)
            short = plain.encode()[: _NAME - len(tail)].decode(errors="ignore") + tail
            number += 1
        taken.add(short.casefold())
        found[name] = short
    return found


@cache
def _known() -> Mapping[str, str]:
    """The short names that fields of ours have in every file."""
    table: dict[str, str] = tomllib.loads(data_path("fields.toml").read_text(encoding="utf-8"))["shapefile"]
    return table
