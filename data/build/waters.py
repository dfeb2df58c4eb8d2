"""Internal waters as features: pieces of bays, limans and lagoons, and the Dnipro reservoirs clipped to the units."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from arrangement import GRID, areal, km2
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import split
from sources import river_lake, water_bodies
from territory import closings
from write import Feature

RESERVOIRS = Path(__file__).with_name("reservoirs.toml")
DNIPRO = box(29.5, 46, 36, 52)
RIVER_KM2 = 5325.18373426  # how GSHHG states the river-lake from Kherson to Kremenchuk
LEAST_DEGREES2 = 0.001  # about 8 km2: smaller water bodies are not looked at
LEAST_KM2 = 0.05  # a smaller piece of a reservoir is a sliver along a border


def sea_like(coverage: Mapping[str, BaseGeometry]) -> list[Feature]:
    """The pieces '<body>|<unit>' of the coverage as features; kinds lagoon, liman and bay."""
    bodies = {body.id: body for body in closings()}
    split_names = ((label.split("|"), piece) for label, piece in coverage.items() if "|" in label)
    return [
        (_properties(body, bodies[body].name, bodies[body].kind, unit, None), piece)
        for (body, unit), piece in split_names
    ]


def reservoirs(cache: Path, territory: Mapping[str, BaseGeometry], simplify: float) -> list[Feature]:
    """The Dnipro reservoirs, each cut into its pieces by unit; kind reservoir, `until` where the dam is gone."""
    bodies = water_bodies(cache, DNIPRO, LEAST_DEGREES2)
    river = river_lake(cache, RIVER_KM2)
    found = []
    for row in tomllib.loads(RESERVOIRS.read_text(encoding="utf-8"))["reservoir"]:
        whole = _at(bodies, row["at"]) if "at" in row else _between(river, row["between"])
        whole = shapely.set_precision(areal(shapely.simplify(whole, simplify)), GRID)
        for unit, shape in territory.items():
            piece = areal(whole.intersection(shape, grid_size=GRID))
            if km2(piece) > LEAST_KM2:
                found.append((_properties(row["id"], row["name"], "reservoir", unit, row.get("until")), piece))
    return found


def _properties(body: str, name: str, kind: str, unit: str, until: str | None) -> dict[str, Any]:
    return {"id": f"{body}/{unit}", "kind": kind, "name": name, "unit": unit, "until": until}


def _at(bodies: Sequence[BaseGeometry], points: Sequence[Sequence[float]]) -> BaseGeometry:
    return shapely.union_all([areal(body) for body in bodies if any(body.buffer(0).contains(Point(p)) for p in points)])


def _between(river: Polygon, cuts: Sequence[Sequence[Sequence[float]]]) -> BaseGeometry:
    lines = [LineString(cut) for cut in cuts]
    pieces: list[BaseGeometry] = [river]
    for line in lines:
        pieces = [part for piece in pieces for part in split(piece, line).geoms]
    touching = [piece for piece in pieces if all(piece.distance(line) < GRID for line in lines)]
    return max(touching, key=lambda piece: piece.area)
