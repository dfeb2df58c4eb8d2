"""Where sentences end: at a mark that ends one, a blank line, an entry of a list, or where no prose runs on so long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.reading.cuts import Cut
from geo.reading.learned import BRIEF, CLOSER, DIGITS, END, ENTRY, GOING_ON, POINT, WORDY, Indices

Truths = NDArray[np.bool_]

_LONGEST = 250  # words; what runs on longer is no prose, and must not cost more than its length
_CLOSERS = 3  # quotes and brackets between a sentence's mark and the blank behind it


def sentence_ends(cut: Cut) -> Indices:
    """The token behind each sentence, in order; a sentence that never ends is cut at its longest."""
    if not len(cut):
        return np.zeros(0, np.int64)
    ending = _breaks(cut)
    ending[_stops(cut)] = True
    ending[-1] = True
    ends = np.flatnonzero(ending) + 1
    begins = np.concatenate([[0], ends[:-1]])
    long = np.flatnonzero(ends - begins > _LONGEST)
    cuts = [np.arange(begins[i] + _LONGEST, ends[i], _LONGEST) for i in long]
    return np.sort(np.concatenate([ends, *cuts]))


def _breaks(cut: Cut) -> Truths:
    """Behind which tokens a paragraph or an entry of a list ends."""
    before = np.searchsorted(cut.starts, np.flatnonzero(cut.chars == ord("\n"))) - 1
    lines = np.bincount(before[before >= 0], minlength=len(cut))
    ended: Truths = (lines > 1) | ((lines > 0) & (cut.flags & ENTRY != 0))
    return ended


def _stops(cut: Cut) -> Indices:
    """The tokens with which a sentence ends by its mark, but for the last."""
    flags, gaps = cut.flags, cut.gaps
    last = np.flatnonzero((gaps > 0) & (flags[:-1] & (END | CLOSER) != 0))
    mark = last.copy()
    for _ in range(_CLOSERS):
        mark -= (mark > 0) & (flags[mark] & CLOSER != 0) & (gaps[mark - 1] == 0)
    before = flags[mark - 1]
    kept = (mark > 0) & (flags[mark] & POINT != 0) & ((before & BRIEF != 0) | _splits_decimal(cut, mark))
    ending: Indices = last[(flags[mark] & END != 0) & (flags[last + 1] & GOING_ON == 0) & ~kept]
    return ending


def _splits_decimal(cut: Cut, mark: Indices) -> Truths:
    """True for the mark in "2. 5 yards": a decimal that a faulty copy pulled apart."""
    flags, gaps, lengths = cut.flags, cut.gaps, cut.ends - cut.starts
    after = np.minimum(mark + 2, len(cut) - 1)
    blank = cut.chars[cut.ends[mark]]
    split: Truths = (
        (after == mark + 2)
        & (flags[mark - 1] & DIGITS != 0) & (lengths[mark - 1] <= 3) & (gaps[mark - 1] == 0)
        & (gaps[mark] == 1) & ((blank == ord(" ")) | (blank == 0xA0))
        & (flags[mark + 1] & DIGITS != 0) & (lengths[mark + 1] <= 2) & (flags[after] & WORDY != 0)
    )  # fmt: skip
    return split
