"""Features of other people's files: collections opened, heights dropped, rings made valid, what is missing counted."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, cast

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import embedded
from geo.atlas.control.archive import gunzipped, is_gzip
from geo.atlas.control.reference import crs_named, in_lonlat
from geo.errors import InputError
from geo.measure.geodesic import densified

_POINTER = b"version https://git-lfs"


@dataclass(frozen=True)
class Shape:
    """A feature as read: its properties and its polygons (lon, lat on WGS84, valid, edges geodesic).

    ``null`` where the file gives no geometry at all; points and lines leave no polygons and are not null.
    """

    properties: Mapping[str, Any]
    polygons: tuple[shapely.Polygon, ...]
    null: bool = False


def read_json(path: Path) -> Any:
    """The content of a JSON file, gzipped or not.

    Raises :class:`InputError` that tells a file cut short from a web page, a pointer to data, and other things that
    are no JSON.
    """
    try:
        raw = gunzipped(path) if is_gzip(path) else path.read_bytes()
        text = raw.decode("utf-8-sig")
        return json.loads(text)
    except json.JSONDecodeError as error:
        if stranger := _stranger(raw):
            raise InputError(f"{path.name}: {stranger}, not data. Fetch it again.") from error
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string") or _is_cut(raw)
        raise InputError(
            f"{path.name}: {'cut short' if cut else 'not JSON'} ({error}). "
            "Fetch it again, or take it out of the folder: the day before stands in."
        ) from error
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path.name}: cannot be read ({error}).") from error


def is_truncated(path: Path) -> bool:
    """Whether a JSON file does not end as it begins; only its ends are looked at. Of packed files nothing is told.

    One cut just behind an inner bracket of the same kind is found out on reading.
    """
    if is_gzip(path):
        return False
    with path.open("rb") as file:
        first = file.read(64)
        file.seek(max(0, path.stat().st_size - 64))
        return _is_cut(first + file.read())


def shapes_of(collection: Any, source: str) -> tuple[Shape, ...]:
    """The features of a GeoJSON feature collection, from any reference system its ``crs`` names.

    Raises :class:`InputError` naming ``source`` and the feature; also where a server says that it left features out,
    or answers with an error.
    """
    features = features_of(collection, source)
    crs = _stated_crs(collection, source)
    return tuple(_shape(feature, source, number, crs) for number, feature in enumerate(features, start=1))


def features_of(collection: Any, source: str) -> list[Any]:
    """The features of a GeoJSON feature collection as they stand; raises :class:`InputError` as :func:`shapes_of`."""
    refuse_refusals(collection, source)
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list):
        raise InputError(f"{source}: not a GeoJSON feature collection.")
    return features


def refuse_refusals(content: Any, source: str) -> None:
    """Raises :class:`InputError` where a server's answer is an error, or less than all features."""
    if not isinstance(content, Mapping):
        return
    if isinstance(error := content.get("error"), Mapping) and "features" not in content:
        said = " ".join(str(error.get(key, "")) for key in ("code", "message")).strip()
        raise InputError(f"{source}: a server's error, not data ({said or 'no reason given'}). Fetch it again later.")
    inner = content.get("properties")
    if content.get("exceededTransferLimit") or (isinstance(inner, Mapping) and inner.get("exceededTransferLimit")):
        raise InputError(
            f"{source}: the server left features out (exceededTransferLimit). Fetch it in pages (resultOffset) "
            "and join them."
        )


def shape_of(geometry: BaseGeometry | None, properties: Any, where: str) -> Shape:
    """A feature in lon, lat; raises :class:`InputError` naming ``where``, also where lat comes first."""
    if not isinstance(properties, Mapping):
        raise InputError(f"{where} has no properties but {type(properties).__name__}.")
    if geometry is None:
        return Shape(properties, (), null=True)
    try:
        polygons = polygons_of(geometry)
    except (TypeError, ValueError, RecursionError, shapely.GEOSException) as error:
        raise InputError(f"{where} cannot be read ({error}).") from error
    refuse_swapped(polygons, where)
    return Shape(properties, polygons)


def polygons_of(geometry: BaseGeometry) -> tuple[shapely.Polygon, ...]:
    """The polygons of any geometry, valid and in two dimensions, with edges of no more than 5 km along geodesics.

    Each is made valid by itself (GEOS, method "structure"), so that ground drawn twice is not taken for a hole; one
    across the 180th meridian is cut there. Raises ValueError for coordinates that are no longitude and latitude.
    """
    return tuple(
        cast(shapely.Polygon, densified(part))
        for leaf in _leaves(shapely.force_2d(geometry))
        if leaf.geom_type == "Polygon" and not leaf.is_empty
        for sheet in _on_the_globe(cast(shapely.Polygon, leaf))
        for part in _leaves(shapely.make_valid(sheet, method="structure", keep_collapsed=False))
        if part.geom_type == "Polygon" and not part.is_empty
    )


def finite(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points of a ring; raises ValueError where a coordinate is not a finite number."""
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
        raise ValueError("a coordinate is not a number")
    return points


def united(polygons: Iterable[BaseGeometry]) -> BaseGeometry:
    """The union: where features overlap, their ground counts once."""
    return shapely.union_all(list(polygons))


def null_note(shapes: Iterable[Shape]) -> str:
    """How many features have no geometry; empty where all have one."""
    count = sum(shape.null for shape in shapes)
    return f"Features without geometry, left out: {count}." if count else ""


def refuse_swapped(polygons: Iterable[BaseGeometry], where: str) -> None:
    """Raises :class:`InputError` for ground that lies outside Ukraine's surroundings as written, inside if turned."""
    region = _surroundings()
    for polygon in polygons:
        west, south, east, north = polygon.bounds
        if not region.intersects(shapely.box(west, south, east, north)) and region.contains(
            shapely.box(south, west, north, east)
        ):
            raise InputError(
                f"{where} lies at {west:.1f} to {east:.1f} east, {south:.1f} to {north:.1f} north: in Ukraine, were "
                "latitude and longitude in the other order. Turn them: longitude comes first."
            )


def _shape(feature: Any, source: str, number: int, crs: Any) -> Shape:
    where = f"{source}: feature {number}"
    try:
        properties, geometry = feature["properties"] or {}, feature["geometry"]
        read = None if geometry is None else _plain(geometry) or shapely.from_geojson(json.dumps(geometry))
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, shapely.GEOSException) as error:
        raise InputError(f"{where} cannot be read ({error}).") from error
    if read is not None and crs is not None:
        read = in_lonlat([read], crs, where)[0]
    return shape_of(read, properties, where)


def _plain(geometry: Any) -> BaseGeometry | None:
    """The geometry of areas written as they should be, fast; None for all others, on which GEOS has the last word."""
    if not isinstance(geometry, dict) or set(geometry) != {"type", "coordinates"}:
        return None
    kind, polygons = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        polygons = [polygons]
    elif kind != "MultiPolygon":
        return None
    if not isinstance(polygons, list) or not polygons or not all(isinstance(p, list) and p for p in polygons):
        return None
    drawn = [[_ring(ring) for ring in polygon] for polygon in polygons]
    if any(ring is None for rings in drawn for ring in rings):
        return None
    areas = [cast(BaseGeometry, shapely.polygons(rings[0], rings[1:] or None)) for rings in drawn]
    return areas[0] if kind == "Polygon" else cast(BaseGeometry, shapely.multipolygons(areas))


def _ring(points: Any) -> Any:
    """A closed ring of plain pairs of finite numbers; None for any other."""
    if not isinstance(points, list) or len(points) < 4 or set(map(type, points)) != {list}:
        return None
    if set(map(len, points)) != {2} or not set(map(type, chain.from_iterable(points))) <= {float, int}:
        return None
    try:
        ring = np.array(points, np.float64)
    except OverflowError:
        return None
    return shapely.linearrings(ring) if np.isfinite(ring).all() and (ring[0] == ring[-1]).all() else None


def _stated_crs(collection: Mapping[str, Any], source: str) -> Any:
    """The reference system of the old ``crs`` member; None where there is none: lon, lat (RFC 7946)."""
    if not (stated := collection.get("crs")):
        return None
    inner = stated.get("properties") if isinstance(stated, Mapping) else None
    if not isinstance(inner, Mapping) or not isinstance(inner.get("name"), str):
        raise InputError(f'{source}: its "crs" names no reference system. Take it out if it is in lon, lat.')
    return crs_named(inner["name"], source)


def _on_the_globe(polygon: shapely.Polygon) -> list[BaseGeometry]:
    """The polygon within -180 to 180: as it is, or unrolled across the 180th meridian and cut there."""
    if not np.isfinite(shapely.get_coordinates(polygon)).all():
        raise ValueError("a coordinate is not a number")
    west, south, east, north = polygon.bounds
    if west < -360 or east > 360 or south < -90 or north > 90:
        raise ValueError(
            f"coordinates from {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g} are not longitude and latitude"
        )
    if west >= -180 and east <= 180 and east - west <= 180:
        return [polygon]
    shell, *holes = (_unrolled(ring) for ring in (polygon.exterior, *polygon.interiors))
    if np.ptp(shell[:, 0]) > 180:
        raise ValueError("an area wider than half the globe")
    for hole in holes:
        hole[:, 0] += 360 * np.round((_middle(shell) - _middle(hole)) / 360)
    whole = shapely.make_valid(shapely.Polygon(shell, holes), method="structure", keep_collapsed=False)
    sheets = [(turn, shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)) for turn in (-1, 0, 1)]
    cut = [(turn, shapely.intersection(whole, sheet)) for turn, sheet in sheets]
    shifts = [(part, turn) for turn, piece in cut for part in _leaves(piece)]
    moved = [shapely.affinity.translate(part, -360.0 * turn) for part, turn in shifts]
    return [part for part in moved if part.geom_type == "Polygon" and not part.is_empty]


def _middle(ring: Any) -> float:
    return float(ring[:, 0].min() + ring[:, 0].max()) / 2


def _unrolled(ring: BaseGeometry) -> Any:
    """A ring's points with longitudes that run on across the 180th meridian."""
    points = shapely.get_coordinates(ring).copy()
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    if abs(points[-1, 0] - points[0, 0]) > 1e-9:
        raise ValueError("a ring goes round a pole")
    return points


def _is_cut(raw: bytes) -> bool:
    first, last = raw.lstrip()[:1], raw.rstrip()[-1:]
    return {b"{": b"}", b"[": b"]"}.get(first, last) != last or not first


def _stranger(raw: bytes) -> str:
    """What a file that should be JSON is instead, where that is easily told."""
    if raw.startswith(_POINTER):
        return "a Git LFS pointer"
    return "a web page" if raw.lstrip()[:1] == b"<" else ""


@cache
def _surroundings() -> BaseGeometry:
    """Ukraine's bounds in lon, lat."""
    return shapely.box(*embedded().country("ukraine").geometry.bounds)


def _leaves(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """The simple geometries of one, collections within collections opened."""
    if not hasattr(geometry, "geoms"):
        yield geometry
        return
    for part in geometry.geoms:
        yield from _leaves(part)
