"""What a history by edges stands on: sides are exact, the raster overlooks nothing, crossings close."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measure.geodesic import area_km2
from geo.measure.history.borders import Borders, Raster
from geo.measure.history.crossings import added, crossings
from geo.measure.history.outline import Outline
from geo.measure.history.sides import surrounds, turning, windings

degrees = st.floats(20, 40, allow_nan=False)
points = st.builds(complex, degrees, degrees)


@settings(deadline=None)
@given(points, points, st.floats(-2, 2), st.integers(-3, 3), st.integers(-3, 3))
def test_sides_are_exact(one: complex, other: complex, share: float, east: int, north: int) -> None:
    """Points on a line, or the least there is beside it."""
    point = one + share * (other - one)
    x, y = point.real, point.imag
    for _ in range(abs(east)):
        x = np.nextafter(x, np.inf * east)
    for _ in range(abs(north)):
        y = np.nextafter(y, np.inf * north)
    _, sign = turning(np.array([one]), np.array([other]), np.array([complex(x, y)]))
    ax, ay, bx, by, cx, cy = map(Fraction, (one.real, one.imag, other.real, other.imag, x, y))
    twice = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    assert sign[0] == (twice > 0) - (twice < 0)


boxes = st.lists(st.tuples(degrees, degrees, st.floats(0, 5), st.floats(0, 5)), min_size=1, max_size=12)


def drawn(some: list[tuple[float, float, float, float]]) -> np.ndarray:
    return np.array([(west, south, west + width, south + height) for west, south, width, height in some])


@settings(deadline=None)
@given(boxes, boxes)
def test_the_raster_overlooks_nothing(of: list[tuple[float, ...]], asked: list[tuple[float, ...]]) -> None:
    known, some = drawn(of), drawn(asked)
    may = Raster.of(known, np.array([22.0, 23.0, 36.0, 41.0])).may_meet(some)
    for box, meets in zip(some, may, strict=True):
        there = (known[:, 0] <= box[2]) & (box[0] <= known[:, 2]) & (known[:, 1] <= box[3]) & (box[1] <= known[:, 3])
        assert meets or not there.any()


def test_the_raster_spares_most() -> None:
    """One border in a corner: what lies elsewhere in the frame is known not to meet it."""
    raster = Raster.of(np.array([[20.0, 20.0, 21.0, 21.0]]), np.array([20.0, 20.0, 40.0, 40.0]))
    assert raster.may_meet(np.array([[22.0, 22.0, 39.0, 39.0], [20.5, 20.5, 30.0, 30.0]])).tolist() == [False, True]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**20), st.integers(3, 20), st.integers(3, 20))
def test_pieces_of_both_lines_make_up_what_they_share(seed: int, one: int, other: int) -> None:
    """On a coarse grid corners meet, edges overlap: still each ring crosses the other as often in as out.

    Of two edges in one place, with corners at different ones, overlay keeps the corners of one: up to 2,000 m² each.
    The smallest piece there can be by mistake, half a cell, has 420,000 m².
    """
    rng = np.random.default_rng(seed)
    area, unit = (
        shapely.make_valid(shapely.Polygon(rng.integers(0, 6, (n, 2)) / 100 + [30, 47]), method="structure")
        for n in (one, other)
    )
    if area.is_empty or unit.is_empty:
        return
    own, border = Borders.of([area]), Borders.of([unit])
    met, _ = crossings(own.edges, np.arange(len(own.edges)), border, 0.0)
    for ring, of in ((own.ring[met.edge], own), (border.ring[met.border], border)):
        assert not np.bincount(ring, met.enters, len(of.first)).any()
    total = 0.0
    for lines, ours, along, turn, inside in (
        (own, met.edge, met.along_edge, met.enters, lambda p: surrounds(border.edges, complex(p))),
        (border, met.border, met.along_border, -met.enters, lambda p: windings(own.edges, np.array([p]))[0]),
    ):
        order = np.lexsort((along, ours))
        starts = np.array([float(inside(point)) for point in lines.edges.starts])
        total += added(lines.edges, ours[order], met.point[order], turn[order].astype(float), starts).sum()
    shared = [part for part in shapely.get_parts(shapely.intersection(area, unit)) if part.geom_type == "Polygon"]
    assert total / 1e6 == pytest.approx(sum(map(area_km2, shared)), abs=0.02)


def test_an_edge_that_ends_on_a_border_touches_it() -> None:
    border = Borders.of([shapely.box(30, 47, 31, 48)])
    edges = Outline(np.array([29 + 47.5j, 29 + 47.2j]), np.array([30 + 1e-12 + 47.5j, 30.5 + 47.2j]))
    _, touching = crossings(edges, np.arange(2), border, 1e-9)
    assert touching.tolist() == [0]
