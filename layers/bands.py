"""Bands a reader can choose from: each computed by the engine, with what lies in it, never interpolated."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeGuard

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas.atlas import Atlas
from geo.laid import HOLDERS, OUTSIDE, SIDES, Row, row, table
from geo.measure.bands import bands as family
from geo.measure.geodesic import area_km2, areas_m2
from geo.measure.parts import areal
from geo.quantity import Bounded
from geo.reading.lexicon import Lexicon
from geo.survey import Survey
from geo.zone import holders
from layers.palette import palette

_SPECK_KM2 = 0.05
_THREADS = 2
"""GEOS and PROJ work on two bands at a time; what bands share (the line, who holds what) is made before."""


@dataclass(frozen=True)
class BandThen:
    """The same band along the line of another day: what it covers, by who holds it, and who is listed in it."""

    day: date
    covers: Row
    settlements: int
    people: int

    def words(self) -> str:
        """One clause of a sentence."""
        russia, ukraine = (_spelled(self.covers.by[side]) for side in SIDES)
        listed = f"{self.settlements:,} settlements, {self.people:,} people listed"
        every = f"{_spelled(self.covers.all)} km²: Russian-held {russia}, Ukrainian-held {ukraine}"
        return f"along the line of {self.day}: {every}, {listed}"


def _spelled(area: Bounded) -> str:
    """km² with the interval."""
    value, low, high = (f"{number:,.0f}" for number in area)
    return f"{value} ({low} to {high})"


@dataclass(frozen=True)
class BandChoice:
    """One band: how far it reaches to each side, its geometry (lon, lat on WGS84), and what lies in it.

    ``units`` has a row for each unit, the one with most of the band first; ``covers`` is the whole band. ``scenario``
    names a proposal, "" for a plain width; ``note`` and ``source`` are its own words. ``people`` is the population that
    the gazetteer lists for the ``settlements`` in it, which is not who lives there today. ``then`` is the band at the
    ends of the page's window, for proposals and for what was asked for; ``note`` says it in words.
    """

    id: str
    scenario: str
    expression: str
    left_km: float
    right_km: float
    geometry: BaseGeometry
    covers: Row
    units: tuple[Row, ...]
    settlements: int
    people: int
    note: str = ""
    source: str = ""
    then: tuple[BandThen, ...] = ()


def choices(
    survey: Survey, asked: Iterable[nodes.Band] = (), named: str = "", ends: Iterable[date] = ()
) -> tuple[BandChoice, ...]:
    """Plain widths of data/palette.toml, and every scenario of data/territories.toml laid along the contact line.

    Bands that were ``asked`` for stand among the widths; the scenario that was asked for by name (``named``) goes
    before all, as a page opens on the first choice that has the band's expression. ``ends`` are other days on which
    scenarios and bands asked for are laid out too. By the first control source of the survey. Raises
    :class:`DateError` for a date it does not cover.
    """
    wished = tuple(asked)
    usual = [nodes.Band(nodes.ContactLine(), 1000 * km, 1000 * km) for km in palette().band_km]
    widths = sorted({*usual, *wished}, key=lambda band: (band.width_m, band.left_m))
    scenarios = _scenarios()
    wanted = [*(("", band, "", "") for band in widths), *scenarios]
    wanted.sort(key=lambda one: not named or one[0] != named)  # stable: all else stays in its order
    world = survey.worlds(nodes.ContactLine())[0]
    distinct = list(dict.fromkeys(band for _, band, _, _ in wanted))
    followed = list(dict.fromkeys([*wished, *(band for _, band, _, _ in scenarios)]))
    worlds = [world, *(world.on(day) for day in ends if day != survey.at)]
    families = [distinct, *([followed] * (len(worlds) - 1))]
    axes = [evaluate(nodes.ContactLine(), one).geometry for one in worlds]
    with ThreadPoolExecutor(_THREADS) as pool:
        shapes = list(pool.map(_shapes, axes, families))
        sides = [_sides(drawn, one) for drawn, one in zip(shapes, worlds, strict=True)]
        laid = pool.map(partial(_laid, sides=sides[0], world=world), distinct, shapes[0])
        plain = dict(zip(distinct, laid, strict=True))
    then = [
        {band: _then(shape, around, one) for band, shape in zip(followed, drawn, strict=True)}
        for one, drawn, around in list(zip(worlds, shapes, sides, strict=True))[1:]
    ]
    found = []
    for number, (name, band, note, source) in enumerate(wanted, start=1):
        course = tuple(one[band] for one in then if band in one) if name or band in wished else ()
        words = " ".join(filter(None, (note, _course_words(course))))
        found.append(replace(plain[band], id=f"b{number}", scenario=name, note=words, source=source, then=course))
    return tuple(found)


def along_contact(territory: Territory) -> TypeGuard[nodes.Band]:
    """Whether a territory is a band along the line of contact, whichever way it reaches."""
    return isinstance(territory, nodes.Band) and territory.line == nodes.ContactLine()


def _scenarios() -> list[tuple[str, nodes.Band, str, str]]:
    found = []
    for entry in Lexicon.embedded().entries:
        band = parse(entry.expression) if entry.expression else None
        if band is not None and along_contact(band):
            found.append((entry.id, band, entry.note, entry.source))
    return found


def _laid(band: nodes.Band, shape: BaseGeometry, sides: list[BaseGeometry], world: World) -> BandChoice:
    """A band with what lies in it, not yet named."""
    left, right = band.left_m / 1000, band.right_m / 1000
    *units, covers = _rows(shape, sides, world)
    units.sort(key=lambda row: (row.unit == OUTSIDE, -row.all.value))
    return BandChoice("", "", str(band), left, right, shape, covers, tuple(units), *_settled(shape, world.atlas))


def _then(shape: BaseGeometry, sides: list[BaseGeometry], world: World) -> BandThen:
    """The same band on the date of another world."""
    wet = areal(shapely.intersection(shape, world.atlas.internal_waters(world.at)))
    reached = [unit.id for unit in world.atlas.units.values() if shapely.intersects(shape, unit.geometry)]
    km2 = _held(shape, sides)
    covers = row(world, "", reached, km2, km2 - _held(wet, sides), moves=True)
    return BandThen(world.at, covers, *_settled(shape, world.atlas))


def _course_words(course: tuple[BandThen, ...]) -> str:
    return f"The same band {'; '.join(then.words() for then in course)}." if course else ""


def _shapes(axis: BaseGeometry, bands: list[nodes.Band]) -> list[BaseGeometry]:
    return list(family(axis, [(band.left_m, band.right_m) for band in bands]))


def _sides(bands: list[BaseGeometry], world: World) -> list[BaseGeometry]:
    """What Russia holds, what Ukraine holds and what is contested, in a box around bands."""
    found = holders(world, shapely.box(*shapely.total_bounds(bands)))
    return [found[side] for side in ("russia", "ukraine", "contested")]


def _rows(band: BaseGeometry, sides: list[BaseGeometry], world: World) -> tuple[Row, ...]:
    """The units a band lies in, and the whole of it: the same figures as a zone's, laid out for a table.

    What lies in a unit is cut by the ``sides`` as they are: cut by its border too, they would lie along it all but
    exactly, and that is slow to tell apart.
    """
    shapely.prepare(band)
    wet = areal(shapely.intersection(band, world.atlas.internal_waters(world.at)))
    found, of_all, wet_of_all = {}, _held(band, sides), _held(wet, sides)
    for unit in world.atlas.units.values():
        if shapely.intersects(band, unit.geometry):
            km2 = _held(areal(shapely.intersection(band, unit.geometry)), sides)
            if km2.sum() > _SPECK_KM2:
                found[unit.id] = km2, _held(areal(shapely.intersection(wet, unit.geometry)), sides)
    within = np.sum(list(found.values()), axis=0) if found else np.zeros((2, len(HOLDERS)))
    beyond = np.maximum(np.array([of_all, wet_of_all]) - within, 0.0)
    if beyond[0].sum() > _SPECK_KM2:  # open waters, and ground no unit of the atlas has: the table adds up
        found[OUTSIDE] = beyond[0], beyond[1]
    km2, waters = (np.array(column) for column in zip(*found.values(), strict=True))
    return table(world, list(found), km2, km2 - waters, moves=True)


def _held(area: BaseGeometry, sides: list[BaseGeometry]) -> NDArray[Any]:
    """km² of an area by holder, in the order of :data:`HOLDERS`; the ``sides`` are all of these but the last."""
    if area.is_empty:
        return np.zeros(len(HOLDERS))
    held = areas_m2(shapely.intersection(area, sides)) / 1e6
    return np.append(held, max(0.0, area_km2(area) - float(held.sum())))


def _settled(band: BaseGeometry, atlas: Atlas) -> tuple[int, int]:
    """How many places of the gazetteer lie in a band, and the people listed for them; a city's parts are its own."""
    lon, lat, population = _listed(atlas)
    shapely.prepare(band)
    inside = shapely.contains_xy(band, lon, lat)
    return int(inside.sum()), int(population[inside].sum())


@lru_cache(maxsize=1)
def _listed(atlas: Atlas) -> tuple[NDArray[Any], ...]:
    """The longitudes, latitudes and populations of the gazetteer's places."""
    places = [(place.lon, place.lat, place.population) for place in atlas.settlements if place.kind != "district"]
    return tuple(np.array(column) for column in zip(*places, strict=True))
