"""What an ArcGIS server answers to ``f=json``: features of attributes and rings, which are not GeoJSON.

==================  ==================================================================================
``features``        each ``{"attributes": {...}, "geometry": {"rings": [...]}}``; geometry may be missing or null
``rings``           all rings of all parts in one list: clockwise ones are outer, the others holes
``spatialReference``  ``latestWkid`` (EPSG), ``wkid`` (EPSG or ESRI), or ``wkt``; without it the file is refused
dates               milliseconds since 1970-01-01 UTC
``exceededTransferLimit``  features were left out: refused
==================  ==================================================================================

Source: ArcGIS REST API, "Geometry objects" and "Query (Feature Service/Layer)".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.reference import crs_named, in_lonlat
from geo.atlas.control.shapes import Shape, finite, refuse_refusals, shape_of
from geo.errors import InputError

_FEWEST_POINTS = 3
_EARLIEST = 1_000_000_000_000
"""2001-09-09 in milliseconds: a smaller number is no date, or one in seconds."""


def is_arcgis(content: Any) -> bool:
    """Whether a JSON document is an ArcGIS answer with features, not GeoJSON."""
    if not isinstance(content, Mapping) or content.get("type") == "FeatureCollection":
        return False
    if not isinstance(features := content.get("features"), list):
        return False
    first = features[0] if features else None
    return "geometryType" in content or (isinstance(first, Mapping) and "attributes" in first)


def arcgis_shapes(content: Mapping[str, Any], source: str) -> tuple[Shape, ...]:
    """The features of an ArcGIS answer; raises :class:`InputError` naming ``source`` and the feature."""
    refuse_refusals(content, source)
    if content.get("transform"):
        raise InputError(f"{source}: quantized coordinates. Ask the server without quantizationParameters.")
    geometries, attributes = [], []
    for number, feature in enumerate(content["features"], start=1):
        where = f"{source}: feature {number}"
        try:
            attributes.append(feature["attributes"] or {})
            geometries.append(_geometry(feature.get("geometry"), where))
        except (KeyError, TypeError, AttributeError, ValueError, shapely.GEOSException) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"{where} cannot be read ({error}).") from error
    if any(geometry is not None for geometry in geometries):
        geometries = list(in_lonlat(geometries, _crs(content.get("spatialReference"), source), source))
    return tuple(
        shape_of(geometry, properties, f"{source}: feature {number}")
        for number, (geometry, properties) in enumerate(zip(geometries, attributes, strict=True), start=1)
    )


def day_of_milliseconds(value: Any) -> date | None:
    """The UTC day of an ArcGIS date, or of its ISO form; None for what is no date after 2001."""
    try:
        if isinstance(value, str):
            return date.fromisoformat(value[:10])
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= _EARLIEST:
            return datetime.fromtimestamp(value / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _geometry(geometry: Any, where: str) -> BaseGeometry | None:
    if not geometry:
        return None
    if "curveRings" in geometry:
        raise InputError(f"{where} has curves. Ask the server with returnTrueCurves=false.")
    if "rings" not in geometry:
        return shapely.GeometryCollection()
    rings = [finite([(float(x), float(y)) for x, y, *_ in ring]) for ring in geometry["rings"]]
    closed = [shapely.LinearRing(ring) for ring in rings if len(set(ring)) >= _FEWEST_POINTS]
    shells = [shapely.Polygon(ring) for ring in closed if not ring.is_ccw]
    holes: dict[int, list[Any]] = {}
    for ring in (ring for ring in closed if ring.is_ccw):
        at = shapely.Point(ring.coords[0])
        around = [i for i, shell in enumerate(shells) if shell.covers(at) and shell.area > shapely.Polygon(ring).area]
        if around:
            holes.setdefault(min(around, key=lambda i: shells[i].area), []).append(ring)
        else:  # a hole in nothing: an outer ring drawn the wrong way round
            shells.append(shapely.Polygon(ring))
    return shapely.MultiPolygon([shapely.Polygon(shell.exterior, holes.get(i, [])) for i, shell in enumerate(shells)])


def _crs(reference: Any, source: str) -> Any:
    stated = reference if isinstance(reference, Mapping) else {}
    for code in (stated.get("latestWkid"), stated.get("wkid")):
        if isinstance(code, int):
            return crs_named(f"{'ESRI' if code > 99_999 else 'EPSG'}:{code}", source)
    if stated.get("wkt"):
        return crs_named(stated["wkt"], source)
    raise InputError(f"{source}: says no spatialReference. Ask the server with outSR=4326.")
