"""Says where a text is not written in English, the one language whose figures are read, and which it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geo.reading.tables import table

_LOOKED_AT = 200_000  # characters: the language of a text shows long before its end
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
MOSTLY = "mostly not English: names are found, figures are not read"
PARTLY = "partly not English ({share:.0%} of the letters): in those parts names are found, figures are not read"


def language(text: str) -> str:
    """A warning where a text is not English or not all of it is; "" where it is, or is too short to tell.

    The thresholds and the words that English cannot do without stand in ``data/reading/language.toml``, those of other
    languages in ``data/reading/languages.toml``.
    """
    rules, head = table("language"), text[:_LOOKED_AT]
    words = _LETTERS.findall(head)
    letters = sum(map(len, words))
    if not letters:
        return ""
    foreign = 0.0 if head.isascii() else 1 - sum(map(len, _LATIN.findall(head))) / letters
    if foreign > rules["foreign_mostly"]:
        return _mostly(_by_letters(head))
    if foreign > rules["foreign_partly"]:
        return PARTLY.format(share=foreign)
    common, lower = frozenset(rules["common"]), [word.lower() for word in words]
    said = sum(word in common for word in lower)
    if other := _by_words(lower, said):
        return _mostly(other)
    few = len(words) >= rules["least_words"] and said < rules["least_share"] * len(words)
    return MOSTLY if few else ""


def _mostly(name: str) -> str:
    return MOSTLY.replace(":", f" but in {name}:", 1) if name else MOSTLY


def _by_letters(text: str) -> str:
    """The language of a text in another script, by letters that it alone has; "" where none are there."""
    counted = Counter(text.casefold())
    found = {name: sum(counted[one] for one in letters) for name, letters in table("languages")["letters"].items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] else ""


def _by_words(words: Sequence[str], english: int) -> str:
    """The language that many of the words of a text are common in; "" where they are of none, or of English too."""
    rules = table("languages")
    counted = Counter(words)
    best, most = "", 0
    for name, common in rules["latin"].items():
        there = [counted[word] for word in common if word in counted]
        if len(there) >= rules["least_said"] and sum(there) > most:
            best, most = name, sum(there)
    enough = most >= rules["least_share"] * len(words) and most >= rules["times_english"] * english
    return best if enough else ""
