"""What follows from what a source shows as Russian-held: the rest of Ukraine, ground held abroad, ground elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.shapes import united
from geo.measure.geodesic import area_km2

SLIVER_KM2 = 20.0
"""Smaller pieces of Ukraine outside the held area, cut off by it, are taken for differences between two coastlines."""
_MOSTLY = 0.5
"""A polygon with at least so much of it inside a country is drawn for it; with less it may only brush its border."""
_WORTH_SAYING_KM2 = 0.5


@dataclass(frozen=True)
class Rest:
    """Ukraine without what a source shows as something else: what is taken as ``held``, and ``slivers``."""

    held: BaseGeometry
    slivers: BaseGeometry

    @property
    def note(self) -> str:
        """The rule, for the notes of a snapshot."""
        return (
            "What it does not show as Russian-held in Ukraine is taken as Ukrainian-held, but for "
            f"{area_km2(self.slivers):,.0f} km² cut off from the rest, slivers and waters where its coast and border "
            "are not ours: unknown."
        )


def rest_of_ukraine(atlas: Atlas, shown: BaseGeometry, at: date) -> Rest:
    """Ukraine within its recognised borders without ``shown``, the slivers apart.

    A piece that is mostly internal water of the date, as the Sivash where a source leaves it out, is one of them.
    """
    left = shapely.difference(atlas.country("ukraine").geometry, shown)
    parts = [part for part in shapely.get_parts(left) if part.geom_type == "Polygon"]
    waters = atlas.internal_waters(at)
    large = [area_km2(part) >= SLIVER_KM2 and _portion(part, waters) < _MOSTLY for part in parts]
    held, slivers = (united(p for p, big in zip(parts, large, strict=True) if big is which) for which in (True, False))
    return Rest(held, slivers)


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


def _portion(polygon: shapely.Polygon, country: BaseGeometry) -> float:
    """How much of a polygon lies in a country, 0 to 1: a ratio, for which planar degrees do."""
    shapely.prepare(country)
    if shapely.contains_properly(country, polygon):
        return 1.0
    if not shapely.intersects(country, polygon):
        return 0.0
    return float(shapely.area(shapely.intersection(country, polygon)) / shapely.area(polygon))
