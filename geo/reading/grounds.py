"""Grounds: the shares and areas of a text, and whose, of what and when they are said to be.

A figure whose subject is not clear makes a claim without a part, with the reason: it must not be called wrong.
"""

from __future__ import annotations

from dataclasses import replace

from geo.reading import out_of, periods, subjects
from geo.reading.deeds import Deed, deed_before, deed_of
from geo.reading.doers import BEING, FOREIGN
from geo.reading.done import GROUND_UNITS, Done
from geo.reading.doubts import doubt, is_difference, past
from geo.reading.extents import amounting_to, area_of
from geo.reading.figures import within
from geo.reading.joins import is_mark, joined, of_something_else
from geo.reading.pieces import SIZE
from geo.reading.templates import tidy
from geo.reading.types import Claim
from geo.reading.unsaid import default_whole
from geo.reading.wholes import Whole
from geo.reading.wholes_before import whole_before, whole_fronted, whole_of_share, whole_of_which
from geo.reading.wholes_behind import whole_after

_BESIDE = 4  # words between a deed and a figure of which nothing more is said
_OF_EITHER = (("gained", "ukraine"), ("lost", "russia"), ("retaken", "russia"))
_NEAR = 80  # words around a row in which that is said
_ROWS = 4  # sentences back to what a row is a row of


class Ground(Done):
    """One share or area in its sentence."""

    def claim(self, whole: Whole | None) -> Claim | None:
        """What is claimed of the figure; None where it is no figure of any ground."""
        page, measure = self.page, self.measure
        told_by_size = measure.figure.printed_unit == SIZE
        if not told_by_size and (itself := area_of(page, measure)) is not None:
            return self._measuring(itself)
        if self._grown_by():
            return None
        if self._led_as_all(whole):
            return self.made("area", self.behind, None, None, "what area is meant is not said")
        if (told := self._of_subject(whole)) is not None:
            return told
        if (all_of := out_of.all_of(page, measure, whole)) is not None:
            return self.made("area", max(self.behind, all_of.last), all_of.expression, None)
        before = whole_before(page, measure.first) or whole_of_which(page, measure.first)
        if before is None and whole is None and self.share:
            before = whole_fronted(page, measure.first)
        if before is None and whole is None and self.share:
            before = whole_of_share(page, measure.first)
            if before is None and self._share_of_else():
                return None
        deed = deed_of(
            page, measure, max(self.behind, whole.last if whole else 0), placed=whole is not None and whole.loose
        )
        if self.share and (deed is None or (deed.loose and before is not None)):
            deed = deed_before(page, measure) or deed
        if deed is not None and deed.actor == FOREIGN:
            return None
        if deed is not None and self._itself(deed, whole, before):
            deed = None
        target = whole or before or self._unsaid(deed)
        if target is None or (deed is None and before is None and (whole is None or whole.loose)):
            return None
        if is_difference(page, measure):
            note = "a difference between two states, not a share that is held"
            return self.made("comparison", self.behind, None, None, note)
        last = max(self.behind, target.last)
        if deed is not None and deed.loose and target.kind != "country" and self.remaining():
            deed = None
        if deed is None:
            dates = periods.dates_near(page, measure.first, last, self.dated)
            idle = self._without_deed(target, last, before)
            return idle and replace(idle, as_of=periods.as_of(dates))
        if deed.loose and (whole is None or whole.loose) and before is None:
            return None
        return self.done(deed, target, last, said=whole is not None or before is not None)

    def _of_subject(self, whole: Whole | None) -> Claim | None:
        """What is held, a salient or a bank, that stands before the figure as what it is a figure of."""
        page, measure = self.page, self.measure
        if measure.figure.printed_unit == SIZE:
            return None
        if (held := subjects.held_before(page, measure, whole)) is not None:
            deed, target = held
            return self.done(deed, target, max(self.behind, target.last), said=True)
        if (whole is None or whole.loose) and (salient := subjects.salient_before(page, measure)) is not None:
            part = subjects.extent_of(page, salient, measure)
            reason = doubt(page, measure, salient.last) or ("" if part else "when it was so large is not said")
            claim = self.made("area", self.behind, None if reason else part, None, reason)
            return replace(claim, predicate="holds", actor="ukraine" if "ukraine" in (part or "") else "russia")
        if not self.share or whole is None or whole.loose:
            return None
        if (lying := subjects.lying_on(page, whole)) is not None:
            return self.made("share", lying[1], lying[0], whole.expression)
        beside = subjects.beside_area(page, measure, self.measures)
        if beside and beside.ground and not page.scan.having("deed", self.begin, measure.first):
            return self.made("share", whole.last, beside.ground, whole.expression)
        return None

    def _measuring(self, itself: str) -> Claim:
        """*The occupied part of the region covers 20,000 km²*: of a day, as all that is held."""
        page, first, last = self.page, self.measure.first, self.measure.last
        if "controlled(" not in itself:
            return self.made("area", last, itself, None)
        dates = periods.dates_near(page, first, last, self.dated)
        reason = doubt(page, self.measure, first) or past(page, self.measure, first, dates)
        lead = self.page.scan.words[max(self.begin, first - 2) : first]
        told_then = any(word.norm in ("covered", "spanned") for word in lead)
        if not dates and (told_then or periods.other_dates(page, first, first, self.dated)):
            reason = reason or "which day it speaks of is not clear"
        claim = self.made("area", last, None if reason else itself, None, reason)
        return replace(claim, as_of=periods.as_of(dates), predicate="holds")

    def _itself(self, deed: Deed, whole: Whole | None, before: Whole | None) -> bool:
        """*Crimea, at 27,000 km², accounts for ...*, *the occupied parts make up 78 %*: the deed is of other words."""
        if self.share:
            amounting = amounting_to(self.page, self.measure) is not None
            return deed.loose and whole is not None and not whole.loose and amounting
        between = self.page.scan.words[self.behind : deed.at] if deed.at >= self.behind else []
        parted = any(is_mark(word) and "hyphen" not in word.term.classes for word in between)
        return whole is None and before is not None and parted and not (deed.direct and self.of_a_piece())

    def _share_of_else(self) -> bool:
        """*The percentage of Ukrainians under occupation has risen to 12 %*: a share of people, or of a market."""
        words = self.page.scan.words
        nouns = self.page.scan.having("share-noun", self.begin, self.measure.first)
        return any(words[i + 1].norm == "of" for i in nouns)

    def _grown_by(self) -> bool:
        """*Grew by 20 %*: a share of what it was before, not of any ground."""
        lead = self.page.scan.words[max(self.begin, self.measure.first - 2) : self.measure.first]
        return self.share and len(lead) > 1 and lead[1].norm == "by" and "rising" in lead[0].term.classes

    def _led_as_all(self, whole: Whole | None) -> bool:
        """*Of the 1,376 sq km seized in Kursk, it has lost 40 %*: what is done behind the comma is not done with it."""
        words, first = self.page.scan.words, self.measure.first
        if first - self.begin > _BESIDE:
            return False
        lead = [word.norm for word in words[self.begin : first] if word.norm not in ("out", "the")]
        if self.share or lead != ["of"] or (whole is not None and not whole.loose):
            return False
        return any(word.norm == "," for word in words[self.behind : self.end])

    def _unsaid(self, deed: Deed | None) -> Whole | None:
        """What a figure without *of* is a figure of, if its sentence leaves no doubt."""
        page, measure = self.page, self.measure
        if deed is None or deed.loose or of_something_else(page.scan.words, self.behind):
            return None
        if (carried := self._carried(deed)) is not None:
            return carried
        wanted = not self.share or (deed.predicate == "holds" and self._beside(deed))
        found = default_whole(page, measure) if wanted else None
        return self._of_either(deed, found) if found is not None else None

    def _of_either(self, deed: Deed, found: Whole) -> Whole:
        """*Ukraine seized 1,000 sq km*: what Ukraine takes may be Russia's; what it frees is its own."""
        taking = (deed.predicate, deed.actor) in _OF_EITHER
        if not taking or not found.assumed or (deed.actor == "russia" and self._abroad_is_over()):
            return found
        return replace(found, expression=None, note="of which ground, Ukraine's or Russia's, is not said")

    def _abroad_is_over(self) -> bool:
        """Whether the time spoken of lies after Russia had its own ground back: what it *frees* then is Ukraine's."""
        dates = periods.dates_near(self.page, self.measure.first, self.behind, self.dated)
        since, _ = periods.period(dates)
        over = [str(entry.extra["over"]) for entry in self.page.lexicon.having("over")]
        return since is not None and since >= max(over, default=since)

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
        earlier = [m for m in within(self.measures, self.begin, self.measure.first) if m.figure.unit in GROUND_UNITS]
        if not earlier or any("deed" in w.term.classes for w in words[earlier[-1].last : self.measure.first]):
            return None
        found = whole_after(self.page, earlier[-1].last) or whole_before(self.page, earlier[-1].first)
        if found is None or found.expression is None or found.loose or not deed.direct:
            return None
        return replace(found, last=self.measure.last)

    def _without_deed(self, target: Whole, last: int, before: Whole | None) -> Claim | None:
        """*The five regions constitute 19.4 %*; *Crimea, around 27,000 km²* is the unit itself; else nobody says."""
        measure = self.measure
        if self.share:
            if target.kind != "country" and self.remaining():
                left = tidy(f'controlled("ukraine") & ({target.expression})')
                note = "what remains is taken as what Ukraine holds"
                claim = self.made("share", last, left, target.expression, note)
                return replace(claim, predicate="holds", actor="ukraine")
            if (subject := amounting_to(self.page, measure)) and subject != target.expression:
                return self.made("share", last, subject, target.expression)
            if measure.figure.printed is None:
                return None  # "nearly all of Mariupol", of which nothing is said that a map could show
            if before is not None and not joined(self.page.scan.words, self.begin, self.end):
                return None
            return self.made("share", last, None, target.expression, "what share is meant is not said")
        itself = (
            before is not None
            and not self._row_of_held()
            and not self.of_a_piece()
            and self.apposed()
            and not self.of_another(target)
        )
        note = (target.note if itself else "what area is meant is not said") if target.kind != "bank-of-river" else ""
        return self.made("area", last, target.expression if itself else None, None, note)

    def _row_of_held(self) -> bool:
        """*The Sumy region: 200 sq km*, where it is told what is held: a row of that, and not the region's own area."""
        page, first = self.page, self.measure.first
        if page.scan.words[first - 1].norm not in (":", "-", "|"):
            return False
        before = page.scan.sentences[max(0, page.scan.sentence_at(first) - _ROWS)][0]
        told = bool(page.scan.having("deed | held", max(before, first - _NEAR), min(self.end, first + _NEAR)))
        return told or any(figure.unit == "percent" for figure in self.others)
