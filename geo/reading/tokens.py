"""Cuts a text into words, numbers and marks, and says where its sentences end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# One pass, no nested repetition: addresses, words, ordinals, numbers with thousands marks, plain numbers, marks.
_APOSTROPHE = r"['\u2019\u02bc`]"
_MARKS = r"[\u0300-\u036f]"
_BLANK = r"\u00a0\u202f\u2009"
_TOKEN = re.compile(
    r"(?P<url>https?://\S+|www\.\S+)"
    rf"|(?P<word>[^\W\d_][^\W_]*(?:{_MARKS}+[^\W_]*)*(?:{_APOSTROPHE}(?!(?:s|t|re|ve|d|ll|m)\b)[^\W\d_]+)*)"
    r"|(?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)"
    rf"|(?P<number>\d{{1,3}}(?:[,{_BLANK}'\u2019]\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})+(?![\d.,])|\d+(?:[.,]\d+)?)"
    r"|(?P<suffix>['\u2019](?:s|t|re|ve|d|ll|m)\b)"
    r"|(?P<mark>[^\w\s]|_)"
)
# Nearly every piece is a plain word before a space or a comma, and takes the short way; the rest is cut as above.
_PIECE = re.compile(rf"(?:[A-Za-z]+(?=[ ,\n])|{re.sub(r'[?]P<[a-z]+>', '?:', _TOKEN.pattern)})\s*")
_SIMPLER = dict.fromkeys("\u2019\u02bc`\u2018", "'") | dict.fromkeys("\u2013\u2014\u2011\u2212", "-")
_APOSTROPHES = str.maketrans(_SIMPLER)
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"\u201d\u2019')]\u00bb")
STOPPING = _ENDS | _CLOSERS


def normalise(word: str) -> str:
    """Lower case, plain apostrophes and hyphens, no accents on Latin letters (Cyrillic ones are kept)."""
    if word.isascii():
        return word.lower().replace("`", "'") if "`" in word else word.lower()
    bare = [c for c in unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)) if not _is_accent(c)]
    return unicodedata.normalize("NFC", "".join(bare)).casefold()


def _is_accent(char: str) -> bool:
    # U+0306 and U+0308 make two Cyrillic letters out of others: letters of their own, not accents.
    return "\u0300" <= char <= "\u036f" and char not in "\u0306\u0308"


def words(phrase: str) -> tuple[str, ...]:
    """The normalised tokens of a phrase, the form in which vocabularies are kept."""
    return tuple(normalise(piece.rstrip()) for piece in pieces(phrase))


def pieces(text: str) -> list[str]:
    """All tokens of ``text`` in order, each with the white space behind it: what they join to is the text itself."""
    return _PIECE.findall(text)


def sort_of(token: str) -> str:
    """What kind of token this is: ``url``, ``ordinal``, ``number``, ``word``, ``suffix`` or ``mark``."""
    found = _TOKEN.match(token)
    return (found.lastgroup if found else None) or "mark"


def ends_sentence(tokens: Sequence[str], i: int, abbreviations: frozenset[str]) -> bool:
    """Whether a sentence ends with the token at ``i``, one with white space behind it, and not the last one."""
    stop = i
    bare = tokens[stop].rstrip()
    while stop > max(0, i - 3) and bare in _CLOSERS and not tokens[stop - 1][-1].isspace():
        stop -= 1
        bare = tokens[stop].rstrip()
    if bare not in _ENDS:
        return False
    opening = tokens[i + 1][0]
    if opening.islower() or opening in ",;:)":
        return False
    if bare != "." or stop == 0:
        return True
    before = tokens[stop - 1].rstrip()
    if normalise(before) in abbreviations or (len(before) == 1 and before.isalpha()):
        return False
    return not _is_split_decimal(tokens, stop)


def _is_split_decimal(tokens: Sequence[str], stop: int) -> bool:
    """True for the mark in "2. 5 yards": a decimal that a faulty copy pulled apart."""
    if not 0 < stop < len(tokens) - 2:
        return False
    left, point, right, after = tokens[stop - 1], tokens[stop], tokens[stop + 1].rstrip(), tokens[stop + 2]
    return (
        point in (". ", ".\u00a0")
        and left.isdigit()
        and right.isdigit()
        and len(left) <= 3
        and len(right) <= 2
        and sort_of(after) in ("word", "mark")
    )
