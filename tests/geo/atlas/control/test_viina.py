"""VIINA's table of places turned into regions: who is nearest decides, what is missing is said."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.settlements import Settlements
from geo.errors import DateError, InputError
from geo.measure.geodesic import area_km2

HEADER = "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status\n"
KYIV, DONETSK, KHERSON, OLESHKY, SIMFEROPOL = 703448, 709717, 706448, 698131, 693805
PEACE = {KYIV: "UA", DONETSK: "RU", KHERSON: "UA", OLESHKY: "RU", SIMFEROPOL: "RU"}


def table(days: dict[int, dict[int, str]]) -> str:
    return HEADER + "".join(f"{p},{day},UA,,UA,UA,{s}\n" for day, states in days.items() for p, s in states.items())


def packed(folder: Path, text: str, name: str = "control_latest_2025") -> Path:
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.csv", text)
    return path


def tessellation(folder: Path, places: Iterable[tuple[int, float, float]]) -> None:
    rows = [
        {"type": "Feature", "properties": {"geonameid": i, "longitude": x, "latitude": y}, "geometry": None}
        for i, x, y in places
    ]
    content = {"type": "FeatureCollection", "features": rows}
    (folder / "gn_UA_tess.geojson").write_text(json.dumps(content), encoding="utf-8")


def snapshot(path: Path, at: date = date(2025, 1, 20)) -> Any:
    return control_source(str(path), embedded()).snapshot(at)


def test_ground_goes_with_the_nearest_place_of_its_bank(tmp_path: Path) -> None:
    path = packed(tmp_path, table({20250120: PEACE}))
    for spec in (tmp_path, path):
        assert control_source(str(spec), embedded()).name == "viina"
    state = snapshot(path)
    held, ours = state.held("russia"), state.held("ukraine")
    # 15 km south-west of Kherson across the river is Oleshky's, however near the city is
    assert shapely.intersects_xy(held, [37.8, 34.1, 33.0, 32.45], [48.0, 45.0, 46.4, 46.55]).all()
    assert shapely.intersects_xy(ours, [30.5, 32.6], [50.4, 46.75]).all()
    whole = area_km2(embedded().country("ukraine").geometry)
    assert area_km2(held) + area_km2(ours) == pytest.approx(whole, rel=1e-5)
    assert area_km2(shapely.intersection(held, ours)) < 0.01


def test_contested_is_its_own_class_and_words_unknown_are_counted(tmp_path: Path) -> None:
    states = PEACE | {KHERSON: "CONTESTED", OLESHKY: "??"}
    state = snapshot(packed(tmp_path, table({20250120: states})))
    assert shapely.intersects_xy(state.contested(), 32.6, 46.75)
    assert not shapely.intersects_xy(state.held("russia"), 32.6, 46.75)
    assert "Places of no status we know, left out: 1." in state.notes


def test_days_are_those_of_the_rows_and_a_state_lasts_until_it_changes(tmp_path: Path) -> None:
    days = {20250119: PEACE, 20250120: PEACE, 20250121: PEACE | {KYIV: "RU"}, 20250124: PEACE}
    path = packed(tmp_path, table(days))
    source = control_source(str(path), embedded())
    assert [day.day for day in source.dates] == [19, 20, 21, 24]
    taken = [
        bool(shapely.intersects_xy(source.snapshot(date(2025, 1, n)).held("russia"), 30.5, 50.4))
        for n in (20, 21, 23, 24)
    ]
    assert taken == [False, True, True, False]
    assert source.snapshot(date(2025, 1, 23)).notes[0] == "no file of 2025-01-23: the state of 2025-01-21 stands in."
    assert source.report() == ("2 days missing: 2025-01-22 to 2025-01-23.",)
    with pytest.raises(DateError):
        source.snapshot(date(2025, 1, 25))


def test_years_in_files_of_their_own_are_one_series(tmp_path: Path) -> None:
    packed(tmp_path, table({20241231: PEACE}), "control_latest_2024")
    packed(tmp_path, table({20250101: PEACE | {KYIV: "RU"}}))
    source = control_source(str(tmp_path), embedded())
    assert source.dates == (date(2024, 12, 31), date(2025, 1, 1))
    kyiv = [bool(shapely.intersects_xy(source.snapshot(day).held("russia"), 30.5, 50.4)) for day in source.dates]
    assert kyiv == [False, True]


def test_days_that_lack_places_and_places_listed_twice_are_told(tmp_path: Path) -> None:
    days = {20250119: PEACE, 20250120: {KYIV: "UA"}, 20250121: PEACE}
    text = table(days) + f"{KYIV},20250121,,,,,RU\n"
    source = control_source(str(packed(tmp_path, text)), embedded())
    assert source.report() == (
        "control_latest_2025.zip: fewer than the 6 places of other days on 2025-01-19, 2025-01-20.",
        "control_latest_2025.zip: 1 places listed twice on a day: the last row counts.",
    )
    assert shapely.intersects_xy(source.snapshot(date(2025, 1, 21)).held("russia"), 30.5, 50.4)


def test_coordinates_beside_the_file_are_used_and_said(tmp_path: Path) -> None:
    states = {900001: "UA", 900002: "RU"}
    path = packed(tmp_path, table({20250120: states}))
    with pytest.raises(InputError, match=r"none of its 2 places is one we know. Put gn_UA_tess\.geojson beside"):
        snapshot(path)
    row = "\t".join(["{}", "n", "n", "", "{}", "{}", "P", "PPL", "UA", *[""] * 10])
    dump = row.format(900001, 50.4, 30.5) + "\n" + row.format(900002, 48.0, 37.8)
    (tmp_path / "UA.txt").write_text(dump, encoding="utf-8")
    of_dump = snapshot(path)
    assert "2 of its 2 places by UA.txt" in of_dump.notes[0]
    tessellation(tmp_path, [(900001, 30.5, 50.4), (900002, 37.8, 48.0)])
    of_cells = snapshot(path)
    assert not any("files of" in note for note in of_cells.notes)
    assert "2 of its 2 places by gn_UA_tess.geojson" in of_cells.notes[0]
    assert area_km2(of_cells.held("russia")) == pytest.approx(area_km2(of_dump.held("russia")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not VIINA's table"),
        (HEADER, "no rows in it"),
        ("id,day,status\n1,20250101,UA\n", "not VIINA's table of geonameid"),
        (HEADER + "703448,2025-01-01,,,,,UA\n", "not VIINA's table"),
        (HEADER + "703448,20251301,,,,,UA\n", "20251301 is no date"),
        (HEADER + "Kyiv,20250101,,,,,UA\n", "not VIINA's table"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=rf"control_latest_2025\.zip: .*{message}"):
        control_source(str(packed(tmp_path, text)), embedded())


def test_pointers_cut_files_and_strange_archives_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, table({20250120: PEACE}))
    whole = path.read_bytes()
    for content, message in (
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "a Git LFS pointer, or cut short"),
        (whole[:80], "cut short"),
    ):
        path.write_bytes(content)
        with pytest.raises(InputError, match=message):
            control_source(str(path), embedded())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", HEADER)
        archive.writestr("b.csv", HEADER)
    with pytest.raises(InputError, match="2 CSV files in it, not one"):
        control_source(str(path), embedded())


def test_a_realistic_day_comes_back_as_the_map_that_labelled_it(shared: Path, tmp_path: Path) -> None:
    """33,141 places labelled by a published map of one day: the regions rebuilt from the labels are that map again."""
    rng = np.random.default_rng(20250120)
    country = embedded().country("ukraine").geometry
    theirs = control_source(
        str(shared / "control" / "deepstate-daily" / "deepstatemap_data_20250120.geojson"), embedded()
    )
    area = shapely.intersection(theirs.snapshot(date(2025, 1, 20)).held("russia"), country)
    west, south, east, north = country.bounds
    known = [(int(p.id), p.lon, p.lat) for p in Settlements().places() if p.id.isdigit()]
    lonlat = np.column_stack([rng.uniform(west, east, 80_000), rng.uniform(south, north, 80_000)])
    shapely.prepare(country)
    made = lonlat[shapely.contains_xy(country, *lonlat.T)][: 33_141 - len(known)]
    places = known + [(90_000_000 + n, float(x), float(y)) for n, (x, y) in enumerate(made)]
    assert len(places) == 33_141
    shapely.prepare(area)
    inside = shapely.contains_xy(area, [p[1] for p in places], [p[2] for p in places])
    states = {place[0]: "RU" if held else "UA" for place, held in zip(places, inside, strict=True)}
    path = packed(tmp_path, table({20250120: states}))
    tessellation(tmp_path, places)
    rebuilt = snapshot(path).held("russia")
    common = area_km2(shapely.intersection(rebuilt, area))
    assert area_km2(rebuilt) == pytest.approx(area_km2(area), rel=0.01)
    assert common / (area_km2(rebuilt) + area_km2(area) - common) > 0.975
