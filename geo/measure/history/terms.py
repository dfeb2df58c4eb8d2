"""What each directed edge adds to the area on its left hand, and to the length of its outline."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.measure.edges import edge_areas
from geo.measure.geodesic import METRES_IN_DEGREE
from geo.measure.history.outline import Outline, Points

Numbers = npt.NDArray[np.float64]


def edge_m2(edges: Outline) -> Numbers:
    """Signed m² under each geodesic edge: over closed rings they add up to geodesic area."""
    return edge_areas(_lonlat(edges.starts), _lonlat(edges.ends))


def edge_metres(edges: Outline) -> Numbers:
    """The length of each edge in metres, to a percent: for telling thin from wide, never for a measure."""
    along = edges.ends - edges.starts
    return METRES_IN_DEGREE * np.hypot(along.real * np.cos(np.radians(edges.starts.imag)), along.imag)


def _lonlat(points: Points) -> Numbers:
    return np.ascontiguousarray(points).view(np.float64).reshape(-1, 2)
