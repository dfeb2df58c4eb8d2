"""Cuts a text into words, numbers and marks."""

from __future__ import annotations

import re
import unicodedata

# One pass, no nested repetition: addresses, words, ordinals, numbers with thousands marks, plain numbers, marks.
_APOSTROPHE = r"['\u2019\u02bc`]"
_MARKS = r"[\u0300-\u036f]"
_TOKEN = re.compile(
    r"(?P<url>https?://\S+|www\.\S+)"
    rf"|(?P<word>[^\W\d_][^\W_]*(?:{_MARKS}+[^\W_]*)*(?:{_APOSTROPHE}(?!(?:s|t|re|ve|d|ll|m)\b)[^\W\d_]+)*)"
    r"|(?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,3}(?:[,'\u2019]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"|(?P<suffix>['\u2019](?:s|t|re|ve|d|ll|m)\b)"
    r"|(?P<mark>[^\w\s]|_)"
)
_TOKENS = re.compile(re.sub(r"[?]P<[a-z]+>", "?:", _TOKEN.pattern))
SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?![\d.,])")
"""A number with blanks between its thousands."""
_FIXED_BLANKS = "\u00a0\u202f\u2009"
# The digit comes first and then what must not stand before it: digits are few, and quickly found.
_FIXED = re.compile(rf"\d(?<!(?:[^\W_]|{_MARKS})\d)(?<!\d[.,]\d)\d{{0,2}}(?:[,'\u2019{_FIXED_BLANKS}]\d{{3}})+(?!\d)")
_MARKED = str.maketrans(dict.fromkeys(_FIXED_BLANKS, "'"))
_SIMPLER = dict.fromkeys("\u2019\u02bc`\u2018", "'") | dict.fromkeys("\u2013\u2014\u2011\u2212", "-")
_APOSTROPHES = str.maketrans(_SIMPLER)


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
    return tuple(normalise(token) for token in tokens(phrase))


def tokens(text: str) -> list[str]:
    """All tokens of ``text`` in order: what they join to is the text itself without its white space."""
    return _TOKENS.findall(text)


def marked(text: str) -> str:
    """With a mark for every blank that never breaks a line and stands between thousands: it parts no words."""
    if any(blank in text and re.search(rf"{blank}(?=\d{{3}})", text) for blank in _FIXED_BLANKS):
        return _FIXED.sub(lambda found: found[0].translate(_MARKED), text)
    return text


def sort_of(token: str) -> str:
    """What kind of token this is: ``url``, ``ordinal``, ``number``, ``word``, ``suffix`` or ``mark``."""
    found = _TOKEN.match(token)
    return (found.lastgroup if found else None) or "mark"
