"""Where geometry comes from: units, countries, lines, waters and places, read once and kept."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.features import Record, read_records
from geo.atlas.names import folded, levelled, pick
from geo.data import data_path
from geo.errors import UnknownNameError
from geo.measure.sides import split_by_line

VILLAGE = "village"
_ALMOST = 85
"""Of 100, how alike two names must be for one to be offered for the other."""


@dataclass(frozen=True)
class Settlement:
    """A place of the gazetteer; ``lon``, ``lat`` in degrees on WGS84, ``unit`` the unit it lies in."""

    id: str
    name: str
    unit: str
    lon: float
    lat: float
    population: int
    names: tuple[str, ...]
    kind: str = "settlement"
    """``city``, ``town``, ``settlement``, ``village``: of the control table alone, or ``district``: a part of a city,
    whose people are counted in the city."""


class Atlas:
    """The embedded boundary data; every geometry is lon, lat on WGS84 with geodesic edges.

    ``boundaries`` is a folder of the same files with other content, e.g. of another vintage.
    """

    def __init__(self, boundaries: Path | None = None) -> None:
        self.folder = boundaries or data_path("boundaries")

    @cached_property
    def units(self) -> Mapping[str, Record]:
        """Administrative units with their internal waters, by folded name."""
        return self._by_name("units")

    @cached_property
    def beyond(self) -> Mapping[str, Record]:
        """Units of other countries that serve for comparison, by folded name."""
        return self._by_name("beyond")

    @cached_property
    def countries(self) -> Mapping[str, Record]:
        """Countries within their recognised borders, by folded name."""
        return self._by_name("countries")

    @cached_property
    def lines(self) -> Mapping[str, Record]:
        """Rivers' centrelines (downstream) and demarcation lines, by folded name."""
        return self._by_name("lines")

    @cached_property
    def seas(self) -> Mapping[str, Record]:
        """Seas, by folded name."""
        return self._by_name("seas")

    @cached_property
    def waters(self) -> tuple[Record, ...]:
        """The pieces of internal waters; ``until`` is the day a reservoir ceased to be, where one did."""
        return read_records(self.folder / "waters.geojson")

    @cached_property
    def settlements(self) -> tuple[Settlement, ...]:
        """The gazetteer, most populous first."""
        return tuple(sorted(_places("gazetteer.csv"), key=lambda row: (-row.population, row.id)))

    @cached_property
    def villages(self) -> tuple[Settlement, ...]:
        """The places of the control table that the gazetteer does not have; how many people they have is not known."""
        known = {row.id for row in self.settlements}
        rows = (row for row in _places("control/places.csv") if row.id not in known)
        return tuple(replace(row, kind=VILLAGE) for row in rows)

    @cached_property
    def sites(self) -> tuple[Settlement, ...]:
        """What is no settlement but has a place: power stations, bridges, dams, canal heads, ports, islands, spits."""
        return _places("boundaries/sites.csv")

    def unit(self, name: str, *, oblast: bool = False) -> Record:
        """A unit by name; ``oblast`` asks for one that is an oblast. Raises :class:`UnknownNameError`."""
        if not oblast and folded(name) not in self.units and folded(name) in self.beyond:
            return self.beyond[folded(name)]
        record = pick(self.units, name, "oblast" if oblast else "administrative unit")
        if oblast and record.properties["kind"] != "oblast":
            kind = record.properties["kind"]
            raise UnknownNameError(f"{record.id} is a {kind}, not an oblast: write unit({record.id!r}).")
        return record

    def country(self, name: str) -> Record:
        """A country by name. Raises :class:`UnknownNameError`."""
        return pick(self.countries, name, "country")

    def line(self, name: str) -> Record:
        """A fixed line by name. Raises :class:`UnknownNameError`."""
        return pick(self.lines, name, "line", also=("contact",))

    def sea(self, name: str) -> Record:
        """A sea by name. Raises :class:`UnknownNameError`."""
        return pick(self.seas, name, "sea")

    def water(self, name: str, at: date) -> BaseGeometry:
        """A named internal water as it is on a date. Raises :class:`UnknownNameError`."""
        names = {folded(str(record.properties["name"])): str(record.properties["name"]) for record in self.waters}
        wanted = pick(names, name, "internal water")
        return shapely.union_all([r.geometry for r in self._waters_at(at) if r.properties["name"] == wanted])

    def internal_waters(self, at: date) -> BaseGeometry:
        """All internal waters of a date as one region."""
        return _united(tuple(record.geometry for record in self._waters_at(at)))

    @cached_property
    def open_waters(self) -> BaseGeometry:
        """Bays, limans and reservoirs, past and present: nobody lives on them, so nobody is assessed to hold them.

        Lagoons (the Sivash) are not among them: the published maps of control cover those.
        """
        return shapely.union_all([r.geometry for r in self.waters if r.properties["kind"] != "lagoon"])

    def bank(self, river: str, side: str) -> BaseGeometry:
        """Ukraine on the left or right bank of a river, seen downstream; the water is divided at the centreline."""
        left, right = _banks(self.country("ukraine").geometry, self.line(river).geometry)
        return left if side == "left" else right

    def place(self, name: str) -> Settlement:
        """The site of that name, else the most populous settlement; names in other languages and older ones come last.

        A village is found where it is the only one of its name. Raises :class:`UnknownNameError`.
        """
        found = self._main_names.get(levelled(name)) or self._places.get(folded(name)) or self._village(name)
        return found or pick(self._places, name, "settlement in the gazetteer")

    def has_place(self, name: str) -> bool:
        """Whether :meth:`place` finds something of that name."""
        return (
            any(levelled(name) in names for names in (self._main_names, self._villages)) or folded(name) in self._places
        )

    def spelled_like(self, name: str, count: int = 3) -> list[str]:
        """Up to ``count`` settlements and villages of almost that name, best first."""
        from rapidfuzz import fuzz, process

        names = dict.fromkeys(row.name for row in (*self.sites, *self.settlements, *self.villages))
        asked = levelled(name)
        ranked = process.extract(
            asked, list(names), scorer=fuzz.ratio, processor=levelled, limit=count, score_cutoff=_ALMOST
        )
        return [found for found, *_ in ranked]

    def _village(self, name: str) -> Settlement | None:
        found = self._villages.get(levelled(name), ())
        if len(found) > 1:
            units = ", ".join(sorted({row.unit for row in found}))
            raise UnknownNameError(
                f"{len(found)} villages are called {name!r} ({units}): the name alone does not say which."
            )
        return found[0] if found else None

    @cached_property
    def _villages(self) -> Mapping[str, list[Settlement]]:
        found: dict[str, list[Settlement]] = {}
        for row in self.villages:
            found.setdefault(levelled(row.name), []).append(row)
        return found

    @cached_property
    def _main_names(self) -> Mapping[str, Settlement]:
        found = {levelled(row.name): row for row in self.sites}
        for row in self.settlements:
            found.setdefault(levelled(row.name), row)
        return found

    @cached_property
    def _places(self) -> Mapping[str, Settlement]:
        found: dict[str, Settlement] = {}
        for row in (*self.sites, *self.settlements):
            for name in (row.name, *row.names):
                found.setdefault(folded(name), row)
        return found

    def _waters_at(self, at: date) -> list[Record]:
        return [r for r in self.waters if not r.properties["until"] or at < date.fromisoformat(r.properties["until"])]

    def _by_name(self, file: str) -> dict[str, Record]:
        return {folded(record.id): record for record in read_records(self.folder / f"{file}.geojson")}


def _places(file: str) -> tuple[Settlement, ...]:
    """The rows of a file of places; columns it does not have are empty."""
    with data_path(file).open(encoding="utf-8", newline="") as rows:
        return tuple(
            Settlement(
                row["id"],
                row["name"],
                row["unit"],
                float(row["lon"]),
                float(row["lat"]),
                int(row.get("population") or 0),
                tuple(filter(None, row.get("names", "").split("|"))),
                row.get("kind") or "settlement",
            )
            for row in csv.DictReader(rows)
        )


@cache
def embedded() -> Atlas:
    """The atlas of the embedded data; nothing is read before it is asked for."""
    return Atlas()


@cache
def _united(parts: tuple[BaseGeometry, ...]) -> BaseGeometry:
    return shapely.union_all(list(parts))


@cache
def _banks(country: BaseGeometry, river: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    return split_by_line(country, river)
