"""Ground of Ukraine occupied before 2022: Crimea above all, told apart from what Russia has taken since."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from geo import survey as measures
from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas.atlas import embedded
from geo.atlas.control import DEFAULT, control_source
from geo.data import data_path
from geo.errors import DateError
from geo.measure.geodesic import area_km2
from geo.survey import Survey
from layers.figures import figure
from layers.layer import Feature, Layer, Value


@dataclass(frozen=True)
class Ground:
    """Ground occupied before 2022: its label in English, Ukrainian and Russian, and the day it is drawn from."""

    names: Mapping[str, str]
    territory: Territory
    since: date
    source: str


@dataclass(frozen=True)
class Occupied:
    """What data/occupied.toml holds: the layer's title, the class of its features, and the grounds."""

    title: str
    cls: str
    grounds: tuple[Ground, ...]


@cache
def table() -> Occupied:
    """The table that ships."""
    read = tomllib.loads(data_path("occupied.toml").read_text(encoding="utf-8"))
    grounds = tuple(
        Ground(
            {key: row[key] for key in ("name", "name_uk", "name_ru")},
            parse(row["expression"]),
            row["from"],
            row["source"],
        )
        for row in read["ground"]
    )
    return Occupied(read["title"], read["class"], grounds)


def build(survey: Survey) -> tuple[Layer, ...]:
    """What the first source gives to Russia of the ground it occupied before 2022; nothing where it gives none.

    Raises :class:`DateError` for a date the source does not cover.
    """
    control = survey.covering[0]
    drawn = [(ground, *_held(ground, survey)) for ground in table().grounds if ground.since <= survey.at]
    features = tuple(
        Feature(
            area,
            ground.names["name"],
            {
                **{key: name for key, name in ground.names.items() if key != "name"},
                "class": table().cls,
                **measured,
                "basis": ground.source,
            },
        )
        for ground, area, measured in drawn
        if not area.is_empty
    )
    if not features:
        return ()
    return (
        Layer(
            "occupied-since-2014",
            table().title,
            "occupied",
            features,
            control.title,
            control.licence,
            as_of=str(survey.at),
            method="what Russia holds on the date of the ground it occupied before 24 February 2022; geodesic on WGS84",
            note="Ukraine within its recognised borders; control is not sovereignty",
        ),
    )


def _held(ground: Ground, survey: Survey) -> tuple[BaseGeometry, dict[str, Value]]:
    """What the first source gives to Russia of a ground, with its area."""
    russia = nodes.Controlled("russia")
    both = nodes.Both(russia, ground.territory)
    try:
        return evaluate(both, survey.worlds(both)[0]).geometry, figure("area", measures.area(both, survey))
    except DateError:  # a source that begins after the invasion: the ground is the shipped table's
        shipped = World(survey.atlas, survey.at, control_source(DEFAULT, embedded()))
        held = evaluate(russia, survey.worlds(russia)[0]).geometry
        area = shapely.intersection(held, evaluate(ground.territory, shipped).geometry)
        return area, {"area_km2": round(area_km2(area), 1)}


def status(territory: Territory) -> str:
    """The class of a territory that is Crimea, Sevastopol or both; "" for any other."""
    units = {member for ground in table().grounds for member in nodes.members(ground.territory)}
    plain = [nodes.Unit(m.name) if isinstance(m, nodes.Unit) else m for m in nodes.members(territory)]
    return table().cls if all(member in units for member in plain) else ""
