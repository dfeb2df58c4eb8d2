"""Reads past characters that nobody sees: soft hyphens, zero-width spaces, marks of direction."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TypeVar

from geo.reading.types import Claim, Figure, Mention, Number, Reading

_Spanned = TypeVar("_Spanned", Mention, Claim, Figure, Number)
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")


def has_unseen(text: str) -> bool:
    """Whether a text holds characters that are not seen."""
    return not text.isascii() and _UNSEEN.search(text) is not None


@dataclass(frozen=True)
class Seen:
    """What is seen of a text: from place ``places[i]`` of it on, ``gone[i]`` characters of the text were left out."""

    whole: str
    text: str
    places: tuple[int, ...]
    gone: tuple[int, ...]

    @classmethod
    def of(cls, whole: str) -> Seen:
        """A text without its unseen characters."""
        places, gone, left_out = [0], [0], 0
        for found in _UNSEEN.finditer(whole):
            places.append(found.start() - left_out)
            left_out += len(found[0])
            gone.append(left_out)
        return cls(whole, _UNSEEN.sub("", whole), tuple(places), tuple(gone))

    def back(self, reading: Reading) -> Reading:
        """A reading of what is seen, with the places and words of the whole text."""
        return replace(
            reading,
            text=self.whole,
            mentions=tuple(self._moved(mention) for mention in reading.mentions),
            claims=tuple(self._claim(claim) for claim in reading.claims),
            figures=tuple(self._moved(figure) for figure in reading.figures),
            numbers=tuple(self._moved(number) for number in reading.numbers),
        )

    def _claim(self, claim: Claim) -> Claim:
        figure = self._moved(claim.figure) if claim.figure else None
        return replace(self._moved(claim), figure=figure, others=tuple(self._moved(other) for other in claim.others))

    def _moved(self, it: _Spanned) -> _Spanned:
        start, end = self._place(it.start), self._place(it.end - 1) + 1
        return replace(it, start=start, end=end, text=self.whole[start:end])

    def _place(self, at: int) -> int:
        return at + self.gone[bisect_right(self.places, at) - 1]
