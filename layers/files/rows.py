"""Layers as one table of rows with the same columns, for formats that hold a single table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from layers.files.fields import OF_LAYER, fields, text
from layers.layer import Layer, Value


class Row(NamedTuple):
    """A feature: the layer it is of, its values by column, its geometry (lon, lat on WGS84, flat) or None."""

    layer: str
    values: dict[str, Value]
    geometry: BaseGeometry | None


def rows(layers: Sequence[Layer]) -> list[Row]:
    """Every feature of every layer, in order; each row has the same columns, None where its layer has no such value."""
    found = [(layer, fields(layer, feature), feature.geometry) for layer in layers for feature in layer.features]
    names = _distinct(key for _, values, _ in found for key in values)
    return [
        Row(
            text(layer.id),
            {name: values.get(key) for key, name in names.items()},
            None if geometry.is_empty else shapely.force_2d(geometry),
        )
        for layer, values, geometry in found
    ]


DATED = ("date",)
"""The columns that hold days, so that a GIS can filter and play them; by name, for a file's types must not change."""


def columns(found: Sequence[Row], *, days: bool = True) -> dict[str, str]:
    """The type of each column in Fiona's words; ``days`` is whether the format has a type for them."""
    names = found[0].values if found else ()
    kinds = {name: kind_of([row.values[name] for row in found]) for name in names}
    dated = [name for name in DATED if days and name in kinds and all(_is_day(row.values[name]) for row in found)]
    return kinds | dict.fromkeys(dated, "date")


def kind_of(values: Sequence[Value]) -> str:
    """The type all values of a column fit in, in Fiona's words: ``int64``, ``float`` or ``str``."""
    said = [value for value in values if value is not None]
    if said and all(isinstance(value, int) and abs(value) < 2**63 for value in said):
        return "int64"
    if said and all(isinstance(value, int | float) and abs(value) < _LARGEST for value in said):
        return "float"
    return "str"


def typed(values: Mapping[str, Value], kinds: Mapping[str, str]) -> dict[str, Value | date]:
    """The values of a row as its columns have them: text as text, days as days, None where there is none."""
    return {name: _typed(values[name], kind) for name, kind in kinds.items()}


def _typed(value: Value, kind: str) -> Value | date:
    if value is None or (kind == "date" and not value):
        return None
    match kind:
        case "date":
            return date.fromisoformat(str(value))
        case "float":
            return float(value)
        case "int64":
            return int(value)
    return str(value)


def _is_day(value: Value) -> bool:
    """Whether a value is an ISO day, or none is said."""
    if not value:
        return True
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


_LARGEST = 1.7e308
"""What no number with a fractional part exceeds."""
_RESERVED = ("fid", "geom", "geometry", "ogc_fid", "wkt", "layer", "bbox")


def _distinct(keys: Iterable[str]) -> dict[str, str]:
    """A column name for each key: many formats know no case, and some names are taken; fields of ours keep theirs."""
    taken = set(_RESERVED)
    named = dict.fromkeys(keys, "")
    for key in sorted(named, key=lambda key: key not in OF_LAYER):  # stable: all else stays in its order
        name, number = key or "field", 2
        while name.casefold() in taken:
            name, number = f"{key}_{number}", number + 1
        taken.add(name.casefold())
        named[key] = name
    return named
