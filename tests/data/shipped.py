"""Reading and measuring the shipped boundary data, for the tests beside this file."""

from __future__ import annotations

import json
from pathlib import Path

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SHARED = ROOT / ".." / "shared"
WGS84 = Geod(ellps="WGS84")

Feature = tuple[dict[str, str], BaseGeometry]


def read(path: Path) -> list[Feature]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(f["properties"], shapely.from_geojson(json.dumps(f["geometry"]))) for f in features]


def km2(geometry: BaseGeometry) -> float:
    return abs(float(WGS84.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6
