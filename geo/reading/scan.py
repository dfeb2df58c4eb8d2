"""A text as words and, in step with them, as one character a word.

Nothing is done word by word in Python where it need not be: the text is cut, classified and measured by single calls
over all of it, and only phrases and what a rule looks at are handled one at a time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from sys import maxsize

import numpy as np
from numpy.typing import NDArray

from geo.reading.patterns import SENTENCE_END, Alphabet
from geo.reading.prospects import Prospects, Sentences
from geo.reading.tables import table
from geo.reading.terms import Word

__all__ = ["Scan", "Word"]


@dataclass(frozen=True)
class Scan:
    """A text as words and, in step with them, where each starts and ends, and as one character a word."""

    text: str
    words: list[Word]
    starts: Sequence[int]
    ends: Sequence[int]
    codes: str
    alphabet: Alphabet = field(repr=False)
    prospects: Prospects = field(repr=False)

    @cached_property
    def _chars(self) -> NDArray[np.uint32]:
        """The codes as numbers."""
        return np.frombuffer(self.codes.encode("utf-32-le"), np.uint32)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First word and the one after the last, of each sentence."""
        lasts = np.flatnonzero(self._chars == ord(SENTENCE_END)).tolist()
        return list(zip(self.firsts, lasts, strict=True))

    @cached_property
    def firsts(self) -> list[int]:
        """First word of each sentence."""
        return [0, *(np.flatnonzero(self._chars[:-1] == ord(SENTENCE_END)) + 1).tolist()] if self.codes else []

    def sentence_at(self, index: int) -> int:
        """The number of the sentence of word ``index``."""
        return bisect_right(self.firsts, index) - 1

    def says(self, wanted: str, norms: set[str]) -> int:
        """How many words of a class have one of these norms."""
        if wanted not in self._said:
            self._said[wanted] = Counter(self.words[i].norm for i in self.having(wanted))
        return sum(self._said[wanted][norm] for norm in norms)

    @cached_property
    def _said(self) -> dict[str, Counter[str]]:
        return {}

    def has(self, wanted: str, first: int = 0, last: int = maxsize) -> bool:
        """Whether a word of one of these classes stands from word ``first`` up to ``last``."""
        return self.alphabet.compiled[wanted].search(self.codes, first, last) is not None

    def having(self, wanted: str, first: int = 0, last: int = maxsize) -> list[int]:
        """The words of a class from word ``first`` up to ``last``."""
        return [found.start() for found in self.alphabet.compiled[wanted].finditer(self.codes, first, last)]

    def everywhere(self, pattern: str) -> Iterator[re.Match[str]]:
        """Every place of the text where a pattern of the vocabulary stands."""
        for first, last in self._where[pattern]:
            yield from self.alphabet.compiled[pattern].finditer(self.codes, first, last)

    @cached_property
    def _where(self) -> Mapping[str, Sentences]:
        return self.prospects.of(self.sentences, self._chars)

    def seek(self, name: str, first: int | None = None, last: int = maxsize) -> Iterator[re.Match[str]]:
        """Where a pattern of ``data/reading/claims.toml`` stands: anywhere, or from word ``first`` up to ``last``."""
        if first is None:
            return self.everywhere(table("claims")["pattern"][name])
        return self.alphabet.named[name].finditer(self.codes, first, last)

    def stands(self, name: str, at: int) -> bool:
        """Whether a pattern of ``data/reading/claims.toml`` stands at word ``at``."""
        return self.alphabet.named[name].match(self.codes, at) is not None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words ``first`` up to but without ``last`` stand in the text."""
        return self.starts[first], self.ends[last - 1]

    def letter(self, at: int) -> str:
        """The character that word ``at`` begins with, as it is written."""
        return self.text[self.starts[at]]
