"""Geometry made compact for a screen: cut to the map's frame, simplified.

Simplification works in Web Mercator because that is what the screen shows; its metres are stretched by the secant of
the latitude, and every tolerance here is stretched with them. Nothing is measured on what leaves this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.layer import Layer
from layers.palette import palette

# Metres on the ground. Base map and boundaries are there for orientation; what is measured stays within 20 m.
BASE_TOLERANCE = 250.0
MEASURED_TOLERANCE = 20.0

_BASE = "Base map"
_WIDE = 90.0  # degrees of longitude: what is wider (a parallel around the globe) opens no frame
_RADIUS = 6378137.0  # of the Web Mercator sphere, metres (EPSG:3857)
_LIMIT = 85.0  # degrees of latitude; Web Mercator ends at 85.05

Box = tuple[float, float, float, float]
"""west, south, east, north in degrees (WGS84)."""


def tolerance(role: str) -> float:
    """How far, in metres, the drawn outline of ``role`` may stray from the given one."""
    return BASE_TOLERANCE if palette().style(role).group == _BASE else MEASURED_TOLERANCE


def view_of(layers: Sequence[Layer], about: Sequence[str] = ()) -> Box:
    """The box a map should open on: where control is drawn, with what is told of that region; else the story alone.

    A story that also names a far country (Korea's line in an article on Ukraine's) opens on its own ground. A map that
    is ``about`` layers (ids) opens on these, with some ground around them.
    """
    asked = bounds([layer for layer in layers if layer.id in about])
    if asked is not None and asked[2] - asked[0] <= _WIDE:
        return _with_surroundings(asked)
    shown = [layer for layer in layers if layer.shown] or list(layers)
    groups = {layer.id: palette().style(layer.role).group for layer in shown}
    control = bounds([x for x in shown if groups[x.id] == "Control"])
    story = [x for x in shown if groups[x.id] not in {"Control", "Places", _BASE}]
    if control is not None:
        return _joined([control, *(box for x in story if (box := bounds([x])) and _touch(box, control))])
    units = [x for x in shown if palette().style(x.role).label in {"unit", "country"}]
    ukraine = (22.0, 44.0, 41.0, 53.0)  # where a map has nothing on it
    return bounds(story) or bounds(units) or bounds(shown) or ukraine


def _with_surroundings(box: Box) -> Box:
    """A box with a part of its own size around it, and no smaller than what tells where it lies."""
    west, south, east, north = box
    wide = max((1 + 2 * _AROUND) * (east - west), _LEAST_VIEW[0])
    high = max((1 + 2 * _AROUND) * (north - south), _LEAST_VIEW[1])
    lon, lat = (west + east) / 2, (south + north) / 2
    return lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2


_AROUND = 0.15
_LEAST_VIEW = (3.2, 2.2)
"""Degrees of longitude and latitude: some 220 by 240 km."""


def bounds(layers: Sequence[Layer]) -> Box | None:
    """The box around all features of ``layers``, None where there is no geometry."""
    boxes = [f.geometry.bounds for layer in layers for f in layer.features if not f.geometry.is_empty]
    if not boxes:
        return None
    return _joined(boxes)


def frame_of(view: Box, layers: Sequence[Layer] = ()) -> Box:
    """The box a reader can pan to: the view, once its size around it, and each layer told of that is not too wide."""
    west, south, east, north = view
    wide, high = max(east - west, 6.0), max(north - south, 4.0)
    around = (max(west - wide, -180.0), south - high, min(east + wide, 180.0), north + high)
    told = [bounds([layer]) for layer in layers if palette().style(layer.role).group not in {_BASE, "Places"}]
    return _joined([around, *(box for box in told if box and box[2] - box[0] <= _WIDE)])


def _joined(boxes: Sequence[Box]) -> Box:
    lows, highs = np.min(boxes, axis=0), np.max(boxes, axis=0)
    return float(lows[0]), max(float(lows[1]), -_LIMIT), float(highs[2]), min(float(highs[3]), _LIMIT)


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def compact(layer: Layer, frame: Box) -> list[BaseGeometry]:
    """The geometries of ``layer`` as a screen needs them, in order; empty ones stay empty.

    Units that fit together without gaps are simplified together, so that they still do.
    """
    flat = [shapely.force_2d(f.geometry) for f in layer.features]
    if palette().style(layer.role).group == _BASE:
        flat = [_cut(g, frame) for g in flat]
    if not flat:
        return []
    drawn = np.array([shapely.transform(g, mercator) for g in flat], dtype=object)
    metres = tolerance(layer.role) / cos(radians(_nearest_to_equator(flat)))
    whole = tolerance(layer.role) == BASE_TOLERANCE
    return [shapely.transform(g, degrees) for g in _simplified(drawn, metres, together=whole)]


def _nearest_to_equator(geometries: Sequence[BaseGeometry]) -> float:
    """The latitude, in degrees, at which Web Mercator stretches these the least: no tolerance is exceeded there."""
    spans = [(g.bounds[1], g.bounds[3]) for g in geometries if not g.is_empty]
    return min((0.0 if south < 0 < north else min(abs(south), abs(north)) for south, north in spans), default=0.0)


def _simplified(drawn: NDArray[Any], metres: float, *, together: bool) -> NDArray[Any]:
    areal = (
        together
        and len(drawn) > 1
        and all(g.geom_type in {"Polygon", "MultiPolygon"} and not g.is_empty for g in drawn)
    )
    if areal and shapely.coverage_is_valid(drawn):
        # Visvalingam and Whyatt: the tolerance is the square root of the triangle's area, so the corner it may cut
        # off is about as long as it is deep.
        simple: NDArray[Any] = shapely.coverage_simplify(drawn, metres)
        return simple
    plain: NDArray[Any] = shapely.simplify(drawn, metres, preserve_topology=True)
    return plain


def _cut(geometry: BaseGeometry, frame: Box) -> BaseGeometry:
    if geometry.is_empty or shapely.box(*frame).covers(geometry):
        return geometry
    whole = geometry if geometry.is_valid else shapely.make_valid(geometry)
    return shapely.clip_by_rect(whole, *frame)


def mercator(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees (lon, lat) as metres of Web Mercator (EPSG:3857), the poles cut off at 85 degrees."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(np.clip(lonlat[:, 1], -_LIMIT, _LIMIT))
    return np.column_stack([_RADIUS * lon, _RADIUS * np.log(np.tan(np.pi / 4 + lat / 2))])


def degrees(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres of Web Mercator as degrees (lon, lat)."""
    lon, lat = metres[:, 0] / _RADIUS, 2 * np.arctan(np.exp(metres[:, 1] / _RADIUS)) - np.pi / 2
    return np.column_stack([np.degrees(lon), np.degrees(lat)])
