"""What is done with the ground of a figure: the claim that a deed makes of the two, and of which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.reading import exclusions, periods
from geo.reading.deeds import Deed
from geo.reading.doubts import at_peak
from geo.reading.figures import Measure
from geo.reading.outcomes import SINCE_UNSAID, incursion, part_of, taker
from geo.reading.page import Dated, Page
from geo.reading.pieces import Pieces
from geo.reading.references import last_named
from geo.reading.templates import tidy
from geo.reading.types import Claim, Figure
from geo.reading.unclear import unclear
from geo.reading.wholes import Whole, called_now

GROUND_UNITS = ("percent", "km2")
_TAKEN_AT_ONCE = 20_000  # km²: more was never taken in a month or a year since the spring of 2022
_TAKEN_SHARE = 3  # percent of Ukraine: the same
FROM_BEFORE = "who holds it is taken from what is said before"
_PERFECT = frozenset({"has", "have", "having"})


class Done(Pieces):
    """One share or area in its sentence, with what is done with its ground."""

    def __init__(
        self, page: Page, measure: Measure, measures: Sequence[Measure], behind: int,
        others: tuple[Figure, ...], dated: str | None,
    ) -> None:  # fmt: skip
        super().__init__(page, measure, behind, dated)
        self.measures, self.others = measures, others

    def done(self, deed: Deed, target: Whole, last: int, *, said: bool) -> Claim:
        """The claim that a deed makes of the figure and the ground it is of."""
        page, measure = self.page, self.measure
        target = called_now(target, self.dated)
        deed = taker(deed, target)
        dates = periods.dates_near(page, measure.first, last, self.dated, deed.at)
        if self._taken_in_time(deed, target, dates):
            deed = replace(deed, predicate="gained")
        elif self._has_by_now(deed, target, dates):
            deed = replace(deed, predicate="holds")
        if not said and deed.predicate == "holds" and deed.actor == "ukraine":
            named = last_named(page, measure.first)
            target = named if named.expression else target
        deed, target = incursion(page, measure, target, deed)
        last = max(last, deed.last)
        since, until = periods.period(dates) if deed.predicate != "holds" else (None, periods.as_of(dates))
        if until and self.dated and until > self.dated:
            until = None  # a period that is not over yet lasts until the article's own day
        part, ground, note = part_of(deed, target, since)
        if note.endswith(SINCE_UNSAID) and periods.timed(page, measure.first):
            note = note.replace(SINCE_UNSAID, "which days are meant is not clear")
        kind = _kind(measure.figure.unit, deed.predicate, ground)
        if deed.elsewhere:
            note = "; ".join(filter(None, (note, FROM_BEFORE)))
        note = "; ".join(filter(None, (note, target.note if _worth_saying(target) else "")))
        if reason := unclear(self, deed, target, said=said, dates=dates):
            part, note = None, reason
        if part and not self.share and self.of_a_piece() and self.of_pieces(deed):
            note = "; ".join(filter(None, (note, f"of pockets: taken as all that {deed.actor.title()} holds there")))
        out = exclusions.left_out(page, measure, self.measures) if part else None
        if part and out:
            part, note = exclusions.without(part, out), "; ".join(filter(None, (note, f"{out} is left out, as said")))
        if part and deed.predicate == "holds" and at_peak(page, measure):
            part, until = tidy(f"peak({part})"), None
        claim = self.made(kind, last, part, ground if kind == "share" else None, note)
        return replace(claim, as_of=until, predicate=deed.predicate, actor=deed.actor)

    def _taken_in_time(self, deed: Deed, target: Whole, dates: Sequence[Dated]) -> bool:
        """*Occupied 505 sq km in November*: taken then; *occupied 163,000 sq km in March 2022* is what was held."""
        most = _TAKEN_SHARE * (target.kind == "country") if self.share else _TAKEN_AT_ONCE
        small = self.measure.figure.unit in GROUND_UNITS and self.measure.figure.value < most
        if deed.said != "occupied" or not small or not dates:
            return False
        return dates[0].lead == "since" or (dates[0].begin != dates[0].end and dates[0].lead in ("in", "during", "for"))

    def _has_by_now(self, deed: Deed, target: Whole, dates: Sequence[Dated]) -> bool:
        """*Has seized 99 % of Luhansk*: no time is said in which it was taken, so it is what is held by now."""
        words = self.page.scan.words
        perfect = any(word.norm in _PERFECT for word in words[max(self.begin, deed.at - 3) : deed.at])
        large = self.share and self.measure.figure.value > _TAKEN_SHARE and target.kind != "control-share"
        timed = dates or self.page.scan.having("time-span", self.begin, self.end)
        return large and perfect and deed.predicate == "gained" and not timed

    def made(self, kind: str, last: int, part: str | None, whole: str | None, note: str = "") -> Claim:
        """The claim of the kind that the figure makes, from its first word up to ``last``."""
        return self.page.claim(kind, self.measure.first, last, part, whole, self.measure.figure, self.others, note)


def _worth_saying(whole: Whole) -> bool:
    return whole.kind == "denominator" or "taken as" in whole.note or "in use since" in whole.note


def _kind(unit: str, predicate: str, whole: str | None) -> str:
    if unit == "km2/day":
        return "rate"
    if unit == "percent":
        return "share"
    return "area" if predicate == "holds" else "change"
