"""From an expression to a region: the algebra worked out on an atlas, at a date, by one control source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.contact import contact_line
from geo.algebra.nodes import Territory
from geo.algebra.peak import peak_date
from geo.algebra.region import Region, Step
from geo.atlas.atlas import Atlas
from geo.atlas.control.types import ControlSource, Snapshot
from geo.errors import DateError, ExpressionError, UsageError
from geo.measure.bands import band
from geo.measure.parts import gathered

BOUNDARIES = "embedded boundaries"
OPEN_WATERS_NOTE = "bays, limans and reservoirs are counted as held by nobody"
Operation = Callable[[BaseGeometry, BaseGeometry], BaseGeometry]


@dataclass(frozen=True)
class World:
    """What an expression is evaluated on: an atlas, a date, and who says what is held."""

    atlas: Atlas
    at: date
    control: ControlSource | None = None

    def on(self, at: date) -> World:
        """The same world on another date."""
        return replace(self, at=at)

    def snapshot(self) -> Snapshot:
        """What is held on the date, open waters left out; raises :class:`DateError` outside the source's range."""
        return _on_settled_ground(self)

    def stated(self) -> Snapshot:
        """The same as the source states it, open waters included where its areas reach across them."""
        if self.control is None:
            raise UsageError("This territory depends on who holds what: name a control source.")
        return self.control.snapshot(self.at)


@lru_cache(maxsize=512)
def evaluate(territory: Territory, world: World) -> Region:
    """The region an expression is in a world.

    Raises :class:`UnknownNameError` for names the atlas does not know, :class:`DateError` for dates its control
    source does not cover, :class:`ExpressionError` where an operation does not fit its terms.
    """
    match territory:
        case nodes.Either(left, right):
            return _joined(territory, evaluate(left, world), evaluate(right, world), shapely.union)
        case nodes.Both(left, right):
            return _joined(territory, evaluate(left, world), evaluate(right, world), shapely.intersection)
        case nodes.Without(left, right):
            return _joined(territory, evaluate(left, world), evaluate(right, world), shapely.difference)
        case nodes.On(of, at):
            return replace(evaluate(of, world.on(at)), territory=territory, as_of=world.at)
        case nodes.Land(of):
            return _land(territory, evaluate(of, world), world)
        case nodes.Band(line, left_m, right_m):
            axis = evaluate(line, world)
            if axis.geometry.is_empty:
                source = world.control.name if world.control and axis.snapshots else BOUNDARIES
                raise UsageError(f"There is no {line} by {source}, or it is unknown: nothing to draw a band around.")
            return replace(axis, territory=territory, geometry=band(axis.geometry, left_m, right_m))
        case nodes.Peak(of):
            return _peak(territory, of, world)
        case nodes.Lost(side, since) | nodes.Gained(side, since) if world.at < since:
            raise DateError(f"{territory} begins on {since}: look at it on that day or later, not on {world.at}.")
        case nodes.Lost(side, since):
            then = evaluate(nodes.Controlled(side), world.on(since))
            return _joined(territory, then, evaluate(nodes.Controlled(side), world), shapely.difference)
        case nodes.Gained(side, since):
            now = evaluate(nodes.Controlled(side), world)
            return _joined(territory, now, evaluate(nodes.Controlled(side), world.on(since)), shapely.difference)
        case nodes.Controlled() | nodes.Contested() | nodes.ContactLine():
            return _held(territory, world)
    return Region(territory, _fixed(territory, world), world.at, (Step(str(territory), BOUNDARIES),))


def _fixed(territory: Territory, world: World) -> BaseGeometry:
    """The geometry of a leaf that no control source is asked for."""
    atlas = world.atlas
    match territory:
        case nodes.Unit(name, oblast):
            return atlas.unit(name, oblast=oblast).geometry
        case nodes.Country(name):
            return atlas.country(name).geometry
        case nodes.Everywhere():
            return shapely.box(-180, -90, 180, 90)
        case nodes.Bank(river, side):
            return atlas.bank(river, side)
        case nodes.Line(name):
            return atlas.line(name).geometry
        case nodes.Parallel(latitude):
            return shapely.LineString([(lon, latitude) for lon in np.arange(-180, 180.01, 0.05).round(6)])
        case nodes.Border(one, other):
            return _border(atlas.country(one).geometry, atlas.country(other).geometry)
        case nodes.Sea(name):
            return atlas.sea(name).geometry
        case nodes.Water(name):
            return atlas.water(name, world.at)
        case nodes.Place(name):
            place = atlas.place(name)
            return shapely.Point(place.lon, place.lat)
    raise ExpressionError(f"{territory} cannot be evaluated.")


@lru_cache(maxsize=64)
def _on_settled_ground(world: World) -> Snapshot:
    """What is held without the bays, limans and reservoirs that no source assesses: every source is cut alike."""
    snapshot, waters = world.stated(), world.atlas.open_waters
    holdings = tuple(replace(h, geometry=shapely.difference(h.geometry, waters)) for h in snapshot.holdings)
    return replace(snapshot, holdings=holdings, notes=(*snapshot.notes, OPEN_WATERS_NOTE))


def _held(territory: Territory, world: World) -> Region:
    """A leaf that a snapshot answers: what a side holds, what is contested, the line between the sides."""
    snapshot = world.snapshot()
    match territory:
        case nodes.Controlled(side):
            geometry = snapshot.held(side)
        case nodes.Contested():
            geometry = snapshot.contested()
        case _:
            geometry = contact_line(world.stated(), world.atlas)
    step = Step(str(territory), snapshot.source, str(snapshot.dated), " ".join(snapshot.notes))
    return Region(territory, geometry, world.at, (step,), (snapshot,), world.control)


def _joined(territory: Territory, left: Region, right: Region, operation: Operation) -> Region:
    """Two regions under a set operation; what has fewer dimensions than its terms call for falls away."""
    geometry = operation(left.geometry, right.geometry)
    kept = min(_dimension(left.geometry), _dimension(right.geometry)) if operation is not shapely.union else -1
    return Region(
        territory,
        _without_slivers(_of_dimension(geometry, kept) if operation is shapely.intersection else geometry),
        left.as_of,
        tuple(dict.fromkeys(left.lineage + right.lineage)),
        tuple({(s.source, s.dated): s for s in left.snapshots + right.snapshots}.values()),
        left.control or right.control,
    )


def _without_slivers(geometry: BaseGeometry) -> BaseGeometry:
    """A region without the threads that two renderings of one border leave where they are cut with each other."""
    parts = np.asarray(shapely.get_parts(geometry))
    if len(parts) < 2 and not (len(parts) and shapely.area(parts[0]) < _SMALL_DEG2):
        return geometry
    area, outline = shapely.area(parts), shapely.length(parts)
    thread = (shapely.get_dimensions(parts) == 2) & (area < _SMALL_DEG2) & (4 * np.pi * area < _THIN * outline**2)
    return gathered(parts[~thread]) if thread.any() else geometry


_SMALL_DEG2 = 1e-5
_THIN = 1e-3
"""A thread is under about 8 ha and at least a thousand times thinner than a disc of its outline would be."""


def _dimension(geometry: BaseGeometry) -> int:
    """0 for points, 1 for lines, 2 for areas; an empty geometry asks for nothing."""
    return int(shapely.get_dimensions(geometry))


def _of_dimension(geometry: BaseGeometry, dimension: int) -> BaseGeometry:
    """A geometry without the parts of other dimension: areas that touch share lines, and those are no area."""
    if dimension < 0 or geometry.geom_type != "GeometryCollection":
        return geometry if dimension < 0 or _dimension(geometry) == dimension else type(geometry)()
    parts = np.asarray(shapely.get_parts(geometry))
    return gathered(parts[shapely.get_dimensions(parts) == dimension])


def _land(territory: Territory, of: Region, world: World) -> Region:
    """A region without the internal waters of the date."""
    geometry = shapely.difference(of.geometry, world.atlas.internal_waters(world.at))
    waters = Step("internal waters", BOUNDARIES, str(world.at))
    return replace(of, territory=territory, geometry=geometry, lineage=(*of.lineage, waters))


def _peak(territory: Territory, of: Territory, world: World) -> Region:
    """The region on the first date at which it was largest."""
    if world.control is None or not of.dated:
        raise UsageError(f"peak() needs what changes with control: {of} does not.")
    if world.at < world.control.first:
        raise DateError(f"{world.control.name} begins on {world.control.first}, after {world.at}.")
    when = peak_date(of, world)
    found = evaluate(of, world.on(when))
    steps = tuple(replace(step, note=f"largest extent, {when}") if step.dated else step for step in found.lineage)
    return replace(found, territory=territory, as_of=world.at, lineage=steps)


def _border(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """The line two countries share, joined; their outlines carry the same vertices there."""
    shared = shapely.intersection(one.boundary, other.boundary)
    lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.MultiLineString(lines))
