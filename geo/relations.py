"""How territories lie to each other: distance, along a line, around a place, up to a border."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import reduce

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import BOUNDARIES, World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.region import Region
from geo.definitions import rules
from geo.errors import UsageError
from geo.measure.geodesic import length_km, wgs84
from geo.quantity import Basis, Quantity, SourceValue
from geo.survey import Survey

_DENSITY = 2000  # people a km²: what makes a town of so many as wide as it is taken to be
_STEP_DEG = 0.005
_INLET_KM = 20.0  # narrower waters are inlets and estuaries, no open sea
_RING_KM = 12.0
_POINTS = 72


def distance(one: Territory, other: Territory, survey: Survey) -> Quantity:
    """Shortest geodesic distance in km; a town is as wide as its people need at 2,000 a km², and so is the interval."""
    sources, values = [], []
    reach = radius_km(one, survey) + radius_km(other, survey)
    for world in survey.worlds(one, other):
        here, there = (_open_sea(evaluate(each, world), survey) for each in (one, other))
        if here.geometry.is_empty or there.geometry.is_empty:
            raise UsageError(f"{one if here.geometry.is_empty else other} is nothing on {survey.at}")
        values.append(nearest_km(here.geometry, there.geometry))
        name = world.control.name if world.control else BOUNDARIES
        dated = ", ".join(dict.fromkeys(str(s.dated) for s in (*here.snapshots, *there.snapshots)))
        sources.append(SourceValue(name, dated, (), values[-1], note="as the crow flies"))
    if any(w.control is not None and w.snapshot().error_percent is not None for w in survey.worlds(one, other)):
        reach += rules().front_error_km
    low, high = max(0.0, min(values) - reach), max(values) + reach
    basis = Basis(str(survey.at), f"{one} to {other}", tuple(sources))
    return Quantity(values[0], low, high, "km", basis)


def _open_sea(region: Region, survey: Survey) -> Region:
    """A sea without land, estuaries and narrow inlets, across which its outline is drawn; any other region as it is.

    The opening is only about shape, so it is done in a plane; what is measured is measured on the ellipsoid.
    """
    if not isinstance(region.territory, nodes.Sea):
        return region
    step = _INLET_KM / 2 / 111.2
    scale = math.cos(math.radians(region.geometry.centroid.y))
    ashore = [country.geometry for country in survey.atlas.countries.values()]
    coasts = [land for land in ashore if land.intersects(region.geometry)]
    sea = reduce(shapely.difference, coasts, region.geometry)
    flat = shapely.transform(sea, lambda xy: xy * (scale, 1.0))
    opened = flat.simplify(step / 100).buffer(-step, quad_segs=4).buffer(step, quad_segs=4)
    return replace(region, geometry=shapely.transform(opened, lambda xy: xy / (scale, 1.0)))


def radius_km(territory: Territory, survey: Survey) -> float:
    """Half the width of a town by its people, of a city that is a unit by its area; 0 for what is no place."""
    if isinstance(territory, nodes.Unit):
        return math.sqrt(evaluate(territory, World(survey.atlas, survey.at)).area_km2 / math.pi)
    if not isinstance(territory, nodes.Place):
        return 0.0
    return math.sqrt(max(survey.atlas.place(territory.name).population, 0) / _DENSITY / math.pi)


def nearest_km(one: BaseGeometry, other: BaseGeometry) -> float:
    """The shortest geodesic distance between two geometries, in km; 0 where they meet.

    The nearest pair is sought in a plane true to scale at the middle latitude, then measured on the ellipsoid.
    """
    return float(_nearest_km(np.array([one]), other)[0])


def _nearest_km(each: NDArray[np.object_], other: BaseGeometry) -> NDArray[np.float64]:
    """The same for each of many: the middle latitude is that of all of them and the other."""
    middle = (shapely.get_y(shapely.centroid(each)).mean() + other.centroid.y) / 2
    scale = math.cos(math.radians(min(abs(middle), 85.0)))
    flat, aim = (shapely.transform(one, lambda xy: xy * (scale, 1.0)) for one in (each, other))
    shapely.prepare(aim)
    pairs = shapely.get_coordinates(shapely.shortest_line(aim, flat)).reshape(-1, 4) / (scale, 1.0, scale, 1.0)
    *_, metres = wgs84().inv(*pairs.T)
    return np.asarray(metres) / 1000


def along_km(line: Territory, other: Territory, within_km: float, survey: Survey) -> tuple[float, float]:
    """How many km of a line (or of the line a band is drawn around) run within ``within_km`` of another, and of all."""
    axis = line.line if isinstance(line, nodes.Band) else line
    world = survey.worlds(axis, other)[0]
    course, mark = evaluate(axis, world).geometry, evaluate(other, world).geometry
    points, part = shapely.get_coordinates(shapely.get_parts(shapely.segmentize(course, _STEP_DEG)), return_index=True)
    ends = np.stack([points[:-1], points[1:]], axis=1)[part[1:] == part[:-1]]
    if not len(ends):
        return 0.0, 0.0
    near = ends[_nearest_km(shapely.linestrings(ends), mark) <= within_km]
    return length_km(shapely.MultiLineString(list(near))), length_km(course)


def surrounding(place: Territory, side: str, survey: Survey) -> float:
    """How much of a ring around a place a side holds, 0 to 1, by the first control source."""
    world = survey.worlds(nodes.Controlled(side))[0]
    held = evaluate(nodes.Controlled(side), world).geometry
    centre = evaluate(place, world).geometry.centroid
    radius = 1000 * (radius_km(place, survey) + _RING_KM)
    bearings = np.linspace(0, 360, _POINTS, endpoint=False)
    lon, lat, _ = wgs84().fwd([centre.x] * _POINTS, [centre.y] * _POINTS, bearings, [radius] * _POINTS)
    return float(shapely.contains_xy(held, lon, lat).mean())


def side_to(side: str, ground: Territory, survey: Survey) -> tuple[float, World]:
    """How far what a side holds is from a ground, in km, 0 where it holds some of it; by the first control source."""
    world = survey.worlds(nodes.Controlled(side))[0]
    held = evaluate(nodes.Controlled(side), world).geometry
    return nearest_km(held, evaluate(ground, world).geometry), world
