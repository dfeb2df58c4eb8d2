"""Internal waters: they lie in their units, share the units' edges, and bring territory to the official areas."""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from shipped import DATA, Feature, km2, read

OFFICIAL = [
    row
    for row in csv.DictReader((DATA / "official.csv").read_text(encoding="utf-8").splitlines())
    if row["quantity"] == "area"
]
NAMES = {properties["id"] for properties, _ in read(DATA / "boundaries" / "units.geojson")}
UNITS = [row for row in OFFICIAL if row["subject"] in NAMES]


def test_ukraine_is_within_a_fifth_of_a_percent_of_both_official_areas(ukrainian: dict[str, BaseGeometry]) -> None:
    measured = sum(km2(g) for g in ukrainian.values())
    stated = [float(row["value"]) for row in OFFICIAL if row["subject"] == "Ukraine"]
    assert stated == [603628, 603549]
    for value in stated:
        assert measured == pytest.approx(value, rel=0.002)


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row["subject"])
def test_every_unit_is_near_its_official_area(row: dict[str, str], units: dict[str, BaseGeometry]) -> None:
    loose = {"Kyiv City": 0.02, "Mykolaiv": 0.015, "Kherson": 0.015, "Kursk": 0.01, "Krasnodar": 0.01}
    assert km2(units[row["subject"]]) == pytest.approx(float(row["value"]), rel=loose.get(row["subject"], 0.006))


def test_every_piece_lies_within_its_unit(waters: list[Feature], units: dict[str, BaseGeometry]) -> None:
    for properties, piece in waters:
        outside = km2(piece) - km2(piece.intersection(units[properties["unit"]]))
        assert abs(outside) < 0.01, properties["id"]


def test_bays_leave_an_exact_coverage_of_land_and_water(waters: list[Feature], land: dict[str, BaseGeometry]) -> None:
    bays = [g for p, g in waters if p["kind"] != "reservoir"]
    pieces = np.array([*(g for g in land.values()), *bays])
    assert shapely.coverage_is_valid(pieces)


def test_named_bodies_are_all_there_and_divided(waters: list[Feature]) -> None:
    units_of: defaultdict[str, set[str]] = defaultdict(set)
    for properties, _ in waters:
        units_of[properties["name"]].add(properties["unit"])
    assert units_of["Sivash"] == {"Kherson", "Crimea"}
    assert units_of["Dnipro-Bug liman"] == {"Kherson", "Mykolaiv"}
    assert units_of["Utlyuk liman"] == {"Kherson", "Zaporizhzhia"}
    assert units_of["Kakhovka reservoir"] == {"Kherson", "Zaporizhzhia", "Dnipropetrovsk"}


def test_only_the_kakhovka_reservoir_has_ended(waters: list[Feature]) -> None:
    ended = {(p["name"], p["until"]) for p, _ in waters if p["until"] is not None}
    assert ended == {("Kakhovka reservoir", "2023-06-06")}
    area = sum(km2(g) for p, g in waters if p["name"] == "Kakhovka reservoir")
    assert area == pytest.approx(2155, rel=0.04)  # published area of the reservoir


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [(34.70, 46.10, "Sivash"), (35.2, 45.45, "Sivash"), (31.9, 46.57, "Dnipro-Bug liman"), (31.75, 46.22, "Tendra bay"),
     (32.0, 46.40, "Yahorlyk bay"), (32.8, 46.07, "Dzharylhach bay"), (35.1, 46.25, "Utlyuk liman"),
     (33.92, 46.15, "Sivash"), (34.2, 46.23, "Sivash"), (35.23, 46.42, "Utlyuk liman"),
     (31.94, 46.98, "Dnipro-Bug liman")],
)  # fmt: skip
def test_a_point_in_a_bay_is_in_that_bay(lon: float, lat: float, name: str, waters: list[Feature]) -> None:
    at = shapely.Point(lon, lat)
    assert {p["name"] for p, g in waters if g.intersects(at)} == {name}


@pytest.mark.parametrize(("lon", "lat"), [(31.2, 46.3), (33.3, 45.95), (36.5, 46.2), (31.40, 46.55)])
def test_the_open_sea_belongs_to_no_unit(lon: float, lat: float, units: dict[str, BaseGeometry]) -> None:
    assert not [name for name, g in units.items() if g.contains(shapely.Point(lon, lat))]
