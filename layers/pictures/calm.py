"""Outlines of patchy ground made calm for paper: a dashed line needs room to be seen as one."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.pictures.ink import areas

_GAP_MM = 0.6
"""Gaps narrower than twice this are closed."""
_LEAST_MM2 = 3.0
"""What is smaller is a speck on paper, and so is a hole: left out beside larger ones."""


def calmed(plane: BaseGeometry, paper_m: float) -> BaseGeometry:
    """An area of the plane without gaps and specks too small for a dashed outline; ``paper_m`` are the metres of a mm.

    What is small altogether stays as it is. Only the drawing is calmer: figures are measured on the whole geometry.
    """
    if not plane.area:
        return plane
    gap, least = _GAP_MM * paper_m, _LEAST_MM2 * paper_m**2
    closed = areas(shapely.buffer(shapely.buffer(plane, gap, quad_segs=4), -gap, quad_segs=4))
    large = [part for part in closed if part.area >= least]
    if not large:
        return plane
    return shapely.union_all([_without_small_holes(part, least) for part in large])


def _without_small_holes(part: BaseGeometry, least: float) -> BaseGeometry:
    rings = np.asarray(shapely.get_rings(part))
    holes = [ring for ring in rings[1:] if shapely.Polygon(ring).area >= least]
    return shapely.Polygon(rings[0], holes)
