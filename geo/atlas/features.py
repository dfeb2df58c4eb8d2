"""GeoJSON in, named records out: the one reader of the embedded boundary files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError

_GEOMETRY = re.compile(r'"geometry":\s*(\{[^{}]*\})')
"""What is most of a GeoJSON text: shapely reads it, Python's parser need not, and nobody where nobody asks for it."""


@dataclass(frozen=True)
class Record:
    """A feature of an embedded file: its id, its properties, and its geometry as it is written there."""

    id: str
    properties: Mapping[str, Any]
    written: str = field(repr=False)
    origin: str = field(repr=False, compare=False)
    """Which feature of which file it is."""

    @cached_property
    def geometry(self) -> BaseGeometry:
        """The geometry, lon, lat on WGS84; raises :class:`InputError` naming the file and feature it cannot read."""
        try:
            return shapely.from_geojson(self.written)
        except shapely.GEOSException as error:
            raise InputError(f"{self.origin} cannot be read ({error}).") from error


def read_records(path: Path) -> tuple[Record, ...]:
    """All features of a GeoJSON file; raises :class:`InputError` naming the file and feature that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        between, written = (parts := _GEOMETRY.split(text))[::2], parts[1::2]
        features = json.loads('"geometry":null'.join(between))["features"]
        if len(written) != len(features):  # some are no plain geometries
            features = json.loads(text)["features"]
            written = [json.dumps(feature["geometry"]) for feature in features]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path.name}: not a GeoJSON feature collection ({error}).") from error
    return tuple(_record(*each, path, n) for n, each in enumerate(zip(features, written, strict=True), start=1))


def geometries(records: Sequence[Record]) -> list[BaseGeometry]:
    """The geometries of many records, read at once: faster than one by one. Raises as :attr:`Record.geometry`."""
    try:
        return list(shapely.from_geojson([record.written for record in records]))
    except shapely.GEOSException:
        return [record.geometry for record in records]


def _record(feature: Any, written: str, path: Path, number: int) -> Record:
    origin = f"{path.name}: feature {number}"
    try:
        properties = feature["properties"]
        return Record(str(properties.get("id", number)), properties, written, origin)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{origin} cannot be read ({error}).") from error
