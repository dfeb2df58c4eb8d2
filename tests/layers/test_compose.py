"""Which layers make a map, and that each says whose it is, of when, and how large."""

from __future__ import annotations

from datetime import date

import pytest

from geo.algebra import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.check import check_article, document
from geo.reading.article import from_text
from geo.survey import Survey
from layers import compose
from layers.html.page import Page
from layers.layer import Layer

TEXT = (
    "Russia holds roughly 20 percent of Ukraine. The Korean DMZ is 160 miles long. "
    "Nobody asked about Kherson oblast or the line of contact."
)


def survey(at: str) -> Survey:
    return Survey(embedded(), date.fromisoformat(at), (control_source("settlements", embedded()),))


def page_of(text: str, at: str) -> Page:
    on = survey(at)
    report = check_article(from_text(text), on.atlas, on.controls, None, on.at)
    return compose.page("A map", compose.mentioned(report), on, "today", report, document([report]))


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(TEXT, "2025-01-20")


def layer(page: Page, role: str) -> Layer:
    return next(layer for layer in page.layers if layer.role == role)


def test_the_ground_the_sides_the_line_and_the_band_are_there(page: Page) -> None:
    roles = {layer.role for layer in page.layers}
    assert {"basemap-sea", "basemap-land", "unit", "control-assessed", "control-contested"} <= roles
    assert {"contact-line", "band", "mention", "line", "place"} <= roles


def test_every_layer_names_its_source_and_licence(page: Page) -> None:
    assert [one.id for one in page.layers if not (one.source and one.licence)] == []


def test_both_sides_are_features_of_one_layer(page: Page) -> None:
    assert {f.properties["side"] for f in layer(page, "control-assessed").features} == {"russia", "ukraine"}
    assert layer(page, "control-assessed").as_of == "2025-01-20"


def test_the_korean_style_band_says_its_area_and_length_with_intervals(page: Page) -> None:
    properties = layer(page, "band").features[0].properties
    for key in ("area_km2", "length_km"):
        assert properties[f"{key}_low"] <= properties[key] <= properties[f"{key}_high"]
    assert 3000 < float(str(properties["area_km2"])) < 7000
    assert properties["source"]
    assert properties["date"] == "2025-01-20"


def test_the_line_of_contact_is_drawn_once(page: Page) -> None:
    assert len([one for one in page.layers if one.role == "contact-line"]) == 1


def test_a_claim_leads_to_what_it_is_about(page: Page) -> None:
    anchors = {claim.text: claim.anchor_layer for claim in page.claims}
    ids = {one.id for one in page.layers}
    assert all(anchor in ids for anchor in anchors.values() if anchor)
    assert any(anchors.values())


def test_crimea_is_inside_ukraine(page: Page) -> None:
    lands = {f.name: f.geometry for f in layer(page, "basemap-land").features}
    crimea = next(f.geometry for f in layer(page, "unit").features if f.name == "Crimea").representative_point()
    assert lands["Ukraine"].covers(crimea)
    assert not lands["Russia"].covers(crimea)


def test_outside_the_data_the_map_says_that_control_is_not_drawn() -> None:
    page = page_of("Kherson oblast lies in Ukraine.", "2031-01-01")
    assert not [one for one in page.layers if one.role.startswith("control")]
    assert any("Control is not drawn" in statement for statement in page.statements)


def test_a_thing_without_extent_is_said_to_be_missing() -> None:
    on = survey("2023-01-01")
    things = (compose.Named(parse('controlled("ukraine") & oblast("Kursk")'), "Held in Kursk"),)
    layers, missing = compose.drawn(things, on, shown=True)
    assert layers == ()
    assert "Held in Kursk" in missing[0]
