"""ISW's assessed control of terrain: its layers, as files of their own or joined in one.

==================  ==================================================================================
file name           ``YYYYMMDD_<layer>.geojson`` for a layer, ``YYYYMMDD.geojson`` for all of a day joined
``layer``           in joint files, the name of the service a feature comes from
geometry            Polygon and MultiPolygon, lon, lat; null in several features of every joint file
control             assessed, held by Russia; ``advance``: the same, in a holding of its own, not inside control
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
from functools import cache
from pathlib import Path

import shapely

from geo.atlas.control.ground import Rest, rest_of_ukraine
from geo.atlas.control.series import Series, State, day_named
from geo.atlas.control.shapes import Shape, null_note, read_json, shapes_of, united
from geo.atlas.control.types import ControlClass, Holding, Side
from geo.data import data_path
from geo.errors import InputError
from geo.measure.geodesic import area_km2

_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:_(.+))?\.geojson")
_CONTROL = "control"


@dataclass(frozen=True)
class Layer:
    """What a layer is called here, and whose ground of which class it shows; not counted where it says neither."""

    name: str
    side: Side | None = None
    cls: ControlClass | None = None


class Isw(Series):
    """A folder with the files of one or more days (in folders named YYYY-MM-DD or not), or a joint file."""

    name = "isw"
    title = "Institute for the Study of War and Critical Threats, assessed control of terrain"
    licence = "ISW's terms; not redistributed"
    pattern = "YYYYMMDD_<layer>.geojson or YYYYMMDD.geojson"

    @classmethod
    def candidates(cls, path: Path) -> Iterable[Path]:
        """The files of a folder, and of the folders in it that are named YYYY-MM-DD."""
        return [path] if path.is_file() else sorted([*path.glob("*.geojson"), *path.glob("20??-??-??/*.geojson")])

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The day in the file's name."""
        return day_named(_NAME, file)

    def doubled(self, files: tuple[Path, ...]) -> bool:
        """Layer files of a day complete one another; two of one name are versions."""
        return len({file.name for file in files}) < len(files)

    def read(self, day: date) -> State:
        """The layers of a day by class, and the rest of Ukraine."""
        files = {file.name: file for file in self.files[day]}
        shapes = [shape for file in files.values() for shape in _named_shapes(file)]
        layers: defaultdict[Layer, list[shapely.Polygon]] = defaultdict(list)
        for layer, shape in shapes:
            layers[layer].extend(shape.polygons)
        if not any(layer.name == _CONTROL and polygons for layer, polygons in layers.items()):
            raise InputError(
                f"{', '.join(sorted(files))}: no layer of assessed control in it. Layers found: "
                f"{', '.join(sorted(layer.name for layer in layers)) or 'none'}."
            )
        holdings = tuple(
            Holding(layer.side, layer.cls, united(polygons))
            for layer, polygons in sorted(layers.items(), key=lambda item: item[0].name)
            if layer.side and layer.cls and polygons
        )
        rest = rest_of_ukraine(self.atlas, united(holding.geometry for holding in holdings), day)
        ours = (Holding("ukraine", "assessed", rest.held), Holding("ukraine", "unknown", rest.slivers))
        return State(day, (*holdings, *ours), _notes(layers, rest, null_note(shape for _, shape in shapes)))


def layer_of(name: str) -> Layer:
    """The layer a service, archive or file name stands for; one that is not known is not counted."""
    letters = re.sub(r"[^a-z]", "", name.casefold())
    return next((layer for parts, layer in _vocabulary() if any(part in letters for part in parts)), Layer(name))


def _named_shapes(file: Path) -> list[tuple[Layer, Shape]]:
    """The features of a file with their layers: by the file's name, else by the property each carries."""
    match = _NAME.fullmatch(file.name)
    of_file = match[4] if match else None
    shapes = shapes_of(read_json(file), file.name)
    return [(layer_of(of_file or str(shape.properties.get("layer") or "(no layer named)")), shape) for shape in shapes]


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
