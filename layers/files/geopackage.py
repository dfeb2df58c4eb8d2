"""GeoPackage: one table a layer, its provenance as fields and as metadata, its look as QGIS styles."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fiona
import shapely
from fiona.crs import CRS
from shapely.geometry.base import BaseGeometry

from geo.errors import UsageError
from layers.files.fields import fields, text
from layers.files.guard import GPKG_MARK
from layers.files.qml import add_styles
from layers.layer import Layer, Value

_SINGLE = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}
_TAKEN = r"(gpkg|sqlite|rtree)_|layer_styles$"  # names the format or QGIS keeps for itself
_RESERVED = {"fid", "geom", "ogc_fid"}


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes each layer to a table named by its id; geometry is lon/lat on WGS84 (EPSG:4326).

    The dates GDAL writes are that of SOURCE_DATE_EPOCH, else the latest date of the layers, else 1970: never the clock.
    """
    stamp, tables = timestamp(layers), {table_name(layer): layer for layer in layers}
    if len({name.casefold() for name in tables}) < len(layers):
        raise UsageError("two layers would share a table of the GeoPackage; their ids must differ in more than signs")
    with fiona.Env(OGR_CURRENT_DATE=stamp):
        for layer in layers:
            _write_table(layer, path)
    add_styles(path, tables, stamp)


def table_name(layer: Layer) -> str:
    """The layer's id as the name of a table any tool can type."""
    name = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", layer.id)).strip("_") or "layer"
    return f"layer_{name}" if re.match(_TAKEN, name.casefold()) else name


def timestamp(layers: Sequence[Layer]) -> str:
    """The one date and time that stands in the file, as GDAL writes it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    dates = [layer.as_of for layer in layers if re.fullmatch(r"\d{4}-\d\d-\d\d", layer.as_of)]
    return f"{max(dates, default='1970-01-01')}T00:00:00.000Z"


def _write_table(layer: Layer, path: Path) -> None:
    rows = [_named(fields(layer, feature)) for feature in layer.features]
    shapes = [shapely.force_2d(feature.geometry) for feature in layer.features]
    kind = _common_type(shapes)
    schema = {"geometry": kind, "properties": _columns(rows)}
    with fiona.open(
        path,
        "w",
        driver="GPKG",
        layer=table_name(layer),
        schema=schema,
        crs=CRS.from_epsg(4326),
        IDENTIFIER=text(layer.title or layer.id),
        DESCRIPTION=_description(layer),
    ) as table:
        table.update_tags({GPKG_MARK: "1", **_metadata(layer)})
        table.writerecords(
            fiona.Feature(
                geometry=fiona.Geometry.from_dict(_mapped(shape, kind)) if not shape.is_empty else None,
                properties=fiona.Properties.from_dict({key: row.get(key) for key in schema["properties"]}),
            )
            for row, shape in zip(rows, shapes, strict=True)
        )


def _metadata(layer: Layer) -> dict[str, str]:
    keys = ("title", "role", "as_of", "source", "licence", "method", "note")
    return {key: text(str(getattr(layer, key))) for key in keys if getattr(layer, key)}


def _description(layer: Layer) -> str:
    return text(". ".join(filter(None, (layer.source, layer.as_of, layer.licence, layer.method, layer.note))))


def _named(row: dict[str, Value]) -> dict[str, Value]:
    """``row`` under names SQLite can hold side by side: it knows no case, and some names are taken."""
    named: dict[str, Value] = {}
    taken = set(_RESERVED)
    for key, value in row.items():
        name, number = key or "field", 2
        while name.casefold() in taken:
            name, number = f"{key}_{number}", number + 1
        taken.add(name.casefold())
        named[name] = value
    return named


def _columns(rows: Sequence[dict[str, Value]]) -> dict[str, str]:
    columns = dict.fromkeys(key for row in rows for key in row)
    return {key: _column([row[key] for row in rows if row.get(key) is not None]) for key in columns}


def _column(values: Sequence[Value]) -> str:
    if values and all(isinstance(value, int) and abs(value) < 2**63 for value in values):
        return "int64"
    if values and all(isinstance(value, int | float) for value in values):
        return "float"
    return "str"


def _common_type(shapes: Sequence[BaseGeometry]) -> str:
    kinds = {_SINGLE.get(shape.geom_type, shape.geom_type) for shape in shapes if not shape.is_empty}
    if kinds == {"MultiPoint"} and all(shape.geom_type == "Point" for shape in shapes if not shape.is_empty):
        return "Point"
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def _mapped(shape: BaseGeometry, kind: str) -> dict[str, Any]:
    if kind == _SINGLE.get(shape.geom_type):
        shape = getattr(shapely, kind)([shape])
    return dict(shapely.geometry.mapping(shape))
