"""FlatGeobuf: all layers in one table, told apart by the column ``layer``; provenance in the header.

The format: https://flatgeobuf.org/. One file is one table, and a spatial index orders its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import fiona
import shapely
from fiona.crs import CRS

from layers.files.fields import text
from layers.files.provenance import document
from layers.files.rows import columns, rows, typed
from layers.layer import Layer


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one table in lon, lat on WGS84 (EPSG:4326)."""
    found = rows(layers)
    kinds = columns(found, days=False)  # the format has moments only
    schema = {"geometry": "Unknown", "properties": {"layer": "str", **kinds}}
    indexed = "YES" if all(row.geometry is not None for row in found) else "NO"  # no place without geometry
    with fiona.open(
        path,
        "w",
        driver="FlatGeobuf",
        layer="contactline",
        schema=schema,
        crs=CRS.from_epsg(4326),
        TITLE=text("; ".join(layer.title for layer in layers)),
        DESCRIPTION=document(layers),
        SPATIAL_INDEX=indexed,
    ) as table:
        table.writerecords(
            fiona.Feature(
                geometry=row.geometry and fiona.Geometry.from_dict(shapely.geometry.mapping(row.geometry)),
                properties=fiona.Properties.from_dict({"layer": row.layer, **typed(row.values, kinds)}),
            )
            for row in found
        )
