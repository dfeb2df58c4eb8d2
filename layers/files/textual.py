"""CSV with the geometry as WKT: for spreadsheets, and for anything else that reads nothing but tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from layers.files.grid import PLACES, on_grid
from layers.files.guard import CSV_MARK
from layers.files.rows import rows
from layers.layer import Layer, Value

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, full-width signs among them."""
_UNSEEN = " \u00a0\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u202a\u202b\u202d\u202e\ufeff"
"""Blanks and marks nobody sees, which some programs trim before they look for a formula."""
_WITHIN = re.compile(f"([;\t|\r\n][{_UNSEEN}]*)([=+@\uff1d\uff0b\uff20-])")
"""A formula behind what ends a cell or a row where quotes are not seen: semicolons are so in much of Europe."""


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
            table.writerow([still(row.layer), *(still(row.values[name]) for name in columns), _wkt(row.geometry)])


def _wkt(geometry: BaseGeometry | None) -> str:
    drawn = on_grid(geometry) if geometry is not None else None
    return shapely.to_wkt(drawn, rounding_precision=PLACES) if drawn else ""


def still(value: Value) -> Value:
    """A value no spreadsheet runs, also where it takes another sign than the comma for the end of a cell.

    Numbers stay numbers.
    """
    if not isinstance(value, str):
        return value
    return _WITHIN.sub(r"\1'\2", f"'{value}" if value.lstrip(_UNSEEN).startswith(_RUNS) else value)
