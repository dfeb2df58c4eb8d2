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
from layers.credits import ALWAYS
from layers.files.fields import text
from layers.files.guard import GPKG_MARK
from layers.files.provenance import description
from layers.files.rows import columns, rows, typed
from layers.files.styles import add_styles
from layers.layer import Layer

_SINGLE = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}
_TAKEN = r"(gpkg|sqlite|rtree)_|layer_styles$"  # names the format or QGIS keeps for itself


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes each layer to a table named by its id; geometry is lon/lat on WGS84 (EPSG:4326).

    The dates GDAL writes are that of SOURCE_DATE_EPOCH, else the latest date of the layers, else 1970: never the clock.
    """
    stamp, tables = timestamp(layers), {table_name(layer): layer for layer in layers}
    if len({name.casefold() for name in tables}) < len(layers):
        raise UsageError("two layers would share a table of the GeoPackage; their ids must differ in more than signs")
    with fiona.Env(OGR_CURRENT_DATE=stamp):
        for layer, identifier in zip(layers, _identifiers(layers), strict=True):
            _write_table(layer, identifier, path)
    add_styles(path, tables, stamp)


def table_name(layer: Layer) -> str:
    """The layer's id as the name of a table any tool can type: lower case, no sign that SQL would want quoted."""
    name = re.sub(r"\W+", "_", unicodedata.normalize("NFC", layer.id).casefold()).strip("_") or "layer"
    return f"layer_{name}" if re.match(_TAKEN + r"|\d", name) else name


def _identifiers(layers: Sequence[Layer]) -> list[str]:
    """The titles layers go by in a table of contents, where none may stand twice."""
    titles = [text(layer.title or layer.id) for layer in layers]
    twice = {"layer_styles", *(title for title in titles if titles.count(title) > 1)}
    pairs = zip(titles, layers, strict=True)
    return [f"{title} [{table_name(layer)}]" if title in twice else title for title, layer in pairs]


def timestamp(layers: Sequence[Layer]) -> str:
    """The one date and time that stands in the file, as GDAL writes it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    dates = [layer.as_of for layer in layers if re.fullmatch(r"\d{4}-\d\d-\d\d", layer.as_of)]
    return f"{max(dates, default='1970-01-01')}T00:00:00.000Z"


def _write_table(layer: Layer, identifier: str, path: Path) -> None:
    found = rows([layer])
    kind = _common_type([row.geometry for row in found if row.geometry is not None])
    kinds = columns(found)
    with fiona.open(
        path,
        "w",
        driver="GPKG",
        layer=table_name(layer),
        schema={"geometry": kind, "properties": kinds},
        crs=CRS.from_epsg(4326),
        IDENTIFIER=identifier,
        DESCRIPTION=description(layer),
    ) as table:
        table.update_tags({GPKG_MARK: "1", **_metadata(layer)})
        table.writerecords(
            fiona.Feature(
                geometry=row.geometry and fiona.Geometry.from_dict(_mapped(row.geometry, kind)),
                properties=fiona.Properties.from_dict(typed(row.values, kinds)),
            )
            for row in found
        )


def _metadata(layer: Layer) -> dict[str, str]:
    keys = ("title", "role", "as_of", "source", "licence", "method", "note")
    said = {key: text(str(getattr(layer, key))) for key in keys if getattr(layer, key)}
    return {**said, "statements": " ".join(ALWAYS)}


def _common_type(shapes: Sequence[BaseGeometry]) -> str:
    kinds = {_SINGLE.get(shape.geom_type, shape.geom_type) for shape in shapes}
    if kinds == {"MultiPoint"} and all(shape.geom_type == "Point" for shape in shapes):
        return "Point"
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def _mapped(shape: BaseGeometry, kind: str) -> dict[str, Any]:
    if kind == _SINGLE.get(shape.geom_type):
        shape = getattr(shapely, kind)([shape])
    return dict(shapely.geometry.mapping(shape))
