"""Histories side by side with their peers: the area of a region that changes daily, in every unit, on every day.

    python benchmarks/history.py [--days N] [--sample N] [--repeat N] [--synthetic] [--all-cells]

In one process and one run, on DeepState's daily polygons with the 27 embedded units where ../shared is there, and on a
made-up workload otherwise. A round runs every engine once, ours on all days, the peers on a sample of days evenly
spread, scaled; ratios are those of a round. Seconds are of CPU time, that of PostgreSQL's server among it; all engines
on one thread.

What each is charged with: ours from geometries in memory to m², its index of units and geodesic area among it. Peers
with cutting alone, in the plane of lon and lat: none is charged for geodesic area or for reading; geopandas and the
databases not for tables and frames either, the databases not for handing geometries back (they return planar areas
instead). No engine is charged for finding out whether areas are valid. Truth is shapely.intersection of the days
sampled (or all) with every unit, its geodesic area taken.

"from the stored series" is what a user waits for: opening the file of an imported series, to the table.

Written: outputs/history.csv, .md and .png (time against days and vertices, log-log). Peers take part where they are
installed: the extra ``bench``, PostGIS from the system's packages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from peers.databases import postgis  # noqa: E402
from peers.histories import by_intersection, cells_m2, engines  # noqa: E402
from peers.report import HEAD, Row, write_markdown, write_plot, write_table  # noqa: E402
from peers.series import made_up, most_memory_mb, series  # noqa: E402
from peers.timing import Timed, rounds, took  # noqa: E402

from geo.algebra.extents import extents  # noqa: E402
from geo.algebra.nodes import Controlled  # noqa: E402
from geo.atlas.control.store import Stored  # noqa: E402
from geo.measure.history import Area, Units, history  # noqa: E402

OURS = "contactline"
TOLD_APART = f"{OURS}, gain, loss, redrawing"
SLIVER_M = 30.0
GOALS = {"geopandas.overlay, day by day": 100, "clip_by_rect + intersection": 30, "DuckDB spatial": 60}
NOTHING = float("nan")
MEMORY_DAYS = (200, 800, 3200)


def ours(units: Any, days: Any, sliver_m: float | None = None) -> Any:
    """m² a day and unit; that areas are valid is known, and not charged to any engine."""
    rows = history(((i, Area(area, sound=True)) for i, area in enumerate(days)), Units(units), sliver_m)
    return np.array([row.value * 1e6 for row in rows])


def compared(units: Any, areas: Any, chosen: Any, repeat: int, truth_days: Any, server: Any) -> list[Row]:
    """All engines, a round at a time, and the worst cell of each against the truth in m²."""
    sample, scale = areas[chosen], len(areas) / len(chosen)
    peers = engines(units, sample, server)
    all_days: dict[str, Callable[[], Any]] = {
        OURS: lambda: ours(units, areas),
        TOLD_APART: lambda: ours(units, areas, SLIVER_M),
    }
    timed = rounds({**all_days, **peers}, repeat)
    truth = np.concatenate([cells_m2(by_intersection(units, areas[[day]])) for day in truth_days])
    sampled = cells_m2(by_intersection(units, sample))
    rows = []
    for name, measured in timed.items():
        times = measured
        if name in all_days:
            error = np.abs(measured.result[truth_days] - truth).max()
        else:
            error = np.abs(cells_m2(peers[name](cut=True)) - sampled).max()
            times = Timed(tuple(scale * seconds for seconds in measured.seconds), None)
        rows.append(_row("history", name, len(areas), times, timed[OURS], float(error), "m2"))
        print(rows[-1], f"  goal {GOALS[name]} x" if name in GOALS else "", flush=True)
    return rows


def from_store(units: Any, source: Stored, repeat: int) -> list[Row]:
    """From the file of an imported series to the table, told apart or not."""

    def run(sliver_m: float | None) -> Any:
        opened = Stored(source.path, source.atlas)
        states = extents(Controlled("russia"), opened, opened.dates)
        return [row.value for row in history(states, Units(units), sliver_m)]

    timed = rounds({"net": partial(run, None), "gain, loss, redrawing": partial(run, SLIVER_M)}, repeat)
    found = [_row("from the stored series", f"{OURS}, {n}", len(source.dates), t) for n, t in timed.items()]
    for row in found:
        print(f"{row}  goal 2 s", flush=True)
    return found


def growth(units: Any, areas: Any) -> dict[str, list[Row]]:
    """Time against the number of days, and against that of vertices, at a twelfth of the days."""
    days: list[Row] = []
    for share in (16, 8, 4, 2, 1):
        some = areas[: max(1, len(areas) // share)]
        days.append(_point("by days", OURS, len(some), partial(ours, units, some)))
    for count in (3, 6, 12):
        some = areas[np.linspace(0, len(areas) - 1, count).astype(int)]
        days += [_point("by days", name, count, run) for name, run in engines(units, some, None).items()]
    vertices: list[Row] = []
    for step in (None, 0.02, 0.005, 0.002):
        some, few = areas[: len(areas) // 12], areas[np.linspace(0, len(areas) // 12 - 1, 3).astype(int)]
        if step:
            some, few = shapely.segmentize(some, step), shapely.segmentize(few, step)
        size = int(shapely.get_num_coordinates(some).sum())
        vertices.append(_point("by vertices", OURS, size, partial(ours, units, some)))
        for name, run in engines(units, few, None).items():
            vertices.append(_point("by vertices", name, size, run, len(some) / len(few)))
    for title, rows in (("days", days), ("vertices", vertices)):
        own = [row for row in rows if row.engine == OURS]
        power = np.polyfit(np.log([r.size for r in own]), np.log([r.seconds_min for r in own]), 1)[0]
        print(f"time grows with the number of {title} to the power {power:.2f} (1 is linear)", flush=True)
    return {"days": days, "vertices": vertices}


def memory() -> list[Row]:
    """Peak memory of a process of its own that follows so many made-up states, read one by one and let go."""
    rows = []
    for days in MEMORY_DAYS:
        command = [sys.executable, __file__, "--memory", str(days)]
        mb = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])
        rows.append(Row("memory", OURS, days, *[NOTHING] * 6, mb, "MB"))
        print(f"{days} states: {mb:.0f} MB more than before the first", flush=True)
    return rows


def _followed(count: int) -> float:
    """How much more memory it takes to follow so many states, a series gone through forth and back, in MB."""
    areas, units = made_up(200)
    written = [bytes(wkb) for wkb in shapely.to_wkb(areas)]
    course = [*range(len(written)), *range(len(written) - 2, 0, -1)]
    del areas

    def states() -> Iterator[tuple[int, Area]]:
        for i in range(count):
            yield i, Area(shapely.from_wkb(written[course[i % len(course)]]), sound=True)

    def follow() -> None:
        for _ in history(states(), Units(units)):
            pass

    return most_memory_mb(follow)


def _row(
    task: str, name: str, size: int, times: Timed, over: Timed | None = None, error: float = NOTHING, unit: str = ""
) -> Row:
    ratios = times.over(over) if over else (NOTHING,) * 3
    return Row(task, name, size, min(times.seconds), times.median, max(times.seconds), *ratios, error, unit)


def _point(task: str, engine: str, size: int, run: Callable[[], Any], scale: float = 1) -> Row:
    return _row(task, engine, size, Timed(tuple(scale * took(run)[0] for _ in range(2)), None))


def run(asked: argparse.Namespace, server: Any) -> None:
    """All of it, printed and written."""
    with series(synthetic=asked.synthetic, days=asked.days) as (title, areas, units, source):
        chosen = np.unique(np.linspace(0, len(areas) - 1, asked.sample).astype(int))
        vertices = int(shapely.get_num_coordinates(areas).sum())
        print(f"\n{title}: {len(areas)} days, {vertices:,} vertices, {len(units)} units", flush=True)
        print(
            f"Peers on {len(chosen)} days, scaled by {len(areas) / len(chosen):.1f}; ours on all.\n{HEAD}", flush=True
        )
        truth_days = np.arange(len(areas)) if asked.all_cells else chosen
        rows = compared(units, areas, chosen, asked.repeat, truth_days, server)
        if source is not None:
            rows += from_store(units, source, asked.repeat)
        rows += memory()
        curves = growth(units, areas)
    outputs = ROOT / "outputs"
    rows += [row for curve in curves.values() for row in curve]
    write_table(rows, outputs / "history.csv")
    write_markdown(rows, outputs / "history.md")
    drawn = write_plot(curves, outputs / "history.png", "history")
    print("written: outputs/history.csv, outputs/history.md" + (", outputs/history.png" if drawn else ""))


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=None)
    parser.add_argument("--sample", type=int, default=12)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--synthetic", action="store_true")
    parser.add_argument("--all-cells", action="store_true", help="Truth on every day, not on the sample alone.")
    parser.add_argument("--memory", type=int, default=0, metavar="STATES", help=argparse.SUPPRESS)
    return parser


def main() -> None:
    asked = options().parse_args()
    if asked.memory:
        print(_followed(asked.memory))
        return
    with postgis() as server:
        run(asked, server)


if __name__ == "__main__":
    main()
