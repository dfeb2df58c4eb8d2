"""Which side of a line a place lies on: areas cut in two by the line that crosses them."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_STEP_ASIDE = 1e-7
"""How far beside an edge a face is looked for, in degrees: a centimetre, far below any data's precision."""


def split_by_line(
    area: BaseGeometry, line: BaseGeometry, leads: BaseGeometry | None = None
) -> tuple[BaseGeometry, BaseGeometry]:
    """``area`` left of ``line`` and right of it, as seen along the line's direction; lon, lat on WGS84.

    The area is cut along the line, and along ``leads`` that carry it on where it ends inside the area; each face goes
    to the side from which most of the line that bounds it is seen, a face the line does not touch to the side its
    nearest edge of the line shows it.
    """
    edges = shapely.union_all([area.boundary, line, *([leads] if leads is not None else [])])
    faces = np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(edges)))))
    if not len(faces):
        return shapely.Polygon(), shapely.Polygon()
    shapely.prepare(area)
    faces = faces[shapely.covers(area, shapely.point_on_surface(faces))]
    lean = _lean(faces, line)
    return shapely.union_all(faces[lean > 0]), shapely.union_all(faces[lean <= 0])


def _lean(faces: np.ndarray, line: BaseGeometry) -> np.ndarray:
    """For each face, how much more of the line is seen on its left (> 0) than on its right (< 0)."""
    starts, ends = _edges(line)
    along = ends - starts
    length = np.hypot(*along.T)
    middle = (starts + ends) / 2
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / length[:, None]
    tree = shapely.STRtree(faces)
    lean = np.zeros(len(faces))
    for sign in (1, -1):
        aside = shapely.points(middle + sign * _STEP_ASIDE * normal)
        edge, face = tree.query(aside, predicate="within")
        np.add.at(lean, face, sign * length[edge])
    untouched = np.flatnonzero(lean == 0)
    if len(untouched):
        points = shapely.point_on_surface(faces[untouched])
        nearest = shapely.STRtree([shapely.LineString(edge) for edge in zip(starts, ends, strict=True)]).nearest(points)
        offset = shapely.get_coordinates(points) - starts[nearest]
        lean[untouched] = along[nearest, 0] * offset[:, 1] - along[nearest, 1] * offset[:, 0]
    return lean


def _edges(line: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Start and end points of every edge of the lines of a geometry."""
    starts, ends = [], []
    for part in shapely.get_parts(line):
        coords = shapely.get_coordinates(part)
        moved = np.any(np.diff(coords, axis=0) != 0, axis=1)
        starts.append(coords[:-1][moved])
        ends.append(coords[1:][moved])
    return np.concatenate(starts), np.concatenate(ends)
