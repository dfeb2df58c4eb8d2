"""TopoJSON: each layer an object, borders they share written once.

The format: https://github.com/topojson/topojson-specification.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from layers.files import geojson
from layers.files.guard import JSON_MARK
from layers.files.provenance import about
from layers.layer import Layer

_STEPS = 10**9  # quantisation: a billion steps over the extent, at most 4 cm for a world


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one topology in lon, lat on WGS84; features carry the same properties as in GeoJSON."""
    from pytopojson.topology import Topology

    objects = {
        about(layer)["id"]: {
            "type": "FeatureCollection",
            "features": [geojson.mapped(layer, feature) for feature in layer.features],
        }
        for layer in layers
    }
    shape = Topology()(objects, quantization=_STEPS)
    head = f'{{"type":"Topology",{JSON_MARK},"layers":{_line([about(layer) for layer in layers])}}}'
    rest = _line({key: value for key, value in shape.items() if key != "type"})
    path.write_text(f"{head},{rest[1:]}\n", encoding="utf-8")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
