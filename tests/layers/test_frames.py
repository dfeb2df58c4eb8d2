"""Layers as GeoDataFrames."""

from __future__ import annotations

import shapely

from layers.frames import frame
from layers.layer import Feature, Layer


def test_a_layer_becomes_a_table_that_knows_its_source() -> None:
    features = (Feature(shapely.Point(30, 50), "one", {"area_km2": 2.0}), Feature(shapely.Point(31, 50), "two"))
    table = frame(Layer("x", "X", "place", features, "somebody", "CC0", as_of="2025-01-20"))
    assert list(table["name"]) == ["one", "two"]
    assert table.crs.to_epsg() == 4326
    assert table.attrs["source"] == "somebody"
    assert table.attrs["as_of"] == "2025-01-20"
