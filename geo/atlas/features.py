"""GeoJSON in, named records out: the one reader of the embedded boundary files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError

_NUMBERS = re.compile(r'"coordinates":\s*\[[\[\]\d\s.,eE+-]+\]')
"""What is most of a GeoJSON text: numbers that shapely reads, and Python's parser need not build lists of."""


@dataclass(frozen=True)
class Record:
    """A feature of an embedded file: its id, its properties, its geometry (lon, lat on WGS84)."""

    id: str
    properties: Mapping[str, Any]
    geometry: BaseGeometry


def read_records(path: Path) -> tuple[Record, ...]:
    """All features of a GeoJSON file; raises :class:`InputError` naming the file and feature that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        if found := _at_once(text):
            return found
        features = json.loads(text)["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path.name}: not a GeoJSON feature collection ({error}).") from error
    return tuple(_record(feature, path, n) for n, feature in enumerate(features, start=1))


def _at_once(text: str) -> tuple[Record, ...]:
    """The records, their geometries read from the text as it stands: far faster. Nothing where one is amiss."""
    try:
        features = json.loads(_NUMBERS.sub('"coordinates":[]', text))["features"]
        geometries = shapely.get_parts(shapely.from_geojson(text))
        named = [(str(f["properties"].get("id", n)), f["properties"]) for n, f in enumerate(features, start=1)]
        if all(feature["geometry"] for feature in features):
            return tuple(Record(*name, area) for name, area in zip(named, geometries, strict=True))
    except (KeyError, TypeError, AttributeError, ValueError, shapely.GEOSException):
        pass  # one by one, so that the error names the feature
    return ()


def _record(feature: Any, path: Path, number: int) -> Record:
    try:
        properties = feature["properties"]
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        return Record(str(properties.get("id", number)), properties, geometry)
    except (KeyError, TypeError, AttributeError, shapely.GEOSException) as error:
        raise InputError(f"{path.name}: feature {number} cannot be read ({error}).") from error
