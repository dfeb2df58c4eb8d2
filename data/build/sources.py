"""Loaders, one a package: raw members in, shapely geometry (lon, lat, WGS84) out."""

from __future__ import annotations

import io
import json
import pickle
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from fetch import member, packages
from shapely.geometry import LineString, MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

PACKAGES = packages()


def _json(key: str, cache: Path) -> Any:
    return json.loads(member(PACKAGES[key], cache))


def country_outlines(cache: Path, codes: frozenset[str]) -> dict[str, BaseGeometry]:
    """Country outlines cut at the coastline, by ISO alpha-3 code; the Russian one also holds Crimea."""
    features = _json("geomaps", cache)["features"]
    wanted = ((f["properties"]["A3"], f["geometry"]) for f in features if f["properties"]["A3"] in codes)
    return {code: shapely.make_valid(shape(geometry)) for code, geometry in wanted}


def _zigzag(text: str, origin: list[int]) -> list[tuple[float, float]]:
    """One ring of the ECharts compressed map format: zigzag deltas of 1/1024 degree."""
    deltas = [(value >> 1) ^ -(value & 1) for value in (ord(sign) - 64 for sign in text)]
    steps = np.array(deltas, dtype=np.int64).reshape(-1, 2).cumsum(axis=0) + np.array(origin)
    return [(x / 1024, y / 1024) for x, y in steps.tolist()]


def _echarts_geometry(geometry: dict[str, Any]) -> BaseGeometry:
    rings, origins = geometry["coordinates"], geometry["encodeOffsets"]
    if geometry["type"] == "Polygon":
        rings, origins = [rings], [origins]
    parts = [
        Polygon(decoded[0], decoded[1:])
        for polygon, starts in zip(rings, origins, strict=True)
        if (decoded := [_zigzag(ring, start) for ring, start in zip(polygon, starts, strict=True)])
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def ukraine_units(cache: Path) -> dict[str, BaseGeometry]:
    """Ukraine's 27 units as an exact coverage, by the source's English name."""
    text = member(PACKAGES["echarts"], cache).decode("utf-8")
    start = re.search(r"registerMap\('[^']*',\s*", text)
    if start is None:
        raise ValueError("Ukraine.js: no registerMap call found")
    document, _ = json.JSONDecoder().raw_decode(text[start.end() :])
    return {f["properties"]["name"]: _echarts_geometry(f["geometry"]) for f in document["features"]}


def russian_units(cache: Path) -> dict[str, BaseGeometry]:
    """Russian first-order units of Natural Earth by ISO 3166-2 code (RU-...)."""
    features = _json("naturalearth", cache)["features"]
    coded = ((f["properties"]["iso_3166_2"], f["geometry"]) for f in features)
    return {code: shapely.make_valid(shape(geometry)) for code, geometry in coded if code.startswith("RU-")}


def moldovan_units(cache: Path) -> list[BaseGeometry]:
    """Moldovan first-order units of Natural Earth."""
    features = _json("naturalearth", cache)["features"]
    coded = ((f["properties"]["iso_3166_2"], f["geometry"]) for f in features)
    return [shapely.make_valid(shape(geometry)) for code, geometry in coded if code.startswith("MD-")]


def water_bodies(cache: Path, window: BaseGeometry, least: float) -> list[Polygon]:
    """Inland water polygons that start in the window and have at least `least` planar square degrees."""
    west, south, east, north = window.bounds
    return [
        polygon
        for collection in _json("waterbodies", cache)["geometries"]
        for rings in _polygons(collection)
        if west < rings[0][0][0] < east and south < rings[0][0][1] < north
        for polygon in [Polygon(rings[0], rings[1:])]
        if polygon.area >= least
    ]


def _polygons(geometry: dict[str, Any]) -> Iterator[list[Any]]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _polygons(part)
    elif geometry["type"] == "Polygon":
        yield geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["coordinates"]


def rivers(cache: Path, country: str = "UA") -> list[tuple[str, LineString]]:
    """Named river lines of Natural Earth; the package closes every line, so a last vertex equal to the first goes."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as file:
        file.write(member(PACKAGES["rivers"], cache))
        file.flush()
        query = "select payload from country_map where alpha2 = ?"
        (payload,) = sqlite3.connect(file.name).execute(query, (country,)).fetchone()
    lines = ((river["name"] or "", river["points"]) for river in json.loads(zlib.decompress(payload))["rivers"])
    opened = ((name, points[:-1] if points[0] == points[-1] else points) for name, points in lines)
    return [(name, LineString(points)) for name, points in opened if len(points) > 1]


def river_lake(cache: Path, km2: float) -> Polygon:
    """The GSHHG level-2 (lake) polygon whose stated area is `km2` to 0.001."""
    for row in member(PACKAGES["gshhg"], cache, index=1).decode("ascii").splitlines():
        level, area, _, _, _, offset, size, *_ = row.split()
        if level == "2" and abs(float(area) - km2) < 1e-3:
            data = member(PACKAGES["gshhg"], cache)[int(offset) : int(offset) + int(size)]
            return Polygon(np.frombuffer(data, "<f4").reshape(-1, 2).astype(float))
    raise ValueError(f"no GSHHG lake of {km2} km2")


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists, tuples, numbers and strings only: a pickle from outside must not name code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the pickle asks for {module}.{name}")


def seas(cache: Path, names: frozenset[str]) -> dict[str, BaseGeometry]:
    """Marine areas of Natural Earth by name."""
    areas = _PlainUnpickler(io.BytesIO(member(PACKAGES["seas"], cache))).load()["marine"]
    return {
        name: shapely.union_all([shapely.make_valid(Polygon(outer)) for _, outer, *_ in rings])
        for name, _, rings in areas
        if name in names
    }


def places(cache: Path) -> list[dict[str, Any]]:
    """GeoNames places of 500 people and more, as packaged."""
    return list(_json("geonames", cache).values())
