"""The days of the real mirror kept whole: small, exact, and what changes where is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.atlas import embedded
from geo.atlas.control.store import Imported, catalogue, import_series, stored
from geo.atlas.control.types import Holding, Snapshot


class Plain:
    """The mirror's areas as they stand in its files, without the rest that follows from them: quick to read."""

    name, title, licence = "plain", "plain", "none"

    def __init__(self, folder: Path) -> None:
        self.files = {
            date(int(f.name[18:22]), int(f.name[22:24]), int(f.name[24:26])): (f,) for f in sorted(folder.iterdir())
        }
        self.first, self.last = min(self.files), max(self.files)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.files)

    def area(self, day: date) -> BaseGeometry:
        feature = json.loads(self.files[day][0].read_bytes())["features"][0]
        return shapely.geometry.shape(feature["geometry"])

    def snapshot(self, at: date) -> Snapshot:
        return Snapshot(self.name, at, at, (Holding("russia", "assessed", self.area(at)),))

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        return self.dates

    def unit_error_points(self, unit: str, at: date) -> None:
        return None


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plain, Path, Imported]:
    """All days of the real mirror, kept."""
    folder = tmp_path_factory.mktemp("store")
    source = Plain(shared / "control" / "deepstate-daily")
    return (
        source,
        folder,
        import_series(source, shared / "control" / "deepstate-daily", embedded(), "real", folder=folder),
    )


def test_two_years_of_days_are_a_thirtieth_of_their_files_and_exact_to_the_bit(real: Any) -> None:
    source, folder, done = real
    assert done.header.bytes > 30 * done.path.stat().st_size
    states = 0
    for day, holdings in stored("real", embedded(), folder).states():
        assert shapely.to_wkb(holdings[0].geometry) == shapely.to_wkb(source.area(day))
        states += 1
    assert states == len(source.dates) == done.header.days


def test_the_days_told_to_change_an_area_are_all_that_do_and_few_others(real: Any) -> None:
    _, folder, _ = real
    series = stored("real", embedded(), folder)
    areas = [embedded().unit(name).geometry for name in ("Kherson", "Sumy", "Dnipropetrovsk")]
    clips: dict[date, list[float]] = {}
    states = list(series.states())[:200]
    for (_, before), (day, after) in pairwise(states):
        if before[0].geometry is not after[0].geometry:
            moved = shapely.symmetric_difference(before[0].geometry, after[0].geometry, grid_size=1e-9)
            clips[day] = [float(shapely.area(shapely.intersection(moved, area))) for area in areas]
    for number, area in enumerate(areas):
        told = set(series.changes(area))
        true = {day for day, sizes in clips.items() if sizes[number] > 0}
        assert true <= told
        within = {day for day, _ in states}
        assert len(told & within) <= 2 * len(true) + 10
    assert len(series.changes(embedded().unit("Lviv").geometry)) == 1


def test_reading_one_day_does_not_draw_the_others(real: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, folder, _ = real
    series = stored("real", embedded(), folder)
    built = []
    original = shapely.from_ragged_array
    monkeypatch.setattr(shapely, "from_ragged_array", lambda *a: built.append(1) or original(*a))
    series.snapshot(date(2025, 1, 20))
    assert built == [1]


def test_header_is_small_enough_to_list_many(real: Any) -> None:
    _, folder, done = real
    ((_, header),) = catalogue(folder)
    assert header == done.header
    assert replace(header, name="x") != header
    assert (header.span[1] - header.span[0]) > timedelta(700)


def test_a_coordinate_that_is_no_number_is_not_kept(tmp_path: Path) -> None:
    class Odd(Plain):
        def area(self, day: date) -> BaseGeometry:
            with np.errstate(invalid="ignore"):
                bad = shapely.from_wkt("POLYGON ((30 48, 31 nan, 31 49, 30 48))")
            return bad if day == self.last else shapely.box(30, 48, 31, 49)

    folder = tmp_path / "days"
    folder.mkdir()
    for day in (1, 2):
        (folder / f"deepstatemap_data_2025010{day}.geojson").touch()
    done = import_series(Odd(folder), folder, embedded(), "odd", folder=tmp_path)
    assert (done.header.days, done.header.report) == (1, ("not read: 2025-01-02: a coordinate that is no number",))
