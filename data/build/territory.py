"""The arrangement of Ukraine and its neighbourhood: units, internal waters, other countries, in one exact coverage."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from arrangement import GRID, Geometries, areal, dissolved, extended, faces, inner_lines, km2, longest_neighbour
from local import Plane
from shapely.geometry import MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry
from sources import country_outlines, russian_units, ukraine_units, water_bodies

HERE = Path(__file__).parent
WINDOW = box(12, 34, 50, 60)
NEIGHBOURS = ("BLR", "MDA", "POL", "SVK", "HUN", "ROU", "TUR", "BGR", "GEO")
SLIVER_KM2 = 50.0  # an unclaimed face smaller than this is a gap between two outlines, not a country
NEAR = 0.1  # degrees: an overlap of two outlines farther than this from Crimea is a mere sliver
OPEN_SEA_KM2 = 5000.0  # a face larger than this is a sea
HEAD_DEGREES2 = 0.001  # about 8 km2: a smaller inland water is an arm or a pond, not the head of a liman
SHORE_STEP = 300.0  # metres between shore points when a water is divided


@dataclass(frozen=True)
class Unit:
    """One row of units.toml."""

    id: str
    iso: str
    kind: str
    country: str
    name_uk: str
    name_ru: str
    source: str
    inside: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """One row of closing_lines.toml."""

    id: str
    name: str
    kind: str
    note: str
    lines: MultiLineString


def units() -> list[Unit]:
    """The rows of units.toml."""
    rows = tomllib.loads((HERE / "units.toml").read_text(encoding="utf-8"))["unit"]
    return [Unit(**{**row, "inside": tuple(row["inside"])}) for row in rows]


def closings() -> list[Closing]:
    """The rows of closing_lines.toml."""
    rows = tomllib.loads((HERE / "closing_lines.toml").read_text(encoding="utf-8"))["line"]
    return [Closing(**{**row, "lines": MultiLineString(row["lines"])}) for row in rows]


@dataclass(frozen=True)
class Neighbourhood:
    """Outlines and inner borders as the sources give them."""

    outlines: dict[str, BaseGeometry]
    sources: dict[str, BaseGeometry]
    borders: list[BaseGeometry]
    beyond: BaseGeometry  # Russia outside the window
    inland: list[Polygon]  # waters the coastline leaves inland


def neighbourhood(cache: Path) -> Neighbourhood:
    """Read the sources and lead the inner borders on to the outlines."""
    whole = country_outlines(cache, frozenset(("UKR", "RUS", *NEIGHBOURS)))
    outlines = {code: areal(whole[code].intersection(WINDOW)) for code in ("UKR", "RUS", *NEIGHBOURS)}
    ukraine, russia = ukraine_units(cache), russian_units(cache)
    border = {unit.source: russia[unit.source] for unit in units() if unit.country == "russia"}
    twice = {unit.source for unit in units() if len(unit.inside) > 1}
    # The outlines draw the line across the isthmus better than the coarse source does, so each side goes by itself.
    halves = [[g for name, g in ukraine.items() if (name in twice) is half] for half in (False, True)]
    own_russia = areal(outlines["RUS"].difference(outlines["UKR"]))
    land_russia = shapely.union_all(list(russia.values()))
    rings = shapely.union_all([g.boundary for g in border.values()]).difference(land_russia.boundary)
    borders = [
        *extended(inner_lines(halves[0]), areal(outlines["UKR"].difference(outlines["RUS"]))),
        *extended(inner_lines(halves[1]), areal(outlines["UKR"].intersection(outlines["RUS"]))),
        *extended(shapely.line_merge(rings), own_russia),
    ]
    rest = shapely.union_all([g for code, g in russia.items() if code not in border]).intersection(WINDOW)
    inland = water_bodies(cache, box(*outlines["UKR"].bounds), HEAD_DEGREES2)
    return Neighbourhood(
        outlines, {**ukraine, **border, "RUS": rest}, borders, areal(whole["RUS"].difference(WINDOW)), inland
    )


def _owner(face: BaseGeometry, place: Neighbourhood, table: list[Unit]) -> str:
    """The unit or country a face belongs to, '' for the sea and for land of no concern."""
    point = face.point_on_surface()
    covering = [code for code, outline in place.outlines.items() if outline.contains(point)]
    if not covering:
        return ""
    if "UKR" not in covering and "RUS" not in covering:
        return covering[0]
    within = tuple(code for code in ("UKR", "RUS") if code in covering)
    candidates = {unit.source: unit.id for unit in table if unit.inside == within}
    if within == ("UKR", "RUS") and min(place.sources[name].distance(point) for name in candidates) > NEAR:
        candidates = {unit.source: unit.id for unit in table if unit.country == "ukraine"}
    if within == ("RUS",):
        candidates["RUS"] = "RUS"
    overlaps = {source: face.intersection(place.sources[source]).area for source in candidates}
    best = max(overlaps, key=lambda source: overlaps[source])
    if overlaps[best] == 0.0:
        best = min(candidates, key=lambda source: place.sources[source].distance(point))
    return candidates[best]


def _named(polygons: Geometries, place: Neighbourhood, waters: dict[str, BaseGeometry]) -> list[str]:
    """A label for each face: unit, country, id of a water, '' for the open sea and land of no concern."""
    table = units()
    labels = [_owner(face, place, table) for face in polygons]
    unclaimed = [i for i, face in enumerate(polygons) if not labels[i] and not face.intersects(WINDOW.boundary)]
    for i in unclaimed:
        point = polygons[i].point_on_surface()
        labels[i] = next((name for name, water in waters.items() if water.contains(point)), "")
    for i in unclaimed:
        if not labels[i] and km2(polygons[i]) < SLIVER_KM2:
            near = [j for j in range(len(polygons)) if labels[j] and polygons[j].intersects(polygons[i])]
            labels[i] = labels[near[longest_neighbour(polygons[i], [polygons[j] for j in near])]] if near else ""
    return labels


def enclosed(polygons: Geometries, place: Neighbourhood, bodies: list[Closing]) -> dict[str, BaseGeometry]:
    """The water each closing line shuts off from the sea: unclaimed faces on its inner side.

    Raises ValueError naming a line that closes nothing.
    """
    land = place.outlines["UKR"]
    shapely.prepare(land)
    found: dict[str, list[BaseGeometry]] = {body.id: [] for body in bodies}
    for face in polygons:
        if land.contains(face.point_on_surface()) or face.intersects(WINDOW.boundary) or km2(face) > OPEN_SEA_KM2:
            continue
        shared = [face.boundary.intersection(body.lines.buffer(3 * GRID)).length for body in bodies]
        if max(shared) > 10 * GRID:
            found[bodies[int(np.argmax(shared))].id].append(face)
    for name, waters in found.items():
        if not waters:
            raise ValueError(f"closing_lines.toml: the line {name} closes nothing")
    return {name: shapely.union_all(waters) for name, waters in found.items()}


def heads(waters: Mapping[str, BaseGeometry], inland: Iterable[Polygon]) -> dict[str, BaseGeometry]:
    """What continues each closed water inland: at a dam, a bridge or a river's mouth the coastline ends, not the water.

    A body of the water layer that touches a closed water is the head of it, as the western Sivash is of the Sivash.
    """
    bodies = [areal(body) for body in inland]
    return {
        name: areal(shapely.union_all([body for body in bodies if body.intersects(water)]).difference(water))
        for name, water in waters.items()
    }


def _median_lines(body: BaseGeometry, shores: dict[str, BaseGeometry]) -> Iterator[BaseGeometry]:
    """The lines inside a water body that are equally far (in metres) from the shores of two units."""
    plane = Plane(body.centroid.x, body.centroid.y)
    points = {
        unit: shapely.get_coordinates(shapely.segmentize(plane.metres(shore), SHORE_STEP))
        for unit, shore in shores.items()
    }
    stacked = np.unique(np.vstack(list(points.values())), axis=0)
    owners = {tuple(xy): unit for unit, pts in points.items() for xy in pts.tolist()}
    metric = plane.metres(body)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(stacked), extend_to=metric.buffer(10_000), ordered=True)
    )
    owner = np.array([owners[tuple(xy)] for xy in stacked.tolist()], dtype=object)
    regions = [shapely.union_all(cells[owner == unit]) for unit in sorted(shores)]
    for i, region in enumerate(regions):
        for other in regions[i + 1 :]:
            line = region.intersection(other).intersection(metric.buffer(30))
            if line.length > 0:
                yield plane.degrees(line)


def coverage(place: Neighbourhood) -> dict[str, BaseGeometry]:
    """One exact coverage: every unit's land, pieces of internal water ('<body>|<unit>'), other countries."""
    bodies = closings()
    lines = [
        WINDOW.boundary,
        *(outline.boundary for outline in place.outlines.values()),
        *place.borders,
        *(body.lines for body in bodies),
    ]
    first = faces(lines)
    waters = enclosed(first, place, bodies)
    land = _land(first, _named(first, place, waters))
    for water in waters.values():
        shores = {name: g.boundary.intersection(water.boundary) for name, g in land.items() if g.intersects(water)}
        shores = {name: shore for name, shore in shores.items() if shore.length > 0}
        if len(shores) > 1:
            lines.extend(_median_lines(water, shores))
    continued = heads(waters, place.inland)
    final = faces([*lines, *(head.boundary for head in continued.values())])
    labels = _named(final, place, waters)
    land = _land(final, labels)
    ukrainian = {unit.id for unit in units() if unit.country == "ukraine"}
    for i, label in enumerate(labels):
        centre = final[i].point_on_surface()
        if label in waters:
            labels[i] = f"{label}|{min(land, key=lambda name: land[name].distance(centre))}"
        elif label in ukrainian:
            body = next((name for name, head in continued.items() if head.contains(centre)), "")
            labels[i] = f"{body}|{label}" if body else label
    return dissolved(final, labels)


def _land(polygons: Geometries, labels: list[str]) -> dict[str, BaseGeometry]:
    own = {unit.id for unit in units()}
    return {name: g for name, g in dissolved(polygons, labels).items() if name in own}
