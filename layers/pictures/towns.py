"""Towns for a printed map: those every map shows, and where it looks closer the smaller ones in its window."""

from __future__ import annotations

from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from layers.layer import Feature, Layer

_MORE = 60
_APART = 0.02
"""Of the width looked at, in degrees: nearer to a larger town its districts lie, and names find no room."""


def towns(known: Layer, atlas: Atlas, here: BaseGeometry) -> Layer:
    """The towns every map knows, and the most populous others within an area (lon, lat on WGS84)."""
    west, south, east, north = here.bounds
    apart = _APART * (east - west)
    near = (
        Feature(
            shapely.Point(place.lon, place.lat), place.name, {"unit": place.unit, "listed_people": place.population}
        )
        for place in atlas.settlements
        if place.kind != "district" and west < place.lon < east and south < place.lat < north
    )
    more = list(known.features)
    for town in near:
        if len(more) == len(known.features) + _MORE:
            break
        if not any(shapely.dwithin(town.geometry, other.geometry, apart) for other in more):
            more.append(town)
    return replace(known, features=tuple(more))
