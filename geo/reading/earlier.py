"""The same in the time before: *4,300 sq km in 2025, compared with 3,600 sq km the previous year*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.reading import periods
from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.types import Claim

_GAINED = re.compile(r'((?:gained|lost)\("\w+", since=)"([\d-]+)"(\).*)')
_COMPARED = re.compile(r".*\b(compared (with|to)|(up|down) from|versus|vs|against|followed)$")
_BEFORE = re.compile(
    r"(in )?(the (previous|preceding|prior) (?P<span>year|month)|(the|a) (?P<told>year|month) (before|earlier))\b"
)
_BEHIND = 4  # words in which the time before is said
_DAY = timedelta(days=1)


def compares(page: Page, measure: Measure) -> bool:
    """Whether *compared with*, *up from* and the like stand right before a figure."""
    lead = page.scan.words[max(0, measure.first - 2) : measure.first]
    return bool(_COMPARED.match(" ".join(word.norm for word in lead)))


def compared_with(page: Page, measure: Measure, told: Sequence[Claim], dated: str | None) -> Claim | None:
    """The claim of what was taken in the time before; ``told`` are the claims before the figure in its sentence.

    Only where those are one, of a whole year or month, and the other time is named right behind the figure.
    """
    gained = _GAINED.match(told[0].part or "") if len(told) == 1 else None
    if gained is None:
        return None
    behind = " ".join(word.norm for word in page.scan.words[measure.last : measure.last + _BEHIND])
    if before := _BEFORE.match(behind):
        days = _time_before(date.fromisoformat(gained[2]), told[0].as_of, before["span"] or before["told"])
    else:
        since, until = periods.period(periods.inside(page, measure.last, measure.last + _BEHIND, dated))
        days = (since, until) if since and until and behind.startswith("in ") else None
    if days is None:
        return None
    part = f'{gained[1]}"{days[0]}"{gained[3]}'
    note = "; ".join(filter(None, (told[0].note, "of the same ground, by the same side, as is said before it")))
    claim = page.claim(told[0].kind, measure.first, measure.last, part, told[0].whole, measure.figure, note=note)
    return replace(claim, as_of=days[1], predicate=told[0].predicate, actor=told[0].actor)


def _time_before(eve: date, until: str | None, span: str) -> tuple[str, str] | None:
    """The eve and the last day of the year or month before the one behind ``eve``; None where that is no whole one."""
    first = eve + _DAY
    begins = first.day == 1 and (span == "month" or first.month == 1)
    last = date(first.year, 12, 31) if span == "year" else (first + 31 * _DAY).replace(day=1) - _DAY
    if not begins or (until is not None and until != str(last)):
        return None
    earlier = date(eve.year, 1, 1) if span == "year" else eve.replace(day=1)
    return str(earlier - _DAY), str(eve)
