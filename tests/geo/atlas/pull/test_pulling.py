"""Pulling: which files are wanted, terms first, what is here is not fetched again, and the whole way to a series."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import publisher as play
import pytest
import shapely

from geo.atlas import embedded
from geo.atlas.control import file_source
from geo.atlas.control.store import import_series, stored
from geo.atlas.pull import Address, Limits, accept_terms, addresses, newest_known, pull, terms_accepted
from geo.errors import SourceError, UsageError

TODAY = date(2026, 8, 22)
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def elsewhere(publisher: Any, tmp_path: Path) -> Callable[[str], Address]:
    """A source of the table whose files the publisher of the test has; its terms accepted."""

    def moved(name: str) -> Address:
        source = addresses()[name]
        files = tuple(replace(f, url=publisher.base + "/" + f.url.split("/", 3)[3]) for f in source.files)
        found = replace(source, hosts=(publisher.host,), files=files)
        accept_terms(found, tmp_path)
        return found

    return moved


def served(publisher: Any, source: Address, folder: Path, per: str = "day") -> None:
    """Puts the files of a folder where the source would publish them."""
    url = next(file.url for file in source.files if file.per == per)
    prefix = urlsplit(url).path.rpartition("/")[0]
    publisher.files |= {f"{prefix}/{file.name}": file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_nothing_is_asked_before_the_terms_are_accepted_and_changed_terms_are_new_terms(
    publisher: Any, limits: Limits, tmp_path: Path
) -> None:
    source = replace(addresses()["nzz"], hosts=(publisher.host,))
    with pytest.raises(UsageError, match=r"terms are not accepted yet.*--accept-terms"):
        pull(source, None, None, TODAY, limits=limits, folder=tmp_path)
    assert publisher.asked == []
    accept_terms(source, tmp_path)
    assert terms_accepted(source, tmp_path)
    assert not terms_accepted(replace(source, terms="Something else."), tmp_path)
    assert not terms_accepted(addresses()["isw"], tmp_path)


def test_days_of_the_mirror_become_a_series_and_a_second_pull_asks_only_for_what_is_new(
    publisher: Any, elsewhere: Any, limits: Limits, tmp_path: Path, shared: Path
) -> None:
    source = elsewhere("deepstate-daily")
    served(publisher, source, shared / "control" / "deepstate-daily")
    trouble = f"{urlsplit(source.files[0].url).path.rpartition('/')[0]}/deepstatemap_data_20241231.geojson"
    publisher.deeds[trouble] = [play.says(b'{"error": {"code": 429}}'), play.status(502), play.half]
    got = pull(source, date(2024, 12, 30), date(2025, 1, 3), TODAY, limits=replace(limits, tries=4), folder=tmp_path)
    assert (got.fetched, got.there, got.missing) == (4, 0, ("deepstatemap_data_20250101.geojson",))
    for file in got.files.iterdir():
        assert file.read_bytes() == (shared / "control" / "deepstate-daily" / file.name).read_bytes()
    record = json.loads((tmp_path / "pulled" / source.id / "pulled.json").read_text(encoding="utf-8"))
    assert record["licence"] == source.licence
    assert all(len(row["sha256"]) == 64 for row in record["files"].values())
    kept = import_series(
        file_source(got.files, embedded()), got.files, embedded(), source.id, origin="pull", folder=tmp_path
    )
    assert (kept.read, kept.header.days) == (4, 4)
    since = newest_known(source, source.id, tmp_path)
    assert since == date(2025, 1, 3)
    asked = len(publisher.asked)
    again = pull(source, since, date(2025, 1, 4), TODAY, limits=limits, folder=tmp_path)
    assert (again.fetched, again.there, len(publisher.asked) - asked) == (1, 1, 1)
    more = import_series(
        file_source(again.files, embedded()), again.files, embedded(), source.id, origin="pull", folder=tmp_path
    )
    assert (more.read, more.header.days) == (1, 5)
    assert stored(source.id, embedded(), tmp_path).last == date(2025, 1, 4)


def test_the_joint_file_of_the_mirror_becomes_the_same_series(
    publisher: Any, elsewhere: Any, limits: Limits, tmp_path: Path, shared: Path
) -> None:
    source = elsewhere("deepstate-daily")
    days = ("20240708", "20240709", "20240710")
    folder = shared / "control" / "deepstate-daily"
    features = []
    for number, day in enumerate(days):
        feature = json.loads((folder / f"deepstatemap_data_{day}.geojson").read_text())["features"][0]
        when = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        features.append(
            {"type": "Feature", "properties": {"id": number, "date": when}, "geometry": feature["geometry"]}
        )
    whole = next(file for file in source.files if file.per == "whole")
    joint = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    publisher.files[urlsplit(whole.url).path] = gzip.compress(joint)
    got = pull(source, None, None, TODAY, limits=limits, folder=tmp_path)
    series = file_source(got.files, embedded())
    import_series(series, got.files, embedded(), "joint", folder=tmp_path)
    single = file_source(folder, embedded()).snapshot(date(2024, 7, 9))
    kept = stored("joint", embedded(), tmp_path)
    assert len(kept.dates) == 3
    assert shapely.equals(kept.snapshot(date(2024, 7, 9)).held("russia"), single.held("russia"))
    asked = len(publisher.asked)
    assert pull(source, None, None, TODAY, limits=limits, folder=tmp_path).there == 1
    assert publisher.asked[asked:][0][1]["if-none-match"]


@pytest.mark.parametrize(
    ("name", "folder", "since", "until"),
    [
        ("nzz", "nzz", date(2025, 1, 1), date(2025, 1, 1)),
        ("uacontrolmap", "uacontrolmap", date(2025, 1, 19), date(2025, 1, 19)),
        ("isw-2023", "isw", date(2023, 7, 1), date(2023, 7, 1)),
    ],
)
def test_other_sources_come_the_same_way(
    publisher: Any,
    elsewhere: Any,
    limits: Limits,
    tmp_path: Path,
    shared: Path,
    name: str,
    folder: str,
    since: date,
    until: date,
) -> None:
    source = elsewhere(name)
    served(publisher, source, shared / "control" / folder)
    got = pull(source, since, until, TODAY, limits=limits, folder=tmp_path)
    series = file_source(got.files, embedded())
    assert series.snapshot(until).dated <= until
    assert shapely.area(series.snapshot(until).held("russia")) > 10


def test_a_years_file_comes_with_what_it_needs_and_again_only_while_it_grows(
    publisher: Any, elsewhere: Any, limits: Limits, tmp_path: Path
) -> None:
    source = elsewhere("viina")
    rows = [
        f"{number},{day},{status}"
        for day in ("20251231", "20260101")
        for number, status in enumerate(("RU", "UA", "CONTESTED"), start=1)
    ]
    table = "\n".join(["geonameid,date,status", *rows])
    places = ((38.0, 48.0), (30.5, 50.4), (37.6, 48.5))
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"geonameid": number, "longitude": lon, "latitude": lat},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[lon, lat], [lon + 0.1, lat], [lon, lat + 0.1], [lon, lat]]],
                },
            }
            for number, (lon, lat) in enumerate(places, start=1)
        ],
    }
    base = "/media/zhukovyuri/VIINA/main/Data/"
    for year in (2025, 2026):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            own = [line for line in table.splitlines() if f",{year}" in line or "geonameid" in line]
            archive.writestr(f"control_latest_{year}.csv", "\n".join(own) + "\n")
        publisher.files[f"{base}control_latest_{year}.zip"] = packed.getvalue()
    publisher.files["/zhukovyuri/VIINA/main/Data/gn_UA_tess.geojson"] = json.dumps(collection).encode()
    days = (date(2025, 12, 31), date(2026, 1, 1))
    got = pull(source, *days, TODAY, limits=limits, folder=tmp_path)
    assert got.fetched == 3
    series = file_source(got.files, embedded())
    done = import_series(series, got.files, embedded(), "viina", folder=tmp_path)
    assert (done.header.days, done.header.licence) == (2, series.licence)
    held = stored("viina", embedded(), tmp_path).snapshot(days[1]).held("russia")
    assert shapely.intersects_xy(held, 38.0, 48.0)
    asked = len(publisher.asked)
    assert pull(source, *days, TODAY, limits=limits, folder=tmp_path).there == 3
    assert [path for path, _ in publisher.asked[asked:]] == [f"{base}control_latest_2026.zip"]


def test_layers_of_today_are_called_after_today(
    publisher: Any, elsewhere: Any, limits: Limits, tmp_path: Path, shared: Path
) -> None:
    source = elsewhere("isw")
    collection = json.loads((shared / "control" / "isw" / "20230701.geojson").read_text(encoding="utf-8"))
    by_layer: dict[str, list[Any]] = {}
    for feature in collection["features"]:
        by_layer.setdefault(feature["properties"]["layer"], []).append(feature)
    largest = max(by_layer.values(), key=lambda some: len(json.dumps(some)))
    for file in source.files:
        publisher.files[urlsplit(file.url).path] = json.dumps(
            {"type": "FeatureCollection", "features": largest}
        ).encode()
    renamed = source.files[2].url.split("/", 3)[3]
    publisher.deeds[f"/{renamed}"] = [play.says(b'{"error": {"code": 400, "message": "Invalid URL"}}')]
    with pytest.raises(SourceError, match="Invalid URL"):
        pull(source, None, None, TODAY, limits=limits, folder=tmp_path)
    assert list((tmp_path / "pulled" / "isw" / "files").iterdir()) == []  # some layers alone would show too little
    got = pull(source, None, None, TODAY, limits=limits, folder=tmp_path)
    assert got.fetched == len(source.files)
    assert file_source(got.files, embedded()).dates == (TODAY,)


def test_nothing_published_is_an_error_and_what_came_before_a_failure_is_kept(
    publisher: Any, elsewhere: Any, limits: Limits, tmp_path: Path
) -> None:
    source = elsewhere("uacontrolmap")
    with pytest.raises(SourceError, match="nothing of these days is published"):
        pull(source, date(2025, 1, 1), date(2025, 1, 3), TODAY, limits=limits, folder=tmp_path)
    path = "/" + source.files[0].url.split("/", 3)[3].replace("{day:%Y%m%d}", "20250102")
    publisher.files[path] = b'{"areas": []}'
    publisher.deeds[path.replace("0102", "0103")] = [play.status(403)]
    with pytest.raises(SourceError, match="403"):
        pull(source, date(2025, 1, 1), date(2025, 1, 3), TODAY, limits=limits, folder=tmp_path)
    asked = len(publisher.asked)
    assert pull(source, date(2025, 1, 1), date(2025, 1, 1), TODAY, limits=limits, folder=tmp_path).there == 1
    assert len(publisher.asked) == asked


def test_a_file_that_was_changed_here_is_fetched_again(
    publisher: Any, elsewhere: Any, limits: Limits, tmp_path: Path
) -> None:
    source = elsewhere("uacontrolmap")
    path = "/" + source.files[0].url.split("/", 3)[3].replace("{day:%Y%m%d}", "20250102")
    publisher.files[path] = b'{"areas": []}'
    day = date(2025, 1, 1)
    got = pull(source, day, day, TODAY, limits=limits, folder=tmp_path)
    (got.files / "20250102.json").write_bytes(b"{}")
    assert pull(source, day, day, TODAY, limits=limits, folder=tmp_path).fetched == 1
    assert (got.files / "20250102.json").read_bytes() == b'{"areas": []}'


def test_no_network_library_is_loaded_before_something_is_pulled() -> None:
    code = (
        "import layers.cli, geo, geo.atlas.control, sys;"
        "print([m for m in ('urllib3', 'http.client', 'geo.atlas.pull') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
