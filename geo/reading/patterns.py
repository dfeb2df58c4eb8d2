"""Patterns over word classes: a text becomes one character a word, and a regular expression reads the sentence.

A pattern names classes (``side bank``), quotes words (``'of'``), captures (``river:river-line``), and uses
``( | ) ? * {m,n}`` as regular expressions do; ``.`` is any word. No pattern crosses the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SENTENCE_END = "\n"
_FIRST_CODE = 0xE000
_NOTHING = r"[^\s\S]"
_PIECE = re.compile(
    r"(?:(?P<name>\w+):)?(?:(?P<word>'[^']+')|(?P<class>[a-z][a-z0-9-]*)|(?P<open>\())|(?P<other>\{[\d,]+\}|\S)"
)


def quoted_words(patterns: Iterable[str]) -> set[str]:
    """The words that stand in quotes in any of the patterns; each is a class of its own."""
    return {piece["word"] for pattern in patterns for piece in _PIECE.finditer(pattern) if piece["word"]}


class Alphabet:
    """Gives each set of classes that a word can have one character."""

    def __init__(self) -> None:
        self._codes: dict[frozenset[str], str] = {}

    def code(self, classes: frozenset[str]) -> str:
        """The character of a set of classes, new or known."""
        return self._codes.setdefault(classes, chr(_FIRST_CODE + len(self._codes)))

    def compile(self, pattern: str) -> re.Pattern[str]:
        """The regular expression of a pattern; a class that no word has matches nothing."""
        return re.compile("".join(self._pieces(pattern)))

    def _pieces(self, pattern: str) -> Iterator[str]:
        for piece in _PIECE.finditer(pattern):
            name = piece["name"]
            wanted = piece["word"] or piece["class"]
            if wanted:
                chars = self._chars(wanted)
                yield f"(?P<{name}>{chars})" if name else chars
            elif piece["open"]:
                yield f"(?P<{name}>" if name else "(?:"
            else:
                yield piece["other"]

    def _chars(self, wanted: str) -> str:
        chars = "".join(code for classes, code in self._codes.items() if wanted in classes)
        return f"[{chars}]" if chars else _NOTHING
