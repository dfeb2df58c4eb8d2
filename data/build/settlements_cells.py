"""Cells of settlements: each point of the territory belongs to the nearest place of its own country and river bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from settlements_places import PLANE, Place
from shapely.geometry.base import BaseGeometry

GRID = 1e-6  # degrees, about 0.1 m: the grid the corners of cells and borders lie on
NODES = 1e-9  # degrees, about 0.1 mm: where an edge meets a border the border must not bend
OVERSHOOT = 200.0  # metres an edge runs past its bank, so that it surely meets the border
BANK = 0.05  # square degrees, about 400 km2: a piece of less is an island or a scrap, not a bank


def cells(
    places: Sequence[Place],
    groups: Sequence[str],
    territory: gpd.GeoDataFrame,
    cut: BaseGeometry,
    reach: Mapping[str, float],
) -> dict[str, BaseGeometry]:
    """One area (lon, lat, WGS84) per group of places; together they cover ``territory`` exactly, without overlap.

    Of a diagram that ``reach`` names only what lies within so many metres of one of its places is covered.
    ``territory`` has a row per diagram (``diagram``, ``units``, geometry): places compete inside their own only.
    ``cut`` is a line; where it runs through a diagram from edge to edge, each bank is a diagram by itself. Scraps it
    nicks off go to the nearest place.
    """
    points = _plane(shapely.points([p.lon for p in places], [p.lat for p in places]))
    units = np.array([place.unit for place in places])
    owners: dict[str, list[BaseGeometry]] = {}
    lines: list[BaseGeometry] = [cut]
    contests: list[tuple[BaseGeometry, NDArray[np.int_]]] = []
    for name, members, whole in zip(territory["diagram"], territory["units"], territory.geometry, strict=True):
        own = np.flatnonzero(np.isin(units, members))
        lines.append(shapely.boundary(whole))
        area = whole
        if name in reach:
            near = _within(points[own], reach[name])
            lines.append(shapely.boundary(near))
            area = shapely.intersection(area, near)
        banks = _banks(area, cut)
        contests.append((area, own))
        side = shapely.STRtree(_plane(banks)).query_nearest(points[own], all_matches=False)[1]
        for index, bank in enumerate(banks):
            rivals = own[side == index]
            contests.append((bank, rivals))
            if len(rivals) > 1:
                lines.append(_edges(points[rivals], bank))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=NODES))))
    inner = shapely.point_on_surface(faces)
    middle = _plane(inner)
    owner = np.full(len(faces), -1)
    for area, rivals in contests:  # a diagram as a whole first, then its banks, which have the last word
        shapely.prepare(area)
        here = np.flatnonzero(shapely.contains(area, inner))
        if len(here) and len(rivals):
            owner[here] = rivals[shapely.STRtree(points[rivals]).query_nearest(middle[here], all_matches=False)[1]]
    for face, place in zip(faces, owner.tolist(), strict=True):
        if place >= 0:
            owners.setdefault(groups[place], []).append(face)
    return {group: shapely.normalize(shapely.coverage_union_all(areas)) for group, areas in sorted(owners.items())}


def _banks(area: BaseGeometry, cut: BaseGeometry) -> NDArray[np.object_]:
    """The pieces of an area that ``cut`` parts, scraps left out; the area itself where it parts none."""
    network = shapely.union_all([shapely.boundary(area), cut], grid_size=NODES)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    shapely.prepare(area)
    pieces = pieces[shapely.contains(area, shapely.point_on_surface(pieces)) & (shapely.area(pieces) > BANK)]
    return pieces if len(pieces) else np.array([area])


def _within(points: NDArray[np.object_], metres: float) -> BaseGeometry:
    """What lies within a distance of one of the points, in lon, lat: circles as 32-gons."""
    discs = shapely.union_all(shapely.buffer(points, metres, quad_segs=8))
    circles: BaseGeometry = gpd.GeoSeries([discs], crs=PLANE).to_crs(4326).iloc[0]
    return shapely.set_precision(circles, GRID)


def _edges(points: NDArray[np.object_], bank: BaseGeometry) -> BaseGeometry:
    """The edges between the points' cells inside a bank, in lon, lat."""
    room = _plane([bank])[0].buffer(OVERSHOOT)
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=room.envelope, only_edges=True)
    shapely.prepare(room)
    edges = shapely.get_parts(edges)
    whole = shapely.covers(room, edges)
    crossing = edges[~whole & shapely.intersects(room, edges)]
    inside = [*edges[whole], *shapely.intersection(crossing, room)]
    lines: BaseGeometry = gpd.GeoSeries([shapely.union_all(inside)], crs=PLANE).to_crs(4326).iloc[0]
    return shapely.set_precision(lines, GRID)


def _plane(geometries: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(gpd.GeoSeries(geometries, crs=4326).to_crs(PLANE).to_numpy())
