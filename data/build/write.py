"""Deterministic GeoJSON and CSV: sorted features and keys, fixed decimals, one feature a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Feature = tuple[dict[str, Any], BaseGeometry]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _canonical(geometry: BaseGeometry) -> dict[str, Any]:
    """RFC 7946 geometry: rings wound by the right-hand rule, starting at their least vertex, five decimals."""
    is_line = geometry.geom_type.endswith("LineString")
    ordered = geometry if is_line else shapely.orient_polygons(shapely.normalize(geometry))
    rounded = shapely.transform(ordered, lambda xy: np.round(xy, 5))
    document: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return document


def write_geojson(path: Path, features: Iterable[Feature]) -> None:
    """Write features (lon, lat, WGS84) sorted by id; same input, same bytes."""
    rows = sorted(features, key=lambda feature: str(feature[0]["id"]))
    lines = [_compact({"geometry": _canonical(g), "properties": p, "type": "Feature"}) for p, g in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"features":[\n' + ",\n".join(lines) + '\n],"type":"FeatureCollection"}\n', encoding="utf-8")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows in the order given, UTF-8, line feeds."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
