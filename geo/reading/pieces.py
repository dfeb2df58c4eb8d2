"""Pieces: whether a figure is of all of the ground that is named near it, or of some pieces of it."""

from __future__ import annotations

from geo.reading.deeds import Deed
from geo.reading.figures import Measure
from geo.reading.joins import is_mark
from geo.reading.page import Page
from geo.reading.wholes import Whole

SIZE = "size of a place"  # the unit of a figure that is told by comparison
_GROUNDS = ("control-share", "bank-of-river", "direction")


class Pieces:
    """A figure in its sentence, which ends its own words at ``behind``; ``dated`` is the article's own day."""

    def __init__(self, page: Page, measure: Measure, behind: int, dated: str | None) -> None:
        self.page, self.measure, self.behind, self.dated = page, measure, behind, dated
        self.begin, self.end = page.sentence(measure.first)
        self.share = measure.figure.unit == "percent"

    def remaining(self) -> bool:
        """*Putin wants the remaining 21 % of Donetsk*: nobody but Russia is said to want what it does not hold."""
        words, first = self.page.scan.words, self.measure.first
        sides = {w.term.values.get("actor") for w in words[self.begin : self.end] if "actor" in w.term.classes}
        return first > 0 and words[first - 1].norm == "remaining" and sides == {"russia"}

    def apposed(self) -> bool:
        """*Crimea, around 27,000 km², ...*: nothing more is said of the figure."""
        words = self.page.scan.words
        return self.behind >= self.end or is_mark(words[self.behind])

    def of_another(self, target: Whole) -> bool:
        """*The leftovers of Donetsk, 6,600 km²*, *withdraw from Donetsk, 6,600 km²*: of some of it, not all of it."""
        named = next(self.page.before(self.measure.first), None)
        if named is None or named.mention.kind in _GROUNDS or "controlled(" in (target.expression or ""):
            return False
        if self.page.scan.having("yielding", self.begin, named.first):
            return True
        lead = self.page.scan.words[max(self.begin, named.first - 2) : named.first]
        return len(lead) > 1 and lead[1].norm == "of" and not lead[0].term.classes & {"ground", "oblast-word"}

    def of_a_piece(self) -> bool:
        """*Pockets in Sumy and Kharkiv, around 440 km²*: the figure is of the pockets, not of the units named."""
        if self.measure.figure.printed_unit == SIZE:
            return False
        first = self.measure.first
        named = next(self.page.before(first), None)  # "the right-bank part of the region" is a ground of its own
        inside = range(named.first, named.last) if named and named.mention.kind in _GROUNDS else range(0)
        pieces = (i for i in self.page.scan.having("piece", self.begin, first) if i not in inside)
        return any(True for _ in pieces)

    def of_pieces(self, deed: Deed) -> bool:
        """*Holds pockets of Sumy and Kharkiv, 440 km²*: several pieces of what is named, so all that is held there."""
        words = self.page.scan.words
        plural = [i for i in self.page.scan.having("piece", self.begin, self.measure.first) if words[i].norm[-1] == "s"]
        if not plural:
            return False
        behind = deed.at >= self.measure.last  # "scraps of the region, 100 km², remain in its hands"
        first = plural[0] if behind else deed.last
        named = self.page.within(first, self.measure.first)  # "pockets of one region and a bridgehead in another"
        return deed.predicate == "holds" and deed.direct and (behind or deed.at < plural[0]) and len(named) == 1
