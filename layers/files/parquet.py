"""GeoParquet 1.1 with a bounding box per row: all layers in one table, told apart by the column ``layer``.

The format: https://geoparquet.org/releases/v1.1.0/. Needs pyarrow, which the extra ``parquet`` brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geo.errors import UsageError
from layers.files.provenance import document
from layers.files.rows import kind_of, rows
from layers.layer import Layer

KEY = b"contactline"
_DTYPES = {"int64": "Int64", "float": "Float64", "str": "string"}


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one table in lon, lat on WGS84 (OGC:CRS84); raises :class:`UsageError` where pyarrow is not installed."""
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError("GeoParquet needs pyarrow: install it with pip install 'contactline[parquet]'.") from error
    import geopandas
    import pandas

    found = rows(layers)
    columns = {"layer": pandas.Series([row.layer for row in found], dtype="string")}
    for name in found[0].values if found else ():
        values = [row.values[name] for row in found]
        kind = kind_of(values)
        plain = [value if value is None or kind != "str" else str(value) for value in values]
        columns[name] = pandas.Series(plain, dtype=_DTYPES[kind])
    table = geopandas.GeoDataFrame(columns, geometry=[row.geometry for row in found], crs="OGC:CRS84")
    table.to_parquet(path, index=False, schema_version="1.1.0", write_covering_bbox=True, compression="zstd")
    read = pq.read_table(path)
    pq.write_table(
        read.replace_schema_metadata({**(read.schema.metadata or {}), KEY: document(layers).encode()}),
        path,
        compression="zstd",
    )
