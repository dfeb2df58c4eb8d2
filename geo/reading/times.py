"""The times a sentence says: its dates, those told from another day or sentence, and two dates that bound one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from geo.reading.datewords import SINCE, UNCLEAR, phrases
from geo.reading.page import Dated, Page
from geo.reading.relative import relative
from geo.reading.scan import Word


def said_in(page: Page, begin: int, end: int, dated: str | None) -> list[Dated]:
    """The times that a sentence, words ``begin`` up to ``end``, says; ``dated`` is the article's own day."""
    if begin not in page.dates:
        said = [*phrases(page.scan.words, begin, end, dated), *relative(page.scan, begin, end, dated)]
        said = said or list(_month_before(page, begin, end, dated))
        said += _told_before(page, begin, end, dated)
        page.dates[begin] = _spans(page.scan.words, sorted(said, key=lambda phrase: phrase.first))
    return page.dates[begin]


def _told_before(page: Page, begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    """*Since then* goes back to the sentence before; *the week before*, *the previous month* are days not said."""
    words, number = page.scan.words, page.scan.sentence_at(begin)
    for found in page.scan.seek("another-time", begin, end):
        then = found.end() - 1
        named = said_in(page, *page.scan.sentences[number - 1], dated) if number and words[then].norm == "then" else []
        days = {d.begin for d in named if d.lead != UNCLEAR}
        days = {_next(d.begin) for d in named if "event" in words[d.first].term.classes} or days
        if len(days) == 1:
            yield Dated(found.start(), found.end(), days.pop(), named[0].end, "since")
        elif words[then].norm != "then" or number:
            day = dated or "2022-02-24"
            yield Dated(found.start(), found.end(), day, day, UNCLEAR)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _month_before(page: Page, begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    """*Over the month*, *that month*: the one month that the sentence before speaks of."""
    words, number = page.scan.words, page.scan.sentence_at(begin)
    for i in page.scan.having("time-span", begin + 1, end):
        if words[i].norm != "month" or words[i - 1].norm not in ("the", "that", "same") or number == 0:
            continue
        named = said_in(page, *page.scan.sentences[number - 1], dated)
        months = {(d.begin, d.end) for d in named if d.begin != d.end and d.begin[:7] == d.end[:7]}
        if len(months) == 1 and len(named) == 1:
            yield Dated(i - 1, i + 1, named[0].begin, named[0].end, "in")
        return


def _spans(words: Sequence[Word], phrases: list[Dated]) -> list[Dated]:
    """*Between May and July*, *from 1 January to 25 September*: two dates that bound one period."""
    found: list[Dated] = []
    for phrase in phrases:
        if found and _bounds_with(words, found[-1], phrase):
            one = found.pop()
            begin = one.begin if one.begin <= phrase.end else _year_before(one.begin)
            found.append(Dated(one.first, phrase.last, begin, phrase.end, "during"))
        else:
            found.append(phrase)
    return found


def _bounds_with(words: Sequence[Word], one: Dated, other: Dated) -> bool:
    between = [word.norm for word in words[one.last : other.first]]
    if between in (["and"], ["+"], ["&"]) and _follows(one, other):
        return True
    lead = {word.norm for word in words[max(0, one.first - 2) : one.first]}
    if between and between[-1] == "the":
        between.pop()
    if between in (["and"], ["and", "mid"]):
        return "between" in lead
    ranged = between in (["to"], ["until"], ["through"], ["till"])
    return between == ["-"] or (ranged and ("from" in lead or not lead & SINCE))


def _follows(one: Dated, other: Dated) -> bool:
    """*August and September*: the second begins where the first ends."""
    return date.fromisoformat(one.end) + timedelta(days=1) == date.fromisoformat(other.begin)


def _year_before(day: str) -> str:
    then = date.fromisoformat(day)
    return then.replace(year=then.year - 1, day=min(then.day, 28)).isoformat()
