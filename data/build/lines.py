"""The Dnipro from the northern border to the open sea, and its bank polygon."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import shapely
from arrangement import GRID, areal, on_grid
from local import Plane
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring
from sources import rivers
from write import Feature

KREMENCHUK = (33.25, 49.07)  # the dam, lon lat
CHAIN = ("kremenchuk", "kamianske", "dnipro-reservoir", "kakhovka")
STRIP_M = 400.0  # half the width of the lower Dnipro, metres
REACHES = Path(__file__).with_name("dnipro.toml")


def dnipro(cache: Path) -> LineString:
    """One line downstream (left of the line is the left bank): the coarse river line with our own reaches put in."""
    course = _chained(line for name, line in rivers(cache) if name == "Dnieper")
    for reach in tomllib.loads(REACHES.read_text(encoding="utf-8"))["reach"]:
        own = [(float(x), float(y)) for x, y in reach["course"]]
        start, stop = _nearest(course, own[0]), _nearest(course, own[-1])
        course = [*course[:start], *own, *([] if reach.get("ends") else course[stop + 1 :])]
    return LineString([(round(x, 5), round(y, 5)) for x, y in _without_loops(course)])


def _nearest(course: list[tuple[float, float]], point: tuple[float, float]) -> int:
    return min(range(len(course)), key=lambda i: Point(course[i]).distance(Point(point)))


def _without_loops(course: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The course without the small loops that overlapping source segments leave where they join."""
    steps = [LineString(course[i : i + 2]) for i in range(len(course) - 1)]
    tree = shapely.STRtree(steps)
    first, second = tree.query(steps, predicate="intersects")
    loops = [(int(i), int(j)) for i, j in zip(first, second, strict=True) if i + 1 < j]
    dropped = {k for i, j in loops for k in range(i + 1, j + 1)}
    return [vertex for k, vertex in enumerate(course) if k not in dropped]


def _chained(lines: Iterable[LineString]) -> list[tuple[float, float]]:
    """The vertices of the segments put end to end, from the northernmost end on."""
    pieces = [[(x, y) for x, y in line.coords] for line in lines]
    both = [*pieces, *([*reversed(piece)] for piece in pieces)]
    chain = max(both, key=lambda piece: piece[0][1])
    left = [piece for piece in pieces if set(piece) != set(chain)]
    while left:
        tail = Point(chain[-1])
        piece = min(left, key=lambda piece: min(tail.distance(Point(piece[0])), tail.distance(Point(piece[-1]))))
        left.remove(piece)
        ahead = tail.distance(Point(piece[0])) <= tail.distance(Point(piece[-1]))
        chain = [*chain, *(piece if ahead else reversed(piece))]
    return [vertex for i, vertex in enumerate(chain) if i == 0 or vertex != chain[i - 1]]


def banks(course: LineString, waters: Sequence[Feature]) -> BaseGeometry:
    """The river from bank to bank, Kremenchuk to the sea: reservoirs joined by a strip along the course."""
    reservoirs = [piece for properties, piece in waters if properties["id"].split("/")[0] in CHAIN]
    plane = Plane(33.5, 48.0)
    start = shapely.line_locate_point(course, Point(KREMENCHUK))
    lower = plane.metres(substring(course, start, course.length))
    strip = plane.degrees(lower.buffer(STRIP_M, quad_segs=2))
    whole = shapely.union_all([*reservoirs, areal(shapely.set_precision(strip, GRID))], grid_size=GRID)
    return on_grid(areal(whole))
