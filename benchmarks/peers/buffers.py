"""Bands of 2, 15 and 50 km: ours beside a planar buffer in UTM and PostGIS, each against the true distance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyproj
import shapely

from geo.measure.bands import band, bands
from geo.measure.geodesic import densified, wgs84

OURS, PLANAR = "contactline", "shapely UTM 37N"
REACHES_M = (2_000.0, 15_000.0, 50_000.0)
FAMILY_M = tuple(1000.0 * km for km in range(1, 51))
_TOLERANCE_M = 0.06
_UTM = pyproj.Transformer.from_crs(4326, 32637, always_xy=True)


def engines(line: Any, reach: float, postgis: Any) -> dict[str, Callable[[], Any]]:
    """A call a name that draws the band; arcs are held to the same tolerance in all."""
    quarter = int(np.ceil(np.pi / 4 / np.arccos(1 - _TOLERANCE_M / reach)))
    found: dict[str, Callable[[], Any]] = {
        OURS: lambda: band(line, reach, reach, _TOLERANCE_M),
        PLANAR: lambda: _planar(line, reach, quarter),
    }
    if postgis is not None:
        query = "select ST_AsBinary(ST_Buffer(ST_GeogFromWKB(%s), %s, %s)::geometry)"
        wkb = bytes(shapely.to_wkb(line))
        found["PostGIS ST_Buffer(geography)"] = lambda: shapely.from_wkb(
            bytes(postgis.execute(query, (wkb, reach, f"quad_segs={quarter}")).fetchone()[0])
        )
    return found


def family(line: Any) -> dict[str, Callable[[], Any]]:
    """All whole kilometres from 1 to 50 at once, beside the narrowest and a middling one alone."""
    return {
        "family 1..50 km": lambda: bands(line, [(reach, reach) for reach in FAMILY_M], _TOLERANCE_M),
        "one of 1 km": lambda: band(line, 1000, 1000, _TOLERANCE_M),
        "one of 15 km": lambda: band(line, 15_000, 15_000, _TOLERANCE_M),
    }


def error_m(area: Any, line: Any, reach: float, samples: int = 4000) -> tuple[float, float]:
    """Largest and mean distance in m by which an edge misses its reach, at corners and between them.

    The truth: geodesic distance to the line split every 6 m along its geodesics.
    """
    from scipy.spatial import cKDTree

    truth = shapely.get_coordinates(densified(line, 0.006))
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))]
    places = np.vstack([r[:-1] * (1 - t) + r[1:] * t for r in rings for t in (0, 0.25, 0.5, 0.75)])
    places = places[np.random.default_rng(1).choice(len(places), min(samples, len(places)), replace=False)]
    _, near = cKDTree(_in_space(truth)).query(_in_space(places), k=4)
    metres = [wgs84().inv(*truth[near[:, k]].T, *places.T)[2] for k in range(4)]
    missed = np.abs(np.min(metres, axis=0) - reach)
    return float(missed.max()), float(missed.mean())


def _planar(line: Any, reach: float, quarter: int) -> Any:
    flat = shapely.transform(line, lambda c: np.column_stack(_UTM.transform(c[:, 0], c[:, 1])))
    drawn = shapely.buffer(flat, reach, quad_segs=quarter)
    return shapely.transform(drawn, lambda c: np.column_stack(_UTM.transform(c[:, 0], c[:, 1], direction="INVERSE")))


def _in_space(points: Any) -> Any:
    to_space = pyproj.Transformer.from_crs(4979, 4978, always_xy=True)
    return np.column_stack(to_space.transform(points[:, 0], points[:, 1], np.zeros(len(points))))
