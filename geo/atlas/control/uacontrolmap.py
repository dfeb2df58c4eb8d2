"""Project Owl's held areas (UAControlMap): the JSON of its viewer, and the KMZ backups of the map itself.

==================  ==================================================================================
JSON, file name     ``YYYYMMDD.json``: the day after the one it shows
``areas``           rings of ground held by Russia, each a list of [LAT, LON]; exterior rings only
``areas_ua``        rings of ground held by Ukraine in Russia, the same; not in files before 2024-08
``frontline``       a list of points to 2024, a list of such lists since: not read, it follows from the areas
``units``, ``geos`` positions of units: never read
KMZ, KML, name      ``YYMMDD_HHMM.kmz``: made at night, the day before is the one it shows; My Maps, see ``kml.py``
folder              "Important Areas" holds the polygons of control, with holes; no other folder is read
``name``            of a polygon says whose it is (``data/control/published.toml``); others are not counted
==================  ==================================================================================

The areas are drawn by hand and cross coast and border; in the JSON holes cannot be expressed, so an enclave counts as
held.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import shapely

from geo.atlas.control.ground import abroad_note, far_note, reaching, rest_of_ukraine
from geo.atlas.control.kml import read_kml
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import Shape, finite, null_note, polygons_of, read_json, united
from geo.atlas.control.types import Holding
from geo.data import data_path
from geo.errors import InputError
from geo.measure.geodesic import area_km2

_JSON = re.compile(r"(\d{4})(\d\d)(\d\d)\.json")
_KML = re.compile(r"(\d\d)(\d\d)(\d\d)_\d{4}\.km[lz]")
_FEWEST_POINTS = 3
_UNHOLED = "Drawn by hand, without holes: enclaves count as held."
_HOLED = "Drawn by hand."

Whose = Literal["russia", "ukraine", "elsewhere", "unknown"]


@dataclass
class Areas:
    """The polygons of a file by who holds them, and what a reader must know of them."""

    russia: list[shapely.Polygon]
    ukraine: list[shapely.Polygon]
    notes: list[str] = field(default_factory=list)


class UaControlMap(Series):
    """A folder of daily files, or one of them, as a control source."""

    name = "uacontrolmap"
    title = "Project Owl, UAControlMap (owlmaps/map-data, owlmaps/UAControlMapBackups)"
    licence = "Project Owl, no licence given; not redistributed"
    pattern = "YYYYMMDD.json or YYMMDD_HHMM.kmz"

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day before the one in the file's name: the file is made after the day is over."""
        day = day_named(_JSON, file) or _day_of_backup(file)
        return day - timedelta(days=1) if day else None

    def read(self, day: date) -> State:
        """The areas of both sides, and the rest of Ukraine."""
        file = self.files[day][-1]
        areas = _in_json(file) if file.suffix == ".json" else _in_kml(file)
        held, far = reaching(areas.russia, self.atlas, "ukraine")
        if not held:
            hint = "; are its points [lat, lon]?" if file.suffix == ".json" else "."
            raise InputError(f"{file.name}: no ground in Ukraine shown as held{hint}")
        area = united(held)
        abroad = shapely.difference(united(areas.ukraine), united([self.atlas.country("ukraine").geometry, area]))
        rest = rest_of_ukraine(self.atlas, area, day)
        holdings = (
            Holding("russia", "assessed", area),
            Holding("ukraine", "assessed", united([rest.held, abroad])),
            Holding("ukraine", "unknown", rest.slivers),
        )
        notes = (*areas.notes, rest.note, abroad_note(abroad), far_note(far))
        return State(day, holdings, tuple(filter(None, notes)))


def whose(name: str) -> Whose:
    """Whose ground a polygon of the map is, by its name."""
    plain = " ".join(name.casefold().split())
    return next((side for pattern, side in _vocabulary() if pattern.search(plain)), "unknown")


def _day_of_backup(file: Path) -> date | None:
    if not (match := _KML.fullmatch(file.name)):
        return None
    try:
        year, month, day = map(int, match.groups())
        return date(2000 + year, month, day)
    except ValueError:
        return None


def _in_json(file: Path) -> Areas:
    content = read_json(file)
    if not isinstance(content, dict) or not isinstance(content.get("areas"), list):
        raise InputError(f'{file.name}: not Project Owl\'s form, {{"areas": [[[lat, lon], ...], ...]}}.')
    theirs = content.get("areas_ua") or []
    if not isinstance(theirs, list):
        raise InputError(f'{file.name}: "areas_ua" is not a list of areas.')
    russia, ukraine = (_polygons(rings, file.name) for rings in (content["areas"], theirs))
    return Areas(russia, ukraine, [_UNHOLED])


def _in_kml(file: Path) -> Areas:
    words = _sections()
    shapes = read_kml(file)
    inside = [shape for shape in shapes if words["folder"] in str(shape.properties["folder"]).casefold().split(" / ")]
    if not inside:
        folders = sorted({str(shape.properties["folder"]) for shape in shapes})
        raise InputError(f"{file.name}: no folder {words['folder']!r} in it. Folders: {', '.join(folders) or 'none'}.")
    groups: defaultdict[Whose, list[Shape]] = defaultdict(list)
    for shape in inside:
        if shape.polygons or shape.null:
            groups[whose(str(shape.properties["name"]))].append(shape)
    of = {side: [polygon for shape in found for polygon in shape.polygons] for side, found in groups.items()}
    strange = sorted({str(shape.properties["name"]) for shape in groups["unknown"] if shape.polygons})
    km2 = sum(map(area_km2, of.get("unknown", [])))
    unnamed = f"Areas of names we do not know left out, {km2:,.0f} km²: {', '.join(strange)}." if strange else ""
    return Areas(of.get("russia", []), of.get("ukraine", []), [_HOLED, unnamed, null_note(inside)])


def _polygons(rings: Iterable[Any], source: str) -> list[shapely.Polygon]:
    """Rings of [LAT, LON] as polygons in lon, lat; a ring of too few points is no area."""
    found: list[shapely.Polygon] = []
    for number, ring in enumerate(rings, start=1):
        try:
            points = finite([(float(lon), float(lat)) for lat, lon, *_ in ring])
            if len(set(points)) >= _FEWEST_POINTS:
                found.extend(polygons_of(shapely.Polygon(points)))
        except (TypeError, ValueError, shapely.GEOSException) as error:
            raise InputError(f"{source}: area {number} is not a list of [lat, lon] ({error}).") from error
    return found


@cache
def _sections() -> dict[str, Any]:
    with data_path("control/published.toml").open("rb") as file:
        found: dict[str, Any] = tomllib.load(file)["uacontrolmap"]
    return found


@cache
def _vocabulary() -> tuple[tuple[re.Pattern[str], Whose], ...]:
    return tuple((re.compile(row["matches"]), row["whose"]) for row in _sections()["areas"])
