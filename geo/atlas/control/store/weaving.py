"""A series put together day by day: each class a track, and what changed where in bounding boxes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.store.container import Arrays
from geo.atlas.control.store.points import Coordinates, Points
from geo.atlas.control.store.stored import Class, Stored
from geo.atlas.control.store.track import ABSENT, COLLECTION, MULTIPOLYGON, OUTLINE, POLYGON, RING, Cursor, Marks, Track
from geo.atlas.control.types import Holding
from geo.measure.geodesic import area_km2

_NEW = -1
_MULTIPOINT = 4  # in GEOS's numbers of types the first that has parts
_HELD = ("russia", "assessed")

Edges = NDArray[np.int32]
"""Rows of two numbers of points."""
Boxes = NDArray[np.float32]
"""Rows of west, south, east, north in degrees on WGS84, rounded outward."""


class Loom:
    """Takes the days of a series in order, and gives the arrays of its file; goes on where a stored series ends.

    A class named twice on a day has two tracks; the order of holdings is that in which their tracks first appeared.
    """

    def __init__(self, known: Stored | None = None) -> None:
        arrays: Mapping[str, NDArray[Any]] = known.arrays if known else {}
        self.days: list[date] = list(known.dates) if known else []
        self._dated: list[int] = arrays["dated"].tolist() if known else []
        self._notes: list[list[str]] = list(known.notes) if known else []
        self.held_km2: list[float] = arrays["held_km2"].tolist() if known else []
        self._points = Points(arrays.get("points"))
        self._boxes: list[Boxes] = [arrays["boxes"]] if known else [np.empty((0, 4), np.float32)]
        self._box_days: list[int] = arrays["box_days"].tolist() if known else []
        self._weavers: dict[tuple[Class, int], Weaver] = {}
        seen: Counter[Class] = Counter()
        for cls, track in zip(known.classes, known.tracks, strict=True) if known else ():
            self._weavers[cls, seen[cls]] = Weaver(known=track)
            seen[cls] += 1

    def add(self, day: date, dated: date, holdings: Sequence[Holding], notes: Iterable[str]) -> None:
        """Adds the state of a day after the last one."""
        number = len(self.days)
        self.days.append(day)
        self._dated.append(dated.toordinal())
        self._notes.append(list(notes))
        seen: Counter[Class] = Counter()
        changed = []
        for holding in holdings:
            cls = (holding.side, holding.cls)
            weaver = self._weavers.setdefault((cls, seen[cls]), Weaver(number))
            seen[cls] += 1
            changed.append(weaver.add(*self._marked(holding.geometry)))
        for weaver in self._weavers.values():
            if len(weaver) == number:
                changed.append(weaver.add(ABSENT, np.empty(0, np.int32)))
        held = [h.geometry for h in holdings if (h.side, h.cls) == _HELD]
        still = number and not any(map(len, changed))
        self.held_km2.append(self.held_km2[-1] if still else sum(map(area_km2, held)))
        if number:
            table = self._points.table()
            boxes = np.concatenate([self._boxes[0][:0], *(_boxes(edges, table) for edges in changed)])
            self._boxes.append(boxes)
            self._box_days += [number] * len(boxes)

    def arrays(self) -> tuple[Arrays, tuple[Class, ...]]:
        """The arrays of the file, and the class of each track."""
        found: Arrays = {
            "days": np.array([day.toordinal() for day in self.days], np.int32),
            "held_km2": np.array(self.held_km2),
            "dated": np.array(self._dated, np.int32),
            "notes": np.frombuffer(json.dumps(self._notes, ensure_ascii=False).encode(), np.uint8),
            "points": self._points.table(),
            "boxes": np.concatenate(self._boxes),
            "box_days": np.array(self._box_days, np.int32),
        }
        for i, weaver in enumerate(self._weavers.values()):
            found |= {f"{i}.{name}": array for name, array in vars(weaver.track()).items()}
        return found, tuple(cls for cls, _ in self._weavers)

    def _marked(self, geometry: BaseGeometry) -> tuple[int, Marks]:
        coordinates, begins = rings_of(geometry)
        return kind_of(geometry), self._points.numbers(coordinates) << 2 | begins


class Weaver:
    """Puts the days of a class one after another into a track."""

    def __init__(self, days_before: int = 0, known: Track | None = None) -> None:
        self.before: Marks = np.empty(0, np.int32)
        self._kinds = [ABSENT] * days_before
        self._counts = [0] * days_before
        self._steps = [np.empty((0, 3), np.int32)]
        self._new: list[Marks] = []
        if known:
            self.before = Cursor(known).day(len(known.kinds) - 1)[1]
            self._kinds, self._counts = known.kinds.tolist(), known.counts.tolist()
            self._steps, self._new = [known.steps], [np.cumsum(known.marks, dtype=np.int32)]

    def add(self, kind: int, marks: Marks) -> Edges:
        """Adds a day; hands back its changed edges, rows of two numbers of points."""
        self._kinds.append(kind)
        if np.array_equal(marks, self.before):
            self._counts.append(0)
            return np.empty((0, 2), np.int32)
        kept = _positions(self.before, marks)
        steps, new = _steps(kept), marks[kept == _NEW]
        self._counts.append(len(steps))
        self._steps.append(steps)
        self._new.append(new)
        changed = _changed(self.before, marks, kept)
        self.before = marks
        return changed

    def __len__(self) -> int:
        return len(self._kinds)

    def track(self) -> Track:
        """What has been added."""
        steps = np.concatenate(self._steps)
        new = np.concatenate([np.zeros(1, np.int32), *self._new])
        return Track(np.array(self._kinds, np.uint8), np.array(self._counts, np.int32), steps, np.diff(new))


def kind_of(geometry: BaseGeometry) -> int:
    """The kind of an areal geometry."""
    kind = int(shapely.get_type_id(geometry))
    return kind if kind in (POLYGON, MULTIPOLYGON) else MULTIPOLYGON if len(_areas(geometry)) else COLLECTION


def rings_of(geometry: BaseGeometry) -> tuple[Coordinates, NDArray[np.int32]]:
    """The points of all rings, and for each whether a ring or polygon begins there; lines and points are no area."""
    polygons = _areas(geometry)
    if not len(polygons):
        return np.empty((0, 2)), np.empty(0, np.int32)
    _, coordinates, (rings, outlines) = shapely.to_ragged_array(polygons, include_z=False)
    begins = np.zeros(len(coordinates), np.int32)
    begins[rings[:-1]] = RING
    begins[rings[outlines[:-1]]] = OUTLINE
    return coordinates, begins


def _areas(geometry: BaseGeometry) -> NDArray[np.object_]:
    """The polygons of a geometry, in order, collections within collections opened."""
    parts: NDArray[np.object_] = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) >= _MULTIPOINT).any():
        parts = shapely.get_parts(parts)
    areas: NDArray[np.object_] = parts[(shapely.get_type_id(parts) == POLYGON) & ~shapely.is_empty(parts)]
    return areas


def _positions(before: Marks, marks: Marks) -> NDArray[np.int64]:
    """Where in the day before each mark stood; -1 for new ones."""
    size = int(max(before.max(initial=0), marks.max(initial=0))) + 1
    where = np.full(size, _NEW, np.int64)
    where[before] = np.arange(len(before))
    return where[marks]


def _steps(kept: NDArray[np.int64]) -> NDArray[np.int32]:
    """Skip, keep, new: a step begins wherever a kept mark does not follow the one before it."""
    if not len(kept):
        return np.zeros((1, 3), np.int32)
    old = kept != _NEW
    begins = old.copy()
    begins[1:] &= ~old[:-1] | (kept[1:] != kept[:-1] + 1)
    begins[0] = True
    first = np.flatnonzero(begins)
    keep = np.add.reduceat(old, first, dtype=np.int64)
    new = np.diff(np.append(first, len(kept))) - keep
    start = np.where(keep > 0, kept[first], 0)
    skip = start - np.append(0, (start + keep)[:-1])
    return np.column_stack([skip, keep, new]).astype(np.int32)


def _changed(before: Marks, marks: Marks, kept: NDArray[np.int64]) -> Edges:
    """The edges of one of two days alone, as rows of two numbers of points; those kept in a step are not looked at."""
    follows = (kept[1:] == kept[:-1] + 1) & (kept[1:] != _NEW) & (kept[:-1] != _NEW)
    stay = np.zeros(max(0, len(before) - 1), bool)
    stay[kept[:-1][follows]] = True
    return np.setxor1d(_edges(before, ~stay), _edges(marks, ~follows)).view(np.int32).reshape(-1, 2)


def _edges(marks: Marks, wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Distinct edges as one number each, whichever way they run."""
    if len(marks) < 2:
        return np.empty(0, np.int64)
    inside = wanted & ((marks[1:] & 3) == 0)
    ends = np.sort(np.column_stack([marks[:-1][inside], marks[1:][inside]]) >> 2, axis=1)
    return np.unique(np.ascontiguousarray(ends, np.int32).view(np.int64)[:, 0])


def _boxes(edges: Edges, points: Coordinates) -> Boxes:
    """The bounding boxes of edges that hang together.

    What two areas do not share lies inside the rings that the edges of one of them alone make up; such rings fall into
    parts that share no point, and none reaches beyond the box of its part.
    """
    if not len(edges):
        return np.empty((0, 4), np.float32)
    numbers, ends = np.unique(edges, return_inverse=True)
    label = _parts(ends.reshape(-1, 2), len(numbers))
    order = np.argsort(label, kind="stable")
    first = np.flatnonzero(np.diff(label[order], prepend=-1))
    sorted_points = points[numbers[order]]
    low, high = np.minimum.reduceat(sorted_points, first), np.maximum.reduceat(sorted_points, first)
    below = np.nextafter(low.astype(np.float32), np.float32(-np.inf))
    return np.column_stack([below, np.nextafter(high.astype(np.float32), np.float32(np.inf))])


def _parts(edges: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """The lowest point each point hangs together with."""
    label = np.arange(count)
    while True:
        lowest = label.copy()
        reached = label[edges].min(axis=1)
        for side in (0, 1):
            np.minimum.at(lowest, label[edges[:, side]], reached)
        lowest = lowest[lowest]
        lowest = lowest[label]
        if np.array_equal(lowest, label):
            return label
        label = lowest
