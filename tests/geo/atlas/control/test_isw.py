"""ISW's layers: told by the names the archives give them, kept apart, null geometry counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.isw import Isw, layer_of
from geo.errors import InputError
from geo.measure.geodesic import area_km2

Write = Callable[[str, Any], Path]
DAY = date(2023, 7, 1)


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("VIEW_RussiaCoTinUkraine_V3", "control"),
        ("RussianAssessedCoTinUkraine_14_March_2022", "control"),
        ("AssessedRussianControlOfTerrainMAR2", "control"),
        ("UkraineControlMapAO01NOV2023", "control"),
        ("UkrainianControlMa..", "control"),
        ("UkaineControlMapAO02JAN2023", "control"),
        ("RussianAssessedAdvanceinUkraine", "advance"),
        ("AssessedRussianAdvancesinUkraine", "advance"),
        ("RussianClaimedCoTinUkraine", "claimed"),
        ("VIEW_ClaimedRussianTerritoryinUkraine_V2", "claimed"),
        ("ClaimedUkraianianCounteroffensives", "counteroffensive"),
        ("UkrainianClaimedCounterOffensives", "counteroffensive"),
        ("VIEW_Reported_Ukrainian_Partisan_Warfare_V2", "partisan warfare"),
        ("View_AssessedRussianInfiltrationAreasinUkraine_V4", "infiltration"),
        ("VIEW_Russian_controlled_Ukrainian_Territory_before_February_24_2022", "held before 2022-02-24"),
        ("Assessed_Russian_Gains_in_the_Past_24_Hours_view", "gains of the day"),
        ("RUAF_Field_Fortifications_Polylines", "fortifications and settlements"),
        ("ロシア軍", "ロシア軍"),
    ],
)
def test_layers_are_told_by_any_of_their_spellings(name: str, layer: str) -> None:
    assert layer_of(name).name == layer


def of(layer: str | None, *corners: float) -> dict[str, Any]:
    geometry = shapely.box(*corners).__geo_interface__ if corners else None
    return {"type": "Feature", "properties": {"layer": layer} if layer else {"FID": 1}, "geometry": geometry}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


CONTROL, ADVANCE, CLAIMED = (38.0, 47.5, 38.6, 48.0), (37.8, 47.5, 38.0, 48.0), (37.6, 47.5, 37.8, 48.0)
COUNTER, INFILTRATED, PARTISAN = (37.4, 47.5, 37.6, 48.0), (37.2, 47.5, 37.4, 48.0), (30.0, 49.0, 30.5, 49.5)


def test_a_joint_file_gives_its_layers_apart(write: Write) -> None:
    folder = write(
        "20230701.geojson",
        collection(
            of("VIEW_RussiaCoTinUkraine_V3", *CONTROL),
            of("MDS_AssessedRussianAdvanceInUkraine_view", *ADVANCE),
            of("MDS_AssessedRussianAdvanceInUkraine_view"),
            of("VIEW_ClaimedRussianTerritoryinUkraine_V2", *CLAIMED),
            of("VIEW_ClaimedUkrainianCounteroffensives_V2", *COUNTER),
            of("View_AssessedRussianInfiltrationAreasinUkraine_V4", *INFILTRATED),
            of("VIEW_Reported_Ukrainian_Partisan_Warfare_V2", *PARTISAN),
            of("Something else", *PARTISAN),
        ),
    )
    snapshot = Isw(folder, embedded()).snapshot(DAY)
    assert [(h.side, h.cls) for h in snapshot.holdings] == [
        ("russia", "assessed"),
        ("russia", "claimed"),
        ("russia", "assessed"),
        ("ukraine", "claimed"),
        ("russia", "contested"),
        ("ukraine", "assessed"),
        ("ukraine", "unknown"),
    ]
    lon, lat = [38.3, 37.9, 37.7, 37.5, 37.3, 30.2], [47.7, 47.7, 47.7, 47.7, 47.7, 49.2]
    assert list(shapely.intersects_xy(snapshot.held("russia"), lon, lat)) == [True, True, *4 * [False]]
    assert list(shapely.intersects_xy(snapshot.held("ukraine"), lon, lat)) == [*5 * [False], True]
    assert list(shapely.intersects_xy(snapshot.contested(), lon, lat)) == [*4 * [False], True, False]
    assert "advance (assessed, russia)" in snapshot.notes[0]
    assert "Not counted: Something else, partisan warfare." in snapshot.notes
    assert "Features without geometry, left out: 1." in snapshot.notes


def test_layer_files_of_a_day_complete_one_another(write: Write) -> None:
    write("2023-07-01/20230701_RussianAssessedCoTinUkraine.geojson", collection(of(None, *CONTROL)))
    folder = write("2023-07-01/20230701_RussianAssessedAdvanceinUkraine.geojson", collection(of(None, *ADVANCE)))
    for path in (folder, folder / "2023-07-01"):
        source = Isw(path, embedded())
        assert list(shapely.intersects_xy(source.snapshot(DAY).held("russia"), [38.3, 37.9], [47.7, 47.7])) == [1, 1]
        assert source.report() == ()


def test_without_control_it_is_refused_and_says_what_was_there(write: Write) -> None:
    folder = write("20230701.geojson", collection(of("ClaimedRussianTerritoryinUkraine", *CLAIMED), of(None, *CONTROL)))
    with pytest.raises(InputError, match=r"no layer of assessed control.*\(no layer named\), claimed"):
        Isw(folder, embedded()).snapshot(DAY)


@pytest.mark.parametrize(
    ("day", "control", "advance"),
    # measured before on the same files' layers (geodesic, WGS84)
    [("2022-09-30", 111_658, 3_686), ("2023-07-01", 106_651, 1_543)],
)
def test_the_real_days(shared: Path, day: str, control: float, advance: float) -> None:
    source = control_source(str(shared / "control" / "isw"), embedded())
    snapshot = source.snapshot(date.fromisoformat(day))
    assert area_km2(snapshot.held("russia")) == pytest.approx(control + advance, rel=2e-3)
    assert f"{advance:,} km²" in snapshot.notes[0]
