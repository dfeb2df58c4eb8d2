"""What is measured: real days of a published map where ../shared has them, days of our own making otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.algebra import parse
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control import control_source

Geometries = np.ndarray[Any, np.dtype[np.object_]]
REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "control" / "deepstate-daily"


def days(count: int, *, synthetic: bool = False) -> tuple[str, Geometries]:
    """``count`` days of held area, evenly spread over a real series, and the name of what they are."""
    files = sorted(REAL.glob("*.geojson"))
    if synthetic or not files:
        return "synthetic days", _synthetic(count)
    chosen = [files[i] for i in np.linspace(0, len(files) - 1, min(count, len(files))).astype(int)]
    return f"DeepState daily, {len(chosen)} of {len(files)} days", np.array([_area(file) for file in chosen])


def contact_line() -> Any:
    """The line of contact of a real day, coarsely drawn as its source has it; None where ../shared has no series."""
    if not REAL.is_dir():
        return None
    atlas = embedded()
    source = control_source(str(REAL.resolve()), atlas)
    return evaluate(parse('line("contact")'), World(atlas, source.last, source)).geometry


def front(vertices: int = 9000) -> shapely.LineString:
    """A made-up front of 1,100 km: straight legs, each folded like a coast (midpoint displacement, fixed seed)."""
    legs = np.array(
        [
            *[(36.6, 51.9), (36.9, 51.0), (37.9, 49.9), (37.6, 48.9), (37.5, 48.2)],
            *[(36.4, 47.6), (35.2, 47.4), (33.6, 46.8), (31.9, 46.4)],
        ]
    )
    spread = np.random.default_rng(7)
    reach = np.hypot(*np.diff(legs, axis=0).T)
    paths = [
        _folded(a, b, max(2, int(vertices * r / reach.sum())), spread)
        for a, b, r in zip(legs, legs[1:], reach, strict=False)
    ]
    return shapely.linestrings(np.vstack([paths[0], *(path[1:] for path in paths[1:])]))


def _folded(start: Any, end: Any, edges: int, spread: np.random.Generator) -> Any:
    rough = 0.14
    while True:
        path = np.array([start, end])
        while len(path) <= edges:
            along = np.diff(path, axis=0)
            normal = np.column_stack([-along[:, 1], along[:, 0]])
            middle = (path[1:] + path[:-1]) / 2 + normal * spread.uniform(-rough, rough, (len(along), 1))
            path = np.insert(path, np.arange(1, len(path)), middle, axis=0)
        if shapely.is_simple(shapely.linestrings(path)):
            return path[np.unique(np.linspace(0, len(path) - 1, edges + 1).round().astype(int))]
        rough *= 0.9


def _synthetic(count: int) -> Geometries:
    """Held areas behind a front that moves a little every day, with a pocket and a hole."""
    line, spread = shapely.get_coordinates(front(3000)), np.random.default_rng(11)
    rear = np.array([[31.9, 44.5], [36.8, 44.3], [40.1, 47.0], [40.1, 51.9]])
    found = []
    for _ in range(count):
        at = int(spread.integers(50, len(line) - 50))
        line = line.copy()
        line[at : at + 20] += spread.normal(0, 1e-3, 2)
        shell = np.vstack([line, rear, line[:1]])
        hole = shapely.Point(38.6, 47.3).buffer(0.2)
        area = shapely.make_valid(shapely.Polygon(shell)).difference(hole)
        found.append(area.union(shapely.Point(33.0, 49.0).buffer(0.1)))
    return np.array(found)


def _area(file: Path) -> Any:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    areas = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features if feature["geometry"]]
    return areas[0] if len(areas) == 1 else shapely.union_all(areas)
