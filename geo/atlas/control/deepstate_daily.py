"""DeepState's held area as its daily one-feature mirror publishes it, a file a day or all days joined.

==================  ==================================================================================
file name           ``deepstatemap_data_YYYYMMDD.geojson``: the only place the date stands
joint file          ``deepstate-map-data.geojson.gz`` (or unpacked): one feature a day, its day in ``date``
features            one a day, else without properties: the Russian-held area as a MultiPolygon
coordinates         lon, lat; coastal waters and the Sivash are inside the area
class               assessed, held by Russia; what is not inside is not said to be anybody's
==================  ==================================================================================

The rest of Ukraine is taken as held by Ukraine, so that a line of contact can be drawn: a rule of ours, said in the
notes of every snapshot. Days are missing from the series; the last known state stands in, and is named. Where a day
has a file of its own beside the joint one, its own counts; of two features of a day the last.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely

from geo.atlas.control.ground import refuse_elsewhere, rest_of_ukraine
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import Shape, features_of, null_note, read_json, shape_of, shapes_of, united
from geo.atlas.control.types import Holding
from geo.errors import InputError

_NAME = re.compile(r"deepstatemap_data_(\d{4})(\d\d)(\d\d)\.geojson")
_JOINT = re.compile(r"deepstate-?map-?data[\w.-]*\.geojson(\.gz)?")


@dataclass(frozen=True)
class Joint:
    """A joint file: each day's geometry in GeoJSON's words, and the days there are several features of."""

    geometries: dict[date, Any]
    doubled: tuple[date, ...]


class DeepStateDaily(Series):
    """A folder of daily files, one of them, or the joint file, as a control source."""

    name = "deepstate"
    title = "DeepState, daily mirror (cyterat/deepstate-map-data)"
    licence = "DeepState's terms; not redistributed"
    pattern = "deepstatemap_data_YYYYMMDD.geojson or deepstate-map-data.geojson.gz"
    abroad = False

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day in the file's name."""
        return day_named(_NAME, file)

    @classmethod
    def knows(cls, file: Path) -> bool:
        """Whether a file is a day's or the joint one, by its name."""
        return cls.day_of(file) is not None or _is_joint(file)

    def days_of(self, file: Path) -> tuple[date, ...]:
        """The day of a daily file, all days of the joint one."""
        return tuple(_joint(file, file.stat().st_mtime_ns).geometries) if _is_joint(file) else super().days_of(file)

    def doubled(self, files: tuple[Path, ...]) -> bool:
        """Whether a day has several daily files; the joint one beside them is no surprise."""
        return sum(not _is_joint(file) for file in files) > 1

    def report(self) -> tuple[str, ...]:
        """What is wrong with the series, days with several features in the joint file among it."""
        joints = {file for files in self.files.values() for file in files if _is_joint(file)}
        days = sorted({day for file in joints for day in _joint(file, file.stat().st_mtime_ns).doubled})
        twice = f"several features of {', '.join(map(str, days))}: the last counts." if days else ""
        return tuple(filter(None, (*super().report(), twice)))

    def read(self, day: date) -> State:
        """The one area of a day, and the rest of Ukraine."""
        file = self.files[day][-1]
        shapes = _joint_shapes(file, day) if _is_joint(file) else shapes_of(read_json(file), file.name)
        area = united(polygon for shape in shapes for polygon in shape.polygons)
        if area.is_empty:
            raise InputError(f"{file.name}: no area in it of {day}.")
        rest = rest_of_ukraine(self.atlas, area, day)
        refuse_elsewhere(rest, file.name)
        holdings = (
            Holding("russia", "assessed", area),
            Holding("ukraine", "assessed", rest.held),
            Holding("ukraine", "unknown", rest.slivers),
        )
        return State(day, holdings, tuple(filter(None, (rest.note, null_note(shapes)))))


def _is_joint(file: Path) -> bool:
    return bool(_JOINT.fullmatch(file.name)) and day_named(_NAME, file) is None


def _joint_shapes(file: Path, day: date) -> tuple[Shape, ...]:
    geometry = _joint(file, file.stat().st_mtime_ns).geometries[day]
    where = f"{file.name}: the feature of {day}"
    try:
        read = None if geometry is None else shapely.from_geojson(geometry)
    except shapely.GEOSException as error:
        raise InputError(f"{where} cannot be read ({error}).") from error
    return (shape_of(read, {}, where),)


@lru_cache(maxsize=2)
def _joint(file: Path, changed: int) -> Joint:
    """A joint file taken apart by day; the geometry is parsed when its day is asked for."""
    days, geometries = [], {}
    for number, feature in enumerate(features_of(read_json(file), file.name), start=1):
        try:
            days.append(date.fromisoformat(feature["properties"]["date"][:10]))
            geometries[days[-1]] = None if feature["geometry"] is None else json.dumps(feature["geometry"])
        except (KeyError, TypeError, ValueError) as error:
            where = f"{file.name}: feature {number}"
            raise InputError(f"{where} has no date as YYYY-MM-DD, or no geometry ({error}).") from error
    ascending = {day: geometries[day] for day in sorted(geometries)}
    return Joint(ascending, tuple(sorted(day for day, count in Counter(days).items() if count > 1)))
