"""Fills the territory templates of the grammar from what a pattern captured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from geo.reading.page import Match, Page
from geo.reading.scan import Word

_REMEMBERED = 1000  # unions; in prose most are met again and again
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_BRACKETED = re.compile(r"(?<![a-z])\(([a-z]+\([^()]*\))\)")
_SLOT = re.compile(r"\{(\w+)((?:\.\w+)*)\}")


def fill(template: str, page: Page, match: Match) -> str | None:
    """The expression of a template; None where something it needs has no expression."""
    if template[1:-1] in match.spans:  # no more than the slot of one capture, as most are
        whole = _value(page, match, template[1:-1], [])
        return tidy(whole) if whole else None

    def optional(found: re.Match[str]) -> str:
        return found[1] if all(slot[1] in match.spans for slot in _SLOT.finditer(found[1])) else ""

    slots: list[str | None] = []

    def slot(found: re.Match[str]) -> str:
        slots.append(_value(page, match, found[1], found[2].split(".")[1:]))
        return slots[-1] or ""

    filled = _SLOT.sub(slot, _OPTIONAL.sub(optional, template))
    return None if None in slots else tidy(filled)


def tidy(expression: str) -> str:
    """Without brackets that hold one simple term."""
    return _BRACKETED.sub(r"\1", expression) if "))" in expression else expression


def expression(words: Sequence[Word]) -> str | None:
    """The union of the territories that the words name, each once, in their order."""
    return _union(tuple(w.term.entry.expression for w in words if w.term.entry and w.term.entry.expression))


@lru_cache(_REMEMBERED)
def _union(found: tuple[str, ...]) -> str | None:
    parts = list(dict.fromkeys(part for each in found for part in ([each] if "&" in each else each.split(" | "))))
    return " | ".join(f"({part})" if "&" in part and len(parts) > 1 else part for part in parts) or None


def value(words: Sequence[Word], sort: str) -> str | None:
    """The value of the first of the words that has one, of the class ``sort`` if it has that."""
    for word in words:
        if word.term.values:
            return word.term.values.get(sort) or next(iter(word.term.values.values()))
    return None


def _value(page: Page, match: Match, name: str, path: list[str]) -> str | None:
    words = page.words(match, name)
    if not path:
        return expression(words) or value(words, name)
    if said := next((word.term.values[path[0]] for word in words if path[0] in word.term.values), None):
        return said
    entry = next((word.term.entry for word in words if word.term.entry), None)
    found = entry.extra.get(path[0]) if entry else None
    if isinstance(found, dict) and len(path) == 2:
        key = value(page.words(match, path[1]), path[1])
        found = found.get(key)
    return found if isinstance(found, str) else None
