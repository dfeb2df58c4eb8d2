"""Cuts a text into words, numbers and marks, and says where its sentences end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# One pass, no nested repetition: addresses, ordinals, numbers with thousands marks, plain numbers, words, marks.
_APOSTROPHE = r"['\u2019\u02bc`]"
_BLANK = r"\u00a0\u202f\u2009"
_TOKEN = re.compile(
    r"(?P<url>https?://\S+|www\.\S+)"
    r"|(?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)"
    rf"|(?P<number>\d{{1,3}}(?:[,{_BLANK}'\u2019]\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})+(?![\d.,])|\d+(?:[.,]\d+)?)"
    rf"|(?P<word>[^\W\d_](?:[^\W_]|[\u0300-\u036f])*(?:{_APOSTROPHE}(?!(?:s|t|re|ve|d|ll|m)\b)[^\W\d_]+)*)"
    r"|(?P<suffix>['\u2019](?:s|t|re|ve|d|ll|m)\b)"
    r"|(?P<mark>[^\w\s]|_)"
)
_SIMPLER = dict.fromkeys("\u2019\u02bc`\u2018", "'") | dict.fromkeys("\u2013\u2014\u2011\u2212", "-")
_APOSTROPHES = str.maketrans(_SIMPLER)
_LONGEST_SENTENCE = 250  # words; what runs on longer is no prose, and must not cost more than its length
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"\u201d\u2019')]\u00bb")


class Token(NamedTuple):
    """A word, number or mark; offsets count code points, ``norm`` is what vocabularies are compared with."""

    start: int
    end: int
    norm: str
    sort: str


def normalise(word: str) -> str:
    """Lower case, plain apostrophes and hyphens, no accents on Latin letters (Cyrillic ones are kept)."""
    if word.isascii():
        return word.lower().replace("`", "'") if "`" in word else word.lower()
    bare = [c for c in unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)) if not _is_accent(c)]
    return unicodedata.normalize("NFC", "".join(bare)).casefold()


def _is_accent(char: str) -> bool:
    # U+0306 and U+0308 make two Cyrillic letters out of others: letters of their own, not accents.
    return "\u0300" <= char <= "\u036f" and char not in "\u0306\u0308"


def tokenise(text: str) -> list[Token]:
    """All tokens of ``text`` in order."""
    return [
        Token(found.start(), found.end(), normalise(found.group()), found.lastgroup or "mark")
        for found in _TOKEN.finditer(text)
    ]


def words(phrase: str) -> tuple[str, ...]:
    """The normalised tokens of a phrase, the form in which vocabularies are kept."""
    return tuple(token.norm for token in tokenise(phrase))


def sentence_ends(text: str, tokens: list[Token], abbreviations: frozenset[str]) -> Iterator[int]:
    """The index of the last token of each sentence, in order."""
    last, length = len(tokens) - 1, 0
    for i, token in enumerate(tokens):
        length += 1
        if i == last:
            yield i
            return
        if length == _LONGEST_SENTENCE:
            length = 0
            yield i
            continue
        following = tokens[i + 1]
        gap = text[token.end : following.start]
        if ("\n" in gap and (gap.count("\n") > 1 or token.norm in ";:")) or (
            gap and _ends_sentence(text, tokens, i, abbreviations)
        ):
            length = 0
            yield i


def _ends_sentence(text: str, tokens: list[Token], i: int, abbreviations: frozenset[str]) -> bool:
    stop = i
    while stop > max(0, i - 3) and tokens[stop].norm in _CLOSERS and tokens[stop].start == tokens[stop - 1].end:
        stop -= 1
    if tokens[stop].norm not in _ENDS:
        return False
    opening = text[tokens[i + 1].start]
    if opening.islower() or opening in ",;:)":
        return False
    if tokens[stop].norm != "." or stop == 0:
        return True
    before = tokens[stop - 1]
    if before.norm in abbreviations or (before.sort == "word" and before.end - before.start == 1):
        return False
    return not is_split_decimal(text, tokens, stop)


def is_split_decimal(text: str, tokens: list[Token], stop: int) -> bool:
    """True for the mark in "2. 5 yards": a decimal that a faulty copy pulled apart."""
    if not 0 < stop < len(tokens) - 2:
        return False
    left, point, right, after = tokens[stop - 1], tokens[stop], tokens[stop + 1], tokens[stop + 2]
    return (
        left.sort == right.sort == "number"
        and point.norm == "."
        and left.end == point.start
        and text[point.end : right.start] in (" ", "\u00a0")
        and after.sort in ("word", "mark")
        and right.end - right.start <= 2
        and left.end - left.start <= 3
        and text[right.start : right.end].isdigit()
        and text[left.start : left.end].isdigit()
    )
