"""Cells of settlements: each point of the territory belongs to the nearest place of its own country and river bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from settlements_places import PLANE, Place
from settlements_rims import Rims, Wanted, neighbours
from shapely.geometry.base import BaseGeometry

GRID = 1e-6  # degrees, about 0.1 m: the grid the corners of cells and borders lie on
NODES = 1e-9  # degrees, about 0.1 mm: where an edge meets a border the border must not bend
OVERSHOOT = 200.0  # metres an edge runs past its bank, so that it surely meets the border
LEAST_RIM = 1e5  # m2
BANK = 0.05  # square degrees, about 400 km2: a piece of less is an island or a scrap, not a bank


def cells(
    places: Sequence[Place],
    groups: Sequence[str],
    territory: gpd.GeoDataFrame,
    cut: BaseGeometry,
    reach: Mapping[str, float],
    islands: BaseGeometry,
    share: float,
    wanted: Wanted,
) -> dict[tuple[str, str], BaseGeometry]:
    """One area (lon, lat, WGS84) per group of places, and per rim; together they cover ``territory`` without overlap.

    The key is the group and the group a rim faces, '' for the cell without its rims. A rim takes up ``share`` of the
    way to the place it faces; ``wanted`` says which there are, by positions in ``places``. Places on ``islands`` (lon,
    lat) have them to themselves. Of a diagram that ``reach`` names only what lies within so many metres of one of
    its places is covered.
    ``territory`` has a row per diagram (``diagram``, ``units``, geometry): places compete inside their own only.
    ``cut`` is a line; where it runs through a diagram from edge to edge, each bank is a diagram by itself. Scraps it
    nicks off go to the nearest place.
    """
    points = _plane(shapely.points([p.lon for p in places], [p.lat for p in places]))
    units = np.array([place.unit for place in places])
    flat = shapely.get_coordinates(points)
    shapely.prepare(islands)
    afloat = shapely.intersects_xy(islands, [p.lon for p in places], [p.lat for p in places])
    lines: list[BaseGeometry] = [cut, shapely.boundary(islands)]
    contests: list[tuple[BaseGeometry, NDArray[np.int_]]] = []
    rims: dict[int, tuple[Rims, int, NDArray[np.int_]]] = {}
    for name, members, whole in zip(territory["diagram"], territory["units"], territory.geometry, strict=True):
        own = np.flatnonzero(np.isin(units, members) & ~afloat)
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
            if len(rivals) > 2 and name not in reach:
                found = Rims(flat[rivals], neighbours(flat[rivals]), share, _among(rivals, wanted))
                lines.append(_inside(found.edges(), bank))
                rims.update((index, (found, at, rivals)) for at, index in enumerate(rivals.tolist()))
    contests.append((islands, np.flatnonzero(afloat)))
    lines.append(_edges(points[afloat], islands))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=NODES))))
    inner = shapely.point_on_surface(faces)
    middle = _plane(inner)
    owner = np.full(len(faces), -1)
    for area, rivals in contests:  # a diagram as a whole first, then its banks, which have the last word
        shapely.prepare(area)
        here = np.flatnonzero(shapely.contains(area, inner))
        if len(here) and len(rivals):
            owner[here] = rivals[shapely.STRtree(points[rivals]).query_nearest(middle[here], all_matches=False)[1]]
    owners: dict[tuple[str, str], list[BaseGeometry]] = {}
    for face, place, at in zip(faces, owner.tolist(), shapely.get_coordinates(middle), strict=True):
        if place >= 0:
            facing = ""
            if place in rims:
                found, own_index, rivals = rims[place]
                other = found.facing(own_index, at)
                facing = "" if other is None else groups[int(rivals[other])]
            owners.setdefault((groups[place], facing), []).append(face)
    for group, facing in [key for key in owners if key[1]]:  # a small rim is not worth its bytes
        if shapely.area(_plane(owners[group, facing])).sum() < LEAST_RIM:
            owners.setdefault((group, ""), []).extend(owners.pop((group, facing)))
    return {key: shapely.normalize(shapely.coverage_union_all(areas)) for key, areas in sorted(owners.items())}


def _among(rivals: NDArray[np.int_], wanted: Wanted) -> Wanted:
    return lambda own, other: wanted(int(rivals[own]), int(rivals[other]))


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
    return _inside(
        shapely.get_parts(
            shapely.voronoi_polygons(shapely.multipoints(points), extend_to=room.envelope, only_edges=True)
        ),
        bank,
    )


def _inside(edges: Sequence[BaseGeometry] | NDArray[np.object_], bank: BaseGeometry) -> BaseGeometry:
    """Lines of the plane cut to a bank and a little more, in lon, lat."""
    room = _plane([bank])[0].buffer(OVERSHOOT)
    shapely.prepare(room)
    edges = np.asarray(edges)
    whole = shapely.covers(room, edges)
    crossing = edges[~whole & shapely.intersects(room, edges)]
    inside = [*edges[whole], *shapely.intersection(crossing, room)]
    lines: BaseGeometry = gpd.GeoSeries([shapely.union_all(inside)], crs=PLANE).to_crs(4326).iloc[0]
    return shapely.set_precision(lines, GRID)


def _plane(geometries: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(gpd.GeoSeries(geometries, crs=4326).to_crs(PLANE).to_numpy())
