"""Liveuamap's held area as the Neue Zürcher Zeitung serves it, day by day.

==================  ==================================================================================
file name           ``YYYY-MM-DD.json``: the day it was served
content             ``{"value": FeatureCollection}``, lon, lat
``type``            ``nochange`` and ``gains``: held by Russia; ``losses``: ground Russia lost, not held by it
``date``            the day the areas are of, up to a week before the file's
coast               to 2023-05 the areas reach over the Sivash and coastal waters, since then not: 1,900 km² less in
                    Ukraine's borders between 2023-05-01 and 2023-06-01, 105 km² on land
not in it           Crimea with Sevastopol, ever; the Donbas held before 2022, from 2024-03-14 on
==================  ==================================================================================

Crimea is added from the atlas. The Donbas held before 2022 is added from the same folder: what the last file before
the break has and the first one after it lacks. Without such files a snapshot after the break is refused: 16,619 km²
would be missing in silence. Both are said in the notes. Losses in Russia are what Ukraine took there.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.ground import abroad_note, far_note, held_abroad, reaching, rest_of_ukraine
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import Shape, null_note, read_json, shapes_of, united
from geo.atlas.control.types import Holding
from geo.errors import InputError
from geo.measure.geodesic import area_km2

_NAME = re.compile(r"(\d{4})-(\d\d)-(\d\d)\.json")
_BREAK = date(2024, 3, 14)
_DONBAS_KM2 = 16_619.0  # what fell out overnight: measured on the files of 2024-03-13 and 2024-03-14
_TOLERANCE = 0.05
_LATE_DAYS = 7
_HELD_SINCE_2014 = ("Donetsk", "Luhansk")
_CRIMEA = ("Crimea", "Sevastopol")
_CITY_IN_CRIMEA = "Simferopol"
_HELD, _LOST = ("nochange", "gains"), "losses"


class Nzz(Series):
    """A folder of daily files, or one of them, as a control source."""

    name = "nzz"
    title = "Liveuamap, as served by NZZ (conflict-investigations/nzz-maps)"
    licence = "Liveuamap's and NZZ's terms; not redistributed"
    pattern = "YYYY-MM-DD.json"

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day in the file's name."""
        return day_named(_NAME, file)

    def read(self, day: date) -> State:
        """The areas of a day, completed by Crimea and, after the break, by the Donbas held before 2022."""
        shapes = self._shapes(day)
        near, far = reaching(_of_type(shapes, *_HELD), self.atlas, "ukraine")
        if not near:
            raise InputError(f"{self.files[day][-1].name}: no ground in Ukraine shown as held.")
        stated = united(near)
        donbas, donbas_note = self._donbas_missing(day, stated)
        crimea, crimea_note = self._crimea_missing(stated)
        held = united([stated, donbas, crimea])
        abroad = shapely.difference(held_abroad(_of_type(shapes, _LOST), self.atlas), held)
        rest = rest_of_ukraine(self.atlas, held, day)
        holdings = (
            Holding("russia", "assessed", held),
            Holding("ukraine", "assessed", united([rest.held, abroad])),
            Holding("ukraine", "unknown", rest.slivers),
        )
        dated = _dated(shapes, day)
        late = (day - dated).days
        stale = f"Its areas are {late} days old: of {dated}." if late > _LATE_DAYS else ""
        notes = (crimea_note, donbas_note, rest.note, abroad_note(abroad), _type_note(shapes), stale)
        return State(dated, holdings, tuple(filter(None, (*notes, far_note(far), null_note(shapes)))))

    def report(self) -> tuple[str, ...]:
        """What is wrong with the series, the publisher's break among it, and what is made of it."""
        if not any(day >= _BREAK for day in self.dates):
            return super().report()
        try:
            before, after, area = self._dropped
            mended = before is not None and abs(area_km2(area) / _DONBAS_KM2 - 1) <= _TOLERANCE
        except InputError:
            mended = False
        what = (
            f"completed from the files of {before} and {after}."
            if mended
            else "the files here cannot complete it, days after it are refused."
        )
        lacks = f"the Donbas held before 2022 ({_DONBAS_KM2:,.0f} km²) is not in it from then on"
        return (*super().report(), f"break on {_BREAK}: {lacks}; {what}")

    def _shapes(self, day: date) -> tuple[Shape, ...]:
        file = self.files[day][-1]
        content = read_json(file)
        if not isinstance(content, dict) or "value" not in content:
            raise InputError(f'{file.name}: not NZZ\'s form, {{"value": FeatureCollection}}.')
        return shapes_of(content["value"], file.name)

    def _crimea_missing(self, stated: BaseGeometry) -> tuple[BaseGeometry, str]:
        """Crimea and Sevastopol, unless they are there; and how to say so."""
        if self._covers(stated, _CITY_IN_CRIMEA):
            return shapely.MultiPolygon(), ""
        crimea = united(self.atlas.unit(name).geometry for name in _CRIMEA)
        km2 = area_km2(shapely.difference(crimea, stated))
        return crimea, f"Crimea and Sevastopol are not in it: added as occupied, {km2:,.0f} km², by our boundaries."

    def _donbas_missing(self, day: date, stated: BaseGeometry) -> tuple[BaseGeometry, str]:
        """What Russia held of the Donbas before 2022, unless it is there; raises InputError where it cannot be had."""
        if all(self._covers(stated, city) for city in _HELD_SINCE_2014):
            return shapely.MultiPolygon(), ""
        file = self.files[day][-1].name
        if day < _BREAK:
            raise InputError(f"{file}: {' and '.join(_HELD_SINCE_2014)} are not in it: the file is not complete.")
        before, after, area = self._dropped
        if before is None:
            raise InputError(
                f"{file}: the Donbas held before 2022 is not in it (NZZ dropped {_DONBAS_KM2:,.0f} km² on {_BREAK}). "
                f"Give a folder that also has a day from 2022-02-24 to {_BREAK.replace(day=13)}, best the last."
            )
        if abs(area_km2(area) / _DONBAS_KM2 - 1) > _TOLERANCE:
            raise InputError(
                f"{file}: the Donbas held before 2022 is not in it, and from the files of {before} and {after} it "
                f"cannot be told: {area_km2(area):,.0f} km² fell out between them, not {_DONBAS_KM2:,.0f}. "
                "Add days nearer to the break of 2024-03-14 to the folder."
            )
        km2 = area_km2(shapely.difference(area, stated))
        return area, (
            f"The Donbas held before 2022 is not in it (dropped by NZZ on {_BREAK}): added as occupied, {km2:,.0f} "
            f"km², as what the file of {before} has and that of {after} lacks."
        )

    @cached_property
    def _dropped(self) -> tuple[date | None, date, BaseGeometry]:
        """The days before and after the break, and the largest piece of the Donbas that fell out between them."""
        before = max((day for day in self.dates if day < _BREAK), default=None)
        after = min(day for day in self.dates if day >= _BREAK)
        if before is None:
            return None, after, shapely.MultiPolygon()
        then, now = (united(_of_type(self._shapes(day), *_HELD)) for day in (before, after))
        donbas = united(self.atlas.unit(name).geometry for name in _HELD_SINCE_2014)
        pieces = shapely.get_parts(shapely.difference(then, now))
        largest = max(pieces, key=lambda piece: shapely.intersection(piece, donbas).area, default=shapely.Polygon())
        return before, after, largest

    def _covers(self, area: BaseGeometry, city: str) -> bool:
        place = self.atlas.place(city)
        return bool(shapely.intersects_xy(area, place.lon, place.lat))


def _of_type(shapes: tuple[Shape, ...], *types: str) -> list[shapely.Polygon]:
    return [polygon for shape in shapes if shape.properties.get("type") in types for polygon in shape.polygons]


def _dated(shapes: tuple[Shape, ...], day: date) -> date:
    """The day the areas are of: the newest one stated, where any is and it is no later than the file."""
    stated = [str(shape.properties.get("date")) for shape in shapes if shape.properties.get("date")]
    try:
        return min(day, max(map(date.fromisoformat, stated), default=day))
    except ValueError:
        return day


def _type_note(shapes: tuple[Shape, ...]) -> str:
    """Features of a type the format does not have: counted, not held."""
    strange = sorted({str(shape.properties.get("type")) for shape in shapes} - {*_HELD, _LOST})
    km2 = sum(map(area_km2, _of_type(shapes, *strange)))
    return f"Features of unknown type left out, {km2:,.0f} km²: {', '.join(strange)}." if strange else ""
