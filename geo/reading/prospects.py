"""Where a pattern can match at all: in the sentences that hold something of all that it cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from geo.reading.kept import Kept
from geo.reading.patterns import Alphabet, needs

_BITS = 64

Sentences = Sequence[tuple[int, int]]


class Prospects:
    """What patterns need: sets of classes of each of which a word must stand in the sentence."""

    def __init__(self, alphabet: Alphabet, patterns: Iterable[str]) -> None:
        needed = {pattern: needs(pattern) for pattern in patterns}
        numbered = {need: n for n, need in enumerate(dict.fromkeys(need for each in needed.values() for need in each))}
        rows = len(numbered) // _BITS + 1
        self._needed = {pattern: np.zeros(rows, np.uint64) for pattern in needed}
        for pattern, each in needed.items():
            for n in map(numbered.__getitem__, each):
                self._needed[pattern][n // _BITS] |= np.uint64(1 << n % _BITS)
        self._served = np.zeros((rows, alphabet.last + 1), np.uint64)
        for need, n in numbered.items():
            codes = [ord(code) for code in alphabet.having(need)]
            self._served[n // _BITS, codes] |= np.uint64(1 << n % _BITS)

    def of(self, sentences: Sentences, codes: NDArray[np.uint32]) -> Kept[str, Sentences]:
        """For each pattern, the sentences in which all stands that it needs; each begins behind another's end."""
        firsts = [first for first, _ in sentences]
        there = [np.bitwise_or.reduceat(served[codes], firsts) for served in self._served] if firsts else []

        def able(pattern: str) -> Sentences:
            found = np.ones(len(sentences), np.bool_)
            for row, bits in zip(there, self._needed[pattern], strict=bool(firsts)):
                if bits:
                    found &= row & bits == bits
            return [sentences[i] for i in np.flatnonzero(found).tolist()]

        return Kept(able)
