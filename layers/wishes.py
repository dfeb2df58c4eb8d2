"""What a page is asked to have beyond its territories; a room of its own, so that asking loads no map library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from layers.tiles import Tiles


@dataclass(frozen=True)
class Wishes:
    """A window of time (the usual one where None), and tiles."""

    first: date | None = None
    last: date | None = None
    tiles: Tiles | None = None
