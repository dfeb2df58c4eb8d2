"""Beyond the coverage: the Kerch Strait between its closing lines, and units of other countries for comparison."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from arrangement import GRID, areal, on_grid
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from write import Feature

TABLE = Path(__file__).with_name("beyond.toml")
COARSE = 0.002  # degrees, about 200 m: the source itself is about 1 km off


def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def straits(countries: Mapping[str, BaseGeometry]) -> list[Feature]:
    """Each strait: the sea inside its outline, which runs over land and crosses water on the closing lines only."""
    found = []
    for row in _table()["strait"]:
        outline = Polygon(row["outline"])
        sea = outline.difference(shapely.union_all([countries[name] for name in row["between"]]))
        largest = max(shapely.get_parts(areal(sea)), key=lambda part: float(part.area))
        strait = on_grid(areal(shapely.set_precision(largest, GRID)))
        found.append(({"id": row["id"], "name": row["name"]}, strait))
    return found


def units(pieces: Sequence[BaseGeometry], countries: Mapping[str, BaseGeometry]) -> list[Feature]:
    """Each unit: the pieces of the source that hold its points, joined, no further than its country reaches."""
    found = []
    for row in _table()["unit"]:
        points = shapely.points(row["points"])
        whole = shapely.union_all([piece for piece in pieces if shapely.intersects(piece, points).any()])
        inside = shapely.intersection(shapely.simplify(whole, COARSE), countries[row["country"]])
        unit = on_grid(areal(shapely.set_precision(inside, GRID)))
        found.append(({"id": row["id"], "name": row["name"], "country": row["country"], "kind": row["kind"]}, unit))
    return found
