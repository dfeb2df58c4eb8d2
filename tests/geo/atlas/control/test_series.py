"""A folder of dated files: recognised by its names, its gaps and doubles told, its dates asked for exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.atlas.atlas import embedded
from geo.atlas.control import FORMATS, control_source
from geo.atlas.control.deepstate_raw import DeepStateRaw
from geo.atlas.control.series import breaks
from geo.errors import DateError, InputError, UnknownNameError

Write = Callable[[str, Any], Path]

DONETSK = {
    "type": "FeatureCollection",
    "features": [
        {
            "properties": {"name": "Окуповано /// Occupied"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[37.5, 47.5], [38, 47.5], [38, 48], [37.5, 48], [37.5, 47.5]]],
            },
        }
    ],
}
JANUARY_1, JANUARY_1_LATE, JANUARY_4, JUNE_1 = "1704067200", "1704150000", "1704326400", "1717200000"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("deepstatemap_data_20250120.geojson", "deepstate"),
        ("1735766502.geojson", "deepstate-raw"),
        ("2025-01-20.json", "nzz"),
        ("20250120.json", "uacontrolmap"),
        ("20230701.geojson", "isw"),
        ("20220930_RussianAssessedCoTinUkraine.geojson", "isw"),
        ("2022-09-30/20220930_RussianAssessedCoTinUkraine.geojson", "isw"),
    ],
)
def test_each_format_is_known_by_its_file_names_and_by_no_other(write: Write, file: str, name: str) -> None:
    folder = write(file, "{}")
    for path in (folder, folder / file):
        assert [known.name for known in FORMATS if known.recognises(path)] == [name]
        assert control_source(str(path), embedded()).name == name


@pytest.mark.parametrize("file", ["20251320.json", "2025-02-30.json", "notes.txt", "deepstatemap_data_20250120.json"])
def test_other_names_are_refused_with_the_formats_that_are_read(write: Write, file: str) -> None:
    with pytest.raises(InputError, match=r"<unix seconds>\.geojson \(deepstate-raw\); YYYY-MM-DD\.json \(nzz\)"):
        control_source(str(write(file, "{}")), embedded())
    with pytest.raises(UnknownNameError):
        control_source("no such folder", embedded())


def test_gaps_are_named_and_never_crossed_in_silence(write: Write) -> None:
    for seconds in (JANUARY_1, JANUARY_4, JUNE_1):
        folder = write(f"{seconds}.geojson", DONETSK)
    source = DeepStateRaw(folder, embedded())
    assert (source.first, source.last) == (date(2024, 1, 1), date(2024, 6, 1))
    assert "no file of" not in " ".join(source.snapshot(date(2024, 1, 4)).notes)
    stand_in = source.snapshot(date(2024, 1, 3))
    assert stand_in.dated == date(2024, 1, 1)
    assert stand_in.notes[0] == "no file of 2024-01-03: the state of 2024-01-01 stands in."
    assert source.report() == ("150 days missing: 2024-01-02 to 2024-01-03, 2024-01-05 to 2024-05-31.",)
    with pytest.raises(DateError, match="2024-03-15: its last file before is of 2024-01-04"):
        source.snapshot(date(2024, 3, 15))
    for outside in (date(2023, 12, 31), date(2024, 6, 2)):
        with pytest.raises(DateError, match="covers 2024-01-01 to 2024-06-01"):
            source.snapshot(outside)


def test_of_several_files_of_a_day_the_last_counts_and_it_is_said(write: Write) -> None:
    write(f"{JANUARY_1}.geojson", "{}")
    folder = write(f"{JANUARY_1_LATE}.geojson", DONETSK)
    source = DeepStateRaw(folder, embedded())
    assert source.snapshot(date(2024, 1, 1)).notes[0] == "2 files of 2024-01-01: the last counts."
    assert source.report() == ("several files of 2024-01-01: the last by name counts.",)


def test_a_file_cut_short_is_listed_and_refused_by_name(write: Write) -> None:
    write(f"{JANUARY_1}.geojson", DONETSK)
    folder = write(f"{JANUARY_4}.geojson", '{"type": "FeatureCollection", "features": [{"geom')
    source = DeepStateRaw(folder, embedded())
    assert f"cut short: {JANUARY_4}.geojson." in source.report()
    with pytest.raises(InputError, match=f"{JANUARY_4}.geojson: cut short.*Fetch it again"):
        source.snapshot(date(2024, 1, 4))
    assert source.snapshot(date(2024, 1, 2)).dated == date(2024, 1, 1)


def test_jumps_are_told_and_the_front_moving_is_not() -> None:
    days = [date(2024, 3, 13), date(2024, 3, 14), date(2024, 4, 14), date(2024, 4, 15)]
    areas = [81_000.0, 64_400.0, 65_000.0, 66_500.0]
    (line,) = breaks(zip(days, areas, strict=True))
    assert line == (
        "a jump from 81,000 to 64,400 km² between 2024-03-13 and 2024-03-14: an event, or a break of the series."
    )
    assert breaks([]) == breaks([(days[0], 1.0)]) == ()


def test_a_folder_of_a_files_name_is_no_file(write: Write) -> None:
    folder = write(f"{JANUARY_1}.geojson", DONETSK)
    (folder / f"{JANUARY_4}.geojson").mkdir()
    assert DeepStateRaw(folder, embedded()).dates == (date(2024, 1, 1),)


def test_a_series_by_the_month_does_not_list_every_gap(write: Write) -> None:
    for number in range(30):
        folder = write(f"{int(JANUARY_1) + number * 30 * 86_400}.geojson", DONETSK)
    (line,) = DeepStateRaw(folder, embedded()).report()
    assert line == "841 days missing: in 29 gaps, the longest 2024-01-02 to 2024-01-30."


def test_files_of_other_sources_in_the_folder_are_named(write: Write) -> None:
    write(f"{JANUARY_1}.geojson", DONETSK)
    folder = write("2024-01-01.json", {"value": DONETSK})
    source = control_source(str(folder), embedded())
    assert source.name == "deepstate-raw"
    assert isinstance(source, DeepStateRaw)
    assert source.report() == ("files of nzz left aside: give each source its own folder.",)


@pytest.mark.parametrize(
    ("file", "properties"), [("deepstatemap_data_20240101.geojson", {}), ("20240101_RussiaCoTinUkraine.geojson", {})]
)
def test_a_reference_system_that_is_not_the_files_is_found_out(
    write: Write, file: str, properties: dict[str, Any]
) -> None:
    (feature,) = DONETSK["features"]
    stated = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    folder = write(file, {"crs": stated, "features": [{**feature, "properties": properties}]})
    with pytest.raises(InputError, match="nothing it shows lies in Ukraine"):
        control_source(str(folder), embedded()).snapshot(date(2024, 1, 1))
