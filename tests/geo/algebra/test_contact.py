"""The line of contact runs where the two sides meet, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra.contact import contact_line
from geo.atlas import embedded
from geo.atlas.control.types import Holding, Snapshot
from geo.measure.geodesic import area_km2, length_km

DAY = date(2024, 9, 1)
UKRAINE = embedded().country("ukraine").geometry
RUSSIA = embedded().country("russia").geometry


def line_of(russian: BaseGeometry, ukrainian: BaseGeometry) -> BaseGeometry:
    holdings = (Holding("russia", "assessed", russian), Holding("ukraine", "assessed", ukrainian))
    return contact_line(Snapshot("test", DAY, DAY, holdings), embedded())


def test_neither_coast_nor_border_is_part_of_it() -> None:
    east = shapely.intersection(UKRAINE, shapely.box(36, 40, 45, 60))
    line = line_of(east, shapely.difference(UKRAINE, east))
    meridian = shapely.LineString([(36, 40), (36, 60)])
    inside = shapely.intersection(meridian, UKRAINE)
    assert length_km(line) == pytest.approx(length_km(inside), rel=1e-4)
    assert shapely.covers(shapely.buffer(meridian, 1e-5), line)


def test_it_is_joined_and_runs_with_ukraine_on_its_left() -> None:
    pocket = shapely.Point(33, 48.5).buffer(0.5)
    line = line_of(pocket, shapely.difference(UKRAINE, pocket))
    assert line.geom_type == "LineString"
    assert line.is_ring
    assert not shapely.is_ccw(shapely.LinearRing(line.coords))  # round what Russia holds, that on its right


def test_no_front_runs_around_a_speck() -> None:
    speck, pocket = shapely.Point(33, 48.5).buffer(0.002), shapely.Point(35, 48.5).buffer(0.1)
    assert area_km2(speck) < 0.5
    held = shapely.union(speck, pocket)
    line = line_of(held, shapely.difference(UKRAINE, held))
    assert length_km(line) == pytest.approx(length_km(pocket.boundary), rel=1e-6)


def test_abroad_it_is_the_edge_of_what_ukraine_holds() -> None:
    salient = shapely.intersection(RUSSIA, shapely.box(35, 51, 35.4, 51.5))
    assert area_km2(salient) > 100
    line = line_of(shapely.Polygon(), shapely.union(UKRAINE, salient))
    border = shapely.buffer(UKRAINE.boundary, 2e-6)
    assert length_km(shapely.intersection(line, border)) < 0.1
    assert length_km(line) > 20


def test_where_both_sides_face_each_other_across_the_border_the_border_is_the_line() -> None:
    window = shapely.box(35, 50.8, 35.4, 51.5)
    held_inside, held_abroad = shapely.intersection(UKRAINE, window), shapely.intersection(RUSSIA, window)
    shared = shapely.intersection(held_inside.boundary, held_abroad.boundary)
    assert length_km(shared) > 10
    line = line_of(held_inside, shapely.union(shapely.difference(UKRAINE, held_inside), held_abroad))
    on_border = shapely.intersection(line, shapely.buffer(shared, 2e-6))
    assert length_km(on_border) == pytest.approx(length_km(shared), rel=0.01)
