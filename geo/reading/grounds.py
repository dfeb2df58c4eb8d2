"""Grounds: the shares and areas of a text, and whose, of what and when they are said to be.

A figure whose subject is not clear makes a claim without a part, with the reason: it must not be called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading import exclusions, periods
from geo.reading.deeds import BEING, FOREIGN, Deed, deed_before, deed_of, incursion, part_of
from geo.reading.doubts import at_peak, doubt, is_difference, past
from geo.reading.figures import Measure, within
from geo.reading.joins import is_mark, joined, of_something_else
from geo.reading.page import Dated, Finding, Page
from geo.reading.templates import tidy
from geo.reading.types import Claim, Figure
from geo.reading.wholes import Whole, amounting_to, area_of, default_whole, last_named, whole_after, whole_before

_LENGTHS = ("km", "m")
_GROUND = ("percent", "km2")
_BESIDE = 4  # words between a deed and a figure of which nothing more is said
_PLACED = ("admin-unit", "group", "group-of-oblasts", "salient", "direction")
_EACH = frozenset({"respectively", "each", "apiece"})
_EARLIER = frozenset({"from", "against", "with", "to", "than"})


def same_dimension(one: Figure, other: Figure) -> bool:
    """True for two areas, two lengths, two shares."""
    return one.unit == other.unit or {one.unit, other.unit} == set(_LENGTHS)


def grounds(page: Page, chain: list[Measure], measures: Sequence[Measure], dated: str | None) -> Iterator[Claim]:
    """The claims of a chain of shares and areas of one ground."""
    behind = chain[-1].last
    whole = whole_after(page, behind) or (whole_after(page, chain[0].last) if len(chain) > 1 else None)
    if whole is not None and whole.expression is None and whole.kind != "city":
        return
    for n, measure in enumerate(chain):
        if n and same_dimension(chain[n - 1].figure, measure.figure):
            continue
        others = tuple(m.figure for m in chain if m is not measure)
        claim = _Ground(page, measure, measures, behind, others, dated).claim(whole)
        if claim is not None:
            yield claim


class _Ground:
    """One share or area in its sentence."""

    def __init__(
        self, page: Page, measure: Measure, measures: Sequence[Measure], behind: int,
        others: tuple[Figure, ...], dated: str | None,
    ) -> None:  # fmt: skip
        self.page, self.measure, self.measures = page, measure, measures
        self.behind, self.others, self.dated = behind, others, dated
        self.share = measure.figure.unit == "percent"
        self.begin, self.end = page.sentence(measure.first)

    def claim(self, whole: Whole | None) -> Claim | None:
        """What is claimed of the figure; None where it is no figure of any ground."""
        page, measure = self.page, self.measure
        if (itself := area_of(page, measure)) is not None:
            return self._made("area", measure.last, itself, None)
        before = whole_before(page, measure.first)
        deed = deed_of(
            page, measure, max(self.behind, whole.last if whole else 0), placed=whole is not None and whole.loose
        )
        if deed is None and self.share:
            deed = deed_before(page, measure)
        if deed is not None and deed.actor == FOREIGN:
            return None
        target = whole or before or self._unsaid(deed)
        if target is None or (deed is None and before is None and (whole is None or whole.loose)):
            return None
        if self.share and is_difference(page, measure):
            note = "a difference between two states, not a share that is held"
            return self._made("comparison", self.behind, None, None, note)
        last = max(self.behind, target.last)
        if deed is None:
            dates = periods.dates_near(page, measure.first, last, self.dated)
            idle = self._without_deed(target, last, before)
            return idle and replace(idle, as_of=periods.as_of(dates))
        if deed.loose and (whole is None or whole.loose) and before is None:
            return None
        return self._with_deed(deed, target, last, said=whole is not None or before is not None)

    def _unsaid(self, deed: Deed | None) -> Whole | None:
        """What a figure without *of* is a figure of, if its sentence leaves no doubt."""
        page, measure = self.page, self.measure
        if deed is None or deed.loose or of_something_else(page.scan.words, self.behind):
            return None
        if (carried := self._carried(deed)) is not None:
            return carried
        wanted = not self.share or (deed.predicate == "holds" and self._beside(deed))
        return default_whole(page, measure) if wanted else None

    def _beside(self, deed: Deed) -> bool:
        """*Holds about 15 %*, *18 % was occupied*: nothing is named between the deed and its figure."""
        words = self.page.scan.words
        first, last = (deed.last, self.measure.first) if deed.at < self.measure.first else (self.behind, deed.at)
        between = words[first:last]
        being = deed.at < self.measure.first and any(word.norm in BEING for word in between)
        return len(between) <= _BESIDE and not being and not any("named" in word.term.classes for word in between)

    def _carried(self, deed: Deed) -> Whole | None:
        """*70 % of Donetsk, up from 59 %*: of what the figure before it in the sentence is one of, by the same deed."""
        words = self.page.scan.words
        earlier = [m for m in within(self.measures, self.begin, self.measure.first) if m.figure.unit in _GROUND]
        if not earlier or any("deed" in w.term.classes for w in words[earlier[-1].last : self.measure.first]):
            return None
        found = whole_after(self.page, earlier[-1].last) or whole_before(self.page, earlier[-1].first)
        if found is None or found.expression is None or found.loose or not deed.direct:
            return None
        return replace(found, last=self.measure.last)

    def _with_deed(self, deed: Deed, target: Whole, last: int, *, said: bool) -> Claim:
        page, measure = self.page, self.measure
        dates = periods.dates_near(page, measure.first, last, self.dated, deed.at)
        if not said and deed.predicate == "holds" and deed.actor == "ukraine":
            named = last_named(page, measure.first)
            target = named if named.expression else target
        deed, target = incursion(page, measure, target, deed)
        last = max(last, deed.last)
        since, until = periods.period(dates) if deed.predicate != "holds" else (None, periods.as_of(dates))
        if until and self.dated and until > self.dated:
            until = None  # a period that is not over yet lasts until the article's own day
        part, ground, note = part_of(deed, target, since)
        kind = _kind(measure.figure.unit, deed.predicate, ground)
        if deed.elsewhere:
            note = "; ".join(filter(None, (note, "who holds it is taken from a sentence before")))
        note = "; ".join(filter(None, (note, target.note if _worth_saying(target) else "")))
        if reason := self._doubt(deed, target, said=said, dates=dates):
            part, note = None, reason
        out = exclusions.left_out(page, measure, self.measures) if part else None
        if part and out:
            part, note = exclusions.without(part, out), "; ".join(filter(None, (note, f"{out} is left out, as said")))
        if part and deed.predicate == "holds" and at_peak(page, measure):
            part, until = tidy(f"peak({part})"), None
        claim = self._made(kind, last, part, ground if kind == "share" else None, note)
        return replace(claim, as_of=until, predicate=deed.predicate, actor=deed.actor)

    def _doubt(self, deed: Deed, target: Whole, *, said: bool, dates: Sequence[Dated]) -> str:
        """Why the figure must not be held against the ground that is named near it; "" where it may."""
        words = self.page.scan.words
        norms = {word.norm for word in words[self.begin : self.end]}
        if target.expression is None:
            return target.note or "of which ground is not said"
        if target.kind == "macro-region":
            return "the area has no agreed boundary"
        if deed.loose:
            return "who holds or took it is not clear from the sentence"
        if (placed := self._placed_elsewhere(target)) is not None:
            return f"whether it is of all that or only of {placed.mention.text!r} is not clear"
        if not deed.elsewhere and (reason := doubt(self.page, self.measure, deed.at)):
            return reason
        if " | " in target.expression and norms & _EACH:
            return "the sentence gives a figure for each of several territories"
        of_all = said and not target.loose and target.last > self.measure.first
        if not self.share and not of_all and self._of_a_piece():
            return "of which pieces of ground is not said"
        if deed.predicate == "holds" and (reason := self._day_unclear(deed, dates)):
            return reason
        if not dates and words[self.measure.first - 1].norm in _EARLIER and self._compared():
            return "an earlier or other state, and when that was is not said"
        return ""

    def _day_unclear(self, deed: Deed, dates: Sequence[Dated]) -> str:
        lasting = deed.at >= 0 and "lasting" in self.page.scan.words[deed.at].term.classes
        if not dates and not lasting and periods.other_dates(self.page, self.measure.first, deed.at, self.dated):
            return "which day it speaks of is not clear"
        return past(self.page, self.measure, deed.at, dates)

    def _placed_elsewhere(self, target: Whole) -> Finding | None:
        """*In Kharkiv and Sumy, the area held is less than 2 % of Ukraine*: of the two, not of the country."""
        words = self.page.scan.words
        if target.kind != "country":
            return None
        for known in self.page.within(self.begin, self.measure.first):
            lead = words[max(self.begin, known.first - 1) : known.first + 1]
            if known.mention.kind in _PLACED and any("inner-locative" in word.term.classes for word in lead):
                return known
        return None

    def _compared(self) -> bool:
        """*Down from 27 %*, *compared with 59 %*."""
        lead = self.page.scan.words[max(self.begin, self.measure.first - 3) : self.measure.first]
        return any("comparing" in word.term.classes for word in lead)

    def _without_deed(self, target: Whole, last: int, before: Whole | None) -> Claim | None:
        """*The five regions constitute 19.4 %*; *Crimea, around 27,000 km²* is the unit itself; else nobody says."""
        measure = self.measure
        if self.share:
            if subject := amounting_to(self.page, measure):
                return self._made("share", last, subject, target.expression)
            if before is not None and not joined(self.page.scan.words, self.begin, self.end):
                return None
            return self._made("share", last, None, target.expression, "what share is meant is not said")
        itself = before is not None and not self._of_a_piece() and self._apposed()
        note = "" if itself else "what area is meant is not said"
        return self._made("area", last, target.expression if itself else None, None, note)

    def _apposed(self) -> bool:
        """*Crimea, around 27,000 km², ...*: nothing more is said of the figure."""
        words = self.page.scan.words
        return self.behind >= self.end or is_mark(words[self.behind])

    def _of_a_piece(self) -> bool:
        """*Pockets in Sumy and Kharkiv, around 440 km²*: the figure is of the pockets, not of the units named."""
        words = self.page.scan.words[self.begin : self.measure.first]
        return any("piece" in word.term.classes for word in words)

    def _made(self, kind: str, last: int, part: str | None, whole: str | None, note: str = "") -> Claim:
        return self.page.claim(kind, self.measure.first, last, part, whole, self.measure.figure, self.others, note)


def _worth_saying(whole: Whole) -> bool:
    return whole.kind == "denominator" or "taken as" in whole.note


def _kind(unit: str, predicate: str, whole: str | None) -> str:
    if unit == "km2/day":
        return "rate"
    if unit == "percent":
        return "share"
    return "area" if predicate == "holds" else "change"
