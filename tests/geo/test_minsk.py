"""The zones of Minsk on a made-up front: each side draws back from its own line, and the ground between counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra.evaluate import World, evaluate
from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.atlas.control.types import Holding, Snapshot
from geo.measure.geodesic import wgs84
from geo.quantity import Interval
from geo.reading.lexicon import Lexicon

MEMORANDUM, PACKAGE = 38.4, 38.0
"""Where the made-up front runs, in degrees east: on 2014-09-19, and on 2015-02-12 further west."""


@dataclass(frozen=True)
class Fronts:
    """All of Ukraine east of a meridian is held by Russia; the meridian moves between the two agreements."""

    name: str = "fronts"
    title: str = "a made-up front"
    licence: str = "none"
    first: date = date(2014, 9, 1)
    last: date = date(2022, 2, 23)

    @property
    def dates(self) -> tuple[date, ...]:
        return (self.first, date(2015, 1, 1))

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        return self.dates

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        return None

    def snapshot(self, at: date) -> Snapshot:
        west = MEMORANDUM if at < date(2015, 1, 1) else PACKAGE
        held = shapely.intersection(embedded().country("ukraine").geometry, shapely.box(west, 44, 41, 52))
        return Snapshot(self.name, at, at, (Holding("russia", "assessed", held),))


def east_of(lon: float, metres: float, lat: float = 48.4) -> shapely.Point:
    x, y, _ = wgs84().fwd(lon, lat, 90, metres)
    return shapely.Point(x, y)


def zone(name: str) -> BaseGeometry:
    expression = Lexicon.embedded().by_id[name].expression
    return evaluate(parse(str(expression)), World(embedded(), date(2015, 3, 1), Fronts())).geometry


@pytest.mark.parametrize("width", [50, 70, 140])
def test_each_side_draws_back_from_its_own_line(width: int) -> None:
    area, half = zone(f"Minsk 2015 zone, {width} km"), 500 * width
    ukrainian = [area.covers(east_of(PACKAGE, -metres)) for metres in (100, half - 300, half + 300)]
    separatist = [area.covers(east_of(MEMORANDUM, metres)) for metres in (100, half - 300, half + 300)]
    assert ukrainian == separatist == [True, True, False]
    between = np.linspace(PACKAGE + 0.001, MEMORANDUM - 0.001, 9)
    assert all(area.covers(shapely.Point(lon, 48.4)) for lon in between)


def test_the_zone_of_the_memorandum_is_alike_on_both_sides_of_one_line() -> None:
    area = zone("Minsk 2014 zone")
    for side in (-1, 1):
        inside = [area.covers(east_of(MEMORANDUM, side * metres)) for metres in (100, 14_700, 15_300)]
        assert inside == [True, True, False]


def test_the_lines_are_those_of_their_days() -> None:
    for name, lon in (("2015 line", PACKAGE), ("Minsk memorandum line", MEMORANDUM)):
        west, _, east, _ = zone(name).bounds
        assert (west, east) == pytest.approx((lon, lon), abs=1e-6)
