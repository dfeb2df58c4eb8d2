"""The line of contact: where what Russia holds meets what Ukraine holds, and nothing else."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.types import Snapshot

_TOUCH_DEG = 1e-6
"""How near an outline counts as on it, in degrees: a decimetre, to absorb the rounding of an overlay."""


def contact_line(snapshot: Snapshot, atlas: Atlas) -> BaseGeometry:
    """The line between the two sides, joined, with the Ukrainian-held side on its left.

    Inside Ukraine it is the edge of the Russian-held area, abroad the edge of the Ukrainian-held area. The coast and
    the state border are no part of it: where they bound a held area, no two armies meet.
    """
    ukraine = atlas.country("ukraine").geometry
    russian = shapely.intersection(snapshot.held("russia"), ukraine)
    abroad_held = shapely.difference(snapshot.held("ukraine"), ukraine)
    inside = _inner_edge(russian, ukraine, left_inside=False)
    abroad = _inner_edge(abroad_held, atlas.country("russia").geometry, left_inside=True)
    return shapely.line_merge(shapely.MultiLineString(inside + abroad), directed=True)


def _inner_edge(area: BaseGeometry, within: BaseGeometry, *, left_inside: bool) -> list[shapely.LineString]:
    """The edge of ``area`` that is not the outline of ``within``, the area on its right (or left) hand."""
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    rings = [ring for part in shapely.orient_polygons(polygons, exterior_cw=not left_inside) for ring in _rings(part)]
    if not rings:
        return []
    outline = shapely.buffer(within.boundary, _TOUCH_DEG, quad_segs=1)
    cut = shapely.difference(shapely.MultiLineString(rings), outline)
    return [part for part in shapely.get_parts(cut) if part.length > 10 * _TOUCH_DEG]


def _rings(polygon: shapely.Polygon) -> list[shapely.LineString]:
    return [shapely.LineString(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
