"""TopoJSON: each layer an object, borders they share written once.

The format: https://github.com/topojson/topojson-specification. GDAL only reads it, and the libraries that write it
fail on layers of mixed geometry (topojson 2.2) or leave files in everybody's packages (pytopojson 1.1).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.credits import ALWAYS
from layers.files import geojson
from layers.files.grid import PLACES, on_grid
from layers.files.guard import JSON_MARK
from layers.files.provenance import about
from layers.layer import Feature, Layer

_STEPS = 10**PLACES  # in a degree
Point = tuple[int, int]
Line = list[Point]


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one topology in lon, lat on WGS84; features carry the same properties as in GeoJSON."""
    layers = [replace(layer, features=tuple(map(_on_grid, layer.features))) for layer in layers]
    lines = [line for layer in layers for feature in layer.features for line in _lines(feature.geometry)]
    arcs = _Arcs(_junctions(lines))
    objects = {
        about(layer)["id"]: {
            "type": "GeometryCollection",
            "geometries": [_feature(layer, feature, arcs) for feature in layer.features],
        }
        for layer in layers
    }
    topology = {
        "transform": {"scale": [1 / _STEPS] * 2, "translate": [0, 0]},
        "objects": objects,
        "arcs": [_steps(arc) for arc in arcs.found],
    }
    origin = _text([about(layer) for layer in layers])
    head = f'{{"type":"Topology",{JSON_MARK},"statements":{_text(ALWAYS)},"layers":{origin}}}'
    path.write_text(f"{head},{_text(topology)[1:]}\n", encoding="utf-8")


def _on_grid(feature: Feature) -> Feature:
    return replace(feature, geometry=on_grid(feature.geometry))


class _Arcs:
    """Arcs by their points; a line is the numbers of its arcs, a backward one as its complement."""

    def __init__(self, junctions: set[Point]) -> None:
        self.junctions = junctions
        self.found: list[tuple[Point, ...]] = []
        self._numbers: dict[tuple[Point, ...], int] = {}

    def of(self, line: Line) -> list[int]:
        """The arcs of a line, cut where lines meet or part; a ring without such a point begins at its least one."""
        closed = line[0] == line[-1]
        cuts = [n for n, point in enumerate(line[:-1] if closed else line) if point in self.junctions]
        if closed:
            first = cuts[0] if cuts else min(range(len(line) - 1), key=lambda n: line[n])
            line = [*line[first:-1], *line[: first + 1]]
            cuts = [n for n, point in enumerate(line) if point in self.junctions]
        cuts = sorted({0, *cuts, len(line) - 1})
        return [self._number(tuple(line[a : b + 1])) for a, b in pairwise(cuts)]

    def _number(self, arc: tuple[Point, ...]) -> int:
        if arc[::-1] in self._numbers:
            return ~self._numbers[arc[::-1]]
        if arc not in self._numbers:
            self._numbers[arc] = len(self.found)
            self.found.append(arc)
        return self._numbers[arc]


def _junctions(lines: Iterable[Line]) -> set[Point]:
    """The points where arcs must end: ends of lines, and where two lines do not go on together."""
    neighbours: defaultdict[Point, set[frozenset[Point]]] = defaultdict(set)
    ends: set[Point] = set()
    for line in lines:
        around = line
        if line[0] == line[-1]:
            around = [line[-2], *line]
        else:
            ends |= {line[0], line[-1]}
        for before, point, after in zip(around, around[1:], around[2:], strict=False):
            neighbours[point].add(frozenset((before, after)))
    return ends | {point for point, pairs in neighbours.items() if len(pairs) > 1}


def _feature(layer: Layer, feature: Feature, arcs: _Arcs) -> dict[str, Any]:
    return {**_geometry(feature.geometry, arcs), "properties": geojson.mapped(layer, feature)["properties"]}


def _geometry(geometry: BaseGeometry, arcs: _Arcs) -> dict[str, Any]:
    if geometry.is_empty:
        return {"type": None}
    kind = geometry.geom_type
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [_geometry(part, arcs) for part in shapely.get_parts(geometry)]}
    parts = [_part(part, arcs) for part in shapely.get_parts(geometry)]
    kept = [part for part in parts if part]
    if not kept:
        return {"type": None}  # smaller than a centimetre
    key = "coordinates" if kind.endswith("Point") else "arcs"
    return {"type": kind, key: kept if kind.startswith("Multi") else kept[0]}


def _part(part: BaseGeometry, arcs: _Arcs) -> list[Any]:
    if part.geom_type == "Point":
        return list(_points(part)[0])
    if part.geom_type == "Polygon":
        return [arcs.of(line) for line in _lines(part)]
    return [number for line in _lines(part) for number in arcs.of(line)]


def _lines(geometry: BaseGeometry) -> list[Line]:
    """The rings of areas and the lines of lines, on the grid, without points that fall on the one before."""
    found = []
    for part in shapely.get_parts(geometry):
        if part.is_empty:
            continue
        if part.geom_type == "GeometryCollection":
            found += _lines(part)
        elif part.geom_type == "Polygon":
            rings = [_points(ring) for ring in shapely.get_rings(shapely.orient_polygons([part], exterior_cw=True))]
            found += [ring for ring in rings if len(ring) > 3] if len(rings[0]) > 3 else []
        elif "Line" in part.geom_type:
            found.append(_points(part))
    return [line for line in found if len(line) > 1]


def _points(geometry: BaseGeometry) -> Line:
    units = np.rint(shapely.get_coordinates(geometry) * _STEPS).astype(np.int64)
    stays = np.append(True, (units[1:] != units[:-1]).any(axis=1))
    return [(x, y) for x, y in units[stays].tolist()]


def _steps(arc: Sequence[Point]) -> list[list[int]]:
    """An arc as its first point and the steps from there."""
    return [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
