"""The line of contact: where what Russia holds meets what Ukraine holds, and nothing else."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.types import Snapshot
from geo.measure.geodesic import areas_m2
from geo.measure.parts import gathered

_TOUCH_DEG = 1e-6
"""How near an outline counts as on it, in degrees: a decimetre, to absorb the rounding of an overlay."""

_MARGIN_DEG = 0.1
_CRACK_KM2 = 0.5
"""Below it an area is a rounding of borders or cells, in any source: the smallest village's ground is several km²."""


def contact_line(snapshot: Snapshot, atlas: Atlas) -> BaseGeometry:
    """The line between the two sides, joined, with the Ukrainian-held side on its left.

    Inside Ukraine it is the edge of the Russian-held area, abroad the edge of the Ukrainian-held area. The coast and
    the state border are no part of it: where they bound a held area, no two armies meet. Where the two sides do face
    each other across the border (ground held abroad against ground held inside), the border is the line.
    """
    ukraine = atlas.country("ukraine").geometry
    russian = shapely.intersection(_with_pockets(snapshot, "russia", "ukraine"), ukraine)
    abroad_held = _without_cracks(shapely.difference(_with_pockets(snapshot, "ukraine", "russia"), ukraine))
    unknown = shapely.union_all([h.geometry for h in snapshot.holdings if h.cls == "unknown"])
    inside = _inner_edge(russian, [ukraine, unknown], left_inside=False)
    abroad = _inner_edge(abroad_held, [atlas.country("russia").geometry], left_inside=True)
    at_border = _facing(abroad_held, russian)
    return _without_specks(shapely.line_merge(shapely.MultiLineString(inside + abroad + at_border), directed=True))


def _with_pockets(snapshot: Snapshot, side: str, other: str) -> BaseGeometry:
    """What a side holds, with the contested pockets that the other side does not reach: no front runs around them."""
    held, beyond = snapshot.held(side), snapshot.held(other)
    shapely.prepare(beyond)
    pockets = [p for p in shapely.get_parts(snapshot.contested()) if not shapely.intersects(beyond, p)]
    reached = [p for p in pockets if shapely.intersects(held, p)]
    return shapely.union_all([held, *reached]) if reached else held


def _without_cracks(area: BaseGeometry) -> BaseGeometry:
    """An area without the specks that two renderings of one border leave between them."""
    parts = np.asarray(shapely.get_parts(area))
    return gathered(parts[areas_m2(parts) > 1e6 * _CRACK_KM2])


def _without_specks(line: BaseGeometry) -> BaseGeometry:
    """The line without rings around the specks that cells leave between their corners: no front runs around them."""
    parts = np.asarray(shapely.get_parts(line))
    rings = np.flatnonzero(shapely.is_closed(parts) & (shapely.get_num_coordinates(parts) > 3))
    specks = rings[areas_m2([shapely.Polygon(parts[ring]) for ring in rings]) < 1e6 * _CRACK_KM2]
    return gathered(np.delete(parts, specks)) if len(specks) else line


def _inner_edge(area: BaseGeometry, outlines: list[BaseGeometry], *, left_inside: bool) -> list[shapely.LineString]:
    """The edge of ``area`` that runs along none of ``outlines``, the area on its right (or left) hand."""
    rings = _directed(area, left_inside=left_inside)
    if not rings:
        return []
    cut: BaseGeometry = shapely.MultiLineString(rings)
    for outline in (one for one in outlines if not one.is_empty):
        cut = shapely.difference(cut, _thickened(outline, area))
    return [part for part in shapely.get_parts(cut) if part.length > 10 * _TOUCH_DEG]


def _thickened(outline: BaseGeometry, near: BaseGeometry) -> BaseGeometry:
    """What lies on the edge of an area, as far as another one reaches."""
    west, south, east, north = shapely.bounds(near) + np.array([-1, -1, 1, 1]) * _MARGIN_DEG
    return shapely.buffer(shapely.clip_by_rect(outline.boundary, west, south, east, north), _TOUCH_DEG, quad_segs=1)


def _facing(held: BaseGeometry, other: BaseGeometry) -> list[shapely.LineString]:
    """The edge of ``held`` along which it meets ``other``, ``held`` on its left hand."""
    if held.is_empty or other.is_empty or not shapely.dwithin(held, other, _TOUCH_DEG):
        return []
    shared = shapely.intersection(shapely.MultiLineString(_directed(held, left_inside=True)), _thickened(other, held))
    return [part for part in shapely.get_parts(shared) if part.length > 10 * _TOUCH_DEG]


def _directed(area: BaseGeometry, *, left_inside: bool) -> list[shapely.LineString]:
    """The rings of an area, the area on their left (or right) hand."""
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and not part.is_empty]
    return [ring for part in shapely.orient_polygons(polygons, exterior_cw=not left_inside) for ring in _rings(part)]


def _rings(polygon: shapely.Polygon) -> list[shapely.LineString]:
    return [shapely.LineString(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
