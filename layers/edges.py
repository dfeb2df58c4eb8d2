"""Outlines as sets of edges: what is shared by neighbours, or by one day and the next, is found by equality."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

UNITS = 100_000  # in a degree: 1.1 m, as the page draws


def edges_of(geometries: Sequence[BaseGeometry]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All edges of polygons (degrees), each as lon, lat, lon, lat in units, and the number of its geometry.

    An edge is written from its lesser to its greater end, whichever way its ring runs.
    """
    polygons, owner = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    areal = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    rings, of_polygon = shapely.get_rings(polygons[areal], return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    units = np.rint(points * UNITS).astype(np.int64)
    along = (of_ring[1:] == of_ring[:-1]) & (units[1:] != units[:-1]).any(axis=1)
    pairs = np.hstack([units[:-1], units[1:]])[along]
    turned = (pairs[:, 0] > pairs[:, 2]) | ((pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3]))
    pairs[turned] = pairs[turned][:, [2, 3, 0, 1]]
    return pairs, owner[areal][of_polygon[of_ring[:-1][along]]]


def numbered(pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct edges, and for each of ``pairs`` the number of its edge."""
    distinct, number = np.unique(pairs, axis=0, return_inverse=True)
    return distinct, number.reshape(-1)


def odd(numbers: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which of ``count`` edges occur an odd number of times: those that bound the union of a partition's pieces."""
    return (np.bincount(numbers, minlength=count) & 1).astype(bool)
