"""Bands a reader can choose from: each computed by the engine, with what lies in it, never interpolated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeGuard

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas.atlas import Atlas
from geo.measure.bands import bands as family
from geo.measure.geodesic import area_km2
from geo.reading.lexicon import Lexicon
from geo.survey import Survey
from layers.palette import palette

_SPECK_KM2 = 0.05


@dataclass(frozen=True)
class InUnit:
    """How much of a band lies in one unit, km²: in all, and by who holds it; of the rest the source names no holder."""

    unit: str
    km2: float
    russia_km2: float
    ukraine_km2: float
    contested_km2: float


@dataclass(frozen=True)
class BandChoice:
    """One band: how far it reaches to each side, its geometry (lon, lat on WGS84), and what lies in it.

    ``scenario`` names a proposal, "" for a plain width; ``note`` and ``source`` are its own words. ``people`` is the
    population that the gazetteer lists for the ``settlements`` in it, which is not who lives there today.
    """

    id: str
    scenario: str
    expression: str
    left_km: float
    right_km: float
    geometry: BaseGeometry
    km2: float
    units: tuple[InUnit, ...]
    settlements: int
    people: int
    note: str = ""
    source: str = ""


def choices(survey: Survey, asked: Iterable[nodes.Band] = ()) -> tuple[BandChoice, ...]:
    """Plain widths of data/palette.toml, then every scenario of data/territories.toml laid along the contact line.

    Bands that were ``asked`` for stand among the widths. By the first control source of the survey. Raises
    :class:`DateError` for a date it does not cover.
    """
    usual = [nodes.Band(nodes.ContactLine(), 1000 * km, 1000 * km) for km in palette().band_km]
    widths = sorted({*usual, *asked}, key=lambda band: (band.width_m, band.left_m))
    wanted = [*(("", band, "", "") for band in widths), *_scenarios()]
    world = survey.worlds(nodes.ContactLine())[0]
    distinct = list(dict.fromkeys(band for _, band, _, _ in wanted))
    shapes = family(evaluate(nodes.ContactLine(), world).geometry, [(band.left_m, band.right_m) for band in distinct])
    plain = {band: _choice(band, shape, world) for band, shape in zip(distinct, shapes, strict=True)}
    return tuple(
        replace(plain[band], id=f"b{number}", scenario=name, note=note, source=source)
        for number, (name, band, note, source) in enumerate(wanted, start=1)
    )


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


def _choice(band: nodes.Band, shape: BaseGeometry, world: World) -> BandChoice:
    """A band with what lies in it, not yet named."""
    left, right = band.left_m / 1000, band.right_m / 1000
    count, people = _settled(shape, world.atlas)
    return BandChoice("", "", str(band), left, right, shape, area_km2(shape), _units(shape, world), count, people)


def _units(band: BaseGeometry, world: World) -> tuple[InUnit, ...]:
    """The units a band lies in, the one with most of it first; the same figures as a zone's, laid out for a table."""
    snapshot = world.snapshot()
    sides = [
        shapely.intersection(band, shapely.make_valid(shapely.clip_by_rect(area, *band.bounds)))
        for area in (snapshot.held("russia"), snapshot.held("ukraine"), snapshot.contested())
    ]
    found = []
    for unit in world.atlas.units.values():
        inside = shapely.intersection(band, unit.geometry) if shapely.intersects(unit.geometry, band) else None
        if inside is not None and (km2 := area_km2(inside)) > _SPECK_KM2:
            found.append(InUnit(unit.id, km2, *(area_km2(shapely.intersection(side, inside)) for side in sides)))
    return tuple(sorted(found, key=lambda one: -one.km2))


def _settled(band: BaseGeometry, atlas: Atlas) -> tuple[int, int]:
    """How many places of the gazetteer lie in a band, and the population listed for them."""
    places = atlas.settlements
    shapely.prepare(band)
    inside = shapely.contains_xy(band, [place.lon for place in places], [place.lat for place in places])
    return int(inside.sum()), int(np.array([place.population for place in places])[inside].sum())
