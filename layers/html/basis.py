"""What stands behind a measured figure, a line a source; and the figures that were seen but not judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from geo.wording import amount

_NUMBER = (int, float)


class Line(NamedTuple):
    """One source's value of a figure: ``name`` of the source, ISO date of its state or "", value, how it counts."""

    name: str
    state: str
    value: str
    how: str


class Unread(NamedTuple):
    """A figure of the text that no claim took up: its words, what it is in print, and why it was left."""

    text: str
    value: str
    why: str


def claims_of(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The claims of a document's first article."""
    rows = _first(document).get("claims", ())
    return [row for row in rows if isinstance(row, Mapping)]


def basis(claim: Mapping[str, Any]) -> list[Line]:
    """A line for each source value behind a claim's measured figure."""
    measured = claim.get("measured")
    if not isinstance(measured, Mapping) or not isinstance(measured.get("basis"), Mapping):
        return []
    unit = str(measured.get("unit", ""))
    rows = (row for row in measured["basis"].get("sources", ()) if isinstance(row, Mapping))
    return [
        Line(
            str(row.get("name", "")),
            str(row.get("snapshot") or ""),
            amount(row["value"], unit),
            "; ".join(filter(None, (str(row.get("whole") or ""), str(row.get("note") or "")))),
        )
        for row in rows
        if isinstance(row.get("value"), _NUMBER)
    ]


def unread(document: Mapping[str, Any]) -> list[Unread]:
    """The article's ``unread`` figures, where its document lists any."""
    return [
        Unread(str(row.get("text", "")), _printed(row), str(row.get("why") or row.get("note") or ""))
        for row in _first(document).get("unread", ())
        if isinstance(row, Mapping)
    ]


def _printed(row: Mapping[str, Any]) -> str:
    value = row.get("value")
    return amount(value, str(row.get("unit") or "")) if isinstance(value, _NUMBER) else ""


def _first(document: Mapping[str, Any]) -> Mapping[str, Any]:
    articles = document.get("articles") or [{}]
    return articles[0] if isinstance(articles[0], Mapping) else {}
