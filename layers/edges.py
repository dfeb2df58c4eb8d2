"""Outlines as sets of edges: what is shared by neighbours, or by one day and the next, is found by equality."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

UNITS = 100_000  # in a degree: 1.1 m, as the page draws
_ABOVE = 1 << 26  # more than any longitude or latitude in units


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
    """The distinct edges, ascending, and for each of ``pairs`` the number of its edge."""
    ends = (pairs + _ABOVE).reshape(-1, 2, 2) @ np.array([2 * _ABOVE, 1])  # a place as one number, in the same order
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    new = np.append(True, (ends[order][1:] != ends[order][:-1]).any(axis=1))[: len(pairs)]
    number = np.empty(len(pairs), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return pairs[order[new]], number


def odd(numbers: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which of ``count`` edges occur an odd number of times: those that bound the union of a partition's pieces."""
    return (np.bincount(numbers, minlength=count) & 1).astype(bool)
