"""Anybody's map of control, by a mapping file: which files, which day, and which words mean which class and side.

==================  ==================================================================================
path                a mapping file (``*.toml``), a folder with a ``mapping.toml``, or data with a ``.toml`` of its name
                    beside it
files               GeoJSON, ArcGIS JSON, KML, KMZ, GeoPackage, shapefile (zipped or not), FlatGeobuf,
                    GeoParquet, CSV with WKT
day                 constant, in the files' names, or in a field of the features
class, side         by the words of one field, or the same for all features
==================  ==================================================================================

The keys stand in docs/control-sources.md. A feature whose word is not listed is of no class we know: counted as
unknown, and said. Ground shown as held by both sides is contested, and said; what is held goes before contested. A
reference system is never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.ground import far_note, reaching, rest_of_ukraine
from geo.atlas.control.mapping import Mapping, read_mapping
from geo.atlas.control.series import Series, State
from geo.atlas.control.shapes import Shape, null_note, united
from geo.atlas.control.types import ControlClass, Holding, Side
from geo.atlas.control.vectors import ENDINGS, read_vectors
from geo.errors import InputError
from geo.measure.geodesic import area_km2

_IN_FOLDER = "mapping.toml"
_WORTH_SAYING_KM2 = 0.5


class Mapped(Series):
    """The files a mapping file names, as a control source under the name it gives."""

    name = "mapped"
    title = "A map of control by a mapping file"
    licence = "as the mapping file says"
    pattern = "any map by a mapping file (mapping.toml, see docs/control-sources.md)"

    def __init__(self, path: Path, atlas: Atlas) -> None:
        file = _mapping_file(path)
        if file is None:
            raise InputError(f"{path}: no mapping file there. See docs/control-sources.md for how to write one.")
        self.mapping: Mapping = read_mapping(file)
        self.name, self.title, self.licence = self.mapping.name, self.mapping.title, self.mapping.licence
        super().__init__(path, atlas)

    @classmethod
    def recognises(cls, path: Path) -> bool:
        """Whether there is a mapping file at a path."""
        return _mapping_file(path) is not None

    @classmethod
    def day_of(cls, file: Path) -> date | None:
        """None: only the mapping file knows."""
        return None

    @cached_property
    def data(self) -> tuple[Path, ...]:
        """The files the mapping names, by name; raises :class:`InputError` where there are none."""
        folder = self.mapping.path.parent
        found: set[Path] = set()
        for pattern in self.mapping.files:
            try:
                matching = {file for file in folder.glob(pattern) if file.is_file()}
            except (ValueError, NotImplementedError) as error:
                raise InputError(f"{self.mapping.path.name}: files is no pattern beside it ({error}).") from error
            if not matching:
                raise InputError(f"{self.mapping.path.name}: files: nothing called {pattern!r} lies beside it.")
            found |= matching
        return tuple(sorted(found - {self.mapping.path}))

    @cached_property
    def files(self) -> dict[date, tuple[Path, ...]]:
        """The files of each day, by their names or the field of their features; the mapping itself is one of each."""
        found: defaultdict[date, list[Path]] = defaultdict(list)
        for file in self.data:
            days = self._dated[file] if self.mapping.dating.field else [self._day_named(file)]
            for day in days:
                found[day].append(file)
        return {day: (self.mapping.path, *files) for day, files in found.items()}

    def doubled(self, files: tuple[Path, ...]) -> bool:
        """Never: all files of a day are read together."""
        return False

    def read(self, day: date) -> State:
        """All files of a day, by class."""
        files = self.files[day][1:]
        shapes = [shape for file in files for shape in self._of_day(file, day)]
        groups, strange = self._groups(shapes)
        shown, far = self._reaching(groups)
        if all(area.is_empty for area in shown.values()):
            names = ", ".join(file.name for file in files)
            words = f" Words not listed: {', '.join(sorted(strange))}." if strange else ""
            raise InputError(f"{names}: no ground of a known class in Ukraine or Russia on {day}.{words}")
        both, shown = _apart(shown)
        unknown = united(polygon for polygons in strange.values() for polygon in polygons)
        country = self.atlas.country("ukraine").geometry
        unnamed = shapely.difference(shapely.intersection(unknown, country), united(shown.values()))
        rest = rest_of_ukraine(self.atlas, united([*shown.values(), unnamed]), day)
        if self.mapping.rest == "unknown":
            held, note = Holding("ukraine", "unknown", rest.held), "What it does not show is unknown."
        else:
            held, note = Holding(self.mapping.rest, "assessed", rest.held), _rest_note(self.mapping.rest, rest.note)
        holdings = (
            *(Holding(side, cls, area) for (side, cls), area in sorted(shown.items()) if not area.is_empty),
            held,
            Holding("ukraine", "unknown", united([rest.slivers, unnamed])),
        )
        notes = (note, _both_note(both), _strange_note(strange, shapes), far_note(far), null_note(shapes))
        return State(day, holdings, tuple(filter(None, notes)))

    def _groups(
        self, shapes: Iterable[Shape]
    ) -> tuple[dict[tuple[Side, ControlClass], list[shapely.Polygon]], dict[str, list[shapely.Polygon]]]:
        """Polygons by side and class, and those of words the mapping does not list, by word."""
        groups: defaultdict[tuple[Side, ControlClass], list[shapely.Polygon]] = defaultdict(list)
        strange: defaultdict[str, list[shapely.Polygon]] = defaultdict(list)
        for shape in shapes:
            word = str(shape.properties.get(self.mapping.field) or "")
            meaning = self.mapping.meaning(word)
            if isinstance(meaning, str):
                strange[word].extend(shape.polygons)
            elif meaning is not None:
                groups[meaning].extend(shape.polygons)
        return dict(groups), {word: polygons for word, polygons in strange.items() if polygons}

    def _reaching(
        self, groups: dict[tuple[Side, ControlClass], list[shapely.Polygon]]
    ) -> tuple[dict[tuple[Side, ControlClass], BaseGeometry], list[BaseGeometry]]:
        """What of each class lies in the countries at war, united; what Russia holds in its own country is no news."""
        shown: dict[tuple[Side, ControlClass], BaseGeometry] = {}
        left: list[BaseGeometry] = []
        for (side, cls), polygons in groups.items():
            countries = ("ukraine",) if side == "russia" and cls == "assessed" else ("ukraine", "russia")
            near, far = reaching(polygons, self.atlas, *countries)
            shown[side, cls] = united(near)
            left.extend(far)
        return shown, left

    def _of_day(self, file: Path, day: date) -> list[Shape]:
        if self.mapping.dating.field:
            return self._dated[file][day]
        return self._shapes(file)

    def _shapes(self, file: Path) -> list[Shape]:
        m = self.mapping
        shapes = list(read_vectors(file, layer=m.layer, crs=m.crs, geometry=m.geometry))
        for key, wanted in (("class.field", m.field), ("date.field", m.dating.field)):
            if wanted and shapes and not any(wanted in shape.properties for shape in shapes):
                there = sorted({str(name) for shape in shapes for name in shape.properties})
                raise InputError(
                    f"{m.path.name}: {key} is {wanted!r}, but {file.name} has no such field. "
                    f"Its fields: {', '.join(there) or 'none'}."
                )
        return shapes

    @cached_property
    def _dated(self) -> dict[Path, dict[date, list[Shape]]]:
        """The features of each file by the day their field says."""
        found: dict[Path, dict[date, list[Shape]]] = {}
        for file in self.data:
            days: defaultdict[date, list[Shape]] = defaultdict(list)
            for number, shape in enumerate(self._shapes(file), start=1):
                value = shape.properties.get(self.mapping.dating.field)
                try:
                    days[self.mapping.dating.of_value(value)].append(shape)
                except (TypeError, ValueError, OverflowError, OSError) as error:
                    raise InputError(
                        f"{file.name}: feature {number}: {self.mapping.dating.field} is {value!r}, no day "
                        f"({error}). Say how days are written: [date] format."
                    ) from error
            found[file] = dict(days)
        return found

    def _day_named(self, file: Path) -> date:
        if day := self.mapping.dating.of_name(file):
            return day
        raise InputError(
            f"{self.mapping.path.name}: date.name finds no day in {file.name!r}. Give the pattern groups "
            "(?P<year>..), (?P<month>..), (?P<day>..), or narrow files."
        )


def _mapping_file(path: Path) -> Path | None:
    """The mapping file a path stands for: itself, the one in a folder, or the one of the data's name beside it."""
    if path.is_dir():
        return inside if (inside := path / _IN_FOLDER).is_file() else None
    if path.suffix.lower() == ".toml":
        return path
    beside = path.with_suffix(".toml")
    return beside if path.suffix.lower() in ENDINGS and beside.is_file() else None


def _apart(
    shown: dict[tuple[Side, ControlClass], BaseGeometry],
) -> tuple[BaseGeometry, dict[tuple[Side, ControlClass], BaseGeometry]]:
    """What both sides are shown to hold, and the classes with that contested and nothing contested that is held."""
    held = {
        side: united(area for (whose, cls), area in shown.items() if whose == side and cls in ("assessed", "liberated"))
        for side in ("russia", "ukraine")
    }
    both = shapely.intersection(held["russia"], held["ukraine"])
    sure = shapely.difference(united(held.values()), both)
    apart: dict[tuple[Side, ControlClass], BaseGeometry] = {}
    for (side, cls), area in shown.items():
        if cls in ("assessed", "liberated"):
            apart[side, cls] = shapely.difference(area, both)
        else:
            apart[side, cls] = shapely.difference(area, sure) if cls == "contested" else area
    if not both.is_empty:
        apart["russia", "contested"] = united([apart.get(("russia", "contested"), shapely.Polygon()), both])
    return both, apart


def _both_note(both: BaseGeometry) -> str:
    km2 = area_km2(both)
    return f"{km2:,.0f} km² are shown as held by both sides: contested." if km2 >= _WORTH_SAYING_KM2 else ""


def _strange_note(strange: dict[str, list[shapely.Polygon]], shapes: list[Shape]) -> str:
    """How much of the area is of words the mapping does not list."""
    if not strange:
        return ""
    km2 = {word: sum(map(area_km2, polygons)) for word, polygons in strange.items()}
    total = sum(area_km2(polygon) for shape in shapes for polygon in shape.polygons)
    names = ", ".join(repr(word) for word in sorted(strange))
    return f"Areas of words the mapping does not list: {sum(km2.values()) / total:.2%} of the area, unknown: {names}."


def _rest_note(side: str, note: str) -> str:
    """The rule of the mapping for what is not shown, as :attr:`geo.atlas.control.ground.Rest.note` says it."""
    return note if side == "ukraine" else f"What it does not show in Ukraine is taken as held by {side.title()}."
