"""The places of the table: the gazetteer's, and smaller villages, each with its unit and country."""

from __future__ import annotations

import csv
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely

# Lambert azimuthal equal area, centred on the region: areas are true, distances within 0.4 % over Ukraine.
PLANE = "+proj=laea +lat_0=48.5 +lon_0=34 +datum=WGS84 +units=m"
BORDER_SLACK = 1000.0  # metres: a place just across a generalised border or coast still belongs to the unit


@dataclass(frozen=True)
class Place:
    """A settlement: ``lon``, ``lat`` in degrees on WGS84; ``unit`` and ``country`` as in data/boundaries."""

    id: str
    name: str
    unit: str
    country: str
    lon: float
    lat: float


LISTS = ("gazetteer.csv", "build/villages.csv")


def read_places(data: Path, units: gpd.GeoDataFrame, wanted: Container[str], apart_km: float) -> list[Place]:
    """The places that lie in the ``wanted`` ones of ``units``; of two nearer than ``apart_km`` the first is kept."""
    rows = [row for name in LISTS for row in _rows(data / name)]
    points = (
        gpd.GeoSeries(shapely.points([r[2] for r in rows], [r[3] for r in rows]), crs=4326).to_crs(PLANE).to_numpy()
    )
    inside, unit = shapely.STRtree(units.to_crs(PLANE).geometry.to_numpy()).query_nearest(
        points, max_distance=BORDER_SLACK, all_matches=False
    )
    points = points[inside]
    near = shapely.STRtree(points).query(points, predicate="dwithin", distance=apart_km * 1000)
    dropped: set[int] = set()
    for first, second in sorted(zip(*near.tolist(), strict=True)):
        if first < second and first not in dropped:
            dropped.add(second)
    kept = []
    for index, (row, owner) in enumerate(zip(inside.tolist(), unit.tolist(), strict=True)):
        identity, name, lon, lat = rows[row]
        home = str(units["id"].iloc[owner])
        if index not in dropped and home in wanted:
            kept.append(Place(identity, name, home, str(units["country"].iloc[owner]), lon, lat))
    return kept


def _rows(path: Path) -> list[tuple[str, str, float, float]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (row["id"], row["name"], round(float(row["lon"]), 5), round(float(row["lat"]), 5))
            for row in csv.DictReader(lines)
        ]
