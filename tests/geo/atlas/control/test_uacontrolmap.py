"""Project Owl's JSON: latitude first, the day before the file's, no positions of anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.uacontrolmap import UaControlMap
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
