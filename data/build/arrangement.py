"""One planar arrangement: all border lines noded on one grid, its faces, and exact coverages made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

GRID = 1e-5  # degrees, about one metre: every vertex of the shipped data lies on it
WGS84 = Geod(ellps="WGS84")

Geometries = NDArray[np.object_]


def km2(geometry: BaseGeometry) -> float:
    """Ellipsoidal area in km2 of lon/lat geometry."""
    return abs(float(WGS84.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """The same geometry with coordinates written as the nearest decimals of the grid."""
    return shapely.transform(geometry, lambda xy: np.round(xy, 5))


def areal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry; points and lines that an overlay left beside them go."""
    parts = shapely.get_parts(shapely.make_valid(geometry))
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])


def faces(lines: Iterable[BaseGeometry]) -> Geometries:
    """The faces the lines bound, after noding them together on the grid."""
    noded = shapely.union_all(list(lines), grid_size=GRID)
    polygons = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return np.array([on_grid(polygon) for polygon in polygons], dtype=object)


def inner_lines(coverage: Sequence[BaseGeometry]) -> BaseGeometry:
    """The borders inside a coverage: its edges without the outline."""
    edges = shapely.union_all([part.boundary for part in coverage])
    return shapely.line_merge(edges.difference(shapely.union_all(coverage).boundary))


def extended(lines: BaseGeometry, outline: BaseGeometry, beyond: float = 20 * GRID) -> list[BaseGeometry]:
    """The lines within an outline, their loose ends led on to its boundary and a little beyond."""
    ends = [Point(line.coords[i]) for line in shapely.get_parts(lines) for i in (0, -1) if not line.is_ring]
    counts = {end.coords[0]: sum(end.equals(other) for other in ends) for end in ends}
    loose = [end for end in ends if counts[end.coords[0]] == 1 and outline.contains(end)]
    edge = outline.boundary
    return [lines.intersection(outline), *(_lead(end, edge, beyond) for end in loose)]


def _lead(end: Point, edge: BaseGeometry, beyond: float) -> LineString:
    x, y = end.coords[0]
    target = shapely.shortest_line(end, edge).coords[1]
    dx, dy = target[0] - x, target[1] - y
    stretch = 1 + beyond / max((dx * dx + dy * dy) ** 0.5, GRID)
    return LineString([(x, y), (x + dx * stretch, y + dy * stretch)])


def longest_neighbour(face: BaseGeometry, others: Sequence[BaseGeometry]) -> int:
    """The index of the polygon that shares the longest edge with the face."""
    return int(np.argmax([shapely.length(shapely.intersection(face.boundary, other.boundary)) for other in others]))


def dissolved(polygons: Geometries, labels: Sequence[str]) -> dict[str, BaseGeometry]:
    """The faces of each label as one geometry, sorted by label; shared edges keep identical vertices."""
    names = np.array(labels, dtype=object)
    return {name: shapely.coverage_union_all(polygons[names == name]) for name in sorted(set(labels))}


def simplified(
    coverage: Mapping[str, BaseGeometry], tolerance: float, boundary: bool = True
) -> dict[str, BaseGeometry]:
    """The coverage with fewer vertices (Visvalingam, tolerance in degrees), still exact."""
    parts = shapely.coverage_simplify(np.array(list(coverage.values())), tolerance, simplify_boundary=boundary)
    return dict(zip(coverage, parts, strict=True))
