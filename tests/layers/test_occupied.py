"""Ground occupied before 2022: Ukraine within its recognised borders, told apart from what was taken since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import shapely

from geo.algebra import parse
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.types import Holding, Snapshot
from geo.measure.geodesic import area_km2
from geo.survey import Survey
from layers import boundaries, compose, occupied
from layers.layer import Layer


def layer_on(day: str, *sources: Any) -> tuple[Layer, ...]:
    controls = sources or (control_source("settlements", embedded()),)
    return occupied.build(Survey(embedded(), date.fromisoformat(day), controls))


def test_crimea_is_labelled_as_occupied_in_three_languages() -> None:
    (layer,) = layer_on("2025-01-20")
    crimea, donbas = layer.features
    assert crimea.name == "Crimea (occupied since 2014)"
    assert all(str(crimea.properties[f"name_{code}"]) for code in ("uk", "ru"))
    assert {f.properties["class"] for f in layer.features} == {"occupied since 2014"}
    outline = embedded().unit("Crimea").geometry
    assert area_km2(shapely.intersection(crimea.geometry, outline)) > 0.98 * area_km2(outline)
    assert 16_000 < float(str(donbas.properties["area_km2"])) < 17_500
    assert "Ukraine within its recognised borders" in layer.note


def test_what_was_taken_since_is_not_called_occupied_since_2014() -> None:
    (layer,) = layer_on("2025-01-20")
    world = World(embedded(), date(2022, 2, 23), control_source("settlements", embedded()))
    before = evaluate(parse('controlled("russia")'), world).geometry
    for feature in layer.features:
        assert area_km2(shapely.difference(feature.geometry, before)) < 1


@pytest.mark.parametrize(
    ("day", "grounds"), [("2014-03-01", 0), ("2014-06-01", 1), ("2016-01-01", 2), ("2022-02-23", 2)]
)
def test_it_begins_when_it_began(day: str, grounds: int) -> None:
    assert sum(len(layer.features) for layer in layer_on(day)) == grounds


class Young:
    """A source that begins after the invasion and gives Russia Crimea and half the Donbas."""

    name = title = "young"
    licence, first, last = "CC0", date(2024, 1, 1), date(2025, 12, 31)

    def snapshot(self, at: date) -> Snapshot:
        return Snapshot(self.name, at, at, (Holding("russia", "assessed", shapely.box(32, 44, 38.2, 48.5)),))


def test_a_source_that_does_not_reach_back_is_cut_by_the_shipped_table() -> None:
    (layer,) = layer_on("2025-01-20", Young())
    assert len(layer.features) == 2
    assert layer.source == "young"
    assert layer.features[1].geometry.bounds[2] <= 38.2 + 1e-9


def test_units_and_named_territories_carry_the_class() -> None:
    units = {f.name: f.properties.get("class") for f in boundaries.build(embedded()).features}
    assert [name for name, cls in units.items() if cls] == ["Crimea", "Sevastopol"]
    survey = Survey(embedded(), date(2025, 1, 20), (control_source("settlements", embedded()),))
    peninsula = compose.Named(parse('unit("Crimea") | unit("Sevastopol")'), "Crimea")
    with_more = compose.Named(parse('unit("Crimea") | oblast("Kherson")'), "Both")
    (one, two), _ = compose.drawn([peninsula, with_more], survey, shown=True)
    assert one.features[0].properties["class"] == "occupied since 2014"
    assert "class" not in two.features[0].properties


def test_a_map_draws_it_and_a_report_s_file_holds_it() -> None:
    survey = Survey(embedded(), date(2025, 1, 20), (control_source("settlements", embedded()),))
    assert [layer.id for layer in compose.front(survey) if layer.role == "occupied"] == ["occupied-since-2014"]
