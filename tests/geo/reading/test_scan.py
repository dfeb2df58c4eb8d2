"""The words of a text: where they lie, which go together, where sentences end, and where rules need not look."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reading import read, vocabulary
from geo.reading.lexicon import Lexicon
from geo.reading.mentions import Grammar
from geo.reading.scan import Scan
from geo.reading.tables import table

GRAMMAR = Grammar.of(Lexicon.embedded())
WORDS = ["Kherson", " oblast", "1", "000", "20", "km", "’s", "²", ".", ",", "(", ")", "\u0301"]
PIECES = st.sampled_from([*WORDS, " ", "  ", "\n", "\n\n", "\u00a0", "\t"])
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=60).map("".join)


def scan(text: str) -> Scan:
    return GRAMMAR.vocabulary.scan(text)


def norms(text: str) -> list[str]:
    return [word.norm for word in scan(text).words]


@given(TEXTS)
def test_words_lie_in_order_and_leave_out_nothing_but_blanks(text: str) -> None:
    found = scan(text)
    behind = 0
    for start, end, word in zip(found.starts, found.ends, found.words, strict=True):
        assert not text[behind:start].strip()
        assert end > start or not word.term.classes
        behind = end
    assert not text[behind:].strip()
    assert len(found.codes) == len(found.words)


@given(TEXTS)
def test_every_word_stands_in_one_sentence(text: str) -> None:
    found = scan(text)
    inside = [i for first, last in found.sentences for i in range(first, last)]
    assert inside == [i for i, word in enumerate(found.words) if word.term.classes]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_thousands_behind_any_blank_go_with_their_number(blank: str) -> None:
    (figure,) = read(f"Some 116{blank}000 km² are held by Russia.").figures
    assert figure.value == 116_000


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("in 2022 300 tanks", ["2022", "300"]),
        ("1 000 000 people", ["1 000 000"]),
        ("5 000m deep", ["5 000"]),
        ("1,000 000", ["1,000", "000"]),
        ("1 000.5", ["1", "000.5"]),
        ("x1\u00a0000", ["000"]),
        ("1953 km²", ["1953"]),
    ],
)
def test_which_digits_make_one_number(text: str, numbers: list[str]) -> None:
    assert [word.norm for word in scan(text).words if word.number] == numbers


def test_a_number_that_tells_of_a_place_counts_as_any_other() -> None:
    (figure,) = read("Some 1953 km² are held.").figures
    assert figure.value == 1953


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell. It rose.", 2),
        ("“It fell.” It rose.", 2),
        ("It fell, i.e. it rose.", 1),
        ("Gen. Smith of the U.S. army spoke", 1),
        ("It is 2. 5 yards long.", 1),
        ("It is 2. Five yards long.", 2),
        ("First point;\nsecond point", 2),
        ("A line\nthat goes on", 1),
        ("A paragraph\n \nand another", 2),
        ("What?! he said", 1),
    ],
)
def test_where_sentences_end(text: str, sentences: int) -> None:
    assert len(scan(text).sentences) == sentences


def test_what_never_ends_is_cut() -> None:
    lengths = [last - first for first, last in scan("word " * 1001).sentences]
    assert lengths == [250, 250, 250, 250, 1]


def test_a_phrase_does_not_go_on_in_the_next_sentence() -> None:
    assert "kherson oblast" not in norms("He left Kherson.\n\nOblast officials stayed.")
    assert norms("the Kursk incursion")[1:2] == ["kursk incursion"]


def test_what_is_forgotten_is_learnt_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Russia holds about 20 percent of Ukraine, Kherson oblast among it."
    before = read(text)
    monkeypatch.setattr(vocabulary, "_REMEMBERED", 0)
    assert read(text) == before == read(text)


def test_every_pattern_can_be_compiled() -> None:
    alphabet = GRAMMAR.vocabulary.alphabet
    assert all(alphabet.compiled[rule.pattern].groups >= 0 for rule in GRAMMAR.rules)
    assert all(alphabet.named[name].groups >= 0 for name in table("claims")["pattern"])


def test_patterns_are_found_wherever_they_match() -> None:
    folder = Path(__file__).parent
    cases = [case for path in sorted(folder.glob("held_out*.toml")) for case in tomllib.loads(path.read_text())["case"]]
    found = scan("\n\n".join(case["text"] for case in cases))
    patterns = [each.pattern for each in (*GRAMMAR.rules, *GRAMMAR.statements)]
    matches = 0
    for pattern in [*patterns, *table("claims")["pattern"].values()]:
        everywhere = [match.span() for match in found.alphabet.compiled[pattern].finditer(found.codes)]
        assert [match.span() for match in found.everywhere(pattern)] == everywhere, pattern
        matches += len(everywhere)
    assert matches > 500
