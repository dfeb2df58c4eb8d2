"""A text as words and, in step with them, as one character a word; a word is built when it is looked at.

Nothing is done word by word in Python where it need not be: the text is cut, classified and measured by single calls
over all of its pieces, and only phrases, sentence ends and what a rule looks at are handled one at a time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate
from typing import NamedTuple, overload

from geo.reading.lexicon import Entry
from geo.reading.patterns import SENTENCE_END, Alphabet
from geo.reading.tables import table


@dataclass(frozen=True)
class Term:
    """A word or phrase the vocabulary knows: its classes, the value it has in each, and the territory it names."""

    classes: frozenset[str]
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    entry: Entry | None = field(default=None, hash=False)


class Word(NamedTuple):
    """A token, or several that make one term."""

    start: int
    end: int
    norm: str
    term: Term
    number: bool


_made = partial(tuple.__new__, Word)  # half the time of Word(...), which passes its fields on one by one


class Piece(NamedTuple):
    """A token with the white space behind it, as the vocabulary knows it: classified once, however often it stands.

    ``mark`` is how it is written in one character for its classes and one for what it can begin or end.
    """

    norm: str
    length: int
    sort: str
    term: Term
    upper: bool
    mark: str


NO_WORD = Term(frozenset(), SENTENCE_END)


class Words(Sequence[Word]):
    """The words of a text, made one by one as they are asked for.

    ``runs`` are the words at which a run of single tokens begins, and ``offsets`` how far its tokens lie behind its
    words; a run begins behind every phrase and at every sentence's end, which ``marks`` hold.
    """

    def __init__(
        self, raw: list[str], known: Mapping[str, Piece], starts: list[int], length: int,
        runs: list[int], offsets: list[int], marks: Mapping[int, tuple[int, Term]],
    ) -> None:  # fmt: skip
        self._raw, self._known, self._starts, self._length = raw, known, starts, length
        self._runs, self._offsets, self._marks = runs, offsets, marks
        self._made: dict[int, Word] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        if isinstance(index, slice):
            return [self._made.get(i) or self._make(i) for i in range(*index.indices(self._length))]
        return self._made.get(index) or self._make(index)

    def put(self, index: int, term: Term) -> None:
        """Gives a word another term: a misspelling that has been understood."""
        self._made[index] = self[index]._replace(term=term)

    def _make(self, index: int) -> Word:
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError("no such word")
        first = index + self._offsets[bisect_right(self._runs, index) - 1]
        if index in self._marks:
            length, term = self._marks[index]
            word = self._phrase(first, length, term) if length else self._ending(index)
        else:
            piece, start = self._known[self._raw[first]], self._starts[first]
            word = _made((start, start + piece.length, piece.norm, piece.term, piece.sort == "number"))
        self._made[index] = word
        return word

    def _phrase(self, first: int, length: int, term: Term) -> Word:
        last = first + length - 1
        pieces = [self._known[raw] for raw in self._raw[first : last + 1]]
        norm = " ".join(piece.norm for piece in pieces)
        return Word(self._starts[first], self._starts[last] + pieces[-1].length, norm, term, False)

    def _ending(self, index: int) -> Word:
        end = self[index - 1].end if index else 0
        return Word(end, end, "", NO_WORD, False)


@dataclass(frozen=True)
class Scan:
    """A text as words and, in step with them, as one character a word."""

    text: str
    words: Words
    codes: str
    alphabet: Alphabet = field(repr=False)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First word and the one after the last, of each sentence."""
        lengths = [len(sentence) for sentence in self.codes.split(SENTENCE_END)[:-1]]
        firsts = accumulate((length + 1 for length in lengths), initial=0)
        return [(first, first + length) for first, length in zip(firsts, lengths, strict=False)]

    @cached_property
    def _firsts(self) -> list[int]:
        return [first for first, _ in self.sentences]

    def sentence_at(self, index: int) -> int:
        """The number of the sentence of word ``index``."""
        return bisect_right(self._firsts, index) - 1

    def says(self, wanted: str, norms: set[str]) -> int:
        """How many words of a class have one of these norms."""
        if wanted not in self._said:
            self._said[wanted] = Counter(self.words[i].norm for i in self.having(wanted))
        return sum(self._said[wanted][norm] for norm in norms)

    @cached_property
    def _said(self) -> dict[str, Counter[str]]:
        return {}

    def has(self, wanted: str, first: int = 0, last: int | None = None) -> bool:
        """Whether a word of one of these classes stands from word ``first`` up to ``last``."""
        within = (first, len(self.codes) if last is None else last)
        return self.alphabet.compile(wanted).search(self.codes, *within) is not None

    def seek(self, name: str, first: int = 0, last: int | None = None) -> Iterator[re.Match[str]]:
        """Where a pattern of ``data/reading/claims.toml`` stands from word ``first`` up to ``last``."""
        pattern = self.alphabet.compile(table("claims")["pattern"][name])
        return pattern.finditer(self.codes, first, len(self.codes) if last is None else last)

    def stands(self, name: str, at: int) -> bool:
        """Whether a pattern of ``data/reading/claims.toml`` stands at word ``at``."""
        return self.alphabet.compile(table("claims")["pattern"][name]).match(self.codes, at) is not None

    def having(self, wanted: str, first: int = 0, last: int | None = None) -> list[int]:
        """The words of a class from word ``first`` up to ``last``."""
        found = self.alphabet.compile(wanted).finditer(self.codes, first, len(self.codes) if last is None else last)
        return [match.start() for match in found]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words ``first`` up to but without ``last`` stand in the text."""
        return self.words[first].start, self.words[last - 1].end
