"""Rows of months: *Occupied in 2025, by month: May - 449 sq km, June - 556 sq km*."""

from __future__ import annotations

from dataclasses import replace

from geo.reading import periods
from geo.reading.deeds import doer
from geo.reading.doers import FOREIGN
from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.templates import tidy
from geo.reading.types import Claim

_UKRAINE = 'country("ukraine")'
_HEAD = 40  # words from a head to a row
_NOTE = "a row of a list: what its head says was done in Ukraine, in the row's own time"


def month_row(page: Page, measure: Measure, dated: str | None) -> Claim | None:
    """The claim of an area that stands right behind a month in a list whose head says what was taken."""
    words = page.scan.words
    if measure.figure.unit != "km2" or measure.first < 2 or words[measure.first - 1].norm not in ("-", ":", "|"):
        return None
    begin, _ = page.sentence(measure.first)
    begin = max(begin, measure.first - _HEAD)
    said = [d for d in periods.inside(page, page.sentence(measure.first)[0], measure.first, dated) if d.first >= begin]
    if not said or said[-1].last != measure.first - 1:
        return None
    since, until = periods.period([replace(said[-1], lead="in")])
    number = page.scan.sentence_at(measure.first)
    head = next((i for i in range(begin, said[-1].first) if words[i].norm == ":"), begin)
    if head == begin and number:
        begin, head = page.scan.sentences[number - 1]
    actor = doer(page, begin, head)
    if since is None or actor in (None, "", FOREIGN) or page.within(begin, head):
        return None
    part = tidy(f'gained("{actor}", since="{since}") & {_UKRAINE}')
    claim = page.claim("change", said[-1].first, measure.last, part, None, measure.figure, note=_NOTE)
    return replace(claim, as_of=until, predicate="gained", actor=actor or "")
