"""What follows from what a source shows as Russian-held: the rest of Ukraine, ground held abroad, ground elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.shapes import united
from geo.errors import InputError
from geo.measure.geodesic import area_km2

SLIVER_KM2 = 20.0
"""Smaller pieces of Ukraine outside the held area, cut off by it, are taken for differences between two coastlines."""
_MOSTLY = 0.5
"""A polygon with at least so much of it inside a country is drawn for it; with less it may only brush its border."""
_WORTH_SAYING_KM2 = 0.5
_MOST_KM2_A_DEGREE2 = 12_500.0
"""More than a square degree of longitude and latitude has anywhere on WGS84 (12,365 at the equator, less elsewhere)."""
_PREPARED = Lock()  # GEOS builds the index of a prepared geometry when it is first asked, by one thread at a time


@dataclass(frozen=True)
class Rest:
    """Ukraine without what a source shows as something else: what is taken as ``held``, and ``slivers``."""

    held: BaseGeometry
    slivers: BaseGeometry
    slivers_km2: float
    whole: bool
    """Whether it is all of Ukraine: what the source shows lies elsewhere."""

    @property
    def note(self) -> str:
        """The rule, for the notes of a snapshot."""
        return (
            "What it does not show as Russian-held in Ukraine is taken as Ukrainian-held, but for "
            f"{self.slivers_km2:,.0f} km² cut off from the rest, slivers and waters where its coast and border "
            "are not ours: unknown."
        )


def rest_of_ukraine(atlas: Atlas, shown: BaseGeometry, at: date) -> Rest:
    """Ukraine within its recognised borders without ``shown``, the slivers apart.

    A piece that is mostly internal water of the date, as the Sivash where a source leaves it out, is one of them.
    """
    ukraine = atlas.country("ukraine").geometry
    left = shapely.difference(ukraine, shown)
    whole = bool(shapely.area(left) > (1 - 1e-9) * shapely.area(ukraine))
    parts = shapely.get_parts(left)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    waters = atlas.internal_waters(at)
    large = shapely.area(parts) >= SLIVER_KM2 / _MOST_KM2_A_DEGREE2
    large[large] = [area_km2(part) >= SLIVER_KM2 and not _mostly_in(part, waters) for part in parts[large]]
    return Rest(united(parts[large]), *_joined(shapely.to_wkb(shapely.multipolygons(parts[~large]))), whole)


def refuse_elsewhere(rest: Rest, source: str) -> None:
    """Raises :class:`InputError` naming ``source`` where nothing that it shows lies in Ukraine."""
    if rest.whole:
        raise InputError(
            f"{source}: nothing it shows lies in Ukraine. Are its coordinates of another reference system than it says?"
        )


@lru_cache(maxsize=4)
def _joined(polygons: bytes) -> tuple[BaseGeometry, float]:
    """The union of polygons (well-known binary) and its km²: from day to day a series' slivers mostly are the same."""
    union = united(shapely.get_parts(shapely.from_wkb(polygons)))
    return union, area_km2(union)


def reaching(
    polygons: Iterable[shapely.Polygon], atlas: Atlas, *countries: str
) -> tuple[list[shapely.Polygon], list[shapely.Polygon]]:
    """Polygons sorted into those that reach into one of the countries and lie mostly in no other, and the rest."""
    wanted = [atlas.country(name).geometry for name in countries]
    others = [record.geometry for record in atlas.countries.values() if record.id not in countries]
    near: list[shapely.Polygon] = []
    far: list[shapely.Polygon] = []
    for polygon in polygons:
        inside = max(_portion(polygon, outline) for outline in wanted)
        there = inside > 0 and (inside >= _MOSTLY or all(_portion(polygon, other) < _MOSTLY for other in others))
        (near if there else far).append(polygon)
    return near, far


def far_note(far: Iterable[BaseGeometry]) -> str:
    """What was left out because it lies in none of the countries at war; empty where nothing was."""
    km2 = sum(map(area_km2, far))
    return f"{km2:,.0f} km² drawn in other countries or at sea left out." if km2 >= _WORTH_SAYING_KM2 else ""


def held_abroad(polygons: Iterable[shapely.Polygon], atlas: Atlas) -> BaseGeometry:
    """The ground in Russia of those polygons that lie mostly there: what Ukraine took, not two drawings of a border."""
    russia, ukraine = atlas.country("russia").geometry, atlas.country("ukraine").geometry
    abroad = [polygon for polygon in polygons if _portion(polygon, russia) >= _MOSTLY]
    return shapely.difference(united(abroad), ukraine)


def abroad_note(abroad: BaseGeometry) -> str:
    """How much Ukraine holds in Russia; empty where nothing."""
    km2 = area_km2(abroad)
    return f"It shows {km2:,.0f} km² of Russia as held by Ukraine." if km2 >= _WORTH_SAYING_KM2 else ""


def _mostly_in(polygon: shapely.Polygon, region: BaseGeometry) -> bool:
    """Whether most of a polygon lies in a region; one of far more than twice its area cannot."""
    return bool(shapely.area(polygon) < 2.1 * shapely.area(region)) and _portion(polygon, region) >= _MOSTLY


def _portion(polygon: shapely.Polygon, country: BaseGeometry) -> float:
    """How much of a polygon lies in a country, 0 to 1: a ratio, for which planar degrees do."""
    with _PREPARED:
        shapely.prepare(country)
        if shapely.contains_properly(country, polygon):
            return 1.0
        if not shapely.intersects(country, polygon):
            return 0.0
    return float(shapely.area(shapely.intersection(country, polygon)) / shapely.area(polygon))
