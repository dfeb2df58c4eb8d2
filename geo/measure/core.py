"""The core of a band: a coarse area surely inside it that holds all of it but its rim, drawn fast in planes.

What a core may be off by, in parts of the reach: 0.01 by which the line is simplified, 0.01 by which GEOS simplifies
it again before it draws a buffer (its ``simplifyFactor``), 0.003 by the scale of the plane, 0.005 between an arc and
its chords, and 0.003 between what is straight in the plane and in lon, lat. So a core drawn at ``_DRAWN`` of the reach
lies inside the band and holds everything within ``HELD``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure.ellipsoid import EQUATORIAL_M, Floats

HELD = 0.935
"""A core holds every place within this part of the reach."""
WIDEST_M = 400_000.0
"""Beyond this reach no plane is true enough for a core."""

_DRAWN = 0.97
_SIMPLIFIED = 0.01
_STRAIGHT = 0.003
"""A geodesic chord of length d leaves the straight line in lon, lat by d² tan φ / 8R."""
_RUN = 40
_CELL_DEG = (6.0, 4.0)
"""Lines are drawn in cells of this size, each in its own azimuthal equidistant plane (Snyder 1987, p. 191)."""


def core(lines: Sequence[shapely.LineString], reach_m: float) -> BaseGeometry:
    """The core of the band that reaches ``reach_m`` metres to both sides of ``lines`` (lon, lat on WGS84)."""
    if reach_m > WIDEST_M:
        return shapely.Polygon()
    points, line = shapely.get_coordinates(lines, return_index=True)
    cell = np.floor(points / _CELL_DEG).astype(np.intp) @ np.array([1000, 1])
    edge = np.flatnonzero(line[1:] == line[:-1])  # an edge is drawn in the cell it starts in
    run = np.concatenate([[True], (np.diff(edge) != 1) | (np.diff(cell[edge]) != 0)])
    firsts = np.flatnonzero(run)
    lasts = np.append(firsts[1:], len(edge)) - 1
    pieces = [shapely.LineString(points[edge[i] : edge[j] + 2]) for i, j in zip(firsts, lasts, strict=True)]
    home = cell[edge[firsts]]
    cells = sorted({*home.tolist()})
    drawn = [_buffered([p for p, c in zip(pieces, home, strict=True) if c == one], reach_m) for one in cells]
    return shapely.union_all(drawn)


def _buffered(lines: list[shapely.LineString], reach_m: float) -> BaseGeometry:
    """The buffer of lines that lie near each other, by way of a plane around their middle."""
    from pyproj import Proj

    west, south, east, north = shapely.total_bounds(lines)
    plane = Proj(proj="aeqd", lon_0=(west + east) / 2, lat_0=(south + north) / 2, ellps="WGS84")

    def there(points: Floats) -> Floats:
        return np.column_stack(plane(points[:, 0], points[:, 1]))

    def back(points: Floats) -> Floats:
        return np.column_stack(plane(points[:, 0], points[:, 1], inverse=True))

    flat = shapely.simplify(shapely.transform(shapely.multilinestrings(lines), there), _SIMPLIFIED * reach_m)
    runs = [run for part in shapely.get_parts(flat) for run in _runs(shapely.get_coordinates(part))]
    drawn = shapely.union_all(shapely.buffer(runs, _DRAWN * reach_m, quad_segs=8))
    steep = max(1.0, np.tan(np.radians(min(89.0, max(abs(south), abs(north))))))
    chord = np.sqrt(8 * EQUATORIAL_M * _STRAIGHT * reach_m / steep)
    area: BaseGeometry = shapely.transform(shapely.segmentize(drawn, chord), back)
    return area


def _runs(points: Floats) -> list[shapely.LineString]:
    """A line cut into runs of few edges: GEOS draws their buffers and unites them faster than it draws one of all."""
    return [shapely.LineString(points[i : i + _RUN + 1]) for i in range(0, len(points) - 1, _RUN)]
