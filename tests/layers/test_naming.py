"""What layers are called: by territory, date and measured value, once each, with an article's words in a field."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import survey as measures
from geo.algebra import nodes, parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.check import check_article
from geo.reading.article import from_text
from geo.survey import Survey
from layers import compose, naming
from layers.layer import Layer
from layers.subjects import described
from layers.wanted import canonical, scenario_among, state_date

AT = date(2025, 1, 20)
DONBAS = 'oblast("Donetsk") | oblast("Luhansk")'


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey(embedded(), AT, (control_source("settlements", embedded()),))


def layers_of(text: str, survey: Survey) -> tuple[Layer, ...]:
    report = check_article(from_text(text), survey.atlas, survey.controls, survey.at, survey.at)
    return compose.drawn(compose.mentioned(report), survey, shown=True)[0]


@given(st.text(max_size=90), st.sampled_from(["", "2025-01-20"]))
def test_an_id_is_lower_case_and_safe_whatever_it_is_made_of(words: str, dated: str) -> None:
    found = naming.slug(words, dated)
    assert found.endswith(dated)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert len(found) <= 63, "what PostgreSQL keeps of a table's name"


@given(st.lists(st.sampled_from(["Kherson", "kherson", "Crimea", "band", "", "Крим"]), max_size=12))
def test_no_id_stands_twice(words: list[str]) -> None:
    found = naming.ids([(word, "") for word in words], ["band"])
    assert len({*found, "band"}) == len(words) + 1


@given(st.lists(st.text("ab -", min_size=58, max_size=70), max_size=9), st.sampled_from(["", "2025-01-20"]))
def test_ids_of_long_names_are_distinct_and_keep_their_date(words: list[str], dated: str) -> None:
    found = naming.ids((word, dated) for word in words)
    assert len(set(found)) == len(words)
    assert all(len(one) <= 63 and dated in one for one in found)


def test_a_date_that_a_name_ends_with_is_not_said_twice() -> None:
    name, day = "Russian-held Ukraine on 2025-01-20", "2025-01-20"
    assert naming.title(name, day, None) == name
    assert naming.slug(name, day) == "russian-held-ukraine-on-2025-01-20"
    assert naming.title("Lost since 2024-08-06", day, None) == "Lost since 2024-08-06 (2025-01-20)"


def test_a_layer_is_named_by_territory_date_and_value_and_quotes_the_article(survey: Survey) -> None:
    text = "Russia has taken 3,000 square kilometres of Donetsk oblast since August 2024."
    gained = next(one for one in layers_of(text, survey) if "gained" in one.title)
    (feature,) = gained.features
    territory = parse(str(feature.properties["expression"]))
    value = measures.area(territory, survey).value
    assert gained.title.endswith(f"(2025-01-20, {value:,.0f} km²)")
    assert "3,000" not in gained.title
    assert "3,000 square kilometres" in str(feature.properties["quoted"])
    assert gained.id.startswith("area-gained-by-russia")


def test_one_ground_on_one_date_is_one_layer_with_all_its_quotes(survey: Survey) -> None:
    text = "Luhansk and Donetsk oblasts are the Donbas. The Donbass, the Donetsk and Luhansk oblasts, is not theirs."
    donbas = [one for one in layers_of(text, survey) if one.features[0].name == "Donbas"]
    assert len(donbas) == 1
    quotes = str(donbas[0].features[0].properties["quoted"]).split("; ")
    assert len(quotes) == len(set(quotes)) >= 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DONBAS, 'oblast("Luhansk") | unit("Donetsk")'),
        ('on(controlled("russia"), "2025-01-20")', 'controlled("russia")'),
        (f'controlled("russia") & ({DONBAS})', 'controlled("russia") & (oblast("Luhansk") | oblast("Donetsk"))'),
    ],
)
def test_written_forms_of_one_ground_are_one(one: str, other: str) -> None:
    assert canonical(parse(one), AT) == canonical(parse(other), AT)


def test_another_date_is_another_ground() -> None:
    then = parse('on(controlled("russia"), "2025-01-19")')
    assert canonical(then, AT) != canonical(parse('controlled("russia")'), AT)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ('line("contact")', AT),
        ('on(line("contact"), "2022-02-23")', date(2022, 2, 23)),
        ('lost("ukraine", since="2024-08-06")', AT),
        ('gained("russia", since="2024-08-06")', AT),
        ('on(lost("ukraine", since="2024-08-06"), "2024-12-01")', date(2024, 12, 1)),
        ('controlled("russia") - on(controlled("russia"), "2022-02-23")', AT),
        ('on(controlled("russia"), "2022-02-23") & oblast("Donetsk")', date(2022, 2, 23)),
    ],
)
def test_the_date_of_a_layer_is_that_of_the_state_it_shows(written: str, day: date, survey: Survey) -> None:
    assert state_date(parse(written), AT) == day
    ((layer,), _) = compose.drawn([compose.Named(parse(written), "X")], survey, shown=True)
    assert (layer.as_of, layer.features[0].properties["date"]) == (str(day), str(day))
    assert layer.title.startswith(f"X ({day}, ")
    assert layer.id == f"x-{day}"


def test_what_does_not_change_with_control_has_no_date(survey: Survey) -> None:
    ((layer,), _) = compose.drawn([compose.Named(parse('oblast("Kherson")'), "X")], survey, shown=True)
    km2 = measures.area(parse('oblast("Kherson")'), survey).value
    assert (layer.id, layer.title, layer.as_of) == ("x", f"X ({km2:,.0f} km²)", "")


@pytest.mark.parametrize(
    ("written", "title", "slug"),
    [
        ('band(line("contact"), "15 km")', "Kellogg zone", "kellogg-zone-2025-01-20"),
        ('band(line("contact"), "15 km")', "Band of 15 km to each side of the contact line (hypothetical)",
         "band-of-15-km-to-each-side-of-the-contact-line-2025-01-20"),
        ('oblast("Kherson")', "Херсонщина", "kherson-oblast"),
    ],
)  # fmt: skip
def test_an_id_is_made_of_what_was_asked_in_latin_letters(written: str, title: str, slug: str, survey: Survey) -> None:
    ((layer,), _) = compose.drawn([compose.Named(parse(written), title)], survey, shown=True)
    assert layer.id == slug
    assert layer.title.startswith(f"{title} (")


def test_a_day_that_has_not_come_is_not_the_date_of_a_layer() -> None:
    early = Survey(embedded(), date(2022, 6, 1), (control_source("settlements", embedded()),))
    made, (missing,) = compose.drawn(
        [compose.Named(parse('gained("russia", since="2024-05-09")'), "X")], early, shown=True
    )
    assert made == ()
    assert "begins on 2024-05-09" in missing


PEAKS = [
    ('peak(controlled("ukraine") & oblast("Kursk"))', "Kursk incursion"),
    ('peak(controlled("russia") & oblast("Kharkiv"))', "Kharkiv advance"),
]


@pytest.mark.parametrize(("written", "name"), PEAKS)
def test_a_largest_extent_is_called_that_and_stands_beside_what_is_held_on_the_day(
    written: str, name: str, survey: Survey
) -> None:
    (day, most), missing = compose.drawn([compose.Named(parse(written), name)], survey, shown=True)
    assert missing == ()
    assert (day.as_of, day.title.split(" (")[0]) == (str(AT), f"{name} as held")
    assert most.as_of < str(AT)
    assert most.title.startswith(f"{name} at its largest ({most.as_of}, ")
    for layer in (day, most):
        expression = parse(str(layer.features[0].properties["expression"]))
        assert f", {measures.area(expression, survey).value:,.0f} km²)" in layer.title
        assert layer.id.endswith(layer.as_of)
    assert day.features[0].geometry.area < most.features[0].geometry.area


@pytest.mark.parametrize("at", ["2024-08-31", "2025-12-01"])
def test_a_largest_extent_stands_alone_on_its_day_and_where_nothing_is_held_any_more(at: str) -> None:
    written, name = PEAKS[0]
    then = Survey(embedded(), date.fromisoformat(at), (control_source("settlements", embedded()),))
    ((layer,), missing) = compose.drawn([compose.Named(parse(written), name)], then, shown=True)
    assert missing == ()
    assert layer.id == "kursk-incursion-at-its-largest-2024-08-31"


def test_what_is_asked_for_beside_its_largest_extent_keeps_its_own_name(survey: Survey) -> None:
    written, name = PEAKS[0]
    asked = [compose.Named(parse(written), name), compose.Named(parse(written.removeprefix("peak")), "Foothold")]
    made, _ = compose.drawn(asked, survey, shown=True)
    assert [layer.title.split(" (")[0] for layer in made] == [f"{name} at its largest", "Foothold"]


def test_a_side_s_own_country_is_not_said_to_be_held_by_it_whole() -> None:
    assert described(parse('controlled("ukraine") & country("ukraine")')) == "Ukrainian-held part of Ukraine"
    assert (
        described(parse('peak(contested() & oblast("Kursk"))'))
        == "largest extent of contested area within Kursk oblast"
    )


GOVERNMENTS = (
    "Kyiv rejected the offer. Moscow and Washington spoke. Talks between Kyiv and Moscow failed. "
    "Kyiv's forces attacked. Kyiv said its army would hold."
)


def test_a_capital_that_stands_for_its_government_or_a_dateline_draws_nothing(survey: Survey) -> None:
    assert layers_of(GOVERNMENTS, survey) == ()
    assert not any("Kyiv" in one.title for one in layers_of("KYIV, Jan. 20 (Reuters) - Russia advanced.", survey))


def test_the_two_meanings_of_a_name_have_two_names() -> None:
    assert described(nodes.Unit("Kherson", oblast=True)) == "Kherson oblast"
    assert described(nodes.Place("Kherson")) == "Kherson"


def test_a_union_is_called_by_the_names_its_parts_have() -> None:
    annexed = parse(f'unit("Crimea") | unit("Sevastopol") | {DONBAS}')
    assert described(annexed) == "Crimea, Donbas"
    assert described(parse('oblast("Kharkiv") | oblast("Kherson")')) == "Kharkiv oblast, Kherson oblast"


def test_a_proposal_opens_its_page_where_it_was_typed_and_only_there(survey: Survey) -> None:
    band = parse('band(line("contact"), "15 km")')
    assert scenario_among([compose.Named(band, "Kellogg zone")]) == "Kellogg zone"
    assert scenario_among([compose.Named(band, "Band of 15 km to each side of the contact line (hypothetical)")]) == ""
    assert scenario_among([compose.Named(parse('oblast("Kherson")'), "Kellogg zone")]) == ""


@pytest.mark.parametrize(
    "written", [DONBAS, 'controlled("russia") & oblast("Kherson")', 'band(line("contact"), "2 km")']
)
def test_a_layer_prints_the_number_and_interval_that_a_measure_prints(written: str, survey: Survey) -> None:
    ((layer,), _) = compose.drawn([compose.Named(parse(written), "X")], survey, shown=True)
    printed = measures.area(parse(written), survey).to_dict()
    facts = layer.features[0].properties
    assert [facts[f"area_km2{end}"] for end in ("", "_low", "_high")] == [printed[k] for k in ("value", "low", "high")]
