"""Days in names, as publishers and archives write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.atlas.control.dates import day_in, day_without_year, shapefile_updated


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20220930_RussianAssessedCoTinUkraine", date(2022, 9, 30)),
        ("2022-09-30", date(2022, 9, 30)),
        ("UkraineControlMapAO01NOV2023", date(2023, 11, 1)),
        ("UkaineControlMapAO2JAN2023", date(2023, 1, 2)),
        ("RussianAssessedCoTinUkraine_14_March_2022", date(2022, 3, 14)),
        ("Control March 14, 2022", date(2022, 3, 14)),
        ("UkraineControlMapAO31SEPT2022", None),
        ("UkraineControlMapAO30SEPT2022", date(2022, 9, 30)),
        ("AssessedRussianControlOfTerrainMAR2", None),
        ("VIEW_RussiaCoTinUkraine_V3", None),
        ("1735766502", None),
        ("20251320", None),
        ("control_latest_2024", None),
    ],
)
def test_a_full_day_is_read_and_nothing_else_taken_for_one(name: str, day: date | None) -> None:
    assert day_in(name) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [("AssessedRussianControlOfTerrainMAR2", (3, 2)), ("Control_2_March", (3, 2)), ("UkraineControlMap", None)],
)
def test_a_day_without_a_year_is_only_that(name: str, day: tuple[int, int] | None) -> None:
    assert day_without_year(name) == day


def test_a_table_says_when_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "a.dbf").write_bytes(bytes([3, 122, 3, 5]) + bytes(28))
    assert shapefile_updated(tmp_path / "a.shp") == date(2022, 3, 5)
    (tmp_path / "b.dbf").write_bytes(bytes([3, 122, 13, 5]))
    assert shapefile_updated(tmp_path / "b.shp") is None
    assert shapefile_updated(tmp_path / "c.shp") is None
