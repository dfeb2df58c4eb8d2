"""The course of an expression through time: its area in each of some units, on every day a control source speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.extents import Leaf, extents
from geo.algebra.nodes import Territory
from geo.measure.history import ROUNDING_DEG, Area, Extent, Row, Units, history

EVERYWHERE = shapely.box(-180, -90, 180, 90)
_EVALUATED_AT_ONCE = 64


@dataclass(frozen=True)
class Within:
    """An expression that is what a side holds (or what is contested) within an area that does not change."""

    leaf: Leaf
    area: BaseGeometry


def course(
    territory: Territory,
    world: World,
    days: Sequence[date],
    units: Sequence[BaseGeometry] = (EVERYWHERE,),
    sliver_m: float | None = None,
) -> Iterator[Row[date]]:
    """The area in km² of an expression in each unit (lon, lat on WGS84) on each day, by the world's control source.

    What a side holds within fixed areas is followed edge by edge; any other expression is evaluated day by day.
    Gain and loss are told apart where ``sliver_m`` says how narrow a redrawn patch is, in metres.
    Raises what :func:`evaluate` raises.
    """
    found = within(territory, world, days)
    if found and world.control:
        inside = [one if one is found.area else shapely.intersection(one, found.area) for one in units]
        whole = isinstance(territory, nodes.Controlled | nodes.Contested) and all(one is EVERYWHERE for one in units)
        thread_deg = (
            0.0 if whole else ROUNDING_DEG
        )  # evaluation drops threads only where regions are cut with each other
        return history(extents(found.leaf, world.control, days), Units(inside, thread_deg), sliver_m)
    return history(_evaluated(territory, world, days), Units(units), sliver_m)


def _evaluated(territory: Territory, world: World, days: Sequence[date]) -> Iterator[tuple[date, Extent]]:
    """The region of an expression on each day; what days gone by left in memory is let go now and then."""
    for number, day in enumerate(days):
        if number % _EVALUATED_AT_ONCE == _EVALUATED_AT_ONCE - 1:
            evaluate.cache_clear()
        yield day, Area(evaluate(territory, world.on(day)).geometry, sound=True)


def within(territory: Territory, world: World, days: Sequence[date]) -> Within | None:
    """An expression as something held within a fixed area, where it can be put so for all of the days."""
    still = _waters_stand_still(world, days)
    on = world.on(days[0])

    def fixed(term: Territory) -> BaseGeometry | None:
        geometry = evaluate(term, on).geometry if _timeless(term, still) else None
        return geometry if geometry is not None and shapely.get_dimensions(geometry) in (-1, 2) else None

    def found(term: Territory) -> Within | None:
        match term:
            case (
                nodes.Controlled()
                | nodes.Contested()
                | nodes.Either(nodes.Controlled() | nodes.Contested(), nodes.Controlled() | nodes.Contested())
            ):
                return Within(term, shapely.difference(EVERYWHERE, world.atlas.open_waters))
            case nodes.Both(left, right):
                return _cut(found(left), fixed(right)) or _cut(found(right), fixed(left)) or _met(term)
            case nodes.Without(left, right):
                one, taken = found(left), fixed(right)
                return Within(one.leaf, shapely.difference(one.area, taken)) if one and taken is not None else None
            case nodes.Either():
                return _met(term)
            case nodes.Land(of) if still:
                one, waters = found(of), world.atlas.internal_waters(on.at)
                return Within(one.leaf, shapely.difference(one.area, waters)) if one else None
        return None

    def _met(term: nodes.Both | nodes.Either) -> Within | None:
        left, right = found(term.left), found(term.right)
        if not left or not right or left.leaf != right.leaf:
            return None
        operation = shapely.intersection if isinstance(term, nodes.Both) else shapely.union
        return Within(left.leaf, operation(left.area, right.area))

    return found(territory)


def _cut(one: Within | None, area: BaseGeometry | None) -> Within | None:
    return Within(one.leaf, shapely.intersection(one.area, area)) if one and area is not None else None


def _timeless(territory: Territory, still: bool) -> bool:
    """Whether an expression is the same on all days; ``still`` where the internal waters are."""
    match territory:
        case nodes.On():
            return True
        case (
            nodes.Controlled() | nodes.Contested() | nodes.ContactLine() | nodes.Lost() | nodes.Gained() | nodes.Peak()
        ):
            return False
        case nodes.Land() | nodes.Water() if not still:
            return False
    return all(_timeless(part, still) for part in territory.parts())


def _waters_stand_still(world: World, days: Sequence[date]) -> bool:
    """Whether no reservoir ceases to be between the first day and the last."""
    ends = (record.properties["until"] for record in world.atlas.waters)
    return not any(days[0] < date.fromisoformat(end) <= days[-1] for end in ends if end)
