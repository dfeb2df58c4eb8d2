"""The gazetteer: GeoNames places of Ukraine and western Russia with their Latin and Cyrillic spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from sources import places

COLUMNS = ("id", "name", "unit", "lon", "lat", "population", "kind", "names")
WEST_RUSSIA = (30.0, 44.0, 42.0, 54.0)  # degrees: west, south, east, north
NEAR_COAST = 0.03  # degrees: a harbour a little off the coastline still belongs to its unit
DISTRICT = re.compile(r"(?i)\b(?:raion|rayon|rajon|district|район)\b")
"""What a part of a city is also called (GeoNames' feature codes are not in the package); its people are the city's."""
CODE = re.compile(r"[A-Z]{3,4}|[A-Z0-9]{5,}|.*\d.*|.*[/(),;:].*")


def rows(cache: Path, territory: Mapping[str, BaseGeometry]) -> Iterator[tuple[object, ...]]:
    """One row a place, sorted by GeoNames id; `unit` is the unit that contains it, '' where none does."""
    tree, names = shapely.STRtree(list(territory.values())), list(territory)
    for place in sorted(filter(_wanted, places(cache)), key=lambda row: int(row["geonameid"])):
        point = Point(place["longitude"], place["latitude"])
        unit = _unit(point, place["countrycode"], tree, names)
        other = spellings(place["name"], place["alternatenames"])
        yield (
            place["geonameid"], place["name"], unit, f"{point.x:.5f}", f"{point.y:.5f}", place["population"],
            kind(place["population"], [place["name"], *other]), "|".join(other),
        )  # fmt: skip


def _wanted(place: Mapping[str, Any]) -> bool:
    west, south, east, north = WEST_RUSSIA
    inside = west < place["longitude"] < east and south < place["latitude"] < north
    return bool(place["countrycode"] == "UA" or (place["countrycode"] == "RU" and inside))


def _unit(point: Point, country: str, tree: shapely.STRtree, names: list[str]) -> str:
    containing = tree.query(point, predicate="intersects")
    if len(containing):
        return names[int(containing[0])]
    if country == "UA":
        nearest = int(tree.nearest(point))
        if tree.geometries[nearest].distance(point) < NEAR_COAST:
            return names[nearest]
    return ""


def kind(population: int, names: list[str]) -> str:
    """A rank by people, or ``district`` for a part of a city."""
    if any(DISTRICT.search(name) for name in names) or names[0].startswith("Gorod "):  # a town listed once more
        return "district"
    return "city" if population >= 50_000 else "town" if population >= 10_000 else "settlement"


def spellings(name: str, alternates: list[str]) -> list[str]:
    """Alternate spellings in Latin or Cyrillic letters, without the name itself, codes and transliteration noise."""
    seen = {name}
    kept = []
    for other in sorted(unicodedata.normalize("NFC", text.strip()) for text in alternates):
        if other and other not in seen and not CODE.fullmatch(other) and _readable(other) and other[0].isupper():
            seen.add(other)
            kept.append(other)
    return kept


def _readable(text: str) -> bool:
    """Whether a spelling is in one script, Latin or Cyrillic: mixed ones are noise."""
    scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha()}
    return scripts in ({"LATIN"}, {"CYRILLIC"}) and "|" not in text
