"""A history as PNG or as a page, for :mod:`layers.series`; how it is set is :mod:`layers.pictures.history`'s."""

from __future__ import annotations

from geo.history import History
from layers.pictures.history import history_chart, history_page
from layers.pictures.save import as_bytes
from layers.pictures.sheet import SIZES


def png(history: History) -> bytes:
    """A PNG two columns wide, 300 dpi."""
    return as_bytes(history_chart(history, SIZES["page"]), "png")


def html(history: History) -> bytes:
    """The chart in a page of its own that needs no network."""
    return history_page(history)
