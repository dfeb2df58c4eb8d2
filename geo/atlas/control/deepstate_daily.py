"""DeepState's held area as its daily one-feature mirror publishes it.

==================  ==================================================================================
file name           ``deepstatemap_data_YYYYMMDD.geojson``: the only place the date stands
features            one, without properties: the Russian-held area of that day as a MultiPolygon
coordinates         lon, lat; coastal waters and the Sivash are inside the area
class               assessed, held by Russia; what is not inside is not said to be anybody's
==================  ==================================================================================

The rest of Ukraine is taken as held by Ukraine, so that a line of contact can be drawn: a rule of ours, said in the
notes of every snapshot. Days are missing from the series; the last known state stands in, and is named.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas
from geo.atlas.control.types import Holding, Snapshot
from geo.atlas.features import read_records
from geo.errors import DateError, InputError
from geo.measure.geodesic import area_km2, densified
from geo.quantity import Interval

_NAME = re.compile(r"deepstatemap_data_(\d{4})(\d\d)(\d\d)\.geojson")
_LONGEST_GAP_DAYS = 31
_SLIVER_KM2 = 20.0
"""Smaller pieces of Ukraine outside the held area, cut off by it, are taken for differences between two coastlines."""


class DeepStateDaily:
    """A folder of daily files, or one of them, as a control source.

    Raises :class:`InputError` where ``path`` holds none of them.
    """

    name = "deepstate"
    title = "DeepState, daily mirror (cyterat/deepstate-map-data)"
    licence = "DeepState's terms; not redistributed"

    def __init__(self, path: Path, atlas: Atlas) -> None:
        self.path = path
        self.atlas = atlas
        if not self._files:
            raise InputError(f"{path}: no file called deepstatemap_data_YYYYMMDD.geojson there.")
        self.first, self.last = min(self._files), max(self._files)

    @classmethod
    def recognises(cls, path: Path) -> bool:
        """Whether ``path`` looks like this series."""
        files = [path] if path.is_file() else path.glob("deepstatemap_data_*.geojson")
        return any(_NAME.fullmatch(file.name) for file in files)

    @cached_property
    def _files(self) -> dict[date, Path]:
        files = [self.path] if self.path.is_file() else sorted(self.path.iterdir())
        found = ((_NAME.fullmatch(file.name), file) for file in files)
        return {date(*map(int, match.groups())): file for match, file in found if match}

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days there is a file of."""
        return tuple(sorted(self._files))

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        """Every day there is a file of: what changed where is not told without reading them all."""
        return self.dates

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        """None: a published map's error is not known to us."""
        return None

    @lru_cache(maxsize=4)  # noqa: B019 - a handful of snapshots for the life of a command
    def snapshot(self, at: date) -> Snapshot:
        """The state of ``at``, or the last one before it inside a gap; :class:`DateError` outside the series."""
        if not self.first <= at <= self.last:
            raise DateError(f"{self.path.name} covers {self.first} to {self.last}, not {at}. Choose a date inside.")
        dated = max(day for day in self.dates if day <= at)
        if (at - dated).days > _LONGEST_GAP_DAYS:
            raise DateError(f"{self.path.name} has nothing for {at}: its last file before is of {dated}.")
        records = read_records(self._files[dated])
        polygons = [r.geometry for r in records if r.geometry is not None and not r.geometry.is_empty]
        if not polygons:
            raise InputError(f"{self._files[dated].name}: no area in it.")
        area = densified(shapely.make_valid(shapely.force_2d(shapely.union_all(polygons))))
        ukraine = self.atlas.country("ukraine").geometry
        rest = [part for part in shapely.get_parts(shapely.difference(ukraine, area)) if part.geom_type == "Polygon"]
        large = [area_km2(part) >= _SLIVER_KM2 for part in rest]
        ours, slivers = (shapely.union_all([p for p, big in zip(rest, large, strict=True) if big == w]) for w in (1, 0))
        gap = f"no file of {at}: the state of {dated} stands in." if dated != at else ""
        rule = (
            "What it does not show as Russian-held in Ukraine is taken as Ukrainian-held, but for "
            f"{area_km2(slivers):,.0f} km² of slivers where its coast and border are not ours: unknown."
        )
        holdings = (
            Holding("russia", "assessed", area),
            Holding("ukraine", "assessed", ours),
            Holding("ukraine", "unknown", slivers),
        )
        return Snapshot(self.name, at, dated, holdings, notes=tuple(filter(None, (gap, rule))))
