"""GeoJSON in, named records out: the one reader of the embedded boundary files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError


@dataclass(frozen=True)
class Record:
    """A feature of an embedded file: its id, its properties, its geometry (lon, lat on WGS84)."""

    id: str
    properties: Mapping[str, Any]
    geometry: BaseGeometry


def read_records(path: Path) -> tuple[Record, ...]:
    """All features of a GeoJSON file; raises :class:`InputError` naming the file and feature that cannot be read."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path.name}: not a GeoJSON feature collection ({error}).") from error
    return tuple(_record(feature, path, number) for number, feature in enumerate(features, start=1))


def _record(feature: Any, path: Path, number: int) -> Record:
    try:
        properties = feature["properties"]
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        return Record(str(properties.get("id", number)), properties, geometry)
    except (KeyError, TypeError, AttributeError, shapely.GEOSException) as error:
        raise InputError(f"{path.name}: feature {number} cannot be read ({error}).") from error
