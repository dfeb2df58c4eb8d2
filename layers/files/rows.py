"""Layers as one table of rows with the same columns, for formats that hold a single table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from layers.files.fields import fields, text
from layers.layer import Layer, Value


class Row(NamedTuple):
    """A feature: the layer it is of, its values by column, its geometry (lon, lat on WGS84, flat) or None."""

    layer: str
    values: dict[str, Value]
    geometry: BaseGeometry | None


def rows(layers: Sequence[Layer]) -> list[Row]:
    """Every feature of every layer, in order; each row has the same columns, None where its layer has no such value."""
    found = [(layer, fields(layer, feature), feature.geometry) for layer in layers for feature in layer.features]
    names = _distinct(dict.fromkeys(key for _, values, _ in found for key in values))
    return [
        Row(
            text(layer.id),
            {name: values.get(key) for key, name in names.items()},
            None if geometry.is_empty else shapely.force_2d(geometry),
        )
        for layer, values, geometry in found
    ]


def kind_of(values: Sequence[Value]) -> str:
    """The type all values of a column fit in, in Fiona's words: ``int64``, ``float`` or ``str``."""
    said = [value for value in values if value is not None]
    if said and all(isinstance(value, int) and abs(value) < 2**63 for value in said):
        return "int64"
    if said and all(isinstance(value, int | float) for value in said):
        return "float"
    return "str"


_RESERVED = ("fid", "geom", "geometry", "ogc_fid", "wkt", "layer", "bbox")


def _distinct(keys: Sequence[str] | dict[str, None]) -> dict[str, str]:
    """A column name for each key: many formats know no case, and some names are taken."""
    taken = set(_RESERVED)
    named = {}
    for key in keys:
        name, number = key or "field", 2
        while name.casefold() in taken:
            name, number = f"{key}_{number}", number + 1
        taken.add(name.casefold())
        named[key] = name
    return named
