"""The names the program knows: each of the right size, each found by any of its spellings, none taken for another."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import DATA

from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Place, Unit
from geo.algebra.parse import parse
from geo.algebra.region import Region
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.names import levelled
from geo.atlas.official import official_figures
from geo.errors import DateError, UnknownNameError
from geo.measure.geodesic import area_km2, wgs84
from geo.reading.lexicon import Entry, Lexicon
from geo.reading.tokens import words
from geo.resolve import drawable, resolve


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


LEXICON = Lexicon.embedded()
ENTRIES = LEXICON.entries
EXPECTED = rows(Path(__file__).with_name("expected-sizes.csv"))
FIGURES = [row for row in EXPECTED if row["value"]]
SITES = rows(DATA / "boundaries" / "sites.csv")
UNITS = [e for e in ENTRIES if e.expression and isinstance(parse(e.expression), Unit)]
TODAY = date(2024, 1, 1)


CONTROL = control_source("settlements", embedded())


def measured(entry: Entry, at: str = "") -> Region:
    assert entry.expression
    return evaluate(parse(entry.expression), World(embedded(), date.fromisoformat(at) if at else TODAY, CONTROL))


def skip_unless_known(day: date) -> None:
    """Of the war of 2014-15 the embedded table may know nothing, or leave much of the Donbas unknown."""
    try:
        holdings = CONTROL.snapshot(day).holdings
    except DateError as error:
        pytest.skip(f"the embedded control table does not reach back to {day}: {error}")
    donbas = evaluate(parse('oblast("Donetsk") | oblast("Luhansk")'), World(embedded(), day)).geometry
    unknown = sum(area_km2(shapely.intersection(h.geometry, donbas)) for h in holdings if h.cls == "unknown")
    if unknown > 500:
        pytest.skip(f"the embedded control table leaves {unknown:,.0f} km² of the Donbas unknown on {day}")


# ---------------------------------------------------------------- sizes


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: f"{row['id']}@{row['at']}")
def test_an_entry_has_the_size_others_publish(row: dict[str, str]) -> None:
    entry = LEXICON.by_id[row["id"]]
    for day in re.findall(r'"(201[45]-\d\d-\d\d)"', entry.expression or ""):
        skip_unless_known(date.fromisoformat(day))
    region = measured(entry, row["at"])
    value = region.area_km2 if row["quantity"] == "area" else region.length_km
    assert value == pytest.approx(float(row["value"]), rel=float(row["tolerance_percent"]) / 100), row["source"]


def test_every_entry_with_an_extent_is_held_against_something() -> None:
    told = {row["id"] for row in EXPECTED}
    for entry in ENTRIES:
        if entry.expression and entry.id not in told:
            region = measured(entry, "2025-01-20")
            assert (region.area_km2, region.length_km) == (0, 0), f"{entry.id} has no row in expected-sizes.csv"


def test_expected_sizes_name_entries_and_say_why() -> None:
    assert all(row["id"] in LEXICON.by_id for row in EXPECTED)
    assert all((row["value"] and row["source"]) or row["reason"] for row in EXPECTED)
    wide = [row for row in FIGURES if float(row["tolerance_percent"]) > 25]
    assert all(row["reason"] or "km by" in row["source"] for row in wide), "a wide tolerance needs a reason"


@pytest.mark.parametrize(
    "whole", sorted({e.id.removeprefix("right-bank ") for e in ENTRIES if re.match("right-bank [A-Z]", e.id)})
)
def test_the_two_banks_make_the_whole(whole: str) -> None:
    left = "Kinburn Peninsula" if whole == "Mykolaiv" else f"left-bank {whole}"
    halves = [measured(LEXICON.by_id[name]).area_km2 for name in (left, f"right-bank {whole}")]
    assert sum(halves) == pytest.approx(measured(LEXICON.by_id[whole]).area_km2, rel=1e-6)
    assert min(halves) > 1


@pytest.mark.parametrize("oblast", ["Donetsk", "Luhansk", "Zaporizhzhia", "Kherson"])
def test_no_oblast_is_held_more_than_once(oblast: str) -> None:
    held = [
        measured(LEXICON.by_id[f"{side}-held {oblast}"], "2025-01-20").area_km2 for side in ("Russian", "Ukrainian")
    ]
    assert sum(held) < 1.000001 * measured(LEXICON.by_id[oblast]).area_km2


def test_the_front_of_an_oblast_is_part_of_the_front() -> None:
    front = measured(LEXICON.by_id["contact line"], "2025-01-20").length_km
    parts = [measured(e, "2025-01-20").length_km for e in ENTRIES if re.match("front in .* oblast", e.id)]
    assert len(parts) == 6
    assert sum(parts) < 1.001 * front


@pytest.mark.parametrize("width", [5, 10, 40])
def test_the_bands_in_donetsk_oblast_are_no_wider_than_told(width: int) -> None:
    front = measured(LEXICON.by_id["front in Donetsk oblast"], "2025-12-24").length_km
    area = measured(LEXICON.by_id[f"20-point plan, {width} km each side"], "2025-12-24").area_km2
    assert 0.5 * 2 * width * front < area < 2 * width * front + 4 * width * width


def test_the_sizes_that_ship_are_measured_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DATA / "build"))
    import sizes  # type: ignore[import-not-found]

    shipped, afresh = rows(DATA / "boundaries" / "sizes.csv"), list(csv.DictReader(sizes.table().splitlines()))
    assert [(row["id"], row["expression"]) for row in shipped] == [(row["id"], row["expression"]) for row in afresh]
    for old, new in zip(shipped, afresh, strict=True):
        assert float(new["value"]) == pytest.approx(float(old["value"]), rel=1e-3), new["id"]


# ---------------------------------------------------------------- spellings


def test_every_spelling_finds_its_entry_and_no_other() -> None:
    wrong = [
        (name, found and found.id)
        for entry in ENTRIES
        for name in (entry.id, *entry.names)
        if (found := LEXICON.lookup(name)) is not entry
    ]
    assert wrong == []


def test_no_two_entries_share_a_spelling() -> None:
    keys = Counter(key for entry in ENTRIES for key in {words(n.replace("-", " ")) for n in (entry.id, *entry.names)})
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_spelling_resolves_to_what_the_entry_stands_for(entry: Entry) -> None:
    for name in (entry.id, *entry.names):
        if entry.expression:
            assert resolve(name, embedded()).territory == parse(entry.expression)
        elif not drawable(entry, embedded()):
            with pytest.raises(UnknownNameError, match="cannot be drawn"):
                resolve(name, embedded())


@pytest.mark.parametrize("suffix", ["oblast", "region", "province"])
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_an_oblast_is_found_with_the_word_for_it(unit: Entry, suffix: str) -> None:
    if "oblast(" in (unit.expression or ""):
        assert str(resolve(f"{unit.id} {suffix}", embedded()).territory) == unit.expression


@pytest.mark.parametrize("language", ["name_uk", "name_ru"])
@pytest.mark.parametrize("unit", [u for u in embedded().units if u != "kyiv city"])
def test_a_unit_is_found_by_its_official_name(unit: str, language: str) -> None:
    record = embedded().units[unit]
    name = record.properties[language]
    for spelling in (name, name.replace(" область", " обл.")):
        assert f'("{record.id}")' in str(resolve(spelling, embedded()).territory)


@pytest.mark.parametrize(
    "name",
    ["Kurdistan", "Donegal", "Khartoum", "Kharg", "Lugano", "Sumatra", "Odense", "Rostock", "Cherbourg", "Krasnoyarsk",
     "Khabarovsk", "Belgrade", "Kerman", "Kirov", "Stavropol", "Volgograd", "Novgorod", "Vinland", "Lvivska Brama"],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["", " oblast", " region"])
def test_another_real_name_is_never_taken_for_an_oblast(name: str, suffix: str) -> None:
    try:
        found = resolve(name + suffix, embedded())
    except UnknownNameError:
        return
    assert not str(found.territory).startswith("unit(")
    assert "oblast(" not in str(found.territory)
    place = embedded().place(str(found.territory).removeprefix('place("').removesuffix('")'))
    assert levelled(name) in {levelled(spelling) for spelling in (place.name, *place.names)}


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(UNITS), st.integers(0, 12), st.sampled_from("aeiouyktsvz"), st.sampled_from(["drop", "swap", "put"])
)
def test_a_slip_of_the_pen_never_leads_to_another_oblast(unit: Entry, at: int, letter: str, slip: str) -> None:
    at %= len(unit.id)
    name = unit.id[:at] + ("" if slip == "drop" else letter) + unit.id[at + (slip != "put") :]
    try:
        found = resolve(f"{name} oblast", embedded())
    except UnknownNameError:
        return
    exact = LEXICON.lookup(name)
    expected = exact.expression if exact and exact.expression else unit.expression
    assert str(found.territory) == expected or isinstance(found.territory, Place)


@pytest.mark.parametrize(
    ("phrase", "territory"),
    [("Donetsk", 'oblast("Donetsk")'), ("Donetsk city", 'place("Donetsk")'), ("city of Donetsk", 'place("Donetsk")'),
     ("Kharkiv", 'oblast("Kharkiv")'), ("Kherson", 'oblast("Kherson")'), ("Kursk", 'oblast("Kursk")'),
     ("Dnipro", 'line("dnipro")'), ("Dnipro city", 'place("Dnipro")'), ("Kyiv City", 'unit("Kyiv City")'),
     ("Stalino region", 'oblast("Donetsk")'), ("Voroshilovgrad", 'oblast("Luhansk")'),
     ("Sicheslav", 'oblast("Dnipropetrovsk")'), ("Kropyvnytskyi oblast", 'oblast("Kirovohrad")'),
     ("Днепропетровская область", 'oblast("Dnipropetrovsk")'), ("Херсонщина", 'oblast("Kherson")')],
)  # fmt: skip
def test_names_that_are_near_each_other(phrase: str, territory: str) -> None:
    assert str(resolve(phrase, embedded()).territory) == territory


def test_the_nearest_name_is_offered() -> None:
    for misspelt, meant in (("Snake Iland", "Snake Island"), ("Kherzon", "Kherson"), ("Golan Hights", "Golan Heights")):
        assert LEXICON.nearest(misspelt)[0] == meant


# ---------------------------------------------------------------- places, sites, proposals, analogies


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Zaporizhzhia", "Zaporizhzhia"), ("Sloviansk", "Donetsk"), ("Makiivka", "Donetsk"), ("Balakliia", "Kharkiv"),
     ("Lyman", "Donetsk"), ("Kostiantynivka", "Donetsk"), ("Dobropillya", "Donetsk"), ("Pokrovsk", "Donetsk"),
     ("Snake Island", "Odesa"), ("Stalino", "Donetsk"), ("Oleksandrivka", "Kirovohrad")],
)  # fmt: skip
def test_a_place_is_the_town_that_is_meant_not_a_hamlet_spelled_so(name: str, unit: str) -> None:
    assert embedded().place(name).unit == unit


def test_every_city_is_a_place_that_bears_one_of_its_names() -> None:
    for entry in ENTRIES:
        if entry.kind == "city":
            place = embedded().place(str(entry.expression).removeprefix('place("').removesuffix('")'))
            borne = {levelled(name) for name in (place.name, *place.names)}
            said = {levelled(name) for name in (entry.id, *entry.names)}
            assert borne & said or entry.id == "Dnipro city", entry.id


@pytest.mark.parametrize("site", SITES, ids=lambda site: site["id"])
def test_a_site_lies_in_its_unit_near_its_town(site: dict[str, str]) -> None:
    place = embedded().place(site["name"])
    assert (place.id, place.lon, place.lat) == (site["id"], float(site["lon"]), float(site["lat"]))
    if site["unit"]:
        assert embedded().unit(site["unit"]).geometry.distance(shapely.Point(place.lon, place.lat)) < 0.02
    if site["near"]:
        town = embedded().place(site["near"])
        assert wgs84().inv(place.lon, place.lat, town.lon, town.lat)[2] < 21_000


def test_a_proposal_says_whose_when_and_on_what_terms() -> None:
    proposals = [entry for entry in ENTRIES if entry.scenario]
    assert len(proposals) > 20
    for entry in proposals:
        assert entry.scenario
        assert entry.scenario.proposer
        assert len(entry.scenario.terms) > 40
        assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", entry.scenario.date)
        assert entry.source
        assert entry.expression or "no geometry" in entry.note


def test_a_minsk_band_starts_from_each_sides_own_line() -> None:
    for width in (50, 70, 140):
        text = str(parse(str(LEXICON.by_id[f"Minsk 2015 zone, {width} km"].expression)))
        assert f'"2015-02-12"), left="{width // 2} km", right="0 km")' in text
        assert f'"2014-09-19"), left="0 km", right="{width // 2} km")' in text


def test_what_has_no_geometry_says_so_and_gives_what_is_published() -> None:
    """Every analogy that cannot be drawn carries a published figure, but for those nobody has measured."""
    analogies = [e for e in ENTRIES if e.note.startswith("no geometry in the atlas")]
    assert len(analogies) > 20
    without = {e.id for e in analogies if not any(official_figures(e.id, q) for q in ("length", "width", "area"))}
    assert without == {"Nagorno-Karabakh contact line", "Serebrianka forest"}
    assert all(not e.expression for e in analogies)


def test_dates_of_entries_are_days_in_order() -> None:
    for entry in ENTRIES:
        days = [date.fromisoformat(day) for day in (entry.begin, entry.end) if day]
        assert days == sorted(days), entry.id
