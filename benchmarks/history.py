"""Histories side by side with their peers: the area of a region that changes daily, in every unit, on every day.

    python benchmarks/history.py [--days N] [--sample N] [--repeat N] [--synthetic] [--all-cells]

In one process and one run, on DeepState's daily polygons with the 27 embedded units where ../shared is there, and on a
made-up workload otherwise. A round runs every engine once, ours on all days, the peers on a sample of days evenly
spread, scaled; ratios are those of a round. Seconds are of CPU time, all engines on one thread.

What each is charged with: ours from geometries in memory to m², its index of units and geodesic area among it. Peers
with cutting alone, in the plane of lon and lat: none is charged for geodesic area or for reading, geopandas and DuckDB
not for indexing units either, DuckDB neither for loading its tables nor for handing geometries back (it returns its
planar area instead). Truth is shapely.intersection of every day with every unit, its geodesic area taken.

Written: outputs/history.csv and outputs/history.png (time against days and vertices, log-log). DuckDB spatial takes
part where it is installed: pip install duckdb duckdb-extension-spatial.
"""

from __future__ import annotations

import argparse
import gc
import glob
import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from peers.report import HEAD, Row, write_plot, write_table  # noqa: E402

from geo.atlas import embedded  # noqa: E402
from geo.measure.geodesic import area_km2  # noqa: E402
from geo.measure.history import Area, Units, history  # noqa: E402

DAILY = ROOT.parent / "shared" / "control" / "deepstate-daily"
OURS = "contactline"
SLIVER_M = 30.0
GOALS = {"geopandas.overlay": 100, "clip_by_rect + intersection": 30, "DuckDB spatial": 60}


def real(days: int | None) -> tuple[Any, Any, str]:
    from geo.atlas.control.shapes import polygons_of, united

    areas = []
    for file in sorted(DAILY.glob("*.geojson"))[:days]:
        geometry = json.loads(file.read_text())["features"][0]["geometry"]
        areas.append(united(polygons_of(shapely.from_geojson(json.dumps(geometry)))))
    units = [u.geometry for u in embedded().units.values() if u.properties["country"] == "ukraine"]
    return np.array(areas), np.array(units), "DeepState daily x embedded units"


def made_up(days: int | None) -> tuple[Any, Any, str]:
    """A front that moves here and there each day, before a fixed rear; units as a jittered grid with wavy borders."""
    rng = np.random.default_rng(7)
    seeds = np.stack(np.meshgrid(np.linspace(23, 39, 9), np.linspace(45, 51.5, 3)), -1).reshape(-1, 2)
    seeds += rng.uniform(-0.5, 0.5, seeds.shape)
    frame = shapely.box(22, 44, 40, 52.5)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=frame))
    units = shapely.segmentize(shapely.intersection(cells, frame), 0.02)

    def waved(xy: Any) -> Any:
        x, y = xy.T
        return np.column_stack([x + 0.05 * np.sin(9 * y) + 0.01 * np.sin(71 * y), y + 0.05 * np.sin(8 * x + 1)])

    lat = np.linspace(51.5, 46, 3000)
    front = 35 + np.cumsum(rng.normal(0, 0.003, len(lat)))
    areas = []
    for _ in range(days or 769):
        for at in rng.integers(0, len(lat) - 40, rng.poisson(4)):
            front[at : at + 20] -= rng.normal(0.004, 0.01) * np.sin(np.linspace(0, np.pi, 20))
        shell = np.concatenate([np.column_stack([front, lat]), [(40.5, 45), (40.5, 52)]])
        areas.append(shapely.Polygon(shell.round(7)))
    return np.array(areas), shapely.transform(units, waved), "made-up front x made-up units"


def by_intersection(units: Any, areas: Any) -> Any:
    return shapely.intersection(units[None, :], areas[:, None])


def by_clip(units: Any, areas: Any) -> Any:
    cut = np.full((len(areas), len(units)), shapely.Polygon(), dtype=object)
    for k, box in enumerate(shapely.bounds(units)):
        clipped = shapely.clip_by_rect(areas, *box)
        there = ~shapely.is_empty(clipped)
        sound = np.where(shapely.is_valid(clipped), clipped, areas)
        if there.any():
            cut[there, k] = shapely.intersection(sound[there], units[k])
    return cut


def by_geopandas(units: Any, areas: Any) -> Any:
    import geopandas

    frame = geopandas.GeoDataFrame({"k": np.arange(len(units))}, geometry=units, crs=4326)
    cut = np.full((len(areas), len(units)), shapely.Polygon(), dtype=object)
    for i, area in enumerate(areas):
        found = geopandas.overlay(frame, geopandas.GeoDataFrame(geometry=[area], crs=4326), how="intersection")
        cut[i, found.k.to_numpy()] = found.geometry.to_numpy()
    return cut


def by_duckdb(units: Any, areas: Any) -> Callable[..., Any] | None:
    try:
        import duckdb
        import duckdb_extension_spatial as spatial
        import pandas as pd
    except ImportError:
        return None
    (extension,) = glob.glob(os.path.dirname(spatial.__file__) + "/extensions/*/spatial.duckdb_extension")
    base = duckdb.connect(config={"allow_unsigned_extensions": "true", "threads": 1})
    base.execute(f"LOAD '{extension}'")
    for name, shapes in (("d", areas), ("u", units)):
        base.register(f"{name}0", pd.DataFrame({"i": np.arange(len(shapes)), "w": shapely.to_wkb(shapes)}))
        base.execute(f"CREATE TABLE {name} AS SELECT i, ST_GeomFromWKB(w) g FROM {name}0")

    def run(wanted: str = "ST_Area", *, cut: bool = False) -> Any:
        question = f"SELECT d.i, u.i, {wanted}(ST_Intersection(u.g, d.g)) FROM d JOIN u ON ST_Intersects(u.g, d.g)"
        found = base.execute(question).fetchall()
        if not cut:
            return found
        geometries = np.full((len(areas), len(units)), shapely.Polygon(), dtype=object)
        for i, k, wkb in found:
            geometries[i, k] = shapely.from_wkb(bytes(wkb))
        return geometries

    return run


def m2(cut: Any) -> Any:
    return np.array([[area_km2(one) * 1e6 for one in row] for row in cut])


def engines(units: Any, days: Any) -> dict[str, Callable[[], Any]]:
    """The peers on some days; DuckDB and geopandas where they are installed."""
    found: dict[str, Callable[..., Any]] = {
        "clip_by_rect + intersection": lambda: by_clip(units, days),
        "shapely.intersection": lambda: by_intersection(units, days),
    }
    if duck := by_duckdb(units, days):
        found["DuckDB spatial"] = duck
    if importlib.util.find_spec("geopandas"):
        found["geopandas.overlay"] = lambda: by_geopandas(units, days)
    return found


def ours(units: Any, days: Any, sliver_m: float | None = None) -> Any:
    rows = history(((i, Area(area)) for i, area in enumerate(days)), Units(units), sliver_m)
    return np.array([row.value * 1e6 for row in rows])


def cpu(run: Callable[[], Any]) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


def spread(numbers: list[float]) -> tuple[float, float, float]:
    return min(numbers), statistics.median(numbers), max(numbers)


def compared(units: Any, areas: Any, chosen: Any, repeat: int, truth_days: Any) -> list[Row]:
    """All engines, a round at a time, and the worst cell of each against the truth in m²."""
    sample, scale = areas[chosen], len(areas) / len(chosen)
    peers = engines(units, sample)
    runs: dict[str, tuple[float, Callable[[], Any]]] = {
        OURS: (1, lambda: ours(units, areas)),
        f"{OURS}, gain, loss, redrawing": (1, lambda: ours(units, areas, SLIVER_M)),
        **{name: (scale, run) for name, run in peers.items()},
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    ours(units, areas)  # a first run, not counted
    for _ in range(repeat):
        for name, (times, run) in runs.items():
            seconds[name].append(times * cpu(run))
    parts = np.array_split(truth_days, max(1, len(truth_days) // 24))
    truth = np.concatenate([m2(by_intersection(units, areas[part])) for part in parts])
    sampled = m2(by_intersection(units, sample))
    rows = []
    for name, took in seconds.items():
        if name.startswith(OURS):
            error = np.abs(ours(units, areas, SLIVER_M if "," in name else None)[truth_days] - truth).max()
        else:
            cut = peers[name]("ST_AsWKB", cut=True) if name == "DuckDB spatial" else peers[name]()  # type: ignore[call-arg]
            error = np.abs(m2(cut) - sampled).max()
        ratios = [one / two for one, two in zip(took, seconds[OURS], strict=True)]
        rows.append(Row("history", name, len(areas), *spread(took), *spread(ratios), float(error), "m2"))
        print(rows[-1], f"  goal {GOALS[name]} x" if name in GOALS else "", flush=True)
    return rows


def growth(units: Any, areas: Any) -> dict[str, list[Row]]:
    """Time against the number of days, and against that of vertices, at a twelfth of the days."""
    days: list[Row] = []
    for share in (16, 8, 4, 2, 1):
        some = areas[: max(1, len(areas) // share)]
        days.append(_point("by days", OURS, len(some), partial(ours, units, some)))
    for count in (3, 6, 12):
        some = areas[np.linspace(0, len(areas) - 1, count).astype(int)]
        days += [_point("by days", name, count, run) for name, run in engines(units, some).items()]
    vertices: list[Row] = []
    for step in (None, 0.02, 0.005, 0.002):
        some, few = areas[: len(areas) // 12], areas[np.linspace(0, len(areas) // 12 - 1, 3).astype(int)]
        if step:
            some, few = shapely.segmentize(some, step), shapely.segmentize(few, step)
        size = int(shapely.get_num_coordinates(some).sum())
        vertices.append(_point("by vertices", OURS, size, partial(ours, units, some)))
        scale = len(some) / len(few)
        for name, run in engines(units, few).items():
            vertices.append(_point("by vertices", name, size, run, scale))
    return {"days": days, "vertices": vertices}


def _point(task: str, engine: str, size: int, run: Callable[[], Any], scale: float = 1) -> Row:
    took = [scale * cpu(run) for _ in range(2)]
    nothing = float("nan")
    return Row(
        task, engine, size, min(took), statistics.median(took), max(took), nothing, nothing, nothing, nothing, ""
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=None)
    parser.add_argument("--sample", type=int, default=12)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--synthetic", action="store_true")
    parser.add_argument("--all-cells", action="store_true", help="Truth on every day, not on the sample alone.")
    asked = parser.parse_args()
    areas, units, title = (made_up if asked.synthetic or not DAILY.is_dir() else real)(asked.days)
    chosen = np.unique(np.linspace(0, len(areas) - 1, asked.sample).astype(int))
    vertices = int(shapely.get_num_coordinates(areas).sum())
    print(f"{title}: {len(areas)} days, {vertices:,} vertices, {len(units)} units", flush=True)
    print(f"Peers on {len(chosen)} days, scaled by {len(areas) / len(chosen):.1f}; ours on all. CPU seconds.\n{HEAD}")
    rows = compared(units, areas, chosen, asked.repeat, np.arange(len(areas)) if asked.all_cells else chosen)
    curves = growth(units, areas)
    outputs = ROOT / "outputs"
    write_table([*rows, *(row for curve in curves.values() for row in curve)], outputs / "history.csv")
    drawn = write_plot(curves, outputs / "history.png")
    print("written: outputs/history.csv" + (", outputs/history.png" if drawn else ""))


if __name__ == "__main__":
    main()
