"""A text cut into tokens: which they are and where each begins and ends, held in arrays."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from geo.reading.learned import LEADING, THOUSANDS, Indices, Learned, Numbers
from geo.reading.terms import Word
from geo.reading.tokens import SPACED, marked

_NO_BLANK = 0x3001  # no white space has this code or a higher one
_BLANK = np.array([chr(code).isspace() for code in range(_NO_BLANK + 1)])


@dataclass
class Found:
    """Tokens that make one word: the first of each, how many there are, and the number that word has; none overlap."""

    firsts: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    behind: int = 0

    def add(self, first: int, length: int, number: int) -> None:
        """Joins ``length`` tokens from ``first`` on."""
        self.firsts.append(first)
        self.lengths.append(length)
        self.numbers.append(number)
        self.behind = first + length


@dataclass(frozen=True)
class Cut:
    """Tokens, or words made of several, by their numbers in ``learned``, and their places in ``text``."""

    text: str
    chars: NDArray[np.uint32]
    learned: Learned
    numbers: Numbers
    starts: Indices
    ends: Indices

    @classmethod
    def of(cls, text: str, learned: Learned) -> Cut:
        """The tokens of a text; the thousands of *116 000* go with their number."""
        text = marked(text)
        chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        solid = np.flatnonzero(~_BLANK[np.minimum(chars, _NO_BLANK)])  # tokens leave out nothing but blanks
        numbers = learned.cut(text)
        lengths = learned.lengths(numbers)
        behind = np.cumsum(lengths, dtype=np.int64)
        cut = cls(text, chars, learned, numbers, solid[behind - lengths], solid[behind - 1] + 1)
        return cut._with_thousands()

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def words(self) -> list[Word]:
        """What each word says."""
        return self.learned.said(self.numbers)

    @property
    def codes(self) -> str:
        """One character a word."""
        return self.learned.codes(self.numbers)

    @property
    def flags(self) -> NDArray[np.uint16]:
        """What each token may begin, end or go on with."""
        return self.learned.flags(self.numbers)

    @property
    def gaps(self) -> Indices:
        """How much white space stands behind each token but the last."""
        return self.starts[1:] - self.ends[:-1]

    def joined(self, found: Found) -> Cut:
        """With the tokens that belong together made into one word each."""
        if not found.firsts:
            return self
        firsts, lengths = np.array(found.firsts), np.array(found.lengths)
        steps = np.zeros(len(self) + 1, np.int8)
        steps[firsts + 1] = 1
        steps[firsts + lengths] = -1
        kept = np.cumsum(steps[:-1]) == 0
        joined, ends = self.numbers.copy(), self.ends.copy()
        joined[firsts], ends[firsts] = found.numbers, self.ends[firsts + lengths - 1]
        return replace(self, numbers=joined[kept], starts=self.starts[kept], ends=ends[kept])

    def closed(self, behind: Indices) -> Cut:
        """With an end of a sentence, which has no width, before each token of ``behind``."""
        places = self.ends[behind - 1]
        return replace(
            self,
            numbers=np.insert(self.numbers, behind, self.learned.end),
            starts=np.insert(self.starts, behind, places),
            ends=np.insert(self.ends, behind, places),
        )

    def _with_thousands(self) -> Cut:
        flags = self.flags
        leading = (flags[:-1] & LEADING != 0) & (flags[1:] & THOUSANDS != 0) & (self.gaps == 1)
        found = Found()
        for first in np.flatnonzero(leading).tolist():
            number = SPACED.match(self.text, self.starts[first]) if first >= found.behind else None
            if number is not None:
                last = int(np.searchsorted(self.ends, number.end()))
                if last > first and self.ends[last] == number.end():
                    found.add(first, last + 1 - first, self.learned.number(number[0]))
        return self.joined(found)
