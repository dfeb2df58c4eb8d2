"""Says where a text is not written in English, the one language whose figures are read."""

from __future__ import annotations

import re

from geo.reading.tables import table

_LOOKED_AT = 200_000  # characters: the language of a text shows long before its end
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
MOSTLY = "mostly not English: names are found, figures are not read"
PARTLY = "partly not English ({share:.0%} of the letters): in those parts names are found, figures are not read"


def language(text: str) -> str:
    """A warning where a text is not English or not all of it is; "" where it is, or is too short to tell.

    The thresholds and the words that English cannot do without stand in ``data/reading/language.toml``.
    """
    rules, head = table("language"), text[:_LOOKED_AT]
    words = _LETTERS.findall(head)
    letters = sum(map(len, words))
    if not letters:
        return ""
    foreign = 0.0 if head.isascii() else 1 - sum(map(len, _LATIN.findall(head))) / letters
    if foreign > rules["foreign_mostly"]:
        return MOSTLY
    if foreign > rules["foreign_partly"]:
        return PARTLY.format(share=foreign)
    common = frozenset(rules["common"])
    said = sum(word.lower() in common for word in words)
    few = len(words) >= rules["least_words"] and said < rules["least_share"] * len(words)
    return MOSTLY if few else ""
