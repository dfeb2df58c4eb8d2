"""DeepState's held area as its daily one-feature mirror publishes it.

==================  ==================================================================================
file name           ``deepstatemap_data_YYYYMMDD.geojson``: the only place the date stands
features            one, without properties: the Russian-held area of that day as a MultiPolygon
coordinates         lon, lat; coastal waters and the Sivash are inside the area
class               assessed, held by Russia; what is not inside is not said to be anybody's
==================  ==================================================================================

The rest of Ukraine is taken as held by Ukraine, so that a line of contact can be drawn: a rule of ours, said in the
notes of every snapshot. Days are missing from the series; the last known state stands in, and is named.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from geo.atlas.control.ground import rest_of_ukraine
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import null_note, read_json, shapes_of, united
from geo.atlas.control.types import Holding
from geo.errors import InputError

_NAME = re.compile(r"deepstatemap_data_(\d{4})(\d\d)(\d\d)\.geojson")


class DeepStateDaily(Series):
    """A folder of daily files, or one of them, as a control source."""

    name = "deepstate"
    title = "DeepState, daily mirror (cyterat/deepstate-map-data)"
    licence = "DeepState's terms; not redistributed"
    pattern = "deepstatemap_data_YYYYMMDD.geojson"
    abroad = False

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day in the file's name."""
        return day_named(_NAME, file)

    def read(self, day: date) -> State:
        """The one area of a day, and the rest of Ukraine."""
        file = self.files[day][-1]
        shapes = shapes_of(read_json(file), file.name)
        area = united(polygon for shape in shapes for polygon in shape.polygons)
        if area.is_empty:
            raise InputError(f"{file.name}: no area in it.")
        rest = rest_of_ukraine(self.atlas, area, day)
        holdings = (
            Holding("russia", "assessed", area),
            Holding("ukraine", "assessed", rest.held),
            Holding("ukraine", "unknown", rest.slivers),
        )
        return State(day, holdings, tuple(filter(None, (rest.note, null_note(shapes)))))
