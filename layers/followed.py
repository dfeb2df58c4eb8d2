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
from geo.measure.geodesic import area_km2
from geo.survey import Survey
from layers.subjects import described
from layers.timeline import Course, Place, Timeline, build, days_around

_NAMED = 8
_MOVES_KM2 = 1.0
_OUTSIDE = 1e-3
"""Two renderings of one border differ by less than a thousandth of what they enclose."""


def through_time(
    named: Iterable[Territory], survey: Survey, first: date | None = None, last: date | None = None
) -> Timeline:
    """The first control source of a survey through a window, with the courses of Ukraine, its units and what is named.

    Units of which nothing is held on any day are left out. Raises :class:`DateError` as :func:`days_around` does.
    """
    control = survey.covering[0]
    days = days_around(survey.at, control, first, last)
    timeline = build(control, survey.atlas, survey.at, days, _places(named, survey))
    kept = tuple(c for n, c in enumerate(timeline.courses) if n == 0 or _most_km2(c) > _MOVES_KM2)
    return replace(timeline, courses=kept)


def _most_km2(course: Course) -> float:
    return max(day.km2.value for day in course.held)


def _places(named: Iterable[Territory], survey: Survey) -> list[Place]:
    ukraine = nodes.Country("ukraine")
    units: list[Territory] = [
        nodes.Unit(unit.id, oblast=unit.properties["kind"] == "oblast")
        for unit in survey.atlas.units.values()
        if unit.properties["country"] == "ukraine"
    ]
    outline = survey.atlas.country("ukraine").geometry
    wanted = {territory: _place(territory, _extent(territory, survey)) for territory in [ukraine, *units]}
    for territory in named:
        if len(wanted) < 1 + len(units) + _NAMED and not territory.dated and territory not in wanted:
            geometry = _extent(territory, survey)
            if geometry.geom_type.endswith("Polygon") and _within(geometry, outline):
                wanted[territory] = _place(territory, geometry)
    return list(wanted.values())


def _within(place: BaseGeometry, ukraine: BaseGeometry) -> bool:
    """Whether a place lies in Ukraine: what Russia holds is counted there only, so its share is taken there only."""
    return area_km2(shapely.difference(place, ukraine)) < _OUTSIDE * area_km2(place)


def _extent(territory: Territory, survey: Survey) -> BaseGeometry:
    return evaluate(territory, World(survey.atlas, survey.at)).geometry


def _place(territory: Territory, geometry: BaseGeometry) -> Place:
    name = described(territory)
    return Place(name[:1].upper() + name[1:], str(territory), geometry)
