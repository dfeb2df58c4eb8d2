"""Project Owl's JSON: latitude first, the day before the file's, no positions of anybody."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.uacontrolmap import UaControlMap, whose
from geo.errors import InputError
from geo.measure.geodesic import area_km2

Write = Callable[[str, Any], Path]


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[south, west], [south, east], [north, east], [north, west], [south, west]]


HELD, OVERLAPPING, KURSK = ring(37.5, 47.5, 38.5, 48.0), ring(38.0, 47.5, 38.7, 48.0), ring(35.3, 51.2, 35.5, 51.35)


def test_latitude_comes_first_and_the_day_is_the_one_before(write: Write) -> None:
    folder = write("20250120.json", {"areas": [HELD, OVERLAPPING, [[48, 38], [48, 38]]], "areas_ua": [KURSK]})
    source = UaControlMap(folder, embedded())
    assert source.dates == (date(2025, 1, 19),)
    snapshot = source.snapshot(date(2025, 1, 19))
    west, south, east, north = snapshot.held("russia").bounds
    assert (west, east, south) == pytest.approx((37.5, 38.7, 47.5), abs=1e-3)
    assert north == pytest.approx(48.0, abs=0.01)
    abroad = shapely.difference(snapshot.held("ukraine"), embedded().country("ukraine").geometry)
    assert area_km2(abroad) == pytest.approx(area_km2(shapely.box(35.3, 51.2, 35.5, 51.35)), rel=1e-3)


def test_what_is_in_other_countries_is_left_out(write: Write) -> None:
    folder = write("20250120.json", {"areas": [HELD, ring(28.9, 47.2, 29.1, 47.4)]})
    snapshot = UaControlMap(folder, embedded()).snapshot(date(2025, 1, 19))
    assert snapshot.held("russia").bounds[0] == pytest.approx(37.5)
    assert any("drawn in other countries" in note for note in snapshot.notes)


@pytest.mark.parametrize("units", [None, {"ru": "not a list"}, {"ua": [[0, 0, "brigade"]]}])
def test_positions_are_never_read(write: Write, units: Any) -> None:
    folder = write("20250120.json", {"areas": [HELD], "units": units, "geos": units, "frontline": units})
    assert UaControlMap(folder, embedded()).snapshot(date(2025, 1, 19)).held("russia").is_valid


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"area": []}, "not Project Owl's form"),
        ({"areas": [[[1, 2], ["x", 3]]]}, "area 1 is not a list"),
        ({"areas": [[[lon, lat] for lat, lon in HELD]]}, r"are its points \[lat, lon\]"),
        ({"areas": []}, "no ground in Ukraine"),
    ],
)
def test_other_forms_are_refused(write: Write, content: Any, words: str) -> None:
    folder = write("20250120.json", content)
    with pytest.raises(InputError, match=words):
        UaControlMap(folder, embedded()).snapshot(date(2025, 1, 19))


def test_the_real_files_all_read(shared: Path) -> None:
    source = control_source(str(shared / "control" / "uacontrolmap"), embedded())
    ukraine = embedded().country("ukraine").geometry
    held = [area_km2(shapely.intersection(source.snapshot(day).held("russia"), ukraine)) for day in source.dates]
    assert len(held) == 11
    assert all(108_500 < km2 < 118_000 for km2 in held)


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Crimea", "russia"),
        ("Pre-War Crimea", "russia"),
        ("Crimean Axis [Z]", "russia"),
        ("Zaporizhia\u00a0and Kherson\nAxis [Z]", "russia"),
        ("Donetsk Axis", "russia"),
        ("Russian N Kharkiv Offensive", "russia"),
        ("Russian Sumy Incursion", "russia"),
        ("Sumy Incursion 2", "russia"),
        ("Russian Dobropillia Advances 2026", "russia"),
        ("Ukrainian Kursk Incursion", "ukraine"),
        ("Transnistria", "elsewhere"),
        ("Chernobyl Exclusion Zone", "unknown"),
        ("", "unknown"),
    ],
)
def test_areas_of_the_map_are_told_by_their_names(name: str, side: str) -> None:
    assert whose(name) == side


def placemark(name: str, *bounds: float) -> str:
    points = " ".join(f"{x},{y},0" for x, y in shapely.get_coordinates(shapely.box(*bounds)))
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{points}</coordinates></LinearRing></outerBoundaryIs>"
    return f"<Placemark><name>{name}</name><Polygon>{ring}</Polygon></Placemark>"


def map_of(important: str, other: str = "") -> str:
    folders = (
        f"<Folder><name>Important\u00a0Areas</name>{important}</Folder><Folder><name>Frontline</name>{other}</Folder>"
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'


def test_a_backup_of_the_map_is_read_by_folder_and_name(write: Write) -> None:
    kml = map_of(
        placemark("Donetsk\u00a0Axis\n[Z]", 37.5, 47.5, 38.5, 48.0)
        + placemark("Ukrainian Kursk Incursion", 35.3, 51.2, 35.5, 51.35)
        + placemark("Transnistria", 29.0, 47.0, 29.4, 47.4)
        + placemark("Exclusion zone", 30.0, 51.2, 30.4, 51.4),
        placemark("Luhansk Axis", 38.5, 48.0, 39.0, 48.5),
    )
    folder = write("250120_0347.kml", kml)
    with zipfile.ZipFile(folder / "250121_0347.kmz", "w") as archive:
        archive.writestr("doc.kml", kml)
    source = control_source(str(folder), embedded())
    assert (source.name, source.dates) == ("uacontrolmap", (date(2025, 1, 19), date(2025, 1, 20)))
    for day in source.dates:
        state = source.snapshot(day)
        expected = area_km2(shapely.box(37.5, 47.5, 38.5, 48.0))
        assert area_km2(state.held("russia")) == pytest.approx(expected, rel=1e-2)
        assert shapely.intersects_xy(state.held("ukraine"), 35.4, 51.3)
        zone = area_km2(shapely.box(30.0, 51.2, 30.4, 51.4))
        assert f"Areas of names we do not know left out, {zone:,.0f} km²: Exclusion zone." in state.notes


@pytest.mark.parametrize(
    ("kml", "message"),
    [
        (map_of(placemark("Kyiv Axis", 9, 50, 10, 51)), "no ground in Ukraine shown as held"),
        (map_of("", placemark("Kyiv Axis", 30, 50, 31, 51)), "no folder 'important areas' in it. Folders: Frontline"),
        (map_of(placemark("Kyiv Axis", 50, 30, 51, 31)), r"placemark 1 \(Kyiv Axis\) lies at .* in the other order"),
        (map_of("")[:-20], "cut short"),
    ],
)
def test_a_backup_that_does_not_say_is_refused(write: Write, kml: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        control_source(str(write("250120_0347.kml", kml)), embedded()).snapshot(date(2025, 1, 19))
