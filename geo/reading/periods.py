"""The dates a sentence carries: the day it speaks of, and the period a gain was made in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from geo.reading.dates import day_of
from geo.reading.page import Page
from geo.reading.vocabulary import Word

_REACH = 14  # words between a figure and the date it goes with
_SINCE = frozenset({"since", "from", "after"})
_ALSO_VERBS = frozenset({"may", "march"})
_NOT_A_STATE = frozenset({"until", "before", "till"})


@dataclass(frozen=True)
class Dated:
    """A date phrase: words ``first`` up to ``last``, the period it names, and the word that leads it in."""

    first: int
    last: int
    begin: str
    end: str
    lead: str


def dates_near(page: Page, first: int, last: int, dated: str | None) -> list[Dated]:
    """The date phrases of the sentence of words ``first`` to ``last``, the nearest first.

    ``dated`` is the article's own date: a month without a year is the last such month up to it.
    """
    begin, end = page.sentence(first)
    found = [d for d in _phrases(page, begin, end, dated) if not _of_another_figure(page, last, d)]
    near = [(min(abs(first - d.last), abs(d.first - last)), d) for d in found]
    return [d for distance, d in sorted(near, key=lambda pair: (pair[0], pair[1].first)) if distance <= _REACH]


def _of_another_figure(page: Page, last: int, date_phrase: Dated) -> bool:
    """True where another figure stands between a figure that ends before word ``last`` and a date behind it."""
    return any("unit" in word.term.classes for word in page.scan.words[last : date_phrase.first])


def as_of(dates: list[Dated]) -> str | None:
    """The day that a statement about holding ground speaks of, where its sentence says one."""
    return next((d.end for d in dates if d.lead in _LEADS or (d.begin == d.end and not d.lead)), None)


def period(dates: list[Dated]) -> tuple[str | None, str | None]:
    """The eve of the period a change happened in, and its last day (None for *since*, which lasts until now)."""
    for d in dates:
        eve = (date.fromisoformat(d.begin) - timedelta(days=1)).isoformat()
        if d.lead in _SINCE:
            return eve, None
        if d.lead not in _NOT_A_STATE and d.begin != d.end:
            return eve, d.end
    return None, None


def _phrases(page: Page, begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    words = page.scan.words
    i = begin
    while i < end:
        if "event" in words[i].term.classes and (found := _event(words, i, begin)):
            yield found
        last = i
        while last < end and _is_date_word(words, last, i):
            last += 1
        found = _phrase(words, i, last, dated) if last > i else None
        if found is not None:
            yield found
        i = max(i + 1, last)


def _event(words: list[Word], i: int, begin: int) -> Dated | None:
    """*Before the invasion* is the eve of it, *since the invasion* from then on."""
    eve = words[i].term.values["event"]
    lead = {word.norm for word in words[max(begin, i - 3) : i]}
    if "before" in lead or "prior" in lead:
        return Dated(i, i + 1, eve, eve, "on")
    day = (date.fromisoformat(eve) + timedelta(days=1)).isoformat()
    return Dated(i, i + 1, day, day, "since") if lead & _SINCE else None


def _is_date_word(words: list[Word], k: int, begun: int) -> bool:
    word = words[k]
    if "month" in word.term.classes:
        return word.norm not in _ALSO_VERBS or _beside_number(words, k)
    digits = word.norm.rstrip("stndrh")
    if digits.isdigit() and len(digits) in (1, 2, 4):
        if len(digits) == 4:
            return 1900 <= int(digits) <= 2100
        return any("month" in beside.term.classes for beside in (*words[max(0, k - 1) : k], *words[k + 1 : k + 2]))
    return (
        word.norm == ","
        and k > begun
        and k + 1 < len(words)
        and words[k + 1].norm.isdigit()
        and len(words[k + 1].norm) == 4
    )


def _beside_number(words: list[Word], k: int) -> bool:
    return any(0 <= n < len(words) and words[n].norm.rstrip("stndrh").isdigit() for n in (k - 1, k + 1)) or (
        k > 0 and words[k - 1].norm in ("in", "since", "until", "by", "last", "of", "mid", "late", "early")
    )


def _phrase(words: list[Word], first: int, last: int, dated: str | None) -> Dated | None:
    said = words[first:last]
    end = day_of(said) or day_of(said, _year_of(said, dated))
    if end is None:
        return None
    day = date.fromisoformat(end)
    has_month = any("month" in word.term.classes for word in said)
    has_day = any(word.norm.rstrip("stndrh").isdigit() and len(word.norm.rstrip("stndrh")) < 3 for word in said)
    begin = day if has_day else day.replace(day=1) if has_month else day.replace(month=1, day=1)
    lead = [word.norm for word in words[max(0, first - 4) : first]]
    if begin != day and "mid" in lead[-2:]:
        end = day.replace(day=15).isoformat() if has_month else day.replace(month=6, day=30).isoformat()
    if begin != day and any(word in ("beginning", "start", "early") for word in lead):
        end = begin.isoformat()
    leading = next((word for word in reversed(lead) if word in _SINCE | _NOT_A_STATE or word in _LEADS), "")
    return Dated(first, last, begin.isoformat(), end, leading)


_LEADS = frozenset({"in", "on", "by", "of", "during", "at", "throughout"})


def _year_of(said: list[Word], dated: str | None) -> int | None:
    if dated is None:
        return None
    today = date.fromisoformat(dated)
    month = next((int(word.term.values["month"]) for word in said if "month" in word.term.classes), None)
    return None if month is None else today.year if month <= today.month else today.year - 1
