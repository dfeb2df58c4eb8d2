"""Regions from points: ground belongs to the nearest place of its own bank of the Dnipro, or of Crimea."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import Atlas

_PLANE = "+proj=laea +lat_0=48.5 +lon_0=34 +datum=WGS84 +units=m"
"""Lambert azimuthal equal-area centred on Ukraine: the plane the embedded table's cells are drawn in."""
_GRID = 1e-7  # degrees, about a centimetre: corners of cells meet exactly
_APART = ("Crimea", "Sevastopol")  # their border was the line of 2015: a place does not speak across it


class Nearest:
    """Ukraine within its recognised borders, internal waters included, shared out among places."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._known: tuple[bytes, list[tuple[BaseGeometry, NDArray[np.intp], NDArray[np.object_]]]] | None = None

    def regions(
        self, ids: NDArray[np.int64], lon_lat: NDArray[np.float64], states: NDArray[np.int8]
    ) -> dict[int, BaseGeometry]:
        """The region of each state that at least one place has: lon, lat on WGS84; together they cover Ukraine.

        ``lon_lat`` has a row per place, in degrees; ``ids`` tell whether the places are those of the last call, whose
        cells then serve again.
        """
        key = ids.tobytes() + lon_lat.tobytes()
        if self._known is None or self._known[0] != key:
            self._known = key, self._cells(lon_lat)
        found: dict[int, list[BaseGeometry]] = {}
        for ground, members, cells in self._known[1]:
            here = states[members]
            for state in np.unique(here).tolist():
                whole = (here == state).all()
                near = ground if whole else shapely.coverage_union_all(cells[here == state])
                found.setdefault(state, []).append(shapely.intersection(near, ground))
        return {state: shapely.union_all(areas) for state, areas in found.items()}

    def _cells(self, lon_lat: NDArray[np.float64]) -> list[tuple[BaseGeometry, NDArray[np.intp], NDArray[np.object_]]]:
        """Each ground with the places on it and their cells, in lon, lat; places at one spot share the first's."""
        points = shapely.points(lon_lat)
        home = shapely.STRtree(self.grounds).query_nearest(points, all_matches=False)[1]
        found = []
        for number, ground in enumerate(self.grounds):
            members = np.flatnonzero(home == number)
            _, first = np.unique(np.round(lon_lat[members], 7), axis=0, return_index=True)
            members = members[np.sort(first)]
            if len(members):
                found.append((ground, members, self._diagram(lon_lat[members], ground)))
        return found

    def _diagram(self, lon_lat: NDArray[np.float64], ground: BaseGeometry) -> NDArray[np.object_]:
        if len(lon_lat) == 1:
            return np.array([shapely.box(*ground.bounds)], dtype=object)
        plane = np.column_stack(self._way.transform(*lon_lat.T))
        room = shapely.transform(shapely.segmentize(shapely.box(*ground.bounds), 0.5), self._forward)
        cells = shapely.get_parts(
            shapely.voronoi_polygons(shapely.multipoints(plane), extend_to=room.buffer(50_000), ordered=True)
        )
        return np.asarray(shapely.transform(cells, self._back))

    @cached_property
    def grounds(self) -> list[BaseGeometry]:
        """The left bank and the right bank of the Dnipro without Crimea, and Crimea with Sevastopol."""
        apart = shapely.union_all([self.atlas.unit(name).geometry for name in _APART])
        banks = [shapely.difference(self.atlas.bank("dnipro", side), apart) for side in ("left", "right")]
        return [*banks, apart]

    @cached_property
    def _way(self) -> Any:
        from pyproj import Transformer

        return Transformer.from_crs("EPSG:4326", _PLANE, always_xy=True)

    def _forward(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._way.transform(*xy.T))

    def _back(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = self._way.transform(*xy.T, direction="INVERSE")
        return np.round(np.column_stack([lon, lat]) / _GRID) * _GRID
