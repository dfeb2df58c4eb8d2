"""The Dnipro and the Military Demarcation Line: direction, sides, length."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import split
from shipped import DATA, WGS84, Feature, km2, read

RIGHT = (
    "Antonivka", "Kherson", "Beryslav", "Tiahynka", "Kozatske", "Lvove", "Bilozerka", "Kizomys", "Stanislav", "Ochakiv",
    "Kyiv", "Kaniv", "Cherkasy", "Svitlovodsk", "Kamyanske", "Dnipro", "Novi Kodaky", "Marhanets", "Nikopol",
)  # fmt: skip
LEFT = (
    "Oleshky", "Hola Prystan", "Krynky", "Kozachi Laheri", "Dnipryany", "Nova Kakhovka", "Kakhovka", "Hornostayivka",
    "Kamyanka-Dniprovska", "Enerhodar", "Kremenchuk", "Horishni Plavni", "Boryspil", "Liubech",
)  # fmt: skip
EXPECTED = [*((name, "right") for name in RIGHT), *((name, "left") for name in LEFT)]


def places() -> dict[str, shapely.Point]:
    """The most populous place of each name."""
    rows = csv.DictReader((DATA / "gazetteer.csv").read_text(encoding="utf-8").splitlines())
    ordered = sorted((row for row in rows if row["unit"]), key=lambda row: int(row["population"]))
    return {row["name"]: shapely.Point(float(row["lon"]), float(row["lat"])) for row in ordered}


PLACES = places()


def side(line: BaseGeometry, point: shapely.Point) -> str:
    """The side of the nearest segment (the line seen in its own direction)."""
    xy = shapely.get_coordinates(line)
    steps = shapely.linestrings([[a, b] for a, b in pairwise(xy)])
    at = int(shapely.distance(steps, point).argmin())
    (ax, ay), (bx, by) = xy[at], xy[at + 1]
    return "left" if (bx - ax) * (point.y - ay) - (by - ay) * (point.x - ax) > 0 else "right"


@pytest.mark.parametrize(("name", "expected"), EXPECTED)
def test_riverside_towns_lie_on_their_bank(name: str, expected: str, lines: dict[str, BaseGeometry]) -> None:
    assert side(lines["dnipro"], PLACES[name]) == expected


def test_the_dnipro_runs_downstream_from_belarus_to_the_open_sea(
    lines: dict[str, BaseGeometry], countries: dict[str, BaseGeometry]
) -> None:
    river = lines["dnipro"]
    start, end = shapely.Point(river.coords[0]), shapely.Point(river.coords[-1])
    assert river.geom_type == "LineString"
    assert river.is_simple
    assert start.y > end.y
    assert not countries["ukraine"].contains(start)
    assert not countries["ukraine"].contains(end)
    assert end.distance(countries["ukraine"]) > 0.01


def test_right_bank_kherson_as_land_is_about_6500_km2(
    lines: dict[str, BaseGeometry], units: dict[str, BaseGeometry], waters: list[Feature]
) -> None:
    parts = split(units["Kherson"], lines["dnipro"]).geoms
    right = shapely.union_all([part for part in parts if side(lines["dnipro"], part.representative_point()) == "right"])
    for kinds in ({"bay", "liman", "lagoon"}, {"bay", "liman", "lagoon", "reservoir"}):
        dry = right.difference(shapely.union_all([g for p, g in waters if p["kind"] in kinds]))
        assert km2(dry) == pytest.approx(6500, abs=300)


def test_the_banks_hold_the_river(lines: dict[str, BaseGeometry]) -> None:
    ((_, banks),) = read(DATA / "boundaries" / "dnipro_banks.geojson")
    lower = [xy for xy in lines["dnipro"].coords if xy[1] < 47.0 and xy[0] > 31.5]
    assert all(banks.contains(shapely.Point(xy)) for xy in lower)


def test_the_mdl_runs_west_to_east_and_is_as_long_as_quoted(
    lines: dict[str, BaseGeometry], countries: dict[str, BaseGeometry]
) -> None:
    mdl = lines["mdl"]
    assert mdl.coords[0][0] < mdl.coords[-1][0]
    assert mdl.is_simple
    assert WGS84.geometry_length(mdl) / 1000 == pytest.approx(248, rel=0.04)
    north, south = countries["north-korea"], countries["south-korea"]
    assert north.intersection(south).area == 0.0
    assert mdl.difference(north.boundary.intersection(south.boundary)).length == pytest.approx(0, abs=1e-9)
    assert side(mdl, shapely.Point(125.75, 39.03)) == "left"
    assert side(mdl, shapely.Point(126.98, 37.57)) == "right"
