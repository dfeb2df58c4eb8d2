"""Whole histories, exact and fast: the area of something that changes, in every unit, at every state.

Most of an outline is that of the state before, so only the edges that appear or disappear are worked on. They close
into rings around what was gained or lost. A ring away from all borders of units is measured by its edges; only where
one comes near a border are the states before and after cut with the unit, within a frame around the change. The plane
is that of lon and lat, as for all overlays here, and area is the sum of what geodesic edges add: a value is the same
as an overlay of the whole would give.
"""

from __future__ import annotations

from geo.measure.history.engine import Row, history
from geo.measure.history.extent import ROUNDING_DEG, Area, Areas, Extent, Units
from geo.measure.history.outline import Indices, Mask, Outline

__all__ = ["ROUNDING_DEG", "Area", "Areas", "Extent", "Indices", "Mask", "Outline", "Row", "Units", "history"]
