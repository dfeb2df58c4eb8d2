"""The shipped boundary data, read once for all data tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parent))

from shipped import DATA, Feature, read


@pytest.fixture(scope="session")
def unit_rows() -> list[Feature]:
    return read(DATA / "boundaries" / "units.geojson")


@pytest.fixture(scope="session")
def units(unit_rows: list[Feature]) -> dict[str, BaseGeometry]:
    return {properties["id"]: geometry for properties, geometry in unit_rows}


@pytest.fixture(scope="session")
def ukrainian(unit_rows: list[Feature]) -> dict[str, BaseGeometry]:
    return {p["id"]: geometry for p, geometry in unit_rows if p["country"] == "ukraine"}


@pytest.fixture(scope="session")
def waters() -> list[Feature]:
    return read(DATA / "boundaries" / "waters.geojson")


@pytest.fixture(scope="session")
def land(units: dict[str, BaseGeometry], waters: list[Feature]) -> dict[str, BaseGeometry]:
    """Each unit without its sea-like waters; reservoirs stay."""
    bays = {
        unit: [g for p, g in waters if p["unit"] == unit and p["kind"] != "reservoir"]
        for unit in {p["unit"] for p, _ in waters}
    }
    return {
        name: shapely.difference(g, shapely.union_all(bays[name])) if name in bays else g for name, g in units.items()
    }


@pytest.fixture(scope="session")
def countries() -> dict[str, BaseGeometry]:
    return {p["id"]: g for p, g in read(DATA / "boundaries" / "countries.geojson")}


@pytest.fixture(scope="session")
def lines() -> dict[str, BaseGeometry]:
    return {p["id"]: g for p, g in read(DATA / "boundaries" / "lines.geojson")}
