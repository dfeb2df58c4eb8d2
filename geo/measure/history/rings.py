"""Changed edges closed into rings, and rings that lie near each other put together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import InputError
from geo.measure.history.outline import Indices, Mask, Outline, Points

Boxes = npt.NDArray[np.float64]
"""Rows of west, south, east, north in degrees."""


@dataclass(frozen=True, eq=False)
class Rings:
    """Changed edges in order, each ring after the other: what is gained on the left hand, what is lost on the right."""

    edges: Outline
    first: Indices
    """Where each ring begins."""
    step: Indices
    """The step each ring is of."""
    gone: Mask
    """Whether each edge is one that disappears: it runs backwards here."""

    @cached_property
    def ring(self) -> Indices:
        """The ring of each edge."""
        return np.repeat(np.arange(len(self.first)), np.diff(self.first, append=len(self.edges)))

    def as_drawn(self) -> Outline:
        """The edges with the area they bound on their left hand."""
        starts, ends = self.edges.starts, self.edges.ends
        return Outline(np.where(self.gone, ends, starts), np.where(self.gone, starts, ends))

    def taken(self, which: Mask) -> Rings:
        """Some of the rings."""
        edge = which[self.ring]
        size = np.diff(self.first, append=len(self.edges))[which]
        return Rings(self.edges.taken(edge), np.cumsum(size) - size, self.step[which], self.gone[edge])


_APART = 1000.0
"""How far the boxes of two days are set apart, in degrees, so that one tree holds many days."""


def loops(starts: Points, ends: Points, day: Indices) -> tuple[Indices, Indices]:
    """Stretches in an order in which each ends where the next one starts, and where in it each closed ring begins.

    Raises :class:`InputError` where stretches are left open.
    """
    leaving = np.lexsort((starts.imag, starts.real, day))
    arriving = np.lexsort((ends.imag, ends.real, day))
    if not np.array_equal(ends[arriving], starts[leaving]):
        raise InputError("An area of the series is not valid: parts of it overlap. Make it valid before measuring.")
    following = np.empty(len(starts), np.intp)
    following[arriving] = leaving
    after: list[int] = following.tolist()
    order: list[int] = []
    first: list[int] = []
    for begin in range(len(after)):
        at = begin
        if after[at] >= 0:
            first.append(len(order))
        while (further := after[at]) >= 0:
            order.append(at)
            after[at] = -1
            at = further
    return np.array(order, np.intp), np.array(first, np.intp)


def boxes_of(edges: Outline, first: Indices) -> Boxes:
    """The bounding box of each ring of edges in order."""
    lon, lat = edges.starts.real, edges.starts.imag
    low, high = np.minimum.reduceat, np.maximum.reduceat
    return np.column_stack([low(lon, first), low(lat, first), high(lon, first), high(lat, first)])


def hulls(boxes: Boxes, label: Indices, count: int) -> Boxes:
    """The bounding box of the boxes under each of ``count`` labels."""
    found = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
    np.minimum.at(found[:, :2], label, boxes[:, :2])
    np.maximum.at(found[:, 2:], label, boxes[:, 2:])
    return found


def drawn_boxes(boxes: Boxes) -> npt.NDArray[Any]:
    """Boxes as polygons."""
    return cast(npt.NDArray[Any], shapely.box(*boxes.T))


def neighbourhoods(boxes: Boxes, day: Indices) -> Indices:
    """Labels from 0 for boxes, alike where boxes of one day touch, directly or through the hull of others."""
    label = np.arange(len(boxes))
    while True:
        drawn = drawn_boxes(boxes + _APART * np.column_stack([day, np.zeros_like(day)] * 2))
        one, other = shapely.STRtree(drawn).query(drawn)
        if len(one) == len(boxes):
            return label
        merged = np.unique(_lowest_linked(one, other, len(boxes)), return_inverse=True)[1]
        label, count = merged[label], int(merged.max()) + 1
        boxes, day = hulls(boxes, merged, count), of_each(day, merged, count)


def of_each(values: Indices, label: Indices, count: int) -> Indices:
    """The value all elements under a label share."""
    found = np.empty(count, values.dtype)
    found[label] = values
    return found


def _lowest_linked(one: Indices, other: Indices, count: int) -> Indices:
    """For each element the lowest one it is linked to, at whatever remove; links are given both ways round."""
    lowest = np.arange(count)
    while True:
        lower = lowest.copy()
        np.minimum.at(lower, one, lowest[other])
        lower = lower[lower]
        if np.array_equal(lower, lowest):
            return lowest
        lowest = lower
