"""*Of the 27,000 sq km of the region, Russia occupies 18,400*: a unit's own area, and a bare number of it behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.reading.amounts import unitless
from geo.reading.figures import Measure, within
from geo.reading.page import Page
from geo.reading.wholes import Whole, covering
from geo.reading.wholes_behind import whole_after

_SMALLEST = 10  # km²: a smaller bare number may count anything
_UNITS = ("admin-unit", "group", "group-of-oblasts", "country")


def all_of(page: Page, measure: Measure, whole: Whole | None) -> Whole | None:
    """The unit whose own area a figure at a sentence's beginning is; None where it is none."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    if measure.figure.unit != "km2" or not _led(page, begin):
        return None
    lead = [word.norm for word in words[begin : measure.first] if word.norm not in ("out", "the")]
    if lead == ["of"]:
        own = whole is not None and whole.last < end and words[whole.last].norm == ","
        return whole if own else None
    owned = "possessive" in words[measure.first - 1].term.classes
    if not owned or measure.last >= end or words[measure.last].norm != ",":
        return None
    known = covering(page, measure.first - 2)
    usable = known is not None and known.mention.kind in _UNITS and known.first <= begin + 2 + (lead[0] == "out")
    if known is None or not usable:
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, measure.last, entry, kind=known.mention.kind)


def bare_parts(page: Page, measures: Sequence[Measure]) -> Iterator[tuple[Measure, Whole, Measure]]:
    """The bare numbers behind the areas of units, in their unit: the number, what it is of, and the area."""
    words = page.scan.words
    for measure in measures:
        if measure.figure.unit != "km2" or not _led(page, page.sentence(measure.first)[0]):
            continue
        whole = all_of(page, measure, whole_after(page, measure.last))
        if whole is None or whole.expression is None:
            continue
        end = page.sentence(measure.first)[1]
        told = within(measures, measure.first + 1, end)
        numbers = [i for i in range(max(whole.last, measure.last), end) if words[i].number]
        if told or len(numbers) != 1 or not _bare(page, numbers[0], end):
            continue
        part = unitless(page.scan, numbers[0], measure)
        if _SMALLEST <= part.figure.value <= measure.figure.high:
            yield part, whole, measure


def _led(page: Page, begin: int) -> bool:
    words = page.scan.words
    return words[begin].norm == "of" or [word.norm for word in words[begin : begin + 2]] == ["out", "of"]


def _bare(page: Page, i: int, end: int) -> bool:
    """A number with nothing behind it that it could count, and no month before it."""
    following = page.scan.words[i + 1] if i + 1 < end else None
    year = len(page.scan.words[i].norm) == len("2025") and page.scan.words[i].norm.startswith("20")
    before = page.scan.words[i - 1]
    if year or "month" in before.term.classes or before.norm in ("but", "except", "minus", "than"):
        return False
    return following is None or not following.norm[:1].isalnum() or bool(following.term.classes & {"deed", "joining"})
