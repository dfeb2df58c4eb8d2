"""Whether two words of a sentence belong together: nothing stands between them but words that join."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.scan import Word

_JOINING = frozenset({
    "joining", "hedge", "unit", "number-word", "part-word", "scale-word", "per-word", "filler", "ground", "areas",
    "oblast-word", "named", "actor", "demonym", "month", "possessive", "hyphen", "piece", "forces", "deed", "number",
    "held", "compass", "time-shift", "time-span", "share-noun", "totalling",
})  # fmt: skip
_INCLUDING = frozenset({"including", "among", "with", "plus", "counting", "include", "includes"})
_PARTING = frozenset({";", ":", "?", "!"})


def joins(word: Word) -> bool:
    """True for a word that names no other thing and no other act: *of the*, *now*, *largely*, a name, a figure."""
    if word.number or not _JOINING.isdisjoint(word.term.classes) or word.norm.endswith("ly"):
        return True
    return is_mark(word) and word.norm not in _PARTING


def is_mark(word: Word) -> bool:
    """True for a comma, a bracket and the like; a sentence's end is none."""
    return bool(word.norm) and not any(char.isalnum() for char in word.norm)


def joined(words: Sequence[Word], first: int, last: int) -> bool:
    """True where only joining words stand from ``first`` up to ``last``."""
    return all(joins(word) for word in words[first:last])


def of_something_else(words: Sequence[Word], at: int) -> bool:
    """Whether what stands at word ``at``, right behind a name, makes it a thing of that place: *Donetsk coal*."""
    if at >= len(words) or not words[at].term.classes:
        return False
    if "possessive" in words[at].term.classes:
        following = next((k for k in range(at + 1, len(words)) if not _describes(words[k])), len(words))
        return following >= len(words) or not words[following].term.classes & {"ground", "oblast-word", "admin-unit"}
    word = words[at]
    if word.norm in ("per", "each", "every") and at + 1 < len(words) and "per-word" in words[at + 1].term.classes:
        return False
    if is_mark(word) or word.norm.endswith(("ed", "ing")) or "verb" in word.term.classes:
        return False
    return not joins(word) or bool(word.term.classes & {"unit", "per-word"})


def _describes(word: Word) -> bool:
    return "filler" in word.term.classes and not word.term.classes & {"ground", "oblast-word"}


def of_included(words: Sequence[Word], behind: int, i: int) -> bool:
    """*20 % of Ukraine, including Crimea, which it has occupied*: the clause is of what is included."""
    between = words[behind:i]
    at = next((k for k, word in enumerate(between) if word.norm in _INCLUDING), None)
    return at is not None and any(word.norm in ("which", "that", "where") for word in between[at:])
