"""Whose shares a page follows through time: the country, the units where it changes, and what the article names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.atlas.official import official_figures
from geo.measure.geodesic import area_km2
from geo.survey import Survey
from layers.subjects import described
from layers.timeline import Place, Timeline, build, days_around

_NAMED = 8
_MOVES_KM2 = 1.0


def through_time(
    named: Iterable[Territory], survey: Survey, first: date | None = None, last: date | None = None
) -> Timeline:
    """The first control source of a survey through a window, with the courses of Ukraine, its units and what is named.

    Units of which nothing is held on any day are left out. Raises :class:`DateError` as :func:`days_around` does.
    """
    control = survey.covering[0]
    days = days_around(survey.at, control, first, last)
    timeline = build(control, survey.atlas, survey.at, days, _places(named, survey))
    kept = tuple(c for n, c in enumerate(timeline.courses) if n == 0 or max(c.km2) > _MOVES_KM2)
    return replace(timeline, courses=kept)


def _places(named: Iterable[Territory], survey: Survey) -> list[Place]:
    ukraine = nodes.Country("ukraine")
    units: list[Territory] = [
        nodes.Unit(unit.id, oblast=unit.properties["kind"] == "oblast")
        for unit in survey.atlas.units.values()
        if unit.properties["country"] == "ukraine"
    ]
    outline = survey.atlas.country("ukraine").geometry
    shapely.prepare(outline)
    wanted = {territory: _place(territory, _extent(territory, survey)) for territory in [ukraine, *units]}
    for territory in named:
        if len(wanted) < 1 + len(units) + _NAMED and not territory.dated and territory not in wanted:
            geometry = _extent(territory, survey)
            if geometry.geom_type.endswith("Polygon") and shapely.intersects(outline, geometry):
                wanted[territory] = _place(territory, geometry)
    return list(wanted.values())


def _extent(territory: Territory, survey: Survey) -> BaseGeometry:
    return evaluate(territory, World(survey.atlas, survey.at)).geometry


def _place(territory: Territory, geometry: BaseGeometry) -> Place:
    name = described(territory)
    named = territory.name if isinstance(territory, nodes.Unit | nodes.Country) else ""
    official = official_figures(named, "area")[:1] if named else ()
    whole, source = (official[0].value, official[0].source) if official else (area_km2(geometry), "")
    return Place(name[:1].upper() + name[1:], str(territory), geometry, whole, source)
