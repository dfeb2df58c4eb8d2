"""Towns to find one's way by: the largest places of the gazetteer around what a map shows."""

from __future__ import annotations

import shapely

from geo.atlas.atlas import Atlas
from layers.credits import GAZETTEER_CREDIT, GAZETTEER_LICENCE
from layers.layer import Feature, Layer

_COUNT = 60


def build(atlas: Atlas) -> Layer:
    """The most populous settlements of the gazetteer."""
    features = tuple(
        Feature(
            shapely.Point(place.lon, place.lat), place.name, {"unit": place.unit, "listed_people": place.population}
        )
        for place in atlas.settlements[:_COUNT]
    )
    return Layer(
        "places",
        "Towns",
        "place",
        features,
        GAZETTEER_CREDIT,
        GAZETTEER_LICENCE,
        note="population as the gazetteer lists it",
    )
