"""Area of a region on each of some days in each unit: the peers, each as fast as it is known to go on one thread.

All cut in the plane of lon and lat, and hand back what they cut; none is charged for geodesic area. A call gives an
array of geometries, a row a day, a column a unit; a database gives planar areas instead when ``cut`` is not asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from geo.measure.geodesic import areas_m2
from peers.databases import as_wkb, duckdb_spatial

Cut = Callable[..., Any]
_ASKED = "from days d join units u on ST_Intersects(u.g, d.g)"


def engines(units: Any, days: Any, postgis: Any) -> dict[str, Cut]:
    """A call a name; what needs tables or frames of its own has them before the clock starts."""
    found: dict[str, Cut] = {
        "clip_by_rect + intersection": lambda **_: by_clip(units, days),
        "shapely.intersection": lambda **_: by_intersection(units, days),
    }
    return found | _duckdb(units, days) | _postgis(units, days, postgis) | _geopandas(units, days)


def by_intersection(units: Any, days: Any) -> Any:
    """The truth: all days cut with all units."""
    return shapely.intersection(units[None, :], days[:, None])


def by_clip(units: Any, days: Any) -> Any:
    """Days clipped to the box of a unit first; what that leaves invalid GEOS refuses, and is given whole."""
    cut = _nothing(days, units)
    for k, box in enumerate(shapely.bounds(units)):
        clipped = shapely.clip_by_rect(days, *box)
        there = ~shapely.is_empty(clipped)
        if there.any():
            try:
                cut[there, k] = shapely.intersection(clipped[there], units[k])
            except shapely.GEOSException:
                cut[there, k] = shapely.intersection(days[there], units[k])
    return cut


def cells_m2(cut: Any) -> Any:
    """Geodesic m² of what was cut, a row a day."""
    return areas_m2(cut.ravel()).reshape(cut.shape)


def _nothing(days: Any, units: Any) -> Any:
    return np.full((len(days), len(units)), shapely.Polygon(), dtype=object)


def _geopandas(units: Any, days: Any) -> dict[str, Cut]:
    try:
        geopandas = importlib.import_module("geopandas")
    except ImportError:
        return {}
    frame = geopandas.GeoDataFrame({"k": np.arange(len(units))}, geometry=units, crs=4326)
    singly = [geopandas.GeoDataFrame({"i": [i]}, geometry=[day], crs=4326) for i, day in enumerate(days)]
    together = geopandas.GeoDataFrame({"i": np.arange(len(days))}, geometry=days, crs=4326)

    def placed(*found: Any) -> Any:
        cut = _nothing(days, units)
        for some in found:
            cut[some.i.to_numpy(), some.k.to_numpy()] = some.geometry.to_numpy()
        return cut

    def overlaid(day: Any) -> Any:
        return geopandas.overlay(frame, day, how="intersection", make_valid=False)

    return {
        "geopandas.overlay, day by day": lambda **_: placed(*map(overlaid, singly)),
        "geopandas.overlay, all days at once": lambda **_: placed(overlaid(together)),
    }


def _duckdb(units: Any, days: Any) -> dict[str, Cut]:
    connection = duckdb_spatial()
    if connection is None:
        return {}
    for name, shapes in (("days", days), ("units", units)):
        connection.execute(f"create table {name}0 (i integer, w blob)")
        connection.executemany(f"insert into {name}0 values (?, ?)", list(enumerate(as_wkb(shapes))))
        connection.execute(f"create table {name} as select i, ST_GeomFromWKB(w) g from {name}0")

    def run(*, cut: bool = False) -> Any:
        wanted = "ST_AsWKB" if cut else "ST_Area"
        rows = connection.execute(f"select d.i, u.i, {wanted}(ST_Intersection(u.g, d.g)) {_ASKED}").fetchall()
        return _from_rows(days, units, rows) if cut else rows

    return {"DuckDB spatial": run}


def _postgis(units: Any, days: Any, connection: Any) -> dict[str, Cut]:
    if connection is None:
        return {}
    for name, shapes in (("days", days), ("units", units)):
        connection.execute(f"drop table if exists {name}; create table {name} (i int, g geometry)")
        with connection.cursor() as cursor:
            rows = list(enumerate(as_wkb(shapes)))
            cursor.executemany(f"insert into {name} values (%s, ST_GeomFromWKB(%s))", rows)
        connection.execute(f"create index on {name} using gist (g); analyze {name}")

    def run(*, cut: bool = False) -> Any:
        wanted = "ST_AsBinary" if cut else "ST_Area"
        rows = connection.execute(f"select d.i, u.i, {wanted}(ST_Intersection(u.g, d.g)) {_ASKED}").fetchall()
        return _from_rows(days, units, rows) if cut else rows

    return {"PostGIS ST_Intersection": run}


def _from_rows(days: Any, units: Any, rows: Any) -> Any:
    cut = _nothing(days, units)
    for i, k, wkb in rows:
        cut[i, k] = shapely.from_wkb(bytes(wkb))
    return cut
