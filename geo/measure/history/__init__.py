"""Whole histories, exact and fast: the area of something that changes, in every unit, at every state.

Most of an outline is that of the state before, so only the edges that appear or disappear are worked on. They close
into rings around what was gained or lost. What changes in a unit is summed from the edges of these rings and from the
borders they run across or around: an edge is cut only where it crosses a border (``steps.py``). Where gain and loss are
told apart, or an edge comes to lie on a border, the states before and after are cut with the unit within a frame
around the change (``changes.py``). The plane is that of lon and lat, as for all overlays here, and area is the sum of
what geodesic edges add: a value is the same as an overlay of the whole would give. Where two lines run in one place
with corners at different ones, an overlay keeps the corners of either, and so may a value: there they may differ by
what lies between the geodesics.
"""

from __future__ import annotations

from geo.measure.history.engine import Row, history
from geo.measure.history.extent import ROUNDING_DEG, Area, Areas, Extent, Units
from geo.measure.history.outline import Indices, Mask, Outline

__all__ = ["ROUNDING_DEG", "Area", "Areas", "Extent", "Indices", "Mask", "Outline", "Row", "Units", "history"]
