"""ISW's assessed control of terrain: its layers, as files of their own or joined in one, in any form they come in.

==================  ==================================================================================
file name           ``YYYYMMDD_<layer>.geojson`` for a layer, ``YYYYMMDD.geojson`` for all of a day joined; also
                    what servers and archives call them: ``VIEW_RussiaCoTinUkraine_V3.json``,
                    ``UkraineControlMapAO01NOV2023.zip``, ``RussianAssessedCoTinUkraine_14_March_2022.shp``
form                GeoJSON, ArcGIS JSON (``f=json``), a shapefile, a ZIP of shapefiles
day                 in the file's name; else its folder's; else ``EditDate``, ``pub_date`` (epoch ms) in it, the newest.
                    A name without a year (``...MAR2``) takes its folder's, else that of the .dbf's last update
``layer``           in joint files, the name of the service a feature comes from; in a ZIP, of the shapefile
geometry            Polygon and MultiPolygon, lon, lat; null in several features of every joint file
control             assessed, held by Russia; ``advance``: the same, in a holding of its own, not inside control
before 2022         assessed, held by Russia, in a holding of its own
claimed             by Russia; ``counteroffensive``: claimed by Ukraine; ``infiltration``: contested
not counted         partisan warfare (it lies inside control), gains of the day, fortifications, settlements
==================  ==================================================================================

Layers are told by what their names contain (``data/control/published.toml``), as the
services and archives spell them in many ways.
What either side only claims is kept out of what the rule gives to Ukraine.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import shapely

from geo.atlas.control.arcgis import day_of_milliseconds
from geo.atlas.control.dates import day_in, day_without_year, shapefile_updated
from geo.atlas.control.ground import Rest, refuse_elsewhere, rest_of_ukraine
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import Shape, null_note, united
from geo.atlas.control.types import ControlClass, Holding, Side
from geo.atlas.control.vectors import read_vectors
from geo.data import data_path
from geo.errors import InputError
from geo.measure.geodesic import area_km2

_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:_(.+))?\.geojson")
_NO_DAY = re.compile(r"before_?february_?24_?2022", re.IGNORECASE)  # in a service's name, not the day it is of
_FORMS = (".geojson", ".json", ".zip", ".shp")
_DAY_FIELDS = ("editdate", "pub_date", "creationdate")
_CONTROL = "control"


@dataclass(frozen=True)
class Layer:
    """What a layer is called here, and whose ground of which class it shows; not counted where it says neither."""

    name: str
    side: Side | None = None
    cls: ControlClass | None = None


class Isw(Series):
    """A folder with the files of one or more days (in folders named by a day or not), or one file."""

    name = "isw"
    title = "Institute for the Study of War and Critical Threats, assessed control of terrain"
    licence = "ISW's terms; not redistributed"
    pattern = "YYYYMMDD_<layer>.geojson or YYYYMMDD.geojson, or as ISW names its services and archives"

    @classmethod
    def candidates(cls, path: Path) -> Iterable[Path]:
        """The files of a folder, and of the folders in it that are named by a day."""
        if path.is_file():
            return [path]
        folders = [path, *sorted(inner for inner in path.iterdir() if inner.is_dir() and day_in(inner.name))]
        return sorted(file for folder in folders for file in folder.iterdir() if file.suffix.lower() in _FORMS)

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day in the file's name, its folder's name, or its fields; None for a file that is not of ISW."""
        if day := day_named(_NAME, file):
            return day
        layer = known_layer(file.stem) if file.suffix.lower() in _FORMS else None
        if layer is None:
            return None
        named = day_in(_stem(file)) or _day_of_year(file) or day_in(file.parent.name)
        return named or (_day_inside(file) if layer.cls else None)

    def doubled(self, files: tuple[Path, ...]) -> bool:
        """Layer files of a day complete one another; two of one layer are versions."""
        return len({_part(file) for file in files}) < len(files)

    def read(self, day: date) -> State:
        """The layers of a day by class, and the rest of Ukraine."""
        files = {_part(file): file for file in self.files[day]}
        shapes = [shape for file in files.values() for shape in _named_shapes(file)]
        layers: defaultdict[Layer, list[shapely.Polygon]] = defaultdict(list)
        for layer, shape in shapes:
            layers[layer].extend(shape.polygons)
        if not any(layer.name == _CONTROL and polygons for layer, polygons in layers.items()):
            raise InputError(
                f"{', '.join(sorted(file.name for file in files.values()))}: no layer of assessed control in it. "
                f"Layers found: {', '.join(sorted(layer.name for layer in layers)) or 'none'}."
            )
        holdings = tuple(
            Holding(layer.side, layer.cls, united(polygons))
            for layer, polygons in sorted(layers.items(), key=lambda item: item[0].name)
            if layer.side and layer.cls and polygons
        )
        rest = rest_of_ukraine(self.atlas, united(holding.geometry for holding in holdings), day)
        refuse_elsewhere(rest, ", ".join(sorted(file.name for file in files.values())))
        ours = (Holding("ukraine", "assessed", rest.held), Holding("ukraine", "unknown", rest.slivers))
        return State(day, (*holdings, *ours), _notes(layers, rest, null_note(shape for _, shape in shapes)))


def layer_of(name: str) -> Layer:
    """The layer a service, archive or file name stands for; one that is not known is not counted."""
    return known_layer(name) or Layer(name)


def known_layer(name: str) -> Layer | None:
    """The layer a name stands for; None where its words are none of ISW's."""
    letters = re.sub(r"[^a-z]", "", name.casefold())
    return next((layer for parts, layer in _vocabulary() if any(part in letters for part in parts)), None)


def _part(file: Path) -> str:
    """What a file is of a day: one of ISW's layers, or something else by its own name."""
    layer = known_layer(file.stem)
    return layer.name if layer else file.name


def _named_shapes(file: Path) -> list[tuple[Layer, Shape]]:
    """The features of a file with their layers: by the file's name, else by the property each carries."""
    match = _NAME.fullmatch(file.name)
    of_file = match[4] if match else file.stem
    packed = file.suffix.lower() == ".zip"
    found = []
    for shape in _shapes(file):
        own = str(shape.properties.get("layer") or "")
        name = own if packed and known_layer(own) else of_file or own or "(no layer named)"
        found.append((layer_of(name), shape))
    return found


def _stem(file: Path) -> str:
    return _NO_DAY.sub("", file.stem)


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> tuple[Shape, ...]:
    return read_vectors(file)


def _shapes(file: Path) -> tuple[Shape, ...]:
    """The features of a file; what was just read to learn its day is not read again."""
    return _read(file, file.stat().st_mtime_ns)


def _day_of_year(file: Path) -> date | None:
    """The day of a name that has none of a year: in its folder's year, else the last such before the file was made."""
    if not (month_and_day := day_without_year(_stem(file))):
        return None
    try:
        if folder := day_in(file.parent.name):
            return date(folder.year, *month_and_day)
        if updated := shapefile_updated(file):
            made = date(updated.year, *month_and_day)
            return made if made <= updated else date(updated.year - 1, *month_and_day)
    except ValueError:
        return None
    return None


def _day_inside(file: Path) -> date | None:
    """The newest day its features were edited or published on; None where none says so."""
    for field in _DAY_FIELDS:
        values = (value for shape in _shapes(file) for key, value in shape.properties.items() if key.lower() == field)
        if days := [day for value in values if (day := day_of_milliseconds(value))]:
            return max(days)
    return None


def _notes(layers: dict[Layer, list[shapely.Polygon]], rest: Rest, nulls: str) -> tuple[str, ...]:
    counted = [
        f"{layer.name} ({layer.cls}, {layer.side}) {area_km2(united(polygons)):,.0f} km²"
        for layer, polygons in sorted(layers.items(), key=lambda item: item[0].name)
        if layer.cls and polygons
    ]
    claims = any(layer.cls == "claimed" for layer in layers)
    left = sorted(layer.name for layer in layers if not layer.cls)
    lines = (
        f"Layers: {', '.join(counted)}.",
        f"Not counted: {', '.join(left)}." if left else "",
        rest.note,
        "What either side only claims is counted as neither side's." if claims else "",
        nulls,
    )
    return tuple(filter(None, lines))


@cache
def _vocabulary() -> tuple[tuple[tuple[str, ...], Layer], ...]:
    with data_path("control/published.toml").open("rb") as file:
        rows = tomllib.load(file)["isw"]
    return tuple((tuple(row["contains"]), Layer(row["layer"], row.get("side"), row.get("class"))) for row in rows)
