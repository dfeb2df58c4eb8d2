"""Gazetteer, official figures and the data package."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
import unicodedata

import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from shipped import DATA

GAZETTEER = list(csv.DictReader((DATA / "gazetteer.csv").read_text(encoding="utf-8").splitlines()))
OFFICIAL = list(csv.DictReader((DATA / "official.csv").read_text(encoding="utf-8").splitlines()))
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


def test_the_gazetteer_is_sorted_by_id_without_doubles() -> None:
    ids = [int(row["id"]) for row in GAZETTEER]
    assert ids == sorted(set(ids))
    assert len(ids) > 6000


def test_each_place_lies_in_its_unit(units: dict[str, BaseGeometry]) -> None:
    placed = [row for row in GAZETTEER if row["unit"]]
    near = [units[row["unit"]].distance(shapely.Point(float(row["lon"]), float(row["lat"]))) < 0.03 for row in placed]
    assert all(near)
    unplaced_ua = [r for r in GAZETTEER if not r["unit"] and 32.5 < float(r["lon"]) < 35 and float(r["lat"]) < 50]
    assert unplaced_ua == []


@pytest.mark.parametrize(
    ("name", "unit", "spelling"),
    [("Kherson", "Kherson", "Херсон"), ("Oleshky", "Kherson", "Цюрупинськ"), ("Sudzha", "Kursk", "Суджа"),
     ("Bakhmut", "Donetsk", "Артемовск"), ("Simferopol", "Crimea", "Симферополь"), ("Kyiv", "Kyiv City", "Киев")],
)  # fmt: skip
def test_known_places_with_their_spellings(name: str, unit: str, spelling: str) -> None:
    rows = [row for row in GAZETTEER if row["name"] == name and row["unit"] == unit]
    assert len(rows) == 1
    assert spelling in rows[0]["names"].split("|")


def test_spellings_are_latin_or_cyrillic_and_no_codes() -> None:
    for row in GAZETTEER:
        for spelling in filter(None, row["names"].split("|")):
            scripts = {unicodedata.name(c).split()[0] for c in spelling if c.isalpha()}
            assert scripts in ({"LATIN"}, {"CYRILLIC"}), spelling
            assert not (spelling.isupper() and len(spelling) == 3 and scripts == {"LATIN"}), spelling


def test_official_areas_sum_to_ukraine_within_rounding(ukrainian: dict[str, BaseGeometry]) -> None:
    areas = {row["subject"]: float(row["value"]) for row in OFFICIAL if row["quantity"] == "area"}
    total = sum(areas[name] for name in ukrainian)
    assert total == 603543  # as the notes of both rows of Ukraine say
    stated = [float(row["value"]) for row in OFFICIAL if row["subject"] == "Ukraine"]
    assert [value - total for value in stated] == [85, 6]


def test_each_official_figure_names_its_source_and_unit() -> None:
    units = {"area": {"km2"}, "length": {"km"}, "width": {"km", "m"}}
    assert all(row["source"] and row["unit"] in units[row["quantity"]] for row in OFFICIAL)
    assert not [row for row in OFFICIAL if "http" in ",".join(row.values())]


def test_the_korean_dmz_is_quoted_with_its_spread() -> None:
    dmz = {(row["quantity"], float(row["value"])) for row in OFFICIAL if row["subject"] == "Korean DMZ"}
    assert dmz == {("length", 248), ("length", 250), ("length", 243), ("length", 241), ("width", 4), ("area", 907)}


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda r: r["path"])
def test_the_data_package_describes_the_shipped_bytes(resource: dict[str, object]) -> None:
    content = (DATA / str(resource["path"])).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    assert resource["accuracy"]
    assert resource["licenses"]


def test_the_data_package_lists_every_boundary_file() -> None:
    listed = {resource["path"] for resource in PACKAGE["resources"]}
    shipped = {f"boundaries/{path.name}" for path in (DATA / "boundaries").iterdir()}
    assert shipped <= listed


def test_sources_are_pinned_by_full_checksum() -> None:
    pinned = tomllib.loads((DATA / "build" / "packages.toml").read_text(encoding="utf-8"))
    assert all(len(row["sha256"]) == 64 and row["version"] for row in pinned.values())
    known = {f"sha256:{row['sha256']}" for row in pinned.values()}
    assert {source["hash"] for resource in PACKAGE["resources"] for source in resource["sources"]} <= known
