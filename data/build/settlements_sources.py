"""Read the control sources in a folder, each as it was published: what one source showed on one day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Rules = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """One source on one day: areas (lon, lat, WGS84) by what it says of them.

    ``russia`` is held by Russia, ``unknown`` in nobody's sure hands, ``liberated`` taken back by Ukraine (beyond its
    border the same class means held by Ukraine), ``before_2022`` the part of ``russia`` held since 2014-15. ``dated``
    gives liberated areas whose name carries the day; ``silent_units`` and ``silent_before_2022`` what is left out.
    """

    source: str
    day: date
    russia: BaseGeometry
    unknown: BaseGeometry = field(default_factory=shapely.MultiPolygon)
    liberated: BaseGeometry = field(default_factory=shapely.MultiPolygon)
    before_2022: BaseGeometry = field(default_factory=shapely.MultiPolygon)
    dated: tuple[tuple[date, BaseGeometry], ...] = ()
    silent_units: frozenset[str] = frozenset()
    silent_before_2022: bool = False


def views(folder: Path, rules: Rules) -> Iterator[View]:
    """Every snapshot in ``folder``, source by source, days ascending."""
    for reader in (deepstate_raw, deepstate_daily, nzz, uacontrolmap, isw):
        yield from reader(folder, rules)


def deepstate_daily(folder: Path, rules: Rules) -> Iterator[View]:
    """One MultiPolygon a day: what DeepState calls occupied, now or since 2014."""
    for path in sorted((folder / "deepstate-daily").glob("deepstatemap_data_*.geojson")):
        day = datetime.strptime(path.stem[-8:], "%Y%m%d").date()
        yield View("deepstate-daily", day, _union(g for g, _ in _features(json.loads(path.read_text("utf-8")))))


def deepstate_raw(folder: Path, rules: Rules) -> Iterator[View]:
    """DeepState's own snapshots: names changed from Ukrainian to English to machine keys, features overlap."""
    for path in sorted((folder / "deepstate-raw").glob("*.geojson")):
        day = datetime.fromtimestamp(int(path.stem), UTC).date()
        areas: dict[str, list[BaseGeometry]] = {"occupied": [], "before_2022": [], "unknown": [], "liberated": []}
        dated = []
        for geometry, properties in _features(json.loads(path.read_text("utf-8"))):
            name = " ".join(str(properties.get("name") or "").split())
            kind = deepstate_class(name, properties.get("fill"), rules["deepstate"])
            if kind is None:
                continue
            areas[kind].append(geometry)
            if kind == "liberated" and (when := liberation_day(name)) and when <= day:
                dated.append((when, geometry))
        before = _union(areas["before_2022"])
        yield View(
            "deepstate",
            day,
            _union([*areas["occupied"], before]),
            _union(areas["unknown"]),
            _union(areas["liberated"]),
            before,
            tuple(dated),
            frozenset(u for u, until in rules["deepstate"]["not_drawn"].items() if day < until),
        )


def deepstate_class(name: str, fill: str | None, words: Rules) -> str | None:
    """``occupied``, ``before_2022``, ``unknown`` or ``liberated``; None for other countries' territories and all else.

    The machine key is asked first, then the English, then the Ukrainian part of ``uk /// en /// key``.
    """
    for part in reversed([part.strip() for part in name.split("///")]):
        for kind in ("before_2022", "unknown", "liberated", "occupied"):
            if part in words.get(kind, ()) or any(
                part.startswith(prefix) for prefix in words.get(f"{kind}_prefix", ())
            ):
                return None if kind == "occupied" and fill not in (None, words["occupied_fill"]) else kind
    return None


def liberation_day(name: str) -> date | None:
    """The last day.month in a name of 2022, e.g. ``Liberated 31.03 - 02.04`` is 2022-04-02."""
    found = re.findall(r"(\d\d)\.(\d\d)", name)
    return date(2022, int(found[-1][1]), int(found[-1][0])) if found else None


def nzz(folder: Path, rules: Rules) -> Iterator[View]:
    """Liveuamap's area as NZZ serves it; the state's own date is in its features, not in the file name."""
    words = rules["nzz"]
    for path in sorted((folder / "nzz").glob("*.json")):
        features = list(_features(json.loads(path.read_text("utf-8"))["value"]))
        yield View(
            "nzz",
            max(date.fromisoformat(properties["date"]) for _, properties in features),
            _union(g for g, properties in features if properties["type"] in words["held"]),
            liberated=_union(g for g, properties in features if properties["type"] == words["lost"]),
            silent_units=frozenset(words["silent_units"]),
            silent_before_2022=date.fromisoformat(path.stem) >= words["without_before_2022"],
        )


def uacontrolmap(folder: Path, rules: Rules) -> Iterator[View]:
    """Project Owl: exterior rings in [lat, lon] order; the file of a day shows the day before."""
    for path in sorted((folder / "uacontrolmap").glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        day = date.fromordinal(datetime.strptime(path.stem, "%Y%m%d").date().toordinal() - 1)
        held, ukrainian = (
            _union(shapely.Polygon([(lon, lat) for lat, lon in ring]) for ring in content.get(key) or ())
            for key in ("areas", "areas_ua")
        )
        yield View("uacontrolmap", day, held, liberated=ukrainian)


def isw(folder: Path, rules: Rules) -> Iterator[View]:
    """ISW's assessed control and advance, one file or one folder of layer files a day; claims are not counted."""
    words = rules["isw"]

    def counted(layer: str) -> bool:
        return any(word in layer for word in words["held"]) and not any(word in layer for word in words["claimed"])

    days: dict[date, list[BaseGeometry]] = {}
    for path in sorted((folder / "isw").rglob("*.geojson")):
        day = datetime.strptime(path.stem[:8], "%Y%m%d").date()
        for geometry, properties in _features(json.loads(path.read_text("utf-8"))):
            if counted(properties.get("layer") or path.stem):
                days.setdefault(day, []).append(geometry)
    for day, parts in sorted(days.items()):
        yield View("isw", day, _union(parts))


def _features(collection: Mapping[str, Any]) -> Iterator[tuple[BaseGeometry, Mapping[str, Any]]]:
    """Areal geometries with their properties; null geometries, points and lines are passed over."""
    for feature in collection["features"]:
        if feature.get("geometry"):
            geometry = _areal(shape(feature["geometry"]))
            if not geometry.is_empty:
                yield geometry, feature.get("properties") or {}


def _areal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, flat and valid."""
    polygons = [
        part
        for part in shapely.get_parts(geometry, return_index=False)
        if part.geom_type in ("Polygon", "MultiPolygon", "GeometryCollection")
    ]
    if len(polygons) == 1 and polygons[0].geom_type == "Polygon":
        flat = shapely.make_valid(shapely.force_2d(polygons[0]))
        return flat if flat.geom_type in ("Polygon", "MultiPolygon") else _areal(flat)
    return _union(_areal(part) for part in polygons)


def _union(parts: Any) -> BaseGeometry:
    return shapely.union_all([shapely.make_valid(part) for part in parts])
