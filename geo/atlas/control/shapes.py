"""Features of other people's files: collections opened, heights dropped, rings made valid, what is missing counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.measure.geodesic import densified


@dataclass(frozen=True)
class Shape:
    """A feature as read: its properties and its polygons (lon, lat on WGS84, valid, edges geodesic).

    ``null`` where the file gives no geometry at all; points and lines leave no polygons and are not null.
    """

    properties: Mapping[str, Any]
    polygons: tuple[shapely.Polygon, ...]
    null: bool = False


def read_json(path: Path) -> Any:
    """The content of a JSON file; raises :class:`InputError` that tells a file cut short from one that is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
        what = "cut short" if at_end or is_truncated(path) else "not JSON"
        raise InputError(
            f"{path.name}: {what} ({error}). Fetch it again, or take it out of the folder: the day before stands in."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name}: cannot be read ({error}).") from error


def is_truncated(path: Path) -> bool:
    """Whether a JSON file does not end as it begins; only its ends are looked at.

    One cut just behind an inner bracket of the same kind is found out on reading.
    """
    with path.open("rb") as file:
        first = file.read(64).lstrip()[:1]
        file.seek(max(0, path.stat().st_size - 64))
        last = file.read().rstrip()[-1:]
    return {b"{": b"}", b"[": b"]"}.get(first, last) != last or not first


def shapes_of(collection: Any, source: str) -> tuple[Shape, ...]:
    """The features of a GeoJSON feature collection; raises :class:`InputError` naming ``source`` and the feature."""
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list):
        raise InputError(f"{source}: not a GeoJSON feature collection.")
    return tuple(_shape(feature, source, number) for number, feature in enumerate(features, start=1))


def polygons_of(geometry: BaseGeometry) -> tuple[shapely.Polygon, ...]:
    """The polygons of any geometry, valid and in two dimensions, with edges of no more than 5 km along geodesics.

    Each is made valid by itself (GEOS, method "structure"), so that ground drawn twice is not taken for a hole.
    """
    return tuple(
        cast(shapely.Polygon, densified(part))
        for leaf in _leaves(shapely.force_2d(geometry))
        if leaf.geom_type == "Polygon"
        for part in _leaves(shapely.make_valid(leaf, method="structure", keep_collapsed=False))
        if not part.is_empty
    )


def united(polygons: Iterable[BaseGeometry]) -> BaseGeometry:
    """The union: where features overlap, their ground counts once."""
    return shapely.union_all(list(polygons))


def null_note(shapes: Iterable[Shape]) -> str:
    """How many features have no geometry; empty where all have one."""
    count = sum(shape.null for shape in shapes)
    return f"Features without geometry, left out: {count}." if count else ""


def _shape(feature: Any, source: str, number: int) -> Shape:
    try:
        properties, geometry = feature["properties"] or {}, feature["geometry"]
        if geometry is None:
            return Shape(properties, (), null=True)
        return Shape(properties, polygons_of(shapely.from_geojson(json.dumps(geometry))))
    except (KeyError, TypeError, AttributeError, ValueError, shapely.GEOSException) as error:
        raise InputError(f"{source}: feature {number} cannot be read ({error}).") from error


def _leaves(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """The simple geometries of one, collections within collections opened."""
    if not hasattr(geometry, "geoms"):
        yield geometry
        return
    for part in geometry.geoms:
        yield from _leaves(part)
