"""What a page offers beyond its layers: bands the engine computed, where sources disagree, tiles, and words."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo import survey as measures
from geo.algebra import parse
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.types import Holding, Snapshot
from geo.errors import UnknownNameError, UsageError
from geo.survey import Survey
from geo.zone import zone
from layers import disagreement, territory
from layers.bands import BandChoice, choices
from layers.credits import STATEMENTS
from layers.html.assets import page_script
from layers.html.words import words
from layers.palette import palette
from layers.tiles import tiles

AT = date(2025, 1, 20)


@pytest.fixture(scope="module")
def bands() -> tuple[BandChoice, ...]:
    return choices(Survey(embedded(), AT, (control_source("settlements", embedded()),)))


def test_every_width_and_every_scenario_of_the_contact_line_is_offered(bands: tuple[BandChoice, ...]) -> None:
    widths = [band.left_km for band in bands if not band.scenario]
    assert tuple(widths) == palette().band_km
    scenarios = {band.scenario for band in bands if band.scenario}
    assert {"Korean-style zone", "Kellogg zone"} <= scenarios
    assert all(band.note for band in bands if band.scenario)
    assert len({band.id for band in bands}) == len(bands)


def test_a_band_is_the_engine_s_own_and_wider_ones_hold_more(bands: tuple[BandChoice, ...]) -> None:
    band = next(band for band in bands if band.left_km == 15)
    region = evaluate(parse(band.expression), World(embedded(), AT, control_source("settlements", embedded())))
    assert band.covers.all.value == pytest.approx(region.area_km2)
    plain = [band for band in bands if not band.scenario]
    for narrow, wide in pairwise(plain):
        assert narrow.covers.all.value < wide.covers.all.value
        assert narrow.settlements <= wide.settlements
        assert narrow.people <= wide.people


def test_a_band_s_units_add_up_and_their_sides_fit_in(bands: tuple[BandChoice, ...]) -> None:
    for band in bands:
        assert sum(unit.all.value for unit in band.units) == pytest.approx(band.covers.all.value, abs=0.2)
        for unit in band.units:
            assert sum(one.value for one in unit.by.values()) == pytest.approx(unit.all.value, rel=1e-3)
            assert all(one.low <= one.value <= one.high for one in (unit.all, *unit.by.values()))


def test_a_band_s_figures_are_those_of_the_zone_the_engine_lays_out(bands: tuple[BandChoice, ...]) -> None:
    band = next(band for band in bands if band.left_km == 2)
    laid = zone(parse(band.expression), World(embedded(), AT, control_source("settlements", embedded())))
    assert (band.settlements, band.people) == (len(laid.settlements), laid.population)
    assert {u.unit: u.all.value for u in band.units} == pytest.approx(
        {unit: km2 for unit, km2 in laid.by_unit().items() if km2 > 0.05}, abs=0.01
    )
    sides = laid.by_side()
    for side in ("russia", "ukraine", "contested"):
        assert sum(u.by[side].value for u in band.units) == pytest.approx(sides[side], abs=0.5)
    by_unit = {row.unit: row for row in laid.rows}
    for row in (*band.units, band.covers):
        for side, area in row.by.items():
            assert area == pytest.approx(by_unit[row.unit].by[side], abs=0.5), (row.unit, side)


def test_a_band_s_intervals_are_those_that_area_prints(bands: tuple[BandChoice, ...]) -> None:
    band, survey = (
        next(b for b in bands if b.left_km == 15),
        Survey(embedded(), AT, (control_source("settlements", embedded()),)),
    )
    facts = territory.build(parse(band.expression), survey, "band", "").features[0].properties
    for key, area in (
        ("area", band.covers.all),
        ("russian_held", band.covers.by["russia"]),
        ("ukrainian_held", band.covers.by["ukraine"]),
    ):
        printed = [facts[f"{key}_km2{end}"] for end in ("", "_low", "_high")]
        assert list(area) == pytest.approx(printed, abs=0.5), key
    for unit in ("Donetsk", "Kherson", "Kursk"):
        printed = measures.area(parse(f"{band.expression} & unit({unit!r})".replace("'", '"')), survey)
        row = next(row for row in band.units if row.unit == unit)
        assert list(row.all) == pytest.approx([printed.value, printed.low, printed.high], abs=0.5), unit


@pytest.mark.parametrize("km", [2, 15, 50])
def test_parts_of_a_city_are_not_counted_beside_it(bands: tuple[BandChoice, ...], km: float) -> None:
    band = next(band for band in bands if band.left_km == km)
    inside = [
        place
        for place in embedded().settlements
        if place.kind != "district" and shapely.contains_xy(band.geometry, place.lon, place.lat)
    ]
    assert (band.settlements, band.people) == (len(inside), sum(place.population for place in inside))


def test_a_page_opens_on_the_proposal_that_was_asked_for_by_name() -> None:
    survey = Survey(embedded(), AT, (control_source("settlements", embedded()),))
    kellogg = parse('band(line("contact"), "15 km")')
    by_name, plain = (choices(survey, [kellogg], named) for named in ("Kellogg zone", ""))  # type: ignore[list-item]
    first = [next(band for band in found if band.expression == str(kellogg)).scenario for found in (by_name, plain)]
    assert first == ["Kellogg zone", ""]
    assert sorted(band.scenario for band in by_name) == sorted(band.scenario for band in plain)


def test_proposals_are_laid_out_at_the_ends_of_the_window_too() -> None:
    survey = Survey(embedded(), AT, (control_source("settlements", embedded()),))
    then = date(2024, 1, 22)
    found = choices(survey, (), "", (then, AT))
    kellogg = next(band for band in found if band.scenario == "Kellogg zone")
    (one,) = kellogg.then
    world = World(embedded(), then, control_source("settlements", embedded()))
    laid = zone(parse(kellogg.expression), world)
    assert one.day == then
    assert one.covers.all.value == pytest.approx(laid.area_km2, rel=1e-6)
    assert one.covers.all == pytest.approx(laid.rows[-1].all, abs=0.5)
    assert (one.settlements, one.people) == (len(laid.settlements), laid.population)
    assert one.covers.by["russia"].value == pytest.approx(laid.by_side()["russia"], abs=0.5)
    assert one.people != kellogg.people
    assert f"along the line of {then}: {one.covers.all.value:,.0f} (" in kellogg.note
    assert not [band for band in found if not band.scenario and band.then]


class Fixed:
    """A source that gives Russia one box."""

    licence, first, last = "CC0", date(2025, 1, 1), date(2025, 12, 31)

    def __init__(self, name: str, east: float) -> None:
        self.name = self.title = name
        self.area = shapely.box(36, 47.5, east, 48)

    def snapshot(self, at: date) -> Snapshot:
        return Snapshot(self.name, at, at, (Holding("russia", "assessed", self.area),))


def test_where_two_sources_disagree_is_a_layer_that_says_who_gives_what() -> None:
    sources: tuple[Any, ...] = (Fixed("one", 37.0), Fixed("two", 37.5))
    (layer,) = disagreement.build(Survey(embedded(), AT, sources))
    (feature,) = layer.features
    assert (feature.properties["given_by"], feature.properties["not_by"]) == ("two", "one")
    assert shapely.symmetric_difference(feature.geometry, shapely.box(37, 47.5, 37.5, 48)).area < 1e-9
    assert disagreement.build(Survey(embedded(), AT, sources[:1])) == ()
    assert disagreement.build(Survey(embedded(), AT, (sources[0], Fixed("three", 37.0)))) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["OpenStreetMap Mapnik", "openstreetmap.mapnik"])
def test_tiles_are_found_in_any_spelling_and_keep_their_attribution(name: str) -> None:
    found = tiles(name)
    assert found.url == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert "OpenStreetMap" in found.attribution
    assert found.origins == ("https://tile.openstreetmap.org",)


def test_tiles_that_want_a_key_or_do_not_exist_are_refused() -> None:
    with pytest.raises(UsageError, match="key"):
        tiles("MapBox")
    with pytest.raises(UnknownNameError, match=r"OpenStreetMap\.Mapnik"):
        tiles("opensteetmap mapnick")


def test_every_word_is_there_in_every_language_with_the_same_blanks() -> None:
    known = words()
    rows = {**known.words, **known.given, **known.names}
    not_in_english = {"english-note"}  # it says that the rest is English: on an English page there is nothing to say
    assert [key for key, texts in rows.items() if len(texts) != len(known.languages) or not all(texts[1:])] == []
    assert {key for key, texts in rows.items() if not texts[0]} <= not_in_english
    for key, texts in known.words.items():
        assert len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in texts}) == 1, key


def test_the_page_s_statements_headings_and_verdicts_are_translated() -> None:
    wanted = {*STATEMENTS, *palette().groups, *palette().verdicts, *(f.title for f in palette().mentions.values())}
    assert wanted <= set(words().given)


def test_the_script_says_no_word_the_file_does_not_have() -> None:
    said = set(re.findall(r'C\.say\("([\w-]+)"', page_script()))
    assert said
    assert said <= set(words().words)
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", page_script()
    )


def test_bands_along_another_source_s_line_are_laid_out_as_well() -> None:
    folder = Path(__file__).resolve().parents[2] / ".." / "shared" / "control" / "deepstate-daily"
    if not folder.exists():
        pytest.skip("needs the folder of control maps to test on, with deepstate-daily in it")
    survey = Survey(embedded(), date(2025, 12, 28), (control_source(str(folder), embedded()),))
    for band in choices(survey):  # where units meet waters, overlays leave edges beside areas
        assert sum(unit.all.value for unit in band.units) == pytest.approx(band.covers.all.value, rel=1e-4)
