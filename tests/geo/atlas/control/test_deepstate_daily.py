"""DeepState's daily mirror: a file a day and the joint file say the same."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import InputError
from geo.measure.geodesic import area_km2

EAST, WIDER = shapely.box(37.5, 47.5, 38, 48), shapely.box(37.3, 47.5, 38, 48)


def joint(path: Path, *days: tuple[Any, shapely.Geometry | None]) -> Path:
    features = [
        {"type": "Feature", "id": n, "properties": {"date": day}, "geometry": area and area.__geo_interface__}
        for n, (day, area) in enumerate(days)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["deepstate-map-data.geojson.gz", "deepstate-map-data.geojson"])
def test_the_joint_file_has_its_days_in_it(tmp_path: Path, name: str) -> None:
    file = joint(tmp_path / name, ("2024-07-10", WIDER), ("2024-07-08", EAST))
    for path in (file, tmp_path):
        source = control_source(str(path), embedded())
        assert source.name == "deepstate"
        assert source.dates == (date(2024, 7, 8), date(2024, 7, 10))
        assert source.report() == ("1 days missing: 2024-07-09.",)
        areas = [area_km2(source.snapshot(date(2024, 7, day)).held("russia")) for day in (8, 9, 10)]
        assert areas == pytest.approx([area_km2(EAST), area_km2(EAST), area_km2(WIDER)], rel=1e-3)


def test_a_day_with_a_file_of_its_own_is_that_file(tmp_path: Path) -> None:
    joint(tmp_path / "deepstate-map-data.geojson.gz", ("2024-07-08", WIDER), ("2024-07-09", WIDER))
    own = {"features": [{"properties": {}, "geometry": EAST.__geo_interface__}]}
    (tmp_path / "deepstatemap_data_20240708.geojson").write_text(json.dumps(own), encoding="utf-8")
    source = control_source(str(tmp_path), embedded())
    assert source.report() == ()
    areas = [area_km2(source.snapshot(day).held("russia")) for day in source.dates]
    assert areas == pytest.approx([area_km2(EAST), area_km2(WIDER)], rel=1e-3)


def test_two_features_of_a_day_are_told(tmp_path: Path) -> None:
    file = joint(tmp_path / "deepstate-map-data.geojson.gz", ("2024-07-08", EAST), ("2024-07-08", WIDER))
    source = control_source(str(file), embedded())
    assert source.report() == ("several features of 2024-07-08: the last counts.",)
    assert area_km2(source.snapshot(date(2024, 7, 8)).held("russia")) == pytest.approx(area_km2(WIDER), rel=1e-3)


@pytest.mark.parametrize("day", [None, "8 July", 20240708, ["2024-07-08"]])
def test_a_feature_without_a_day_is_named(tmp_path: Path, day: object) -> None:
    file = joint(tmp_path / "deepstate-map-data.geojson.gz", ("2024-07-08", EAST), (day, EAST))
    with pytest.raises(InputError, match=r"deepstate-map-data\.geojson\.gz: feature 2 has no date"):
        control_source(str(file), embedded())


def test_a_joint_file_cut_short_is_refused(tmp_path: Path) -> None:
    file = joint(tmp_path / "deepstate-map-data.geojson.gz", ("2024-07-08", EAST))
    file.write_bytes(file.read_bytes()[:-12])
    with pytest.raises(InputError, match=r"deepstate-map-data\.geojson\.gz: cannot be unpacked"):
        control_source(str(file), embedded())
    joint(tmp_path / "deepstate-map-data.geojson.gz", ("2024-07-08", None))
    with pytest.raises(InputError, match="no area in it of 2024-07-08"):
        control_source(str(file), embedded()).snapshot(date(2024, 7, 8))


def test_the_real_days_joined_are_the_real_days(shared: Path, tmp_path: Path) -> None:
    folder = shared / "control" / "deepstate-daily"
    days = [date(2024, 7, 8), date(2025, 1, 20), date(2026, 8, 22)]
    files = [folder / f"deepstatemap_data_{day:%Y%m%d}.geojson" for day in days]
    rows = [
        (str(day), shapely.from_geojson(json.dumps(feature["geometry"])))
        for day, file in zip(days, files, strict=True)
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]
    ]
    together = control_source(str(joint(tmp_path / "deepstate-map-data.geojson.gz", *rows)), embedded())
    for day, file in zip(days, files, strict=True):
        alone = control_source(str(file), embedded()).snapshot(day)
        assert area_km2(together.snapshot(day).held("russia")) == pytest.approx(
            area_km2(alone.held("russia")), rel=1e-9
        )
