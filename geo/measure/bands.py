"""Bands around a line: every point whose geodesic distance from the line is within a reach.

A point's nearest place on a line is either inside an edge or at a vertex. So the band is exactly the union of two
strips an edge (left and right of it) and one wedge a vertex (between the normals of its edges), plus a half disc at
each free end where the caps are round. Offsets are solved as geodesics (Karney 2013).

Most strips and wedges end well inside the band. A coarse band, drawn in a plane and surely inside the exact one
(:mod:`geo.measure.core`), tells which: only what reaches beyond it is drawn exactly, and only its outer rim. What does
not reach beyond the core of a narrow band does not reach beyond that of a wide one: where several widths are asked
for, each starts from what the one before has left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import UsageError
from geo.measure.axis import Axis
from geo.measure.core import HELD, core
from geo.measure.ellipsoid import EQUATORIAL_M
from geo.measure.geodesic import METRES_IN_DEGREE, areas_m2, densified
from geo.measure.hollows import Hollowed, hollowed
from geo.measure.nearby import offset
from geo.measure.pieces import Mask, Pieces
from geo.measure.sides import split_by_line

Caps = Literal["round", "flat"]

_EDGE_OF_MAP = (-178.0, 178.0)
_PINHOLE_M2 = 10.0
_LEAD_STEP_DEG = 0.005
_AT_TIP_DEG, _STICKS_OUT_DEG = 1e-9, 1e-7
"""What begins within a tenth of a millimetre of the end of a line begins there; what crosses an edge does by more."""
_STEP_KM = 1.0
"""Edges are split to this: a straight line in lon, lat then leaves its geodesic by no more than 3 cm up to 60° N."""
TOLERANCE_M = 0.06
_ROUGH_DEG = 10.0
_ON_EDGE_DEG = 3e-6
"""What ends within 0.2 m of the edge of a band, more than the tolerance, may reach the edge of a wider one."""
_NEAR, _SMOOTHED = 2.1, 0.1
"""A band up to this much wider grows from the one before, smoothed by this part of what it grows by."""
_THINNED, _OUTER_RIM = 1.25, 0.999
"""How much wider the next band is for which pieces are sorted out again, by what part of their depth."""
_FAN_DEG = 20.0
_SPARSE = 6.0
"""Where the outlines of a rim, a reach wide each, would go round the core fewer times than this, few of them cross:
GEOS then unites them faster all at once, as a buffer of no width, than two by two."""
_CLEAR = 1.06
"""Around a flat end the core is cut away as far as an end's own disc could reach, and everything is drawn exactly."""


def band(
    line: BaseGeometry, left_m: float, right_m: float, tolerance_m: float = TOLERANCE_M, caps: Caps | None = None
) -> BaseGeometry:
    """The band around ``line`` (lon, lat, WGS84) that reaches ``left_m`` metres to its left, ``right_m`` to the right.

    Left and right are as seen along the direction of the line. Unless ``caps`` are named, a band of equal reach has
    round ones and an unequal one ends flat, square to the line. ``tolerance_m`` bounds how far an arc's chord lies
    inside the true circle. Raises :class:`UsageError` for a negative reach, one beyond 1,000 km, a band without width,
    a geometry without lines, or a line that comes near the 180th meridian.
    """
    return bands(line, [(left_m, right_m)], tolerance_m, caps)[0]


WIDEST_M = 1_000_000.0
"""Farther from a line its flat image is torn, and no zone anybody proposed comes near it."""


def bands(
    line: BaseGeometry,
    reaches_m: Sequence[tuple[float, float]],
    tolerance_m: float = TOLERANCE_M,
    caps: Caps | None = None,
) -> list[BaseGeometry]:
    """A family of bands around one line, one for each (left, right) reach in metres, in their order; see :func:`band`.

    Much faster than the bands one by one.
    """
    for left, right in reaches_m:
        if not (min(left, right) >= 0 and 0 < left + right < np.inf):
            raise UsageError(f"A band needs a positive width, not {left:g} m to the left and {right:g} m to the right.")
        if max(left, right) > WIDEST_M:
            raise UsageError(
                f"A band reaches at most {WIDEST_M / 1000:,.0f} km to a side, not {max(left, right) / 1000:,.0f}."
            )
    lines = _lines(line)
    if not lines:
        raise UsageError("A band is drawn around a line; this territory has none.")
    west, _, east, _ = shapely.total_bounds(lines)
    if west < _EDGE_OF_MAP[0] or east > _EDGE_OF_MAP[1]:
        raise UsageError("A band cannot be drawn across the 180th meridian: cut the line to the part that is meant.")
    ends: list[Caps] = [caps or ("round" if left == right else "flat") for left, right in reaches_m]
    around: dict[Caps, dict[float, BaseGeometry]] = {}
    for kind in set(ends):
        alike = {metres for pair, end in zip(reaches_m, ends, strict=True) for metres in pair if end == kind}
        around[kind] = _around(lines, alike, tolerance_m, kind)
    return [_sides(lines, left, right, around[end]) for (left, right), end in zip(reaches_m, ends, strict=True)]


def _sides(
    lines: list[shapely.LineString], left: float, right: float, around: dict[float, BaseGeometry]
) -> BaseGeometry:
    """What lies left of the lines of the band of one reach, with what lies right of them of the other's."""
    if left == right:
        return around[left]
    joined = shapely.MultiLineString(lines)
    on_left, _ = split_by_line(around[left], joined, _leads(lines, around[left]))
    _, on_right = split_by_line(around[right], joined, _leads(lines, around[right]))
    return shapely.union(on_left, on_right)


def _leads(lines: list[shapely.LineString], area: BaseGeometry) -> BaseGeometry:
    """Each free end carried straight on, to a line or out of the band: where lines bend back, it closes around ends."""
    tips = [shapely.get_coordinates(line)[::step][-2:] for line in lines if not line.is_ring for step in (1, -1)]
    if not tips or area.is_empty:
        return shapely.MultiLineString()
    before, ends = (np.array([tip[i] for tip in tips]) for i in (0, 1))
    along = (ends - before) / np.hypot(*(ends - before).T)[:, None]
    west, south, east, north = area.bounds
    beyond = ends + along * np.hypot(east - west, north - south)
    rays = shapely.linestrings(np.stack([ends, beyond], axis=1))
    parts, tip = shapely.get_parts(shapely.difference(rays, shapely.union_all(lines)), return_index=True)
    first = shapely.dwithin(parts, shapely.points(ends[tip]), _AT_TIP_DEG)
    tip, length = tip[first], shapely.length(parts[first])
    out = ends[tip] + along[tip] * (length + _STICKS_OUT_DEG)[:, None]
    carried = shapely.MultiLineString([shapely.LineString(pair) for pair in zip(ends[tip], out, strict=True)])
    return shapely.segmentize(carried, _LEAD_STEP_DEG)  # a long edge of the plane is another geodesic where it is cut


def _lines(geometry: BaseGeometry) -> list[shapely.LineString]:
    """The lines of a geometry with long edges split along their geodesics and doubled points dropped."""
    parts = shapely.get_parts(geometry)
    flat = [p for part in parts for p in shapely.get_parts(part) if p.geom_type in ("LineString", "LinearRing")]
    split = (densified(shapely.LineString(p.coords), _STEP_KM) for p in flat if p.length > 0)
    clean = (shapely.LineString(shapely.remove_repeated_points(part, 1e-7).coords) for part in split)
    return [part for part in clean if part.length > 0]


def _around(
    lines: list[shapely.LineString], reaches: set[float], tolerance: float, caps: Caps
) -> dict[float, BaseGeometry]:
    """All places within each reach of any of ``lines``, by reach; the edge of a narrow band leads to a wider one's."""
    axis = Axis.of(lines)
    pieces = (axis.pieces if caps == "round" else axis.sides).parted(_FAN_DEG)
    drawn: dict[float, BaseGeometry] = {0: shapely.Polygon()}
    hidden, hidden_at, last = np.zeros(len(pieces), np.bool_), 0.0, 0.0
    for reach in sorted(reaches - {0}):
        if caps == "flat":
            inside = shapely.difference(core(lines, reach), _discs(axis, _CLEAR * reach))
            drawn[reach], _ = _rimmed(inside, 0.0, reach, _reaching_beyond(inside, 0.0, reach, pieces), tolerance)
            continue
        grows = reach < _NEAR * last
        if grows:
            slack = _SMOOTHED * (reach - last)
            inside, inner = _smoothed(drawn[last], np.degrees(slack / EQUATORIAL_M)), last - 2 * slack
        else:
            inside = core(lines, reach)
            inner = 0.0 if inside.is_empty else HELD * reach
        if inner >= hidden_at:  # what is hidden at a reach may still show nearer to the line
            pieces, hidden = pieces[~hidden], hidden[~hidden]
        if not grows:
            pieces = _reaching_beyond(inside, inner, reach, pieces)
            hidden = np.zeros(len(pieces), np.bool_)
        drawn[reach], rim = _rimmed(inside, inner, reach, pieces, tolerance)
        pieces, last = rim.kept, reach
        if reach < max(reaches) and reach >= _THINNED * hidden_at and not hidden.any():
            hidden, hidden_at = ~_on_edge(drawn[reach], reach, rim.pieces, tolerance), reach
    return drawn


def _smoothed(area: BaseGeometry, tolerance: float) -> BaseGeometry:
    """An area with its outline straightened, valid; the fast way first."""
    fast = shapely.simplify(area, tolerance, preserve_topology=False)
    return fast if fast.is_valid else shapely.simplify(area, tolerance)


def _reaching_beyond(inside: BaseGeometry, inner: float, reach: float, pieces: Pieces) -> Pieces:
    """The pieces that are not covered by a core."""
    shapely.prepare(inside)
    rough = pieces.roughly(inner, reach / np.cos(np.radians(_FAN_DEG / 4)))
    return pieces[np.flatnonzero(~shapely.covers(inside, rough))]


def _rimmed(
    inside: BaseGeometry, inner: float, reach: float, pieces: Pieces, tolerance: float
) -> tuple[BaseGeometry, Hollowed]:
    """A core with pieces around it, from ``inner`` to ``reach``, and how they were cut for it."""
    step, rim = _arc_step(tolerance, reach), hollowed(pieces, inner, reach)
    chains = rim.pieces.chains(rim.joints)
    if chains.max(initial=0) * reach < _SPARSE * METRES_IN_DEGREE * inside.length:
        outlines = rim.pieces.drawn(chains, inner, reach, step, rim.joints)
        area = shapely.buffer(shapely.multipolygons([*outlines, *shapely.get_parts(inside)]), 0)
    else:
        outlines = pieces.drawn(pieces.simple_chains(), inner, reach, step)
        area = shapely.union(inside, shapely.union_all(outlines))
    return _without_pinholes(area), rim


def _on_edge(area: BaseGeometry, reach: float, pieces: Pieces, tolerance: float) -> Mask:
    """Which pieces reach the edge of a band: no others reach the edge of a wider one.

    Most have a corner there; the others are looked at.
    """
    edge, step = shapely.boundary(area), _arc_step(tolerance, reach)
    shapely.prepare(edge)
    shown = pieces.have_corner_in(shapely.get_coordinates(edge), reach, step)
    others = np.flatnonzero(~shown)
    rims = pieces[others].drawn(np.arange(len(others)), _OUTER_RIM * reach, reach, step)
    shown[others] = shapely.dwithin(edge, rims, _ON_EDGE_DEG)
    return shown


def _arc_step(tolerance: float, reach: float) -> float:
    """The angle in degrees over which a chord stays within ``tolerance`` of an arc."""
    return float(2 * np.degrees(np.arccos(1 - min(tolerance / reach, 0.5))))


def _discs(axis: Axis, reach: float) -> BaseGeometry:
    """Rough discs around the free ends of lines."""
    turn = np.arange(0, 360, _ROUGH_DEG)
    rims = offset(np.repeat(axis.ends, len(turn), axis=0), np.tile(turn, len(axis.ends)), reach)
    return shapely.union_all(shapely.polygons(rims.reshape(-1, len(turn), 2)))


def _without_pinholes(area: BaseGeometry) -> BaseGeometry:
    """A valid area without the holes of a few square metres that rounding leaves where strips meet."""
    whole = area if area.is_valid else shapely.make_valid(area)
    polygons = [part for part in shapely.get_parts(whole) if isinstance(part, shapely.Polygon) and not part.is_empty]
    filled = [_filled(part) if len(part.interiors) else part for part in polygons]
    return filled[0] if len(filled) == 1 else shapely.MultiPolygon(filled)


def _filled(part: shapely.Polygon) -> shapely.Polygon:
    holes = np.array([shapely.Polygon(hole) for hole in part.interiors])
    kept = areas_m2(holes) > _PINHOLE_M2
    return part if kept.all() else shapely.Polygon(part.exterior, [hole.exterior for hole in holes[kept]])
