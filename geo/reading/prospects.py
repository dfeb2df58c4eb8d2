"""Where a rule can match at all: in the sentences that hold something of all that it cannot do without."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from geo.reading.patterns import Alphabet
from geo.reading.scan import Scan

_BITS = 64


class Prospects:
    """What the rules need, each given as sets of classes of each of which a word must stand in the sentence."""

    def __init__(self, alphabet: Alphabet, rules: Sequence[Collection[frozenset[str]]]) -> None:
        numbered = {need: n for n, need in enumerate(dict.fromkeys(need for needs in rules for need in needs))}
        rows = len(numbered) // _BITS + 1
        self._needed = np.zeros((len(rules), rows), np.uint64)
        self._served = np.zeros((rows, alphabet.last + 1), np.uint64)
        for need, n in numbered.items():
            row, bit = n // _BITS, np.uint64(1 << n % _BITS)
            self._served[row, [ord(code) for code in alphabet.having(need)]] |= bit
            self._needed[[need in needs for needs in rules], row] |= bit

    def of(self, scan: Scan) -> Iterator[list[tuple[int, int]]]:
        """For each rule, the sentences in which all stands that it needs."""
        sentences = scan.sentences
        there = [np.bitwise_or.reduceat(served[scan.chars], scan.firsts) for served in self._served if sentences]
        for needed in self._needed:
            able = np.ones(len(sentences), np.bool_)
            for found, bits in zip(there, needed, strict=bool(sentences)):
                able &= found & bits == bits
            yield [sentences[i] for i in np.flatnonzero(able).tolist()]
