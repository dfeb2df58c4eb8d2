"""ISW's layers: told by the names the archives give them, kept apart, null geometry counted."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas
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
        ("AssessedRussianAdvanceInUkraine_V2_view", "advance"),
        ("AssessedUkrainianAdvanceinKursk", "Ukrainian advance"),
        ("Ukrainian_Advances_in_Russia_view", "Ukrainian advance"),
        ("Ukrainian_Settlements_Updated_view", "fortifications and settlements"),
        ("RussianClaimedCoTinUkraine", "claimed"),
        ("VIEW_ClaimedRussianTerritoryinUkraine_V2", "claimed"),
        ("ClaimedUkraianianCounteroffensives", "counteroffensive"),
        ("ClaimedUkrianianCounter", "counteroffensive"),
        ("ClaimedUkrainianControl", "counteroffensive"),
        ("ClaimedRusianTerritoryinUkraine", "claimed"),
        ("ReportedUkrainianParti", "partisan warfare"),
        ("Ukraine_ControlMa", "control"),
        ("AssessedRussianControl_27_FEB", "control"),
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


def box(bounds: tuple[float, float, float, float], crs: int = 4326, **fields: Any) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {**{k: [v] for k, v in fields.items()}, "geometry": [shapely.box(*bounds)]}, crs=4326
    ).to_crs(crs)


def shapefile(
    folder: Path, name: str, frame: geopandas.GeoDataFrame, updated: tuple[int, int, int] = (2022, 3, 5)
) -> Path:
    """A zipped shapefile whose table was last written on a day."""
    folder.mkdir(parents=True, exist_ok=True)
    inner = folder / f"{name}-parts"
    inner.mkdir()
    frame.to_file(inner / f"{name}.shp", engine="pyogrio")
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(inner.iterdir()):
            raw = file.read_bytes()
            if file.suffix == ".dbf":
                raw = raw[:1] + bytes([updated[0] - 1900, *updated[1:]]) + raw[4:]
            archive.writestr(file.name, raw)
    shutil.rmtree(inner)
    return path


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("folder", "name", "day"),
    [
        ("", "UkraineControlMapAO01NOV2023", date(2023, 11, 1)),
        ("", "UkaineControlMapAO02JAN2023", date(2023, 1, 2)),
        ("", "RussianAssessedCoTinUkraine_14_March_2022", date(2022, 3, 14)),
        ("", "AssessedRussianControlOfTerrainMAR2", date(2022, 3, 2)),
        ("", "AssessedRussianControlOfTerrainDEC30", date(2021, 12, 30)),
        ("2022-03-03", "AssessedRussianControlOfTerrainMAR3", date(2022, 3, 3)),
        ("2022-12-18", "Ukraine_ControlMap", date(2022, 12, 18)),
    ],
)
def test_shapefiles_under_the_names_of_the_archive(tmp_path: Path, folder: str, name: str, day: date) -> None:
    shapefile(tmp_path / folder, name, box(CONTROL, 3857))
    source = control_source(str(tmp_path), embedded())
    assert (source.name, source.dates) == ("isw", (day,))
    assert area_km2(source.snapshot(day).held("russia")) == pytest.approx(area_km2(shapely.box(*CONTROL)), rel=1e-3)


@pytest.mark.filterwarnings("ignore")
def test_layers_in_other_forms_of_one_day_complete_one_another(tmp_path: Path) -> None:
    folder = tmp_path / "2023-07-01"
    shapefile(folder, "UkraineControlMap", box(CONTROL))
    ring = shapely.get_coordinates(shapely.box(*ADVANCE, ccw=False).exterior).tolist()
    advance = {
        "geometryType": "esriGeometryPolygon",
        "spatialReference": {"wkid": 4326},
        "features": [
            {"attributes": {"OBJECTID": 1}, "geometry": {"rings": [ring]}},
            {"attributes": {}, "geometry": None},
        ],
    }
    (folder / "AssessedRussianAdvanceInUkraine_V2_view.json").write_text(json.dumps(advance), encoding="utf-8")
    before = collection(of(None, *PARTISAN))
    name = "VIEW_Russian_controlled_Ukrainian_Territory_before_February_24_2022.geojson"
    (folder / name).write_text(json.dumps(before), encoding="utf-8")
    source = control_source(str(tmp_path), embedded())
    assert source.report() == ()
    state = source.snapshot(DAY)
    assert shapely.intersects_xy(state.held("russia"), [38.3, 37.9, 30.2], [47.7, 47.7, 49.2]).all()
    assert [h.cls for h in state.holdings if h.side == "russia"] == 3 * ["assessed"]
    assert "Features without geometry, left out: 1." in state.notes


def test_a_servers_answer_is_of_the_day_it_was_last_edited(write: Write) -> None:
    content = collection(of(None, *CONTROL), of(None, *ADVANCE))
    for feature, day in zip(content["features"], ("2023-06-30", "2023-07-01"), strict=True):
        feature["properties"]["EditDate"] = 1000 * int(datetime.fromisoformat(f"{day}T20:00:00+00:00").timestamp())
    folder = write("VIEW_RussiaCoTinUkraine_V3.geojson", content)
    assert control_source(str(folder), embedded()).dates == (DAY,)
    nameless = write("VIEW_RussiaCoTinUkraine_V3.geojson", collection(of(None, *CONTROL)))
    with pytest.raises(InputError, match="not a control format that is read"):
        control_source(str(nameless), embedded())


def test_two_files_of_one_layer_and_day_are_versions(write: Write) -> None:
    write("20230701_RussianAssessedCoTinUkraine.geojson", collection(of(None, *ADVANCE)))
    folder = write("20230701_VIEW_RussiaCoTinUkraine_V3.geojson", collection(of(None, *CONTROL)))
    source = control_source(str(folder), embedded())
    assert source.report() == ("several files of 2023-07-01: the last by name counts.",)
    held = source.snapshot(DAY).held("russia")
    assert list(shapely.intersects_xy(held, [38.3, 37.9], [47.7, 47.7])) == [True, False]


def test_an_answer_the_server_cut_off_is_refused(write: Write) -> None:
    folder = write("20230701.geojson", collection() | {"properties": {"exceededTransferLimit": True}})
    with pytest.raises(InputError, match="the server left features out"):
        control_source(str(folder), embedded()).snapshot(DAY)
