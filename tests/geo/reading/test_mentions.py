"""Mentions: which words name a territory, and which one."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.algebra.parse import parse
from geo.errors import InputError
from geo.reading import Entry, Lexicon, Mention, read

FOUR = 'oblast("Donetsk") | oblast("Luhansk") | oblast("Zaporizhzhia") | oblast("Kherson")'
CRIMEA = 'unit("Crimea") | unit("Sevastopol")'
HELD = 'controlled("russia") & country("ukraine")'
DMZ = 'band(line("mdl"), "2 km")'


def found(text: str) -> list[tuple[str, str | None]]:
    """Kind and territory of each mention."""
    return [(mention.kind, mention.territory) for mention in read(text).mentions]


def only(text: str) -> Mention:
    """The one mention of a text."""
    (mention,) = read(text).mentions
    return mention


@pytest.mark.parametrize(
    ("text", "kind", "territory"),
    [
        ("Shells fell on Kharkov oblast.", "admin-unit", 'oblast("Kharkiv")'),
        ("They crossed the Zaporozhye region.", "admin-unit", 'oblast("Zaporizhzhia")'),
        ("The oblast of Sumy burns.", "admin-unit", 'oblast("Sumy")'),
        ("Обстріли Харківської області тривають.", "admin-unit", 'oblast("Kharkiv")'),
        ("They spoke of Donetsk, Luhansk, Zaporizhzhia and Kherson.", "group-of-oblasts", FOUR),
        ("the four annexed provinces", "group-of-oblasts", FOUR),
        ("the five oblasts (Crimea, Luhansk, Dontez, Zaporizhya, Kherson)", "group-of-oblasts",
         f'{CRIMEA} | oblast("Luhansk") | oblast("Donetsk") | oblast("Zaporizhzhia") | oblast("Kherson")'),
        ("the annexed areas", "group-of-oblasts", f"{FOUR} | {CRIMEA}"),
        ("Troops left Crimea and Donbass.", "group", f'{CRIMEA} | oblast("Donetsk") | oblast("Luhansk")'),
        ("the Crimean\npeninsula", "admin-unit", CRIMEA),
        ("the right bank (i.e. the west bank) of the Dnipro River (West Bank) in Kherson State", "bank-of-river",
         'bank("dnipro", "right") & oblast("Kherson")'),
        ("the eastern bank of the Dnieper", "bank-of-river", 'bank("dnipro", "left")'),
        ("left-bank Kherson oblast", "bank-of-river", 'bank("dnipro", "left") & oblast("Kherson")'),
        ("the Dnipro's west bank", "bank-of-river", 'bank("dnipro", "right")'),
        ("freeze the contact line", "line", 'line("contact")'),
        ("pressure all\nalong the front", "line", 'line("contact")'),
        ("along the current lines of control", "line", 'line("contact")'),
        ('the demarcation line before the "special military operation" on February 24', "historical-line",
         'on(line("contact"), "2022-02-23")'),
        ("the line of contact as of 1 October 2022", "historical-line", 'on(line("contact"), "2022-10-01")'),
        ("north of the 38th parallel", "parallel", 'parallel("38N")'),
        ("they follow the 38 horizontal", "parallel", 'parallel("38N")'),
        ("the Korean DMZ", "buffer", DMZ),
        ("parts of the Korean DMZ follow the 38th parallel", "spatial-relation", DMZ),
        ("the territory it now occupies", "control-share", HELD),
        ("the land occupied by Russia", "control-share", HELD),
        ("in Russian-occupied Ukraine", "control-share", HELD),
        ("Russian-held Kherson oblast", "control-share", 'controlled("russia") & oblast("Kherson")'),
        ("Russia-held parts of Kherson", "control-share", 'controlled("russia") & oblast("Kherson")'),
        ("Ukraine-held Donetsk", "control-share", 'controlled("ukraine") & oblast("Donetsk")'),
        ("the Kursk incursion", "salient", 'peak(controlled("ukraine") & oblast("Kursk"))'),
        ("water supply to Crimea", "infrastructure", CRIMEA),
        ("the Zaporizhzhia Nuclear Power complex", "facility", 'place("Zaporizhzhia NPP")'),
        ("military ports on the Black Sea and Sea of Azov", "facility-group", 'sea("black sea") | sea("sea of azov")'),
        ("the retreat from Avdiivka", "city", 'place("Avdiivka")'),
        ("in the city of Kherson", "city", 'place("Kherson")'),
        ("60-70 km southwest of Donetsk", "distance-direction", 'place("Donetsk")'),
        ("the Pokrovsk direction", "axis", 'place("Pokrovsk")'),
    ],
)  # fmt: skip
def test_kind_and_territory(text: str, kind: str, territory: str) -> None:
    mention = only(text)
    assert (mention.kind, mention.territory) == (kind, territory)
    parse(territory)


@pytest.mark.parametrize(
    "text",
    [
        "Kiev refused, Moscow sent an envoy and Washington waited.",
        "Lucas Leiroz met Most in March; the Union of Prospect took Caen.",
        "Ukraine said it would not agree, Russia warned.",
        "In front of the house they stood.",
        "The four players and five members of the two parties agreed.",
        "The bank of the river was right.",
        "",
        " \n\n ",
    ],
)
def test_nothing_is_named(text: str) -> None:
    assert found(text) == []


def test_the_west_bank_of_the_jordan_is_named_but_not_drawn() -> None:
    mention = only("Unrest spread in the West Bank.")
    assert mention.territory is None
    assert "Jordan" in mention.note


def test_a_slip_of_translation_maps_nothing() -> None:
    mention = only("So the Russia-Uzbekistan negotiations are really US-Russia negotiations.")
    assert (mention.kind, mention.territory) == ("corruption", None)
    assert "Uzbekistan" in mention.note


def test_a_country_the_article_is_about_is_no_slip() -> None:
    kinds = [kind for kind, _ in found("Uzbekistan spoke. The Russia-Uzbekistan talks went on in Uzbekistan.")]
    assert "corruption" not in kinds


def test_a_count_refers_to_the_list_of_the_article() -> None:
    text = "Russia took Kharkiv, Sumy and Kherson oblasts. The three regions are large."
    assert found(text)[1] == ("group-of-oblasts", 'oblast("Kharkiv") | oblast("Sumy") | oblast("Kherson")')


def test_these_territories_refer_back() -> None:
    text = "Donetsk and Luhansk oblasts suffered. Nobody fully controls these territories."
    kind, territory = found(text)[-1]
    assert (kind, territory) == ("anaphora", 'oblast("Donetsk") | oblast("Luhansk")')


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("The Minsk deal gave autonomy to Luhansk and Donetsk.",
         'on(controlled("russia"), "2022-02-23") & (oblast("Donetsk") | oblast("Luhansk"))'),
        ("It rained on Luhansk and Donetsk.", 'oblast("Luhansk") | oblast("Donetsk")'),
    ],
)  # fmt: skip
def test_the_words_around_say_which_is_meant(text: str, territory: str) -> None:
    assert only(text).territory == territory


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("After the Korean War a demilitarized zone was drawn.", DMZ),
        ("Ukraine rejects a 30-kilometre demilitarized zone.", 'band(line("contact"), "15 km")'),
        ("Ukraine rejects some sort of buffer zone.", None),
        ("A buffer zone is an area.", None),
    ],
)
def test_which_zone(text: str, territory: str | None) -> None:
    assert only(text).territory == territory


@pytest.mark.parametrize(
    ("text", "territory"),
    [("the Donetck oblast", 'oblast("Donetsk")'), ("the Zaporizhzhiaa region", 'oblast("Zaporizhzhia")')],
)
def test_misspelt_units_are_read_and_said(text: str, territory: str) -> None:
    mention = only(text)
    assert mention.territory == territory
    assert "read as" in mention.note


@pytest.mark.parametrize("name", ["Kurdistan", "Kurgan", "Volgograd", "Novgorod", "Donegal", "Rostock", "Georgia"])
def test_a_guess_never_crosses_into_another_name(name: str) -> None:
    assert found(f"the {name} region") == []


def test_every_expression_of_the_lexicon_parses() -> None:
    entries = Lexicon.embedded().entries
    assert len(entries) > 100
    for entry in entries:
        if entry.expression is None:
            assert entry.note, f"{entry.id} has no expression and does not say why"
        else:
            parse(entry.expression)


def test_an_entry_of_the_users_own_is_read() -> None:
    entry = Entry("Sudzha corridor", "buffer", 'band(line("contact"), "3 km")', ("the Sudzha strip",))
    lexicon = Lexicon.embedded().with_entries([entry])
    (mention,) = read("They mined the Sudzha strip.", lexicon).mentions
    assert (mention.kind, mention.territory) == ("buffer", entry.expression)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("[[territory]]\nid = 'A'", "kind"),
        ("[[territory]]\nid = 'A'\nkind = 'group'\nnames = ['{B} area']", "no territory"),
        ("[[territory", "cannot be read"),
    ],
)
def test_a_faulty_lexicon_names_what_is_wrong(tmp_path: Path, written: str, complaint: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as caught:
        Lexicon.load(path)
    assert "mine.toml" in str(caught.value)


def test_looking_up_and_offering_the_nearest() -> None:
    lexicon = Lexicon.embedded()
    for name in ("kursk incursion", "The Kursk incursion", "incursion into Kurskaya"):
        entry = lexicon.lookup(name)
        assert entry is not None
        assert entry.id == "Kursk incursion"
    assert lexicon.lookup("Atlantis") is None
    assert lexicon.nearest("Dontsk")[0] == "Donetsk"


def test_offsets_count_code_points() -> None:
    text = "🛰 «Ущелина» — the four annexed provinces, Харків 🛰"
    for mention in read(text).mentions:
        assert text[mention.start : mention.end] == mention.text
