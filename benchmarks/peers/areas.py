"""Geodesic area of whole days: ours beside every engine that is installed, each against Karney's as the truth."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from geo.measure.geodesic import areas_m2, wgs84
from peers.databases import as_wkb, duckdb_spatial

OURS, TRUTH = "contactline", "pyproj.Geod loop"
Engine = Callable[[], Any]


def engines(days: Any, postgis: Any) -> dict[str, Engine]:
    """A call a name that gives the areas of all days in m²; data is loaded before the clock starts."""
    days = shapely.orient_polygons(days, exterior_cw=False)
    found: dict[str, Engine] = {OURS: lambda: areas_m2(days), TRUTH: lambda: geod_loop(days)}
    found |= _geopandas(days) | _duckdb(days) | _postgis(days, postgis) | _spherely(days) | _sedona(days)
    return found


def geod_loop(days: Any) -> Any:
    """Area of each day by GeographicLib, the way it is mostly done."""
    return np.array([wgs84().geometry_area_perimeter(day)[0] for day in days])


def _geopandas(days: Any) -> dict[str, Engine]:
    try:
        series = importlib.import_module("geopandas").GeoSeries(days, crs=4326)
    except ImportError:
        return {}

    def run() -> Any:
        return series.to_crs(6933).area.to_numpy()

    return {"geopandas to_crs(6933).area": run}


def _duckdb(days: Any) -> dict[str, Engine]:
    connection = duckdb_spatial()
    if connection is None:
        return {}
    connection.execute("create table wkb (id integer, w blob)")
    connection.executemany("insert into wkb values (?, ?)", list(enumerate(as_wkb(days))))
    # ST_Area_Spheroid takes latitude first; in lon, lat order it is silently wrong by 18 % here
    connection.execute("create table days as select id, ST_FlipCoordinates(ST_GeomFromWKB(w)) g from wkb")
    query = "select ST_Area_Spheroid(g) a from days order by id"
    return {"DuckDB ST_Area_Spheroid": lambda: connection.execute(query).fetchnumpy()["a"]}


def _postgis(days: Any, connection: Any) -> dict[str, Engine]:
    if connection is None:
        return {}
    connection.execute("drop table if exists days; create table days (id int, g geography)")
    with connection.cursor() as cursor:
        rows = list(enumerate(as_wkb(days)))
        cursor.executemany("insert into days values (%s, ST_GeogFromWKB(%s))", rows)
    connection.execute("analyze days")

    def run(call: str) -> Any:
        return np.array([row[0] for row in connection.execute(f"select {call} from days order by id").fetchall()])

    return {
        "PostGIS ST_Area(geography)": lambda: run("ST_Area(g)"),
        "PostGIS ST_Area(geography, sphere)": lambda: run("ST_Area(g, false)"),
    }


def _spherely(days: Any) -> dict[str, Engine]:
    try:
        spherely = importlib.import_module("spherely")
    except ImportError:
        return {}
    held = spherely.from_wkb(np.array(as_wkb(days)))
    return {"spherely.area (S2)": lambda: spherely.area(held)}


def _sedona(days: Any) -> dict[str, Engine]:
    try:
        sedona = importlib.import_module("sedonadb").connect()
        frame = importlib.import_module("geopandas").GeoDataFrame({"id": range(len(days))}, geometry=days, crs=4326)
    except ImportError:
        return {}
    sedona.create_data_frame(frame).to_view("days", overwrite=True)
    query = "select id, ST_Area(ST_GeogFromWKB(ST_AsBinary(geometry))) a from days"

    def run() -> Any:
        return sedona.sql(query).to_pandas().sort_values("id")["a"].to_numpy()

    return {"SedonaDB ST_Area(geography)": run}
