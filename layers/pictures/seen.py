"""What of the layers of a map can be seen in its window: only that is in the legend, and as it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from layers.layer import Feature, Layer
from layers.palette import Style, palette
from layers.pictures.narrow import is_narrow, mean_width, seen_wide, told
from layers.pictures.projection import Projection

Seen = Sequence[tuple[Layer, Sequence[Feature]]]
"""Layers with those of their features that lie in the window."""
NUMBERED = ("mention", "line", "band", "change-gain", "change-loss")
"""Roles of what was asked for or is claimed; a map numbers them."""
_MOST_NUMBERS = 8
SMALL_MM = 7.0
"""What is no longer than this on paper is found by a ring around it."""
SMALL = "small"
"""The property of a feature that needs a ring to be found."""
_SPECK_MM2 = 1.0
"""On paper: an area none of whose parts is larger is no entry of a legend."""
_FILLED = 0.9999
_NEXT = (("hatch", 90.0), ("hatch", 0.0), ("dots", 0.0))
"""Fills of the second band by width and of those after it: laid over one another crosses cannot be told apart."""


@dataclass(frozen=True)
class Drawn:
    """A feature of a layer on the plane of the map, in metres."""

    layer: Layer
    feature: Feature
    plane: BaseGeometry


def on_plane(layers: Iterable[Layer], projection: Projection) -> list[Drawn]:
    """Every feature of the layers, projected once."""
    return [Drawn(layer, one, projection.plane(one.geometry)) for layer in layers for one in layer.features]


def seen(things: Sequence[Drawn], window: BaseGeometry, metres_per_mm: float) -> Seen:
    """The layers of things, each with its features that show in the window, told how they are drawn there."""
    covered = [one.plane for one in things if one.layer.role == "occupied"]
    found: list[tuple[Layer, list[Feature]]] = []
    for thing in things:
        if not found or found[-1][0] is not thing.layer:
            found.append((thing.layer, []))
        inside = shapely.clip_by_rect(thing.plane, *window.bounds)
        if _shows(thing, inside, window, covered, metres_per_mm):
            found[-1][1].append(_told(thing, inside, metres_per_mm))
    return found


def numbers_of(found: Seen) -> dict[str, int]:
    """Numbers by the id of a layer, for what was asked for; none where it is one thing to be seen, or too many."""
    asked = [(layer.id, features) for layer, features in found if layer.role in NUMBERED and features]
    small = any(one.properties.get(SMALL) for _, features in asked for one in features)
    return {one: n for n, (one, _) in enumerate(asked, start=1)} if 1 - small < len(asked) <= _MOST_NUMBERS else {}


def styles_of(found: Seen) -> dict[str, Style]:
    """The style of each layer by its id: bands have fills of their own, the narrowest the palette's."""
    styles = {layer.id: palette().style(layer.role) for layer, _ in found}
    bands = [(layer, features[0]) for layer, features in found if layer.role == "band" and features]
    wide = [layer for layer, one in by_width(bands) if "drawn" not in one.properties]
    for layer, (fill, angle) in zip(wide[1:], _NEXT, strict=False):
        styles[layer.id] = replace(styles[layer.id], fill=fill, angle=angle)  # type: ignore[arg-type]
    narrow = {layer.id: seen_wide(styles[layer.id]) for layer, one in bands if "drawn" in one.properties}
    return styles | narrow


def by_width(bands: Sequence[tuple[Layer, Feature]]) -> list[tuple[Layer, Feature]]:
    """Bands with the narrowest first, by mean width (a ratio of degrees: it only sorts)."""
    return sorted(bands, key=lambda one: (mean_width(one[1].geometry), one[0].id))


def uncovered(thing: Drawn, things: Sequence[Drawn]) -> BaseGeometry:
    """A band where no narrower one lies: each is told by its own fill; anything else as it is."""
    if thing.layer.role != "band":
        return thing.plane
    own = (mean_width(thing.feature.geometry), thing.layer.id)
    narrower = [
        shapely.make_valid(one.plane)
        for one in things
        if one.layer.role == "band" and (mean_width(one.feature.geometry), one.layer.id) < own
    ]
    return shapely.difference(shapely.make_valid(thing.plane), shapely.union_all(narrower)) if narrower else thing.plane


def _shows(
    thing: Drawn, inside: BaseGeometry, window: BaseGeometry, covered: Sequence[BaseGeometry], metres_per_mm: float
) -> bool:
    role = thing.layer.role
    if role == "country":  # a line: a window within a country shows none of it
        return bool(0 < inside.area < _FILLED * window.area)
    if "Polygon" not in thing.plane.geom_type or role in NUMBERED:
        return not inside.is_empty
    if role == "control-assessed" and covered:
        over = shapely.union_all([shapely.make_valid(shapely.clip_by_rect(one, *window.bounds)) for one in covered])
        inside = shapely.difference(shapely.make_valid(inside), over)
    largest = max((part.area for part in shapely.get_parts(inside)), default=0.0)
    return bool(largest > _SPECK_MM2 * metres_per_mm**2)


def _told(thing: Drawn, inside: BaseGeometry, metres_per_mm: float) -> Feature:
    """The feature; its properties say if it is drawn wider than it is, and if it needs a ring to be found."""
    one = thing.feature
    if is_narrow(thing.layer, inside, metres_per_mm):
        one = told(one)
    if thing.layer.role in NUMBERED and reach(inside) < SMALL_MM * metres_per_mm:
        one = replace(one, properties={**one.properties, SMALL: 1})
    return one


def reach(plane: BaseGeometry) -> float:
    """How long a thing is: the diagonal of its box."""
    west, south, east, north = plane.bounds if not plane.is_empty else (0.0, 0.0, 0.0, 0.0)
    return float(((east - west) ** 2 + (north - south) ** 2) ** 0.5)
