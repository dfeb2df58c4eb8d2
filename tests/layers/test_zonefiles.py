"""A zone as a file: a row a unit and holder, with date, source and licence, that add up to the zone."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import fiona
import pytest

from geo import survey as measures
from geo.algebra import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import OverwriteError
from geo.quantity import Quantity
from geo.survey import Survey
from geo.zone import Zone, zone
from layers.files import made_by_us
from layers.zonefiles import save

WRITTEN = 'band(line("contact"), "2 km")'
CREDIT = ("whoever drew it", "CC0 1.0")


@pytest.fixture(scope="module")
def laid() -> tuple[Zone, Quantity]:
    survey = Survey(embedded(), date(2024, 12, 30), (control_source("settlements", embedded()),))
    territory = parse(WRITTEN)
    return zone(territory, survey.worlds(territory)[0]), measures.area(territory, survey)


def test_a_table_has_a_row_for_each_unit_and_side(laid: tuple[Zone, Quantity], tmp_path: Path) -> None:
    found, whole = laid
    path = save(found, whole, "=A zone", CREDIT, tmp_path / "zone.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    there = [part for part in found.parts if round(part.area_km2, 1)]
    assert [(row["unit"], row["side"]) for row in rows] == [(part.unit, part.side) for part in there]
    assert sum(float(row["area_km2"]) for row in rows) == pytest.approx(found.area_km2, abs=0.1 * len(rows))
    assert {(row["date"], row["source"], row["licence"]) for row in rows} == {("2024-12-30", *CREDIT)}
    assert made_by_us(path)


def test_a_document_is_that_of_the_command_with_its_origin(laid: tuple[Zone, Quantity], tmp_path: Path) -> None:
    path = save(*laid, "A zone", CREDIT, tmp_path / "zone.json")
    read = json.loads(path.read_text(encoding="utf-8"))
    assert {key: value for key, value in read.items() if key != "contactline"} == json.loads(
        json.dumps({**laid[0].to_dict(), "quantity": laid[1].to_dict()})
    )
    assert {(one["source"], one["licence"]) for one in read["contactline"]["layers"]} == {CREDIT}
    save(*laid, "A zone", CREDIT, path)  # its own file may be written over


def test_layers_are_cut_by_unit_and_holder(laid: tuple[Zone, Quantity], tmp_path: Path) -> None:
    path = save(
        *laid, "A zone whose name is longer than an identifier of any layer may ever be", CREDIT, tmp_path / "z.gpkg"
    )
    tables = [name for name in fiona.listlayers(path) if name != "layer_styles"]
    assert [name.split("_in_")[0] for name in tables] == ["held", "contested", "not_stated"]
    read = [feature["properties"] for name in tables for feature in fiona.open(path, layer=name)]
    parts = {(p.unit, p.side): round(p.area_km2, 1) for p in laid[0].parts if round(p.area_km2, 1)}
    assert {(row["unit"], row["side"]): row["area_km2"] for row in read} == parts


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_of_somebody_else_stays(ending: str, laid: tuple[Zone, Quantity], tmp_path: Path) -> None:
    path = tmp_path / f"zone.{ending}"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OverwriteError):
        save(*laid, "A zone", CREDIT, path)
    assert path.read_text(encoding="utf-8") == "mine"
