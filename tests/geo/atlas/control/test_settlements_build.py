"""The build of the settlement table: villages have lasting ids, and words of sources become dated intervals."""

from __future__ import annotations

import csv
import importlib
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import geopandas as gpd
import pytest

from geo.data import data_path

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def rules() -> Iterator[ModuleType]:
    """The build step that dates changes, which lives beside the data it builds."""
    yield from build_step("settlements_history")


@pytest.fixture(scope="module")
def village_ids() -> Iterator[ModuleType]:
    """The build step that checks villages and names them."""
    yield from build_step("settlements_villages")


def build_step(name: str) -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "data" / "build"))
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(ROOT / "data" / "build"))


def story(rules: ModuleType, lead: dict[str, str], other: dict[str, str], facts: tuple[str, ...] = ()) -> list[str]:
    """What the rules make of two sources' words, as ``day holder class``."""
    words = tomllib.loads((data_path("control") / "rules.toml").read_text("utf-8"))
    sources = {
        name: rules.runs([(date.fromisoformat(day), label) for day, label in said.items()])
        for name, said in (("deepstate", lead), ("nzz", other))
    }
    dated = [(date.fromisoformat(day), "russia", "said so") for day in facts]
    return [f"{i.first} {i.holder} {i.cls}" for i in rules.history(sources, dated, "ukraine", words)]


EVE = {"2022-02-23": "ukraine"}
START = "2022-02-23 ukraine assessed"


def test_a_change_falls_midway_between_what_both_sources_saw(rules: ModuleType) -> None:
    lead = EVE | {"2023-01-01": "ukraine", "2023-02-01": "russia"}
    other = EVE | {"2023-01-11": "ukraine", "2023-01-21": "russia", "2026-08-22": "russia"}
    assert story(rules, lead, other) == [START, "2023-01-16 russia assessed"]
    assert story(rules, lead, other, ("2023-01-13",)) == [START, "2023-01-13 russia assessed"]


def test_a_short_contradiction_is_a_lag_and_a_long_one_contested(rules: ModuleType) -> None:
    lead = EVE | {"2025-03-01": "ukraine", "2025-03-02": "russia", "2026-08-22": "russia"}
    late = EVE | {"2025-03-15": "ukraine", "2025-03-16": "russia", "2026-08-22": "russia"}
    never = EVE | {"2025-06-01": "ukraine", "2026-08-22": "ukraine"}
    assert story(rules, lead, late) == [START, "2025-03-02 russia assessed"]
    assert story(rules, lead, never) == [START, "2025-03-02 russia assessed", "2025-05-01 russia contested"]


def test_nobody_contradicts_long_before_being_seen_to(rules: ModuleType) -> None:
    lead = EVE | {"2024-08-05": "ukraine", "2024-08-06": "russia", "2025-01-16": "russia", "2025-01-17": "ukraine"}
    seldom = EVE | {"2024-07-30": "ukraine", "2024-12-27": "ukraine", "2025-01-19": "ukraine"}
    assert story(rules, lead, seldom)[1:3] == ["2024-08-06 russia assessed", "2024-11-26 russia contested"]


def test_silence_is_no_contradiction_and_a_flicker_no_change(rules: ModuleType) -> None:
    lead = EVE | {"2025-03-01": "ukraine", "2025-03-02": "russia", "2025-05-01": "russia", "2025-05-02": "ukraine"}
    assert story(rules, lead, EVE | {"2025-01-01": "ukraine", "2025-07-01": "ukraine"})[1:] == [
        "2025-03-02 russia assessed",
        "2025-05-02 ukraine assessed",
    ]
    flicker = EVE | {"2025-03-01": "ukraine", "2025-03-02": "russia", "2025-03-04": "russia", "2025-03-05": "ukraine"}
    assert story(rules, flicker, EVE) == [START]


def test_villages_have_ids_that_follow_from_what_they_are(village_ids: ModuleType) -> None:
    with data_path("build/villages.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    units = gpd.read_file(data_path("boundaries/units.geojson"))
    assert [row["id"] for row in rows] == [
        village_ids.identity(row["unit"], row["name"], float(row["lon"]), float(row["lat"])) for row in rows
    ]
    assert list(village_ids.faults(rows, [], units)) == []
    moved = [rows[0] | {"lon": "2.35", "lat": "48.85"}, rows[1], rows[1]]
    assert len(list(village_ids.faults(moved, [], units))) == 3
