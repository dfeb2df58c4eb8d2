"""How small a stored series is, and how fast it comes back, against parsing its files: run beside nothing else.

    python benchmarks/control_store.py FOLDER... [--rounds 5]

Imports each folder under its name where it is not stored yet (CONTACTLINE_DATA says where), then reads all of it back
several times, and parses the files with json and, where installed, orjson, shapes made by shapely, and with GEOS alone.
The least time of the rounds counts. What is compared: *as published*, the held area of each day, which is what the
mirror's files hold; and *all classes*, which the files do not hold: the rest of the country was worked out on import.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geo.atlas import embedded
from geo.atlas.control import file_source
from geo.atlas.control.store import import_series, is_stored, path_of, stored
from geo.atlas.control.store.place import name_from

try:
    from orjson import loads as fast_loads
except ImportError:
    fast_loads = None


def least(rounds: int, work: Callable[[], Any]) -> float:
    """The least time of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def shapes(content: Any) -> int:
    """The number of geometries made of a document's features, or of Project Owl's rings."""
    collection = content.get("value", content)
    if "areas" in content:
        return len([shapely.Polygon(ring) for ring in content["areas"] if len(ring) > 2])
    return len([shape(feature["geometry"]) for feature in collection["features"] if feature["geometry"]])


def parsed(files: list[Path], loads: Callable[[bytes], Any]) -> None:
    for file in files:
        shapes(loads(file.read_bytes()))


def parsed_by_geos(files: list[Path]) -> None:
    for file in files:
        shapely.from_geojson(file.read_bytes())


def through(name: str, *classes: Any) -> None:
    """Every day once; as with the files, a day is let go before the next."""
    deque(stored(name, embedded()).states(*classes), maxlen=0)


def run(folder: Path, rounds: int) -> None:
    name = name_from(folder)
    if not is_stored(name):
        start = time.perf_counter()
        import_series(file_source(folder, embedded()), folder, embedded(), name)
        print(f"{name}: imported in {time.perf_counter() - start:.1f} s")
    header, size = stored(name, embedded()).header, path_of(name).stat().st_size
    print(f"{name}: {header.days} days, {size / 1e6:.3f} MB, {header.bytes / size:.1f} times smaller")
    files = sorted(file for file in folder.rglob("*.*json") if file.is_file())
    times = {
        "stored, as published": least(3 * rounds, lambda: through(name, ("russia", "assessed"))),
        "stored, all classes": least(rounds, lambda: through(name)),
        "stored, one day": least(rounds, lambda: (s := stored(name, embedded())).snapshot(s.last)),
        "json + shapely": least(max(1, rounds // 2), lambda: parsed(files, json.loads)),
    }
    if fast_loads:
        times["orjson + shapely"] = least(max(1, rounds // 2), lambda: parsed(files, fast_loads))
    with contextlib.suppress(ShapelyError):  # NZZ's and Project Owl's files are no GeoJSON
        times["GEOS (from_geojson)"] = least(max(1, rounds // 2), lambda: parsed_by_geos(files))
    base = times["stored, as published"]
    for what, seconds in times.items():
        print(f"  {what:22s} {seconds * 1e3:9.1f} ms  {seconds / base:7.1f} x")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for one in asked.folders:
        run(one, asked.rounds)
    print(f"load after: {os.getloadavg()[0]:.1f}")
