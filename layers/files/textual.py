"""CSV with the geometry as WKT: for spreadsheets, and for anything else that reads nothing but tables."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import shapely

from layers.files.guard import CSV_MARK
from layers.files.rows import rows
from layers.layer import Layer, Value

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, full-width signs among them."""
_PLACES = 7  # decimals of a degree: 1 cm


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes UTF-8 with a header (RFC 4180); geometry is WKT in lon, lat on WGS84, in the last column, ``WKT``.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets do not show.
    """
    found = rows(layers)
    columns = list(found[0].values) if found else []
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([CSV_MARK, *(still(name) for name in columns), "WKT"])
        for row in found:
            drawn = shapely.to_wkt(row.geometry, rounding_precision=_PLACES) if row.geometry else ""
            table.writerow([still(row.layer), *(still(row.values[name]) for name in columns), drawn])


def still(value: Value) -> Value:
    """A value no spreadsheet runs; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value
