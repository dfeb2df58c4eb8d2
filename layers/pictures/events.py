"""Events to stand on a chart of a history, read from data/events.toml: a day, a title, where, and who says so."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.data import data_path
from geo.errors import ContactlineError, InputError


@dataclass(frozen=True)
class Event:
    """What happened on a day, ``where`` as a territory, the source that says so, and its address (empty: unknown)."""

    date: date
    title: str
    where: Territory
    source: str
    url: str = ""


@cache
def events() -> tuple[Event, ...]:
    """The events that ship with contactline, by date."""
    return read_events(data_path("events.toml").read_text(encoding="utf-8"))


def read_events(text: str) -> tuple[Event, ...]:
    """Events from their TOML text; raises :class:`InputError` naming what is wrong with which."""
    try:
        rows: list[dict[str, Any]] = tomllib.loads(text).get("event", [])
        found = [Event(r["date"], r["title"], parse(r["where"]), r["source"], r.get("url", "")) for r in rows]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(f"events cannot be read: {error}; each needs date, title, where, source.") from error
    if wrong := [event.title for event in found if type(event.date) is not date]:
        raise InputError(f"events without a day: {', '.join(wrong)}; write date = YYYY-MM-DD.")
    return tuple(sorted(found, key=lambda event: (event.date, event.title)))


def events_on(territory: Territory, world: World, first: date, last: date) -> tuple[Event, ...]:
    """The events from ``first`` to ``last`` whose place lies in what a territory may reach, or that in their place."""
    there = [event for event in events() if first <= event.date <= last]
    try:
        reach = evaluate(nodes.widest(territory), world).geometry
        return tuple(event for event in there if _lies_in(evaluate(event.where, world).geometry, reach))
    except ContactlineError:  # a territory whose widest extent is nothing that can be drawn: say all or nothing
        return ()


def _lies_in(where: BaseGeometry, reach: BaseGeometry) -> bool:
    """Whether one of two areas lies in the other for the better part; neighbours share a border only."""
    smaller = min(where.area, reach.area)
    if not smaller:
        return bool(shapely.intersects(where, reach))
    return bool(shapely.intersection(where, reach).area > _BETTER_PART * smaller)


_BETTER_PART = 0.5
"""A ratio of areas of the same place."""


def within(found: Sequence[Event], first: date, last: date) -> tuple[Event, ...]:
    """Those of the events that fall into a span."""
    return tuple(event for event in found if first <= event.date <= last)
