"""Where names stand on the map: the middle of an area, the side of a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import cos, inf, radians
from typing import Any

import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from layers.html.geometry import Box
from layers.html.words import words
from layers.layer import Feature, Layer
from layers.palette import palette

_KIND_OF_UNIT = re.compile(r"^Автономн\w+ Республ\w+ | (область|край)$")
_ORDER = {"country": 0, "place": 1, "unit": 2}


def labels(layers: Sequence[Layer], view: Box) -> list[dict[str, Any]]:
    """Name, place (lat, lon in degrees), kind and layer of each label, the most important first.

    A country's name stands in the part the map opens on; places go by their ``population`` or ``listed_people``,
    areas by their size.
    """
    found = []
    for layer in layers:
        kind = palette().style(layer.role).label
        for number, feature in enumerate(layer.features if kind else ()):
            spot, reach = _anchor(feature.geometry, kind, view)
            if spot is not None and feature.name:
                label = {
                    "lat": round(spot.y, 4),
                    "lon": round(spot.x, 4),
                    "reach": round(reach, 3),
                    "name": feature.name,
                    "kind": kind,
                    "layer": layer.id,
                    "feature": number,
                    **_spoken(feature),
                }
                found.append((_ORDER[kind], -_weight(layer, feature), label))
    found.sort(key=lambda one: (one[0], one[1], one[2]["name"]))
    return [label for _, _, label in found]


def _anchor(geometry: BaseGeometry, kind: str, view: Box) -> tuple[shapely.Point | None, float]:
    """Where the name stands, and how far in degrees of latitude the area reaches around it (0 for a point)."""
    if geometry.is_empty:
        return None, 0.0
    if isinstance(geometry, shapely.Point):
        return geometry, 0.0
    if kind == "country":
        seen = shapely.clip_by_rect(geometry, *_around(view))
        geometry = geometry if seen.is_empty else seen
    largest = max(shapely.get_parts(geometry), key=lambda part: float(part.area))
    if largest.geom_type != "Polygon" or not largest.is_valid:
        return shapely.Point(largest.representative_point()), 0.0
    # Room for words is wanted from west to east: measured where a degree of longitude is as short as it looks.
    west, south, east, north = largest.bounds
    squeeze = cos(radians((south + north) / 2))
    squeezed = affine_transform(largest.simplify(0.02), [squeeze, 0, 0, 1, 0, 0])
    circle = shapely.maximum_inscribed_circle(squeezed, tolerance=max((east - west) + (north - south), 0.01) / 100)
    lon, lat = circle.coords[0]
    return shapely.Point(lon / squeeze, lat), float(circle.length)


def short_unit(name: str) -> str:
    """A unit's name without its kind: Донецька for Донецька область."""
    return _KIND_OF_UNIT.sub("", name)


def _spoken(feature: Feature) -> dict[str, str]:
    """The name in the page's other languages: as the feature carries it, else as data/words.toml knows it."""
    known = words()
    said = {}
    for number, language in enumerate(known.languages):
        own = str(feature.properties.get(f"name_{language}", ""))
        listed = known.names.get(feature.name) or known.given.get(feature.name, ())
        name = short_unit(own) or (listed[number] if number < len(listed) else "")
        if name and name != feature.name:
            said[f"name_{language}"] = name
    return said


def _around(view: Box) -> Box:
    """The view and a fifth of it to each side: about what a wide screen shows."""
    west, south, east, north = view
    wide, high = (east - west) / 5, (north - south) / 5
    return west - wide, south - high, east + wide, north + high


def _weight(layer: Layer, feature: Feature) -> float:
    """What goes before what: a place named on a layer of its own, then the more populous, the larger."""
    if len(layer.features) == 1:
        return inf
    population = feature.properties.get("population", feature.properties.get("listed_people"))
    if isinstance(population, int | float):
        return float(population)
    return float(feature.geometry.area)  # square degrees: an order among neighbours, not a measure
