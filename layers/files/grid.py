"""Coordinates as the text formats write them: seven decimals of a degree, with shapes still whole."""

from __future__ import annotations

from typing import Any

import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

PLACES = 7
"""Decimals of a degree: 1 cm; RFC 7946, section 11.2, holds 6 (10 cm) to be enough for most."""
_STEP = 10.0**-PLACES


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """``geometry`` (lon, lat on WGS84), flat, each coordinate at :data:`PLACES` decimals.

    Rounding point by point can close a sliver or make two edges cross. Where it does, that part is cut anew on the
    grid, and what has no extent there falls away: a valid shape stays valid.
    """
    flat = shapely.force_2d(geometry)
    rounded = shapely.set_precision(flat, _STEP, mode="pointwise")
    if shapely.is_valid(rounded) or not shapely.is_valid(flat):
        return rounded
    if (parts := shapely.get_parts(flat)).size > 1:
        apart: BaseGeometry = getattr(shapely, flat.geom_type)(_kept(parts))
        if shapely.is_valid(apart):
            return apart
    return shapely.set_precision(flat, _STEP)


def _kept(parts: NDArray[Any]) -> list[BaseGeometry]:
    """The parts on the grid, without those that have no extent there."""
    pieces = shapely.get_parts([on_grid(part) for part in parts])
    return [piece for piece in pieces if not piece.is_empty]
