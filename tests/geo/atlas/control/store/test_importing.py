"""Importing: exact, small, the same bytes again, gone on with when days come, never over another series in silence."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source, file_source
from geo.atlas.control.store import Imported, catalogue, import_series, path_of, stored, stored_names
from geo.errors import DateError, InputError, OverwriteError, UnknownNameError, UsageError

Write = Callable[[str, Any], Path]
CITIES = ((37.8, 48.0), (39.3, 48.57), (33.37, 46.65), (34.1, 44.95))


def deepstate(*east: float) -> dict[str, Any]:
    """A day of the mirror: a box around Donetsk to a given longitude, and some more."""
    ring = [[37, 47.5], [east[0], 47.5], [east[0], 48.25], [37, 48.25], [37, 47.5]]
    geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": geometry}]}


@pytest.fixture
def folder(write: Write) -> Path:
    for day, east in ((1, 38.0), (2, 38.0), (5, 38.1), (6, 38.2)):
        path = write(f"deepstatemap_data_202501{day:02}.geojson", deepstate(east))
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The user's data folder."""
    return tmp_path / "home"


@pytest.fixture
def keep(folder: Path, home: Path) -> Callable[..., Imported]:
    def kept(name: str | None = None, path: Path = folder, **options: Any) -> Imported:
        return import_series(file_source(path, embedded()), path, embedded(), name, folder=home, **options)

    return kept


def test_what_is_kept_is_what_the_adapter_said(keep: Any, folder: Path, home: Path) -> None:
    done = keep("mirror")
    source, series = file_source(folder, embedded()), stored("mirror", embedded(), home)
    assert (done.read, series.first, series.last, len(series.dates)) == (4, source.first, source.last, 4)
    assert (series.name, series.title, series.licence) == ("mirror", source.title, source.licence)
    for day in range(1, 7):
        theirs, ours = source.snapshot(date(2025, 1, day)), series.snapshot(date(2025, 1, day))
        assert ours.source == "mirror"
        assert (ours.as_of, ours.dated, ours.notes) == (theirs.as_of, theirs.dated, theirs.notes)
        assert [(h.side, h.cls) for h in ours.holdings] == [(h.side, h.cls) for h in theirs.holdings]
        for mine, other in zip(ours.holdings, theirs.holdings, strict=True):
            assert shapely.to_wkb(mine.geometry) == shapely.to_wkb(other.geometry)
    assert series.report() == ("2 days missing: 2025-01-03 to 2025-01-04.",)
    assert series.unit_error_points("Donetsk", series.first) is None


def test_dates_are_asked_for_exactly(keep: Any, write: Write, home: Path) -> None:
    write("deepstatemap_data_20250401.geojson", deepstate(38.3))
    keep("mirror")
    series = stored("mirror", embedded(), home)
    for outside in (date(2024, 12, 31), date(2025, 4, 2)):
        with pytest.raises(DateError, match="mirror covers 2025-01-01 to 2025-04-01"):
            series.snapshot(outside)
    with pytest.raises(DateError, match="its last state before is of 2025-01-06"):
        series.snapshot(date(2025, 3, 1))
    assert series.snapshot(date(2025, 1, 20)).notes[0] == "no file of 2025-01-20: the state of 2025-01-06 stands in."


def test_the_same_input_gives_the_same_bytes(keep: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one = keep("mirror").path.read_bytes()
    keep("mirror", force=True)
    assert keep("mirror", force=True).path.read_bytes() == one
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = keep("other")
    assert dated.header.imported == "2023-11-14"


def test_new_days_are_added_and_the_rest_is_not_read_again(keep: Any, write: Write) -> None:
    keep("mirror")
    assert keep("mirror").read == 0
    write("deepstatemap_data_20250107.geojson", deepstate(38.4))
    longer = keep("mirror")
    assert (longer.read, longer.header.days, longer.header.last) == (1, 5, "2025-01-07")
    assert longer.path.read_bytes() == keep("mirror", force=True).path.read_bytes()


def test_a_day_that_changed_or_came_in_between_means_reading_all(keep: Any, write: Write, home: Path) -> None:
    keep("mirror")
    write("deepstatemap_data_20250103.geojson", deepstate(38.05))
    assert keep("mirror").read == 5
    write("deepstatemap_data_20250106.geojson", deepstate(38.9))
    assert keep("mirror").read == 5
    held = stored("mirror", embedded(), home).snapshot(date(2025, 1, 6)).held("russia")
    assert shapely.intersects_xy(held, 38.8, 48.0)


def test_another_series_is_not_replaced_in_silence(
    keep: Any, folder: Path, write: Write, tmp_path: Path, home: Path
) -> None:
    keep("mirror")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in folder.iterdir():
        (elsewhere / file.name).write_bytes(file.read_bytes())
    before = path_of("mirror", home).read_bytes()
    with pytest.raises(OverwriteError, match=r"a series called 'mirror' is there already.*--as.*--force") as error:
        keep("mirror", elsewhere)
    assert error.value.exit_code == 6
    (folder / "deepstatemap_data_20250106.geojson").unlink()
    with pytest.raises(OverwriteError, match="days would be lost"):
        keep("mirror")
    assert path_of("mirror", home).read_bytes() == before
    assert keep("mirror", force=True).header.days == 3


def test_days_that_cannot_be_read_are_left_out_and_listed(keep: Any, write: Write, home: Path) -> None:
    write("deepstatemap_data_20250107.geojson", '{"type": "FeatureCollection", "features": [{"geom')
    done = keep("mirror")
    assert done.header.days == 4
    assert any(
        "not read: 2025-01-07: deepstatemap_data_20250107.geojson: cut short" in line for line in done.header.report
    )
    write("deepstatemap_data_20250108.geojson", deepstate(38.2))
    assert any("2025-01-07" in line for line in keep("mirror").header.report)
    assert stored("mirror", embedded(), home).snapshot(date(2025, 1, 7)).dated == date(2025, 1, 6)


def test_a_folder_of_which_nothing_can_be_read_is_no_series(keep: Any, write: Write, home: Path) -> None:
    bad = write("sub/deepstatemap_data_20250107.geojson", "{") / "sub"
    with pytest.raises(InputError, match="no day of it can be read"):
        keep("mirror", bad)
    assert stored_names(home) == ()


def test_a_folder_that_cannot_be_written_is_known_before_anything_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = file_source(folder, embedded())
    monkeypatch.setattr(type(source), "snapshot", lambda *_: pytest.fail("read before"))
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"cannot write.*CONTACTLINE_DATA"):
        import_series(source, folder, embedded(), "x", folder=tmp_path / "file")


def test_a_single_file_is_a_series_of_one_day(keep: Any, folder: Path, home: Path) -> None:
    done = keep(None, folder / "deepstatemap_data_20250105.geojson")
    assert (done.header.name, done.header.days) == ("deepstatemap_data_20250105", 1)
    assert stored(done.header.name, embedded(), home).first == date(2025, 1, 5)


@pytest.mark.parametrize(
    "name", ["", "settlements", "../x", "a/b", "A", ".hidden", "x" * 80, "a..b", "with space", "é", "x.", "-x"]
)
def test_names_that_could_lead_elsewhere_are_refused(keep: Any, name: str, home: Path) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a series"):
        path_of(name, home)
    with pytest.raises(UnknownNameError):
        stored(name, embedded(), home)


@pytest.mark.parametrize("where", [0, 25, 60, 110, 300, -2000, -1])
def test_a_damaged_file_is_found_out(keep: Any, home: Path, where: int) -> None:
    path = keep("mirror").path
    whole = path.read_bytes()
    path.write_bytes(whole[:where] + bytes([whole[where] ^ 1]) + (whole[where + 1 :] if where != -1 else b""))
    with pytest.raises(InputError, match=r"mirror\.series.*Import it again"):
        stored("mirror", embedded(), home)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"checksum does not fit.*Import it again"):
        stored("mirror", embedded(), home)
    path.write_bytes(b"")
    with pytest.raises(InputError, match="Import it again"):
        stored("mirror", embedded(), home)
    ((name, found),) = catalogue(home)
    assert name == "mirror"
    assert isinstance(found, InputError)
    with pytest.raises(InputError, match="Import it again with --force"):
        keep("mirror")
    assert keep("mirror", force=True).path.read_bytes() == whole


def test_a_file_of_a_later_version_is_refused_by_name(keep: Any, home: Path) -> None:
    path = keep("mirror").path
    path.write_bytes(path.read_bytes().replace(b"contactline series 1 ", b"contactline series 2 ", 1))
    with pytest.raises(InputError, match="is of version 2, this program reads version 1"):
        stored("mirror", embedded(), home)


def test_a_failed_write_leaves_what_was_there(keep: Any, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = keep("mirror").path
    before = path.read_bytes()
    write("deepstatemap_data_20250107.geojson", deepstate(38.4))

    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", broken)
        with pytest.raises(InputError, match=r"No space left.*CONTACTLINE_DATA"):
            keep("mirror")
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["mirror.series"]


def test_the_name_of_a_series_works_wherever_a_source_is_named(
    keep: Any, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    keep("mirror")
    monkeypatch.setenv("CONTACTLINE_DATA", str(home))
    assert control_source("mirror", embedded()).name == "mirror"
    with pytest.raises(UnknownNameError, match="mirror"):
        control_source("miror", embedded())
