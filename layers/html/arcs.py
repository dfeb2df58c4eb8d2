"""A series as arcs that live from one day to another: what stays the same is sent once, for neighbours and for days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.edges import UNITS, numbered
from layers.html.geometry import MEASURED_TOLERANCE, degrees, mercator
from layers.html.polyline import polyline
from layers.timeline import Part


def arcs(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The outlines of all parts: each arc's points as a polyline, and its ``lives`` as ``[part, from, to, from, to]``.

    An arc is alive on days ``from <= day < to``. The arcs of a part that live on a day close to rings, which enclose
    the part by the even-odd rule. Arcs are simplified as the map's layers are, their ends stay.
    """
    edges, number = numbered(np.concatenate([part.edges for part in parts]))
    days = parts[0].alive.shape[1]
    alive = np.zeros((len(edges), len(parts), days), dtype=bool)
    begin = 0
    for n, part in enumerate(parts):
        alive[number[begin : begin + len(part.edges)], n] = part.alive
        begin += len(part.edges)
    patterns, member = np.unique(np.packbits(alive.reshape(len(edges), -1), axis=1), axis=0, return_inverse=True)
    member = member.reshape(-1)
    order = np.argsort(member, kind="stable")
    starts = np.searchsorted(member[order], np.arange(len(patterns)))
    lives = [_lives(alive[first]) for first in order[starts]]
    return [{"line": polyline(line), "lives": lives[group]} for group, line in _lines(edges[order], starts)]


def _lines(edges: NDArray[np.int64], starts: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Edges of groups, which begin at ``starts``, joined to lines and simplified; degrees, with the group's number."""
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(edges)))
    pieces = np.asarray(shapely.linestrings(mercator(edges.reshape(-1, 2) / UNITS).reshape(-1, 2, 2)))
    joined, owner = shapely.get_parts(
        shapely.line_merge(shapely.multilinestrings(pieces, indices=group)), return_index=True
    )
    nearest_equator = np.minimum.reduceat(np.abs(edges[:, [1, 3]]).min(axis=1), starts) / UNITS
    tolerances = MEASURED_TOLERANCE / np.cos(np.radians(nearest_equator))
    simple = shapely.simplify(joined, tolerances[owner], preserve_topology=True)
    points, line = shapely.get_coordinates(simple, return_index=True)
    return zip(owner.tolist(), np.split(degrees(points), np.searchsorted(line, np.arange(1, len(simple)))), strict=True)


def _lives(alive: NDArray[np.bool_]) -> list[list[int]]:
    found = []
    for part in np.flatnonzero(alive.any(axis=1)):
        turns = np.flatnonzero(np.diff(np.concatenate([[False], alive[part], [False]])))
        found.append([int(part), *turns.tolist()])
    return found
