"""Reference systems of other people's coordinates: named, never guessed, and brought to lon, lat on WGS84."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import InputError

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

_FARTHEST_METRES = 1e8
"""Two and a half times round the earth: more than any projection of it needs, false origins included."""
_STEP_METRES = 5_000.0
"""Edges are straight in the system they were drawn in: cut so short, they stay where they were when brought over."""


def crs_named(text: Any, where: str) -> CRS:
    """The reference system a name, code, WKT or PROJJSON stands for; raises :class:`InputError` naming ``where``."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(text)
    except (CRSError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{where}: no reference system is called {text!r}. Write one as EPSG:4326.") from error


def agreed(stated: CRS | None, given: CRS | None, where: str) -> CRS:
    """The reference system a file states, or else the one given for it.

    Raises :class:`InputError` where there is neither, or where the two are not the same.
    """
    if stated is None and given is None:
        raise InputError(f'{where}: does not say in which reference system it is. Say it: crs = "EPSG:...".')
    if stated is not None and given is not None and not stated.equals(given, ignore_axis_order=True):
        raise InputError(f"{where}: says it is in {stated.name}, the mapping that it is in {given.name}. Take out one.")
    found = stated if stated is not None else given
    assert found is not None
    return found


def in_lonlat(geometries: Sequence[Any], crs: CRS, where: str) -> Sequence[Any]:
    """Geometries (x first) of a reference system in lon, lat on WGS84, heights dropped; None stays None.

    Raises :class:`InputError` where the system is neither geographic nor projected, or no accurate way leads out of it.
    """
    from pyproj.exceptions import ProjError

    flat = shapely.force_2d(np.asarray(geometries, dtype=object))
    if _is_lonlat(crs):
        return list(flat)
    try:
        plane = crs.to_2d()
        if plane.is_projected:
            metres = plane.axis_info[0].unit_conversion_factor
            _refuse_far(flat, metres, f"{where}: not coordinates of {crs.name}")
            flat = shapely.segmentize(flat, _STEP_METRES / metres)
        elif not plane.is_geographic:
            raise InputError(f"{where}: {crs.name} is no reference system of a map.")
        return list(shapely.transform(flat, _transform(plane), interleaved=False))
    except (ProjError, shapely.GEOSException) as error:
        raise InputError(f"{where}: cannot be brought from {crs.name} to WGS84 ({error}).") from error


def _refuse_far(geometries: Any, metres: float, what: str) -> None:
    """Cut into steps, an edge longer than any on earth would fill the memory."""
    coordinates = shapely.get_coordinates(geometries[~shapely.is_missing(geometries)])
    if not (np.abs(coordinates) * metres <= _FARTHEST_METRES).all():
        raise InputError(f"{what}: further than {_FARTHEST_METRES / 1000:,.0f} km from its origin.")


def _is_lonlat(crs: CRS) -> bool:
    return crs.is_geographic and crs.to_2d().equals(_wgs84(), ignore_axis_order=True)


@lru_cache(maxsize=1)
def _wgs84() -> CRS:
    from pyproj import CRS

    return CRS.from_epsg(4326)


def _transform(crs: CRS) -> Any:
    way = _way(crs)
    return lambda x, y: way.transform(x, y, errcheck=True)


@lru_cache(maxsize=8)
def _way(crs: CRS) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(crs, _wgs84(), always_xy=True, allow_ballpark=False)
