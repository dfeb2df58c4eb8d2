"""Named seas, simplified, for naming and for the basemap (not cut to the coast of the units)."""

from __future__ import annotations

from pathlib import Path

import shapely
from arrangement import GRID, areal, on_grid
from sources import seas
from write import Feature

NAMES = ("Black Sea", "Sea of Azov", "Sea of Japan", "Yellow Sea")
TOLERANCE = 0.01  # degrees, about 1 km


def features(cache: Path) -> list[Feature]:
    """The four seas as Natural Earth draws them."""
    found = seas(cache, frozenset(NAMES))
    shapes = {name: areal(shapely.set_precision(shapely.simplify(g, TOLERANCE), GRID)) for name, g in found.items()}
    return [({"id": name.lower().replace(" ", "-"), "name": name}, on_grid(shape)) for name, shape in shapes.items()]
