"""GeoParquet 1.1 with a bounding box per row: all layers in one table, told apart by the column ``layer``.

The format: https://geoparquet.org/releases/v1.1.0/. Needs pyarrow, which the extra ``parquet`` brings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import shapely

from geo.errors import UsageError
from layers.files.provenance import document
from layers.files.rows import columns, rows, typed
from layers.layer import Layer

KEY = b"contactline"
_DTYPES = {"int64": "Int64", "float": "Float64", "str": "string", "date": "object"}


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one table in lon, lat on WGS84 (OGC:CRS84); raises :class:`UsageError` where pyarrow is not installed."""
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "GeoParquet needs pyarrow: pip install '.[parquet]' in the clone, or pip install pyarrow."
        ) from error
    import geopandas
    import pandas

    found = rows(layers)
    kinds = columns(found)
    values = [typed(row.values, kinds) for row in found]
    table = {"layer": pandas.Series([row.layer for row in found], dtype="string")} | {
        name: pandas.Series([row[name] for row in values], dtype=_DTYPES[kind]) for name, kind in kinds.items()
    }
    shapes = [row.geometry and shapely.orient_polygons(row.geometry, exterior_cw=False) for row in found]
    frame = geopandas.GeoDataFrame(table, geometry=shapes, crs="OGC:CRS84")
    frame.to_parquet(path, index=False, schema_version="1.1.0", write_covering_bbox=True, compression="zstd")
    read = pq.read_table(path)
    said = {**(read.schema.metadata or {}), KEY: document(layers).encode()}
    geo = json.loads(said[b"geo"])
    geo["columns"]["geometry"]["orientation"] = "counterclockwise"
    said[b"geo"] = json.dumps(geo, ensure_ascii=False).encode()
    pq.write_table(read.replace_schema_metadata(said), path, compression="zstd")
