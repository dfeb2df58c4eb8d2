"""Several sources on one map: each named, each by itself, and compared only where both know the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import shapely

from geo import survey as measures
from geo.algebra import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.types import Holding, Snapshot
from geo.survey import Survey
from layers import compose, control, disagreement, territory
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE
from layers.layer import Layer
from layers.timeline import Key, Place, build, key_of

AT = date(2025, 1, 20)


UKRAINE = Place("Ukraine", 'country("ukraine")', embedded().country("ukraine").geometry)


class Box:
    """A source that gives Russia one box, Ukraine its west, and knows nothing of a corner; its state has an age."""

    licence, first, last = "CC0", date(2025, 1, 1), date(2025, 12, 31)
    dates = (date(2025, 1, 1),)

    def __init__(self, name: str, east: float, age: int = 0) -> None:
        self.name, self.title, self.east, self.age = name, f"The map of {name}", east, age

    def snapshot(self, at: date) -> Snapshot:
        holdings = (
            Holding("russia", "assessed", shapely.box(36, 47.5, self.east, 48)),
            Holding("ukraine", "assessed", shapely.box(33, 47.5, 36, 48)),
            Holding("ukraine", "unknown", shapely.box(33, 49, 34, 49.5)),
            Holding("russia", "unknown", shapely.box(34, 49, 34.5, 49.5)),
        )
        return Snapshot(self.name, at, at - timedelta(self.age), holdings)


def on(*sources: Any, at: date = AT) -> Survey:
    return Survey(embedded(), at, sources)


def test_unknown_ground_is_nobody_s_and_reads_as_english() -> None:
    source: Any = Box("one", 37.0)
    layers = {layer.id: layer for layer in control.build(source, on(source))}
    (unknown,) = layers["control-one-unknown"].features
    assert unknown.name == "Unknown"
    assert "side" not in unknown.properties
    given = shapely.box(33, 49, 34.5, 49.5)
    assert shapely.symmetric_difference(unknown.geometry, given.difference(embedded().open_waters)).area < 1e-9
    assert [f.name for f in layers["control-one-assessed"].features] == [
        "Held by Russia (assessed)", "Held by Ukraine (assessed)",
    ]  # fmt: skip


@pytest.mark.parametrize("cls", ["assessed", "claimed", "contested", "unknown", "liberated"])
@pytest.mark.parametrize("side", ["russia", "ukraine"])
def test_no_label_names_a_holder_of_ground_that_has_none(side: Any, cls: Any) -> None:
    words = control.label(key_of(side, cls))
    assert words[0].isupper()
    assert (side.title() in words) == (cls not in ("contested", "unknown"))


def test_time_moves_unknown_ground_as_the_one_thing_it_is() -> None:
    source: Any = Box("one", 37.0)
    timeline = build(source, embedded(), AT, [AT, AT + timedelta(7)], [UKRAINE])
    assert [part.key for part in timeline.parts if part.key.cls == "unknown"] == [Key("", "unknown")]


def test_every_source_is_named_with_what_it_gives() -> None:
    survey = on(Box("one", 37.0), Box("two", 37.5))
    layer = territory.build(parse('controlled("russia")'), survey, "x", "Held")
    facts = layer.features[0].properties
    assert facts["source"] == layer.source
    values = [
        measures.area(parse('controlled("russia")'), on(one)).value for one in (Box("one", 37.0), Box("two", 37.5))
    ]
    assert facts["by_source"] == f"one 2025-01-20: {values[0]:,.0f} km²; two 2025-01-20: {values[1]:,.0f} km²"
    assert layer.source == "The map of one; The map of two"
    assert "drawn by one" in layer.method
    assert float(str(facts["area_km2_high"])) >= values[1]


def test_one_source_is_named_once() -> None:
    layer = territory.build(parse('controlled("russia")'), on(Box("one", 37.0)), "x", "Held")
    assert layer.features[0].properties["source"] == layer.source == "The map of one"
    assert "by_source" not in layer.features[0].properties


def test_a_page_s_credits_say_what_each_source_is_for() -> None:
    shipped = control_source("settlements", embedded())
    survey = on(shipped, Box("two", 37.5), at=date(2024, 6, 1))
    page = compose.page("P", (), survey, "option", None, {}, compose.Wishes(date(2024, 5, 25), date(2024, 6, 8)))
    used = {row.name: row.used_for for row in page.sources}
    assert "drawn and measured" in used[shipped.title]
    assert used["The map of two"].endswith("says nothing of 2024-06-01")
    assert not [layer for layer in page.layers if layer.id == "disagreement"]


def test_old_states_are_not_set_against_others() -> None:
    fresh, aged = Box("one", 37.0), Box("two", 37.5, age=20)
    assert disagreement.build(on(fresh, aged)) == ()
    (said,) = disagreement.left_out(on(fresh, aged))
    assert said.startswith("two: its state is 20 days older than 2025-01-20")
    assert len(disagreement.build(on(fresh, Box("two", 37.5, age=3)))) == 1
    assert disagreement.left_out(on(fresh)) == ()


@pytest.fixture(scope="module")
def shipped() -> Survey:
    return on(control_source("settlements", embedded()))


@pytest.mark.parametrize(("side", "written"), [("russia", 'controlled("russia") & country("ukraine")'),
                                               ("ukraine", 'controlled("ukraine")')])  # fmt: skip
def test_what_a_side_holds_has_the_interval_every_command_prints(side: str, written: str, shipped: Survey) -> None:
    held: tuple[Layer, ...] = control.build(shipped.controls[0], shipped)
    facts = next(f.properties for f in held[0].features if f.properties["side"] == side)
    printed = measures.area(parse(written), shipped).to_dict()
    assert [facts[f"area_km2{end}"] for end in ("", "_low", "_high")] == [printed[k] for k in ("value", "low", "high")]


@pytest.mark.parametrize(
    ("written", "source", "licence"),
    [
        ('place("Kramatorsk")', "GeoNames", "CC BY 4.0"),
        ('place("Kursk NPP")', "contactline, own list of sites", "CC0 1.0"),
        ('parallel("48N")', "by definition", "no licence needed"),
        ('oblast("Lviv")', BOUNDARY_CREDIT, BOUNDARY_LICENCE),
        ('controlled("russia")', "The map of one", "CC0"),
        ('controlled("russia") & oblast("Kherson")', f"The map of one; {BOUNDARY_CREDIT}", f"CC0; {BOUNDARY_LICENCE}"),
    ],
)
def test_a_layer_names_those_whose_data_it_is_in_the_same_words_everywhere(
    written: str, source: str, licence: str
) -> None:
    layer = territory.build(parse(written), on(Box("one", 37.0)), "x", "X")
    assert (layer.source, layer.licence) == (source, licence)
    assert layer.features[0].properties["source"] == source


def test_contested_ground_has_an_interval_like_what_is_held() -> None:
    survey = Survey(embedded(), AT, (control_source("settlements", embedded()),))
    layer = next(one for one in control.build(survey.controls[0], survey) if one.role == "control-contested")
    measured = measures.area(parse("contested()"), survey)
    for feature in layer.features:
        told = [feature.properties[f"all_contested_km2{end}"] for end in ("", "_low", "_high")]
        assert told == [round(number, 1) for number in (measured.value, measured.low, measured.high)]
    assert sum(float(str(f.properties["area_km2"])) for f in layer.features) == pytest.approx(measured.value, abs=0.5)
