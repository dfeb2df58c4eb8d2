"""The table of addresses: https, known hosts, and the files that the days asked for need."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from geo.atlas.control import FORMATS
from geo.atlas.pull import Address, File, addresses
from geo.atlas.pull.addresses import plan
from geo.errors import DateError, UsageError

TODAY = date(2026, 8, 22)


def test_every_address_is_https_on_a_host_of_its_source_and_its_files_are_known_to_an_adapter(tmp_path: Path) -> None:
    assert set(addresses()) >= {"deepstate-daily", "nzz", "viina", "uacontrolmap", "isw"}
    for source in addresses().values():
        assert source.terms
        assert source.licence
        assert urlsplit(source.page).scheme == urlsplit(source.terms_page).scheme == "https"
        for wanted in plan(source, None, None, source.last or TODAY) + plan_of_days(source):
            parts = urlsplit(wanted.url)
            assert (parts.scheme, parts.netloc in source.hosts) == ("https", True)
            assert "/" not in wanted.name
            if wanted.name in {file.name for file in source.files if file.per == "once"}:
                continue  # it says nothing of control by itself
            (tmp_path / wanted.name).touch()
            assert any(known.recognises(tmp_path / wanted.name) for known in FORMATS), wanted.name
            (tmp_path / wanted.name).unlink()


def plan_of_days(source: Address) -> tuple[Any, ...]:
    served_now = any(file.per == "now" for file in source.files)
    return () if served_now else plan(source, source.first, source.first, TODAY)


def test_the_files_wanted_follow_the_days_asked_for() -> None:
    def names(source: str, since: date | None = None, until: date | None = None) -> list[str]:
        return [wanted.name for wanted in plan(addresses()[source], since, until, TODAY)]

    assert names("deepstate-daily") == ["deepstate-map-data.geojson.gz"]
    assert names("deepstate-daily", date(2026, 8, 21)) == [
        "deepstatemap_data_20260821.geojson",
        "deepstatemap_data_20260822.geojson",
    ]
    assert len(names("uacontrolmap")) == 31
    assert names("uacontrolmap", date(2025, 1, 19), date(2025, 1, 19)) == ["20250120.json"]
    assert names("nzz", date(2025, 1, 1), date(2025, 1, 1)) == ["2024-03-13.json", "2024-03-14.json", "2025-01-01.json"]
    assert names("viina", date(2023, 12, 31), date(2024, 1, 1)) == [
        "control_latest_2023.zip",
        "control_latest_2024.zip",
        "gn_UA_tess.geojson",
    ]
    assert names("isw-2023", date(2023, 11, 29)) == ["20231129.geojson", "20231130.geojson"]
    assert all(name.startswith("20260822_") for name in names("isw"))


@pytest.mark.parametrize(
    ("source", "since", "until", "error", "message"),
    [
        ("nzz", date(2025, 2, 1), date(2025, 1, 1), UsageError, "Turn them round"),
        ("nzz", date(2026, 9, 1), None, DateError, "publishes 2022-02-24 to today"),
        ("nzz", None, date(2022, 2, 23), DateError, "publishes"),
        ("isw-2023", date(2024, 1, 1), None, DateError, "2023-05-01 to 2023-11-30"),
        ("isw", None, date(2025, 1, 1), UsageError, "only the state of today"),
    ],
)
def test_days_that_cannot_be_had_are_refused(source: str, since: Any, until: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        plan(addresses()[source], since, until, TODAY)


def test_names_with_ways_out_of_the_folder_cannot_come_from_a_template() -> None:
    assert not any("/" in file.name or ".." in file.name for a in addresses().values() for file in a.files)
    assert File("day", "u", "{day:%Y}.json", 1).name.format(day=TODAY) == "2026.json"
