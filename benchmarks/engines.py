"""Ours beside other engines, in one run: areas, bands, histories; ratios, errors, a table and a plot.

    python benchmarks/engines.py [areas] [bands] [history] [--days 100] [--rounds 5] [--synthetic]

Real days where ../shared has them, days of our own making otherwise. Engines take part as far as they are installed
(the extra ``bench``; PostGIS from the system's packages, started on loopback and stopped after). All engines run in
turn, round by round, so that a busy machine slows them alike; ratios are formed within a round, of seconds of CPU time,
that of PostgreSQL's server among it. Everything goes to outputs/engines.csv, .md and .png, and to outputs/history.*.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import history  # noqa: E402
from peers import areas, buffers, workload  # noqa: E402
from peers.databases import postgis  # noqa: E402
from peers.report import HEAD, Row, write_markdown, write_plot, write_table  # noqa: E402
from peers.timing import Timed, rounds  # noqa: E402

TASKS = ("areas", "bands", "history")
GROWTH_DAYS = (1, 3, 10, 30, 100, 300)
GROWTH_EDGES_DEG = (1.0, 0.01, 0.004, 0.0016, 0.0008)
"""Longest edge of the days measured, in degrees: each has about twice the vertices of the one before."""


def main() -> None:
    """Run what is asked for, print it, write the table and the plot."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("tasks", nargs="*", default=list(TASKS), metavar="{areas,bands,history}")
    options.add_argument("--days", type=int, default=100)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--synthetic", action="store_true")
    chosen = options.parse_args()
    if unknown := set(chosen.tasks) - set(TASKS):
        options.error(f"no such task: {', '.join(sorted(unknown))}")
    load = os.getloadavg()[0]
    print(f"load of the machine at the start {load:.1f} on {os.cpu_count()} processors\n{HEAD}")
    rows: list[Row] = []
    growth: dict[str, list[Row]] = {}
    with postgis() as server:
        if "areas" in chosen.tasks:
            rows += _areas(chosen, server)
            growth = _growth(chosen)
        if "bands" in chosen.tasks:
            rows += _bands(chosen, server)
        if rows:
            _write(rows, growth)
        if "history" in chosen.tasks:
            wanted = ["--repeat", str(chosen.rounds), *(["--synthetic"] if chosen.synthetic else [])]
            history.run(history.options().parse_args(wanted), server)


def _write(rows: list[Row], growth: dict[str, list[Row]]) -> None:
    outputs = ROOT / "outputs"
    rows = [*rows, *(row for series in growth.values() for row in series)]
    write_table(rows, outputs / "engines.csv")
    write_markdown(rows, outputs / "engines.md")
    drawn = bool(growth) and write_plot(growth, outputs / "engines.png", "area")
    print("written: outputs/engines.csv, outputs/engines.md" + (", outputs/engines.png" if drawn else ""))


def _areas(chosen: argparse.Namespace, server: Any) -> list[Row]:
    name, days = workload.days(chosen.days, synthetic=chosen.synthetic)
    print(f"\nareas: {name}, {shapely.get_num_coordinates(days).sum():,} vertices")
    timed = rounds(areas.engines(days, server), chosen.rounds)
    truth = np.abs(timed[areas.TRUTH].result)
    return _rows(
        "area", timed, areas.OURS, len(days), lambda found: np.abs(np.abs(found) / truth - 1).max(), "of the area"
    )


def _growth(chosen: argparse.Namespace) -> dict[str, list[Row]]:
    """Time against the number of days, and against the number of vertices."""
    by_days: list[Row] = []
    for count in GROWTH_DAYS:
        _, days = workload.days(count, synthetic=chosen.synthetic)
        timed = rounds(areas.engines(days, None), min(3, chosen.rounds))
        by_days += _rows(f"area, {len(days)} days", timed, areas.OURS, len(days), quiet=True)
    by_vertices: list[Row] = []
    _, days = workload.days(10, synthetic=chosen.synthetic)
    for longest in GROWTH_EDGES_DEG:
        dense = shapely.segmentize(days, longest)
        size = int(shapely.get_num_coordinates(dense).sum())
        timed = rounds(areas.engines(dense, None), min(3, chosen.rounds))
        by_vertices += _rows(f"area, {size} vertices", timed, areas.OURS, size, quiet=True)
    return {"days": by_days, "vertices": by_vertices}


def _bands(chosen: argparse.Namespace, server: Any) -> list[Row]:
    real = None if chosen.synthetic else workload.contact_line()
    rows = _around("made-up front", workload.front(), chosen, server)
    if real is not None:
        rows += _around("contact line", real, chosen, server)
    return rows


def _around(name: str, line: Any, chosen: argparse.Namespace, server: Any) -> list[Row]:
    size = int(shapely.get_num_coordinates(line))
    print(f"\nbands: {name}, {size:,} vertices")
    rows: list[Row] = []
    for reach in buffers.REACHES_M:
        timed = rounds(buffers.engines(line, reach, server), chosen.rounds)
        if not timed[buffers.OURS].result.is_valid:
            raise SystemExit(f"the band of {reach:g} m is not valid")

        def missed(found: Any, reach: float = reach) -> float:
            return buffers.error_m(found, line, reach)[0]

        rows += _rows(f"band {reach / 1000:g} km", timed, buffers.OURS, size, missed, "m")
    return rows + _rows("family of bands", rounds(buffers.family(line), min(2, chosen.rounds)), "one of 1 km", 50)


def _rows(
    task: str,
    timed: dict[str, Timed],
    ours: str,
    size: int,
    error: Callable[[Any], float] | None = None,
    unit: str = "",
    *,
    quiet: bool = False,
) -> list[Row]:
    rows = []
    for engine, times in timed.items():
        wrong = float(error(times.result)) if error else float("nan")
        seconds = (min(times.seconds), times.median, max(times.seconds))
        rows.append(Row(task, engine, size, *seconds, *times.over(timed[ours]), wrong, unit))
        if not quiet:
            print(rows[-1], flush=True)
    return rows


if __name__ == "__main__":
    main()
