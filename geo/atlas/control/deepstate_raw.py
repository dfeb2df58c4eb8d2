"""DeepState's own snapshots: every polygon of the map, named in three ways over the years.

==================  ==================================================================================
file name           ``<unix seconds>.geojson``: when it was published; its day is the UTC day
content             a FeatureCollection, or one as ``map`` in ``{"id", "datetime", "map"}``
geometry            Polygon, Point (units, arrows: ignored), in 2022-23 GeometryCollection; lon, lat, height
``name``            2022-04 Ukrainian; to 2024-03 ``uk /// en``; since then ``uk /// en /// geoJSON.<key>``, with
                    no-break spaces, line ends and ``{{at:25.03}}`` anywhere
``fill``            colour; says the class where the name does not (the last resort)
classes             occupied, Crimea, ORDLO, Tuzla: assessed, held by Russia; unknown status: contested;
                    dismissed: liberated; other ``territories``: other countries, never counted
==================  ==================================================================================

What the words mean stands in ``data/control/published.toml``.
Ground liberated in Russia is what Ukraine took there: assessed as held
by Ukraine. Where classes overlap, occupied goes before contested, contested before liberated. A contested holding
carries the side ``russia``; DeepState does not say which way it leans.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import shapely

from geo.atlas.control.ground import abroad_note, far_note, held_abroad, reaching, rest_of_ukraine
from geo.atlas.control.series import Series, State
from geo.atlas.control.shapes import Shape, null_note, read_json, shapes_of, united
from geo.atlas.control.types import Holding
from geo.data import data_path
from geo.errors import InputError
from geo.measure.geodesic import area_km2

Kind = Literal["occupied", "contested", "liberated", "elsewhere", "unknown"]

_NAME = re.compile(r"(\d{9,10})\.geojson")
_KEY = re.compile(r"geoJSON\.([\w.-]+)")
_DATES = re.compile(r"[\d.\-–]+")
_WORTH_SAYING = 0.0001
_ENDS = re.compile(r"(^(and|та)\b|\b(and|та)$)")


@dataclass(frozen=True)
class Named:
    """What a polygon was taken for, and whether only its colour said so."""

    kind: Kind
    by_colour: bool = False


class DeepStateRaw(Series):
    """A folder of raw snapshots, or one of them, as a control source."""

    name = "deepstate-raw"
    title = "DeepState, raw snapshots (deepstatemap.live)"
    licence = "DeepState's terms; not redistributed"
    pattern = "<unix seconds>.geojson"

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """The UTC day of the seconds in the file's name."""
        match = _NAME.fullmatch(file.name)
        return datetime.fromtimestamp(int(match[1]), UTC).date() if match else None

    def read(self, day: date) -> State:
        """The last snapshot of a day, its polygons by class, and the rest of Ukraine."""
        file = self.files[day][-1]
        shapes = shapes_of(_collection(read_json(file)), file.name)
        groups: defaultdict[Kind, list[shapely.Polygon]] = defaultdict(list)
        named = [(kind_of(shape.properties), shape) for shape in shapes if shape.polygons]
        for taken, shape in named:
            groups[taken.kind].extend(shape.polygons)
        held, far = reaching(groups["occupied"], self.atlas, "ukraine")
        if not held:
            raise InputError(f"{file.name}: no polygon in it is known as Russian-held ground in Ukraine.")
        doubtful, adrift = reaching(groups["contested"], self.atlas, "ukraine", "russia")
        occupied, unknown = united(held), united(groups["unknown"])
        contested = shapely.difference(united(doubtful), occupied)
        rest = rest_of_ukraine(self.atlas, united([occupied, contested, unknown]), day)
        liberated = shapely.intersection(united(groups["liberated"]), rest.held)
        abroad = shapely.difference(held_abroad(groups["liberated"], self.atlas), united([occupied, contested]))
        unnamed = shapely.intersection(unknown, self.atlas.country("ukraine").geometry)
        holdings = (
            Holding("russia", "assessed", occupied),
            Holding("russia", "contested", contested),
            Holding("ukraine", "liberated", liberated),
            Holding("ukraine", "assessed", united([shapely.difference(rest.held, liberated), abroad])),
            Holding("ukraine", "unknown", united([rest.slivers, shapely.difference(unnamed, occupied)])),
        )
        notes = (rest.note, abroad_note(abroad), _naming_note(named), far_note([*far, *adrift]), null_note(shapes))
        return State(day, holdings, tuple(filter(None, notes)))


def kind_of(properties: Mapping[str, Any]) -> Named:
    """What a feature is, by machine key, else English, else Ukrainian name, else colour."""
    words = _vocabulary()
    name = str(properties.get("name") or "")
    if key := _KEY.search(name):
        stem = key[1].rstrip(".")
        if stem in words["keys"]:
            return Named(words["keys"][stem])
        if stem.startswith("territories."):
            return Named("elsewhere")
        if stem.startswith("status."):
            return Named("unknown")
    ukrainian, _, english = name.partition("///")
    for part in (english.partition("///")[0], ukrainian):
        plain = _plain(part)
        if plain in words["names"]:
            return Named(words["names"][plain])
    colour = str(properties.get("fill") or "").lower()
    return Named(words["colours"][colour], by_colour=True) if colour in words["colours"] else Named("unknown")


def _collection(content: Any) -> Any:
    """The features of a snapshot, also where it lies in the envelope of ``history/last``."""
    return content["map"] if isinstance(content, dict) and "map" in content and "features" not in content else content


def _plain(name: str) -> str:
    """A name without dates, capitals and odd spaces: "Taken back16.04" is "taken back"."""
    spaced = " ".join(_DATES.sub(" ", name).casefold().split())
    return _ENDS.sub("", spaced).strip()


@cache
def _vocabulary() -> dict[str, dict[str, Kind]]:
    with data_path("control/published.toml").open("rb") as file:
        found: dict[str, dict[str, Kind]] = tomllib.load(file)["deepstate"]
    return found


def _naming_note(named: list[tuple[Named, Shape]]) -> str:
    """How much of the polygons' area is of no class we know, and how much only its colour told."""
    km2 = [sum(map(area_km2, shape.polygons)) for _, shape in named]
    total = sum(km2) or 1.0
    told = [(taken, shape, size / total) for (taken, shape), size in zip(named, km2, strict=True)]
    parts = []
    if strange := [(shape, portion) for taken, shape, portion in told if taken.kind == "unknown"]:
        names = sorted({str(shape.properties.get("name")).strip() for shape, _ in strange})
        share = sum(portion for _, portion in strange)
        parts.append(f"Polygons of no class we know: {len(strange)}, {share:.2%} of the area: {', '.join(names)}.")
    coloured = [portion for taken, _, portion in told if taken.by_colour and taken.kind != "elsewhere"]
    if sum(coloured) >= _WORTH_SAYING:
        parts.append(f"Polygons classed by their colour alone: {len(coloured)}, {sum(coloured):.2%} of the area.")
    return " ".join(parts)
