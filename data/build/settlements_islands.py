"""The islands of the lower Dnipro: what lies between the river and its left branch, the Konka, where nobody lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import geopandas as gpd
import shapely
from settlements_places import PLANE, Place
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

GRID = 1e-6  # degrees, about 0.1 m: as of the cells
BEYOND = 1.001  # times the way to the river
LEAST = 1e6  # m2: pieces smaller than this are scraps between two drawings of the river


def island_places(rules: Mapping[str, Any]) -> list[Place]:
    """The places that stand for the islands: named points where nobody lives, labelled like any settlement."""
    rows = rules["islands"]["place"]
    return [Place(_identity(r), r["name"], rules["islands"]["unit"], "ukraine", r["lon"], r["lat"]) for r in rows]


def islands(places: Sequence[Place], cut: BaseGeometry, land: BaseGeometry, rules: Mapping[str, Any]) -> BaseGeometry:
    """Between the centreline ``cut`` and ``off_km`` from the line through the riverside places ``shore``, in lon, lat.

    The line begins and ends at the river; ``land`` is the country the islands lie in.
    """
    where = {place.id: (place.lon, place.lat) for place in places}
    shore, river, country = gpd.GeoSeries(
        [shapely.LineString([where[name] for name in rules["islands"]["shore"]]), cut, land], crs=4326
    ).to_crs(PLANE)
    first, last = (_over(shore.coords[end], river) for end in (0, -1))
    shore = shapely.LineString([first, *shore.coords, last])
    between = shapely.union_all(
        shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all([shore, river]))))
    )
    left = shapely.difference(between, shapely.buffer(shore, rules["islands"]["off_km"] * 1000)).intersection(country)
    pieces = [part for part in shapely.get_parts(left) if part.geom_type == "Polygon" and part.area > LEAST]
    area: BaseGeometry = gpd.GeoSeries([shapely.union_all(pieces)], crs=PLANE).to_crs(4326).iloc[0]
    return shapely.set_precision(area, GRID)


def _over(start: tuple[float, ...], river: BaseGeometry) -> tuple[float, float]:
    """A point a little beyond the river's nearest, so that a line to it surely meets the river."""
    end = nearest_points(shapely.Point(start), river)[1]
    return start[0] + (end.x - start[0]) * BEYOND, start[1] + (end.y - start[1]) * BEYOND


def _identity(row: Mapping[str, Any]) -> str:
    return "i" + sha256(f"{row['name']}|{row['lon']:.2f}|{row['lat']:.2f}".encode()).hexdigest()[:8]
