"""Units and countries form one exact coverage: no gap, no overlap, identical vertices on shared borders."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from shipped import DATA, Feature, km2

LAND_NEIGHBOURS = ("russia", "belarus", "moldova", "poland", "slovakia", "hungary", "romania")
FILES = sorted((DATA / "boundaries").glob("*.geojson"))


def test_there_are_27_ukrainian_units_and_six_russian_neighbours(unit_rows: list[Feature]) -> None:
    of = [p["country"] for p, _ in unit_rows]
    assert (of.count("ukraine"), of.count("russia")) == (27, 6)
    assert {p["id"] for p, _ in unit_rows if p["country"] == "ukraine"} >= {"Crimea", "Sevastopol", "Kyiv", "Kyiv City"}


def test_units_are_an_exact_coverage(units: dict[str, BaseGeometry]) -> None:
    shapes = np.array(list(units.values()))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="overlaps")
    assert len(first) == len(second) == 0


def test_the_union_of_ukraine_has_no_holes(ukrainian: dict[str, BaseGeometry]) -> None:
    whole = shapely.coverage_union_all(np.array(list(ukrainian.values())))
    assert [ring for part in shapely.get_parts(whole) for ring in part.interiors] == []


def test_ukraine_is_exactly_the_union_of_its_units(
    ukrainian: dict[str, BaseGeometry], countries: dict[str, BaseGeometry]
) -> None:
    whole = shapely.coverage_union_all(np.array(list(ukrainian.values())))
    assert whole.equals(countries["ukraine"])


def test_countries_around_ukraine_are_an_exact_coverage_with_it(countries: dict[str, BaseGeometry]) -> None:
    assert shapely.coverage_is_valid(np.array([countries["ukraine"], *(countries[n] for n in LAND_NEIGHBOURS)]))
    for name in LAND_NEIGHBOURS:
        assert countries[name].boundary.intersection(countries["ukraine"].boundary).length > 0.5, name
        assert shapely.area(countries[name].intersection(countries["ukraine"])) == 0.0


def test_no_country_overlaps_ukraine(countries: dict[str, BaseGeometry]) -> None:
    overlaps = {n: g.intersection(countries["ukraine"]).area for n, g in countries.items() if n != "ukraine"}
    assert set(overlaps.values()) == {0.0}


def test_russia_holds_its_border_oblasts_and_not_crimea(
    countries: dict[str, BaseGeometry], unit_rows: list[Feature]
) -> None:
    for properties, geometry in unit_rows:
        if properties["country"] == "russia":
            assert geometry.difference(countries["russia"]).area == 0.0, properties["id"]
    simferopol = shapely.Point(34.10, 44.95)
    assert countries["ukraine"].contains(simferopol)
    assert not countries["russia"].contains(simferopol)


def test_no_gap_along_the_russian_border(units: dict[str, BaseGeometry]) -> None:
    """A strip about the common border of Sumy and Kursk is wholly covered."""
    border = shapely.line_merge(units["Sumy"].boundary.intersection(units["Kursk"].boundary))
    middle = border.interpolate(0.5, normalized=True).buffer(0.02)
    assert math.isclose(middle.intersection(shapely.union_all(list(units.values()))).area, middle.area, rel_tol=1e-9)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_geojson_is_wgs84_lon_lat_on_the_grid_wound_by_rfc_7946(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        assert list(feature["properties"]) == sorted(feature["properties"])
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert geometry.is_valid
        xy = shapely.get_coordinates(geometry)
        assert (np.abs(xy) <= (180, 90)).all()
        assert (np.round(xy, 5) == xy).all()
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(ring.is_ccw for ring in part.interiors)


def test_boundaries_stay_within_four_megabytes() -> None:
    assert sum(path.stat().st_size for path in FILES) <= 4_000_000


def test_countries_have_plausible_areas(countries: dict[str, BaseGeometry]) -> None:
    """Published areas in thousand km2, within 4 %; land and inland waters, so neither figure is exact."""
    published = {"belarus": 207.6, "moldova": 33.85, "poland": 312.7, "slovakia": 49.0, "hungary": 93.0,
                 "romania": 238.4, "north-korea": 120.5, "south-korea": 100.2, "bulgaria": 111.0,
                 "georgia": 69.7, "turkey": 783.6, "russia": 17098.0}  # fmt: skip
    for name, thousand in published.items():
        assert km2(countries[name]) / 1000 == pytest.approx(thousand, rel=0.04), name
