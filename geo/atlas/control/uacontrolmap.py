"""Project Owl's held areas (UAControlMap) in the JSON of its viewer.

==================  ==================================================================================
file name           ``YYYYMMDD.json``: the day after the one it shows
``areas``           rings of ground held by Russia, each a list of [LAT, LON]; exterior rings only
``areas_ua``        rings of ground held by Ukraine in Russia, the same; not in files before 2024-08
``frontline``       a list of points to 2024, a list of such lists since: not read, it follows from the areas
``units``, ``geos`` positions of units: never read
==================  ==================================================================================

The areas are drawn by hand and cross coast and border; holes cannot be expressed, so an enclave counts as held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import shapely

from geo.atlas.control.ground import abroad_note, far_note, reaching, rest_of_ukraine
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import polygons_of, read_json, united
from geo.atlas.control.types import Holding
from geo.errors import InputError

_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)\.json")
_FEWEST_POINTS = 3


class UaControlMap(Series):
    """A folder of daily files, or one of them, as a control source."""

    name = "uacontrolmap"
    title = "Project Owl, UAControlMap (owlmaps/map-data)"
    licence = "Project Owl, no licence given; not redistributed"
    pattern = "YYYYMMDD.json"

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day before the one in the file's name: the file is made after the day is over."""
        day = day_named(_NAME, file)
        return day - timedelta(days=1) if day else None

    def read(self, day: date) -> State:
        """The rings of both sides, and the rest of Ukraine."""
        file = self.files[day][-1]
        content = read_json(file)
        if not isinstance(content, dict) or not isinstance(content.get("areas"), list):
            raise InputError(f'{file.name}: not Project Owl\'s form, {{"areas": [[[lat, lon], ...], ...]}}.')
        held, far = reaching(_polygons(content["areas"], file.name), self.atlas, "ukraine")
        if not held:
            raise InputError(f"{file.name}: no ground in Ukraine shown as held; are its points [lat, lon]?")
        area = united(held)
        theirs = united(_polygons(content.get("areas_ua") or [], file.name))
        abroad = shapely.difference(theirs, united([self.atlas.country("ukraine").geometry, area]))
        rest = rest_of_ukraine(self.atlas, area, day)
        holdings = (
            Holding("russia", "assessed", area),
            Holding("ukraine", "assessed", united([rest.held, abroad])),
            Holding("ukraine", "unknown", rest.slivers),
        )
        notes = (
            "Drawn by hand, without holes: enclaves count as held.",
            rest.note,
            abroad_note(abroad),
            far_note(far),
        )
        return State(day, holdings, tuple(filter(None, notes)))


def _polygons(rings: Iterable[Any], source: str) -> list[shapely.Polygon]:
    """Rings of [LAT, LON] as polygons in lon, lat; a ring of too few points is no area."""
    found: list[shapely.Polygon] = []
    for number, ring in enumerate(rings, start=1):
        try:
            points = [(float(lon), float(lat)) for lat, lon, *_ in ring]
        except (TypeError, ValueError) as error:
            raise InputError(f"{source}: area {number} is not a list of [lat, lon] ({error}).") from error
        if len(set(points)) >= _FEWEST_POINTS:
            found.extend(polygons_of(shapely.Polygon(points)))
    return found
