"""Histories side by side with their peers: the area of a region that changes daily, in every unit, on every day.

    python benchmarks/history.py [--days N] [--sample N] [--repeat N]

In one process and one run, on DeepState's daily polygons with the 27 embedded units where ../shared is there, and on a
made-up workload otherwise. Peers run on a sample of days, evenly spread, and are scaled; ours runs on all days.
Everyone starts from geometries in memory, in the plane of lon and lat; the peers are not charged for ellipsoidal area.
Truth is shapely.intersection of every day with every unit, its geodesic area taken. DuckDB spatial takes part where
it is installed: pip install duckdb duckdb-extension-spatial.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.atlas import embedded  # noqa: E402
from geo.measure.geodesic import area_km2  # noqa: E402
from geo.measure.history import Area, Units, history  # noqa: E402

DAILY = ROOT.parent / "shared" / "control" / "deepstate-daily"
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


def timed(run: Callable[[], Any], repeat: int) -> tuple[list[float], Any]:
    took, result = [], None
    for _ in range(repeat):
        start = time.perf_counter()
        result = run()
        took.append(time.perf_counter() - start)
    return took, result


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


def by_duckdb(units: Any, areas: Any) -> Callable[[], Any] | None:
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

    def run() -> Any:
        cut = np.full((len(areas), len(units)), shapely.Polygon(), dtype=object)
        question = "SELECT d.i, u.i, ST_AsWKB(ST_Intersection(u.g, d.g)) FROM d JOIN u ON ST_Intersects(u.g, d.g)"
        for i, k, wkb in base.execute(question).fetchall():
            cut[i, k] = shapely.from_wkb(bytes(wkb))
        return cut

    return run


def m2(cut: Any) -> Any:
    return np.array([[area_km2(one) * 1e6 for one in row] for row in cut])


def line(name: str, took: list[float], scale: float, ours: float | None, error: float | None) -> str:
    low, mid, high = (scale * f(took) for f in (min, statistics.median, max))
    ratio = f"{mid / ours:7.1f} x" if ours else " " * 9
    goal = f" (goal {GOALS[name]})" if name in GOALS else ""
    worst = f"{error:.4f} m²" if error is not None else ""
    return f"{name:38s} {low:8.3f} {mid:8.3f} {high:8.3f} s  {ratio}  worst cell {worst}{goal}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=None)
    parser.add_argument("--sample", type=int, default=24)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--synthetic", action="store_true")
    parser.add_argument("--all-cells", action="store_true", help="Truth on every day, not on the sample alone.")
    asked = parser.parse_args()
    areas, units, title = (made_up if asked.synthetic or not DAILY.is_dir() else real)(asked.days)
    chosen = np.unique(np.linspace(0, len(areas) - 1, asked.sample).astype(int))
    sample, scale = areas[chosen], len(areas) / len(chosen)
    vertices = int(shapely.get_num_coordinates(areas).sum())
    print(f"{title}: {len(areas)} days, {vertices:,} vertices, {len(units)} units", flush=True)
    print(f"Peers on {len(chosen)} days, scaled by {scale:.1f}; ours on all. Seconds: lowest, median, highest.")

    def ours(sliver_m: float | None, count: int = len(areas)) -> Any:
        return [
            r.value * 1e6 for r in history(((i, Area(a)) for i, a in enumerate(areas[:count])), Units(units), sliver_m)
        ]

    took, values = timed(lambda: np.array(ours(None)), asked.repeat + 2)
    base = statistics.median(took)
    truth_days = np.arange(len(areas)) if asked.all_cells else chosen
    truth = m2(
        np.concatenate([by_intersection(units, areas[part]) for part in np.array_split(truth_days, 32) if len(part)])
    )
    print(line("ours, area by unit", took, 1, None, float(np.abs(values[truth_days] - truth).max())))
    both, _ = timed(lambda: ours(SLIVER_M), asked.repeat)
    print(line("ours, gain, loss and redrawing too", both, 1, base, None))
    for count in (len(areas) // 4, len(areas) // 2):
        part, _ = timed(lambda n=count: ours(None, n), asked.repeat)
        print(line(f"ours, the first {count} days", part, 1, base, None), flush=True)
    sampled = m2(by_intersection(units, sample))
    duck = by_duckdb(units, sample)
    peers: list[tuple[str, Callable[[], Any] | None]] = [
        ("clip_by_rect + intersection", lambda: by_clip(units, sample)),
        ("shapely.intersection", lambda: by_intersection(units, sample)),
        ("DuckDB spatial", duck),
        ("geopandas.overlay", lambda: by_geopandas(units, sample)),
    ]
    for name, run in peers:
        if run is None:
            print(f"{name:38s} not installed, left out")
            continue
        took, cut = timed(run, asked.repeat)
        print(line(name, took, scale, base, float(np.abs(m2(cut) - sampled).max())), flush=True)
    again, _ = timed(lambda: ours(None), asked.repeat)
    print(line("ours, area by unit, once more", again, 1, base, None))


if __name__ == "__main__":
    main()
