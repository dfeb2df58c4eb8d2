"""The published figures that ours are held against, each with its source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from geo.atlas.names import folded
from geo.data import data_path


@dataclass(frozen=True)
class OfficialFigure:
    """A published figure of a named territory: ``value`` in ``unit`` (km2, km or m), who says so and when."""

    subject: str
    quantity: str
    value: float
    unit: str
    source: str
    date: str
    note: str = ""


def official_figures(subject: str, quantity: str) -> tuple[OfficialFigure, ...]:
    """The published ``quantity`` ("area", "length", "width") of ``subject``, in the order of the table."""
    return tuple(figure for figure in _by_subject().get(folded(subject), ()) if figure.quantity == quantity)


def official_subjects() -> tuple[str, ...]:
    """Every subject of the table, once, in its order."""
    return tuple(dict.fromkeys(figure.subject for figure in _table()))


@cache
def _by_subject() -> dict[str, list[OfficialFigure]]:
    found: dict[str, list[OfficialFigure]] = {}
    for figure in _table():
        found.setdefault(folded(figure.subject), []).append(figure)
    return found


@cache
def _table() -> tuple[OfficialFigure, ...]:
    with data_path("official.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            OfficialFigure(
                row["subject"],
                row["quantity"],
                float(row["value"]),
                row["unit"],
                row["source"],
                row["date"],
                row["note"],
            )
            for row in csv.DictReader(file)
        )
