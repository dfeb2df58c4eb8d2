"""The length of a line at a stated smoothing: a front is as long as it is followed into its corners."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure.geodesic import length_km


def smoothed_km(line: BaseGeometry, tolerance_km: float) -> float:
    """Geodesic length in km of ``line`` (lon, lat on WGS84) after bends within ``tolerance_km`` are straightened.

    Douglas and Peucker's simplification in an azimuthal equidistant plane centred on the line (Snyder 1987, p. 191).
    """
    if line.is_empty:
        return 0.0
    import pyproj

    west, south, east, north = line.bounds
    plane = pyproj.CRS(proj="aeqd", lon_0=(west + east) / 2, lat_0=(south + north) / 2, ellps="WGS84")
    there = pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    back = pyproj.Transformer.from_crs(plane, "EPSG:4326", always_xy=True)
    flat = shapely.transform(line, lambda points: np.column_stack(there.transform(points[:, 0], points[:, 1])))
    smooth = shapely.simplify(flat, 1000 * tolerance_km)
    return length_km(
        shapely.transform(smooth, lambda points: np.column_stack(back.transform(points[:, 0], points[:, 1])))
    )
