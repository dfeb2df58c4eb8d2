"""Measures every fixed territory of territories.toml once, for lists that must be quick.

python data/build/sizes.py

What depends on who holds what is left out: it has no size of its own, only one on a date.
"""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, timedelta

from geo.algebra.evaluate import World, evaluate
from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.data import data_path
from geo.reading.lexicon import Entry, Lexicon

COLUMNS = ("id", "expression", "quantity", "value", "unit")
NOW = date(2024, 1, 1)


def measured(entry: Entry) -> tuple[str, str, str, str, str] | None:
    """The row of an entry; None where it has no geometry, no extent, or no size without a date."""
    if not entry.expression or (territory := parse(entry.expression)).dated:
        return None
    at = date.fromisoformat(entry.end) - timedelta(days=1) if entry.end else NOW
    region = evaluate(territory, World(embedded(), at))
    if region.area_km2:
        return entry.id, entry.expression, "area", f"{region.area_km2:.1f}", "km2"
    if region.length_km:
        return entry.id, entry.expression, "length", f"{region.length_km:.1f}", "km"
    return None


def table() -> str:
    """The whole file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(filter(None, map(measured, Lexicon.embedded().entries))))
    return text.getvalue()


if __name__ == "__main__":
    data_path("boundaries/sizes.csv").write_text(table(), encoding="utf-8")
    sys.exit(0)
