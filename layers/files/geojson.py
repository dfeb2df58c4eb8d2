"""GeoJSON as RFC 7946 has it: lon/lat on WGS84, outer rings counterclockwise, colours as simplestyle keys.

simplestyle: https://github.com/mapbox/simplestyle-spec/tree/master/1.1.0
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.credits import ALWAYS
from layers.files.fields import fields, text
from layers.files.grid import PLACES, on_grid
from layers.files.guard import JSON_MARK
from layers.files.provenance import about
from layers.layer import Feature, Layer
from layers.palette import palette


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one FeatureCollection; features of several layers tell theirs by the property ``layer``."""
    path.write_text(dump(layers), encoding="utf-8")


def dump(layers: Sequence[Layer]) -> str:
    """The text of the file, one feature a line."""
    features = [_line(mapped(layer, feature)) for layer in layers for feature in layer.features]
    origin = _line([about(layer) for layer in layers])
    head = f'{{"type":"FeatureCollection",{JSON_MARK},"statements":{_line(ALWAYS)},"layers":{origin}}},"features":['
    return "\n".join([head, ",\n".join(features), "]}", ""])


def mapped(layer: Layer, feature: Feature) -> dict[str, Any]:
    """A feature of a layer as GeoJSON, with the fields every format carries and its look as simplestyle keys."""
    return {
        "type": "Feature",
        "geometry": _geometry(_oriented(feature.geometry)),
        "properties": {**fields(layer, feature), "layer": text(layer.id), **_simplestyle(layer, feature)},
    }


def _geometry(geometry: BaseGeometry) -> dict[str, Any] | None:
    """``geometry`` as GeoJSON, rounded; None (RFC 7946, section 3.2) where there is none."""
    if geometry.is_empty:
        return None
    if geometry.geom_type == "GeometryCollection":
        parts = [_geometry(part) for part in shapely.get_parts(geometry)]
        return {"type": "GeometryCollection", "geometries": [part for part in parts if part]}
    mapped = shapely.geometry.mapping(geometry)
    return {"type": mapped["type"], "coordinates": _rounded(mapped["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(float(coordinates), PLACES) + 0.0
    return [_rounded(part) for part in coordinates]


def _oriented(geometry: BaseGeometry) -> BaseGeometry:
    """On the grid, with outer rings counterclockwise (RFC 7946, section 3.1.6)."""
    return shapely.orient_polygons(on_grid(geometry), exterior_cw=False)


def _simplestyle(layer: Layer, feature: Feature) -> dict[str, str | float]:
    style = palette().style(layer.role)
    colour = palette().colour(layer.role, str(feature.properties.get("side", ""))).light
    if style.kind == "point":
        return {"marker-color": colour, "marker-size": "small"}
    drawn: dict[str, str | float] = {"stroke": colour, "stroke-width": style.weight, "stroke-opacity": 1.0}
    if style.kind == "area":
        opacity = {"solid": style.fill_opacity, "none": 0.0}.get(style.fill, 0.2)
        drawn |= {"fill": colour, "fill-opacity": opacity}
    return drawn


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
