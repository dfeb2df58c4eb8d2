"""Whole series to follow through time: DeepState's daily polygons where ../shared has them, else a made-up front."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.store import Stored, import_series, stored
from peers.workload import REAL

MADE_UP_DAYS = 769


@contextmanager
def series(*, synthetic: bool = False, days: int | None = None) -> Iterator[tuple[str, Any, Any, Stored | None]]:
    """What it is called, its days, the units they are cut to, and the series as stored, for as long as it is used."""
    if synthetic or not REAL.is_dir():
        yield "made-up front x made-up units", *made_up(days or MADE_UP_DAYS), None
        return
    units = [unit.geometry for unit in embedded().units.values() if unit.properties["country"] == "ukraine"]
    with imported() as source:
        areas = [holdings[0].geometry for _, holdings in source.states(("russia", "assessed"))][:days]
        yield "DeepState daily x embedded units", np.array(areas), np.array(units), source


def made_up(days: int) -> tuple[Any, Any]:
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
    for _ in range(days):
        for at in rng.integers(0, len(lat) - 40, rng.poisson(4)):
            front[at : at + 20] -= rng.normal(0.004, 0.01) * np.sin(np.linspace(0, np.pi, 20))
        shell = np.concatenate([np.column_stack([front, lat]), [(40.5, 45), (40.5, 52)]])
        areas.append(shapely.Polygon(shell.round(7)))
    return np.array(areas), shapely.transform(units, waved)


@contextmanager
def imported() -> Iterator[Stored]:
    """The real series as ``contactline control import`` keeps it, in a folder of its own."""
    with tempfile.TemporaryDirectory() as room:
        atlas, name, folder = embedded(), "deepstate-daily", Path(room)
        import_series(control_source(str(REAL.resolve()), atlas), REAL.resolve(), atlas, name, folder=folder)
        yield stored(name, atlas, folder)


def most_memory_mb(run: Callable[[], None]) -> float:
    """How much more memory this process has at the most while something runs than before it, in MB (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew from here
    before = _peak_mb()
    run()
    return _peak_mb() - before


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
