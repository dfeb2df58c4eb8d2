"""Towns to find one's way by: the largest places of the gazetteer, each far enough from a larger one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import shapely
from rapidfuzz import fuzz

from geo.atlas.atlas import Atlas, Settlement
from geo.measure.geodesic import wgs84
from layers.credits import GAZETTEER_CREDIT, GAZETTEER_LICENCE
from layers.layer import Feature, Layer

_COUNT = 60
_APART_KM = 25.0
_SAME_NAME = 84
_WELL_KNOWN = 8
"""A landmark is written in many ways; a district listed with its whole city's population is not."""


def build(atlas: Atlas) -> Layer:
    """The most populous settlements of the gazetteer, at least 25 km from each other."""
    features = tuple(
        Feature(
            shapely.Point(place.lon, place.lat),
            _spelled(place),
            {"unit": place.unit, "listed_people": place.population},
        )
        for _, place in zip(range(_COUNT), _apart(atlas.settlements), strict=False)
    )
    note = "population as the gazetteer lists it"
    return Layer("places", "Towns", "place", features, GAZETTEER_CREDIT, GAZETTEER_LICENCE, note=note)


def _spelled(place: Settlement) -> str:
    """A town's name as its own oblast is spelled on the same map, where the two differ by a letter or two."""
    return place.unit if fuzz.ratio(place.unit, place.name) >= _SAME_NAME else place.name


def _apart(places: Iterable[Settlement]) -> Iterator[Settlement]:
    """Well-known places, largest first, without those close to a larger one."""
    kept: list[Settlement] = []
    for place in places:
        if len(place.names) < _WELL_KNOWN:
            continue
        metres = (wgs84().inv(place.lon, place.lat, other.lon, other.lat)[2] for other in kept)
        if all(m >= 1000 * _APART_KM for m in metres):
            kept.append(place)
            yield place
