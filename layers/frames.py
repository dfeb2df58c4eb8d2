"""A layer as a GeoDataFrame, for those who go on in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.layer import Layer

if TYPE_CHECKING:
    import geopandas


def frame(layer: Layer) -> geopandas.GeoDataFrame:
    """The features of a layer as rows in EPSG:4326 (lon, lat), its provenance in ``attrs``."""
    import geopandas

    rows = [{"name": feature.name, **feature.properties} for feature in layer.features]
    table = geopandas.GeoDataFrame(rows, geometry=[feature.geometry for feature in layer.features], crs="EPSG:4326")
    keys = ("id", "title", "role", "as_of", "source", "licence", "method", "note")
    table.attrs |= {key: getattr(layer, key) for key in keys}
    return table
