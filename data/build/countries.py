"""Country polygons that agree vertex by vertex with the units, coarse away from them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely
from arrangement import GRID, areal, dissolved, faces, km2, on_grid, simplified
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from sources import country_outlines
from territory import units
from write import Feature

TABLE = Path(__file__).with_name("countries.toml")
COARSE = 0.01  # degrees, about 1 km: borders and coasts that no unit touches
FAR = 0.1  # degrees, about 10 km: Russia beyond the neighbourhood of Ukraine
ISLAND_KM2 = 20.0  # islands smaller than this are left out away from the units
FAR_ISLAND_KM2 = 2000.0
KOREA_COAST = 0.005
GAP_KM2 = 10.0  # the largest gap between the outlines of the two Koreas


def rows() -> list[dict[str, str]]:
    """The rows of countries.toml."""
    found: list[dict[str, str]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["country"]
    return found


def features(
    parts: Mapping[str, BaseGeometry], beyond: BaseGeometry, korea: Mapping[str, BaseGeometry]
) -> list[Feature]:
    """Every country as a feature: `parts` is the fine coverage, `beyond` Russia outside its window."""
    table = {unit.id: unit.country for unit in units()}
    ours = {label: g for label, g in parts.items() if label.split("|")[-1] in table}
    others = simplified({label: g for label, g in parts.items() if label not in ours}, COARSE, boundary=False)
    own = shapely.coverage_union_all(np.array(list(ours.values())))
    shapes: dict[str, BaseGeometry] = {
        label: _without_islands(g, own, ISLAND_KM2) for label, g in others.items() if label not in ("", "RUS")
    }
    rest = shapely.union_all([_without_islands(others["RUS"], own, ISLAND_KM2), _far(beyond)])
    sides = {
        side: [g for label, g in ours.items() if table[label.split("|")[-1]] == side] for side in ("ukraine", "russia")
    }
    shapes["UKR"] = shapely.coverage_union_all(np.array(sides["ukraine"]))
    shapes["RUS"] = shapely.coverage_union_all(np.array([*sides["russia"], *shapely.get_parts(rest)]))
    shapes.update(korea)
    return [({"id": row["id"], "name": row["name"]}, shapes[row["code"]]) for row in rows()]


def _without_islands(country: BaseGeometry, own: BaseGeometry, least: float) -> BaseGeometry:
    parts = shapely.get_parts(country)
    return areal(shapely.multipolygons([part for part in parts if km2(part) >= least or part.touches(own)]))


def _far(beyond: BaseGeometry) -> BaseGeometry:
    large = shapely.multipolygons([part for part in shapely.get_parts(beyond) if km2(part) >= FAR_ISLAND_KM2])
    return on_grid(areal(shapely.set_precision(shapely.simplify(large, FAR), GRID)))


def korea(cache: Path) -> tuple[dict[str, BaseGeometry], LineString]:
    """Both Koreas with a coarse coast, and the border they share as one line from west to east.

    The border keeps every vertex of the source: it is the Military Demarcation Line.
    """
    outlines = country_outlines(cache, frozenset(("PRK", "KOR")))
    fine = _sides([side.boundary for side in outlines.values()], outlines, least=0.0)
    border = _border(fine)
    near = border.buffer(2 * GRID)
    coasts = [shapely.line_merge(side.boundary.difference(near)) for side in fine.values()]
    coarse = [shapely.simplify(coast, KOREA_COAST) for coast in coasts]
    leads = [shapely.shortest_line(Point(border.coords[i]), coast) for i in (0, -1) for coast in coarse]
    sides = _sides([*coarse, border, *leads], fine, least=ISLAND_KM2)
    return sides, _border(sides)


def _sides(lines: list[BaseGeometry], given: Mapping[str, BaseGeometry], least: float) -> dict[str, BaseGeometry]:
    """The faces of the lines, each given to the side that fills most of it; a gap between both goes to the south."""
    polygons = faces(lines)
    labels = []
    for face in polygons:
        overlap = {code: face.intersection(side).area for code, side in given.items()}
        best = max(sorted(overlap), key=lambda code: overlap[code])
        is_gap = all(face.distance(side) == 0.0 for side in given.values()) and km2(face) < GAP_KM2
        keep = (overlap[best] > face.area / 2 or is_gap) and (km2(face) >= least)
        labels.append(best if keep else "")
    sides = dissolved(polygons, labels)
    return {code: sides[code] for code in sorted(given)}


def _border(sides: Mapping[str, BaseGeometry]) -> LineString:
    """The longest line two polygons of a coverage share, from west to east."""
    north, south = sides["PRK"], sides["KOR"]
    line = shapely.line_merge(shapely.intersection(north.boundary, south.boundary))
    longest = max(shapely.get_parts(line), key=lambda part: float(part.length))
    coords = list(longest.coords)
    return LineString(coords if coords[0][0] < coords[-1][0] else coords[::-1])
