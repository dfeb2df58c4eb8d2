"""The tokens met so far: each is classified once, however often it stands, and has a number from then on."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from geo.reading.kept import Kept
from geo.reading.terms import NO_WORD, Word
from geo.reading.tokens import tokens

Indices = NDArray[np.int64]
Numbers = NDArray[np.int32]

# What a token may begin, end or go on with, as bits of its flags.
HEAD, SECOND = 1, 2  # of a phrase: its first word, its second
END, POINT, CLOSER = 4, 8, 16  # what ends a sentence; a full stop; a quote or bracket that may stand behind it
BRIEF, GOING_ON, ENTRY = 32, 64, 128  # no sentence ends behind it; none before it; one does if the line ends too
DIGITS, WORDY = 256, 512
LEADING, THOUSANDS = 1024, 2048  # of "116 000": digits that thousands may follow, digits that may be thousands

_SHORT = 40  # letters; what is longer between two blanks is seldom met again


class Learned:
    """Every token met so far under a number: what it says, its code, its flags and its length.

    ``classify`` says what a token is, and its flags; ``phrase`` what several make by their norms, if anything; and
    ``lengths`` how long the phrases are that begin with two norms, the longest first.
    """

    def __init__(
        self,
        classify: Callable[[str], tuple[Word, int]],
        phrase: Callable[[tuple[str, ...]], Word | None],
        lengths: Callable[[tuple[str, ...]], Sequence[int]],
    ) -> None:
        self.words: list[Word] = []
        self.phrases = Kept[bytes, int | None](self._phrase)
        self.pairs = Kept[int, Sequence[int]](lambda pair: lengths(self._norms(pair.to_bytes(8, "little"))))
        self._phrased = phrase
        self._codes, self._flags, self._lengths = array("I"), array("H"), array("I")
        self._numbers = Kept[str, int](lambda token: self._add(*classify(token), len(token)))
        self._cells = _Cells(lambda cell: array("i", map(self.number, tokens(cell))).tobytes())
        self.end = self._add(NO_WORD)

    def __len__(self) -> int:
        return len(self._cells) + len(self.phrases)

    def cut(self, text: str) -> Numbers:
        """The tokens of a text, each by its number."""
        return np.frombuffer(b"".join(map(self._cells.__getitem__, text.split())), np.int32)

    def number(self, token: str) -> int:
        """The number of a token, new or known."""
        return self._numbers[token]

    def said(self, numbers: Numbers) -> list[Word]:
        """What the words of these numbers say."""
        words: list[Word] = np.fromiter(self.words, np.object_, len(self.words)).take(numbers).tolist()
        return words

    def codes(self, numbers: Numbers) -> str:
        """One character a word."""
        return np.array(self._codes)[numbers].tobytes().decode("utf-32-le")

    def flags(self, numbers: Numbers) -> NDArray[np.uint16]:
        """What each may begin, end or go on with."""
        return np.array(self._flags)[numbers]

    def lengths(self, numbers: Numbers) -> NDArray[np.uint32]:
        """How many characters each token has."""
        return np.array(self._lengths)[numbers]

    def _add(self, word: Word, flags: int = 0, length: int = 0) -> int:
        self.words.append(word)
        self._codes.append(ord(word.term.code))
        self._flags.append(flags)
        self._lengths.append(length)
        return len(self.words) - 1

    def _phrase(self, numbers: bytes) -> int | None:
        word = self._phrased(self._norms(numbers))
        return None if word is None else self._add(word)

    def _norms(self, numbers: bytes) -> tuple[str, ...]:
        return tuple(self.words[number].norm for number in array("i", numbers))


class _Cells(Kept[str, bytes]):
    """The numbers of the tokens of what stands between two blanks."""

    def __missing__(self, cell: str) -> bytes:
        return super().__missing__(cell) if len(cell) <= _SHORT else self._worked_out(cell)
