"""What a printed map is framed on, and what of the things named is worth drawing on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from layers.layer import Layer

_APART_DEG = 12.0
"""What lies further from the rest than this belongs on a map of its own; a rule of layout, no measure."""
_VAST_DEG = 22.0
"""Wider than this no single country of the region is but Russia: it is seen, not framed."""
_ALIKE = 0.02
"""Two outlines that differ by less than this part of their area are one thing in two renderings."""


def titled_once(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """The layers without those that draw what another one draws: of one area's names the shortest stands."""
    kept: list[Layer] = []
    for layer in layers:
        twin = next((n for n, other in enumerate(kept) if alike(shape(layer), shape(other))), None)
        if twin is None:
            kept.append(layer)
        elif len(layer.features[0].name) < len(kept[twin].features[0].name):
            kept[twin] = layer
    return tuple(kept)


def apart_from(layers: Sequence[Layer], ground: Sequence[Layer]) -> tuple[Layer, ...]:
    """The layers that do not draw what the ground (countries, who holds what) shows already."""
    shown = [feature.geometry for layer in ground for feature in layer.features]
    return tuple(layer for layer in layers if not any(alike(shape(layer), one) for one in shown))


def is_seen_held(layer: Layer, control: Sequence[Layer]) -> bool:
    """Whether a layer is what one side holds of some units, as the fills of a map show it."""
    written = _written(layer)
    match written.of if isinstance(written, nodes.On) else written:
        case nodes.Both(nodes.Controlled(side), where) | nodes.Both(where, nodes.Controlled(side)):
            if not _is_of_units(where):
                return False
            area = shape(layer)
            fills = [
                shapely.clip_by_rect(feature.geometry, *area.bounds)
                for one in control
                if one.role.startswith("control-")
                for feature in one.features
                if feature.properties.get("side") == side
            ]
            bare = shapely.difference(area, shapely.union_all(shapely.make_valid(fills)))
            return bool(fills) and bare.area < _ALIKE * area.area
    return False


def in_its_role(layer: Layer) -> Layer:
    """A change of hands in the role of the side it went to, a band cut to some units as a band; others as they are."""
    written = _written(layer)
    role = _role(written) if written else ""
    return replace(layer, role=role) if role else layer


def _role(territory: Territory) -> str:
    match territory:
        case nodes.Gained("russia", _) | nodes.Lost("ukraine", _):
            return "change-gain"
        case nodes.Gained() | nodes.Lost():
            return "change-loss"
        case nodes.Band():
            return "band"
        case nodes.On(of):
            return _role(of)
        case nodes.Both(one, other):
            return _role(one) if _is_of_units(other) else _role(other) if _is_of_units(one) else ""
    return ""


def _is_of_units(territory: Territory) -> bool:
    return all(isinstance(term, nodes.Unit | nodes.Country) for term in nodes.members(territory))


def frame_of(layers: Sequence[Layer], home: BaseGeometry) -> tuple[list[BaseGeometry], tuple[str, ...]]:
    """What must be seen whole (lon, lat on WGS84), and a sentence on what lies too far from it to be on the sheet.

    Of what lies far apart the largest group is framed, one that meets ``home`` before any other. Seas, parallels,
    other countries and what is vast are framed only where nothing else is named, where they come nearest to ``home``
    (with it, where that is near); what is vast only where it is alone.
    """
    small = [layer for layer in layers if not is_vast(layer)] or list(layers)
    near = [layer for layer in small if not is_setting(layer)] or small
    shapes = [_piece(shape(layer), home) for layer in near]
    if all(is_vast(layer) for layer in near) and not any(one.intersects(home) for one in shapes):
        shown = shapely.total_bounds([home, *shapes])
        if shown[3] - shown[1] < _VAST_DEG:
            return [home, *(shapely.clip_by_rect(one, *_beside(home)) for one in shapes)], ()
    groups = list(_groups(shapes))
    if not groups:
        return [home], ()
    at_home = [group for group in groups if any(shapes[n].intersects(home) for n in group)]
    best = max(at_home or groups, key=len)
    far = [layer.features[0].name for n, layer in enumerate(near) if n not in best]
    words = f"Off the map: {'; '.join(far)}. It lies too far from the rest: draw a map of its own."
    return [shapes[n] for n in best], (words,) if far else ()


def shape(layer: Layer) -> BaseGeometry:
    """The geometry of a layer of one feature."""
    return layer.features[0].geometry


def alike(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two areas are the same but for how they are rendered (a ratio of areas of the same place)."""
    size = one.area
    if not size or abs(size - other.area) > _ALIKE * size or not shapely.intersects(*map(_box, (one, other))):
        return False
    return bool(one.equals(other)) or shapely.symmetric_difference(one, other).area < _ALIKE * size


def _written(layer: Layer) -> Territory | None:
    """The expression a layer draws."""
    written = layer.features[0].properties.get("expression")
    return parse(str(written)) if written else None


def is_setting(layer: Layer) -> bool:
    """Whether a layer draws where things happen (seas, parallels, other countries, what is vast), not what is named."""
    written = _written(layer)
    return is_vast(layer) or (written is not None and all(_is_place(one) for one in nodes.members(written)))


def is_vast(layer: Layer) -> bool:
    """Whether a layer draws what is too wide to be framed."""
    west, south, east, north = shape(layer).bounds
    return max(east - west, north - south) > _VAST_DEG


def _beside(home: BaseGeometry) -> tuple[float, float, float, float]:
    """The box of the meridians of home: of what runs around the earth the part abreast of it."""
    west, _, east, _ = home.bounds
    return west, -89.0, east, 89.0


def _is_place(territory: Territory) -> bool:
    match territory:
        case nodes.Country(name):
            return name != "ukraine"
        case nodes.Sea() | nodes.Parallel():
            return True
    return False


def _piece(geometry: BaseGeometry, home: BaseGeometry) -> BaseGeometry:
    """A geometry; of a vast one what lies around home, as far from it as it takes."""
    west, south, east, north = geometry.bounds
    if max(east - west, north - south) <= _VAST_DEG:
        return geometry
    for degrees in (2.0, 5.0, 10.0, 15.0):
        west, south, east, north = home.bounds
        around = shapely.clip_by_rect(
            geometry, west - degrees, max(south - degrees, -89.0), east + degrees, min(north + degrees, 89.0)
        )
        if not around.is_empty:
            return around
    west, south, east, north = geometry.bounds
    x, y = shapely.get_coordinates(geometry)[0]
    half = _VAST_DEG / 2
    return shapely.clip_by_rect(geometry, x - half, y - half, x + half, y + half)


def _groups(shapes: Sequence[BaseGeometry]) -> Iterator[list[int]]:
    """The numbers of the shapes that lie together, those with the first shape first."""
    boxes = [_box(one, _APART_DEG / 2) for one in shapes]
    parts = shapely.get_parts(shapely.union_all(boxes)) if boxes else ()
    found = [[n for n, box in enumerate(boxes) if part.intersects(box)] for part in parts]
    yield from sorted(found, key=min)


def _box(geometry: BaseGeometry, wider: float = 0.0) -> BaseGeometry:
    west, south, east, north = geometry.bounds
    return shapely.box(west - wider, south - wider, east + wider, north + wider)
