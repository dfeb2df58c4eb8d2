"""The dates that go with a figure: the day its sentence speaks of, and the period a gain was made in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from geo.reading.asides import apart
from geo.reading.datewords import LEADS, SINCE, STEPS, UNCLEAR, UNTIL
from geo.reading.joins import joins
from geo.reading.page import Dated, Page
from geo.reading.scan import Word
from geo.reading.times import said_in

_OPENING = 5  # words from the start of a sentence in which a date frames all of it
_NOW = frozenset({"now", "today", "currently", "nowadays"})
_ACTING = frozenset({"actor", "forces"})
_WHOSE = frozenset({"its", "their", "the", "his", "allied", "local"})
_REACH = 14  # words between a figure and the date it goes with
_FRAMED = 30  # words between a figure and a date that opens its sentence
_DONE_BY = frozenset({"it", "they", "was", "were", "had", "initially"})


def dates_near(page: Page, first: int, last: int, dated: str | None, deed: int = -1) -> list[Dated]:
    """The date phrases that go with a figure of words ``first`` to ``last``, the nearest first.

    ``dated`` is the article's own date: a month without a year is the last such month up to it. ``deed`` is the word
    that says what is done with the figure's ground; a date behind any other deed is that one's.
    """
    begin, end = page.sentence(first)
    said = said_in(page, begin, end, dated)
    found = [d for d in said if _goes_with(page, d, first, last, deed)]
    then = any(word.norm == "then" for word in page.scan.words[last : last + len(("a", "day", "since", "then"))])
    if not found and not then and _is_rate(page.scan.words[first : last + 1]):
        found = [d for d in said if _goes_with(page, d, first, last, deed, of_rate=True)]
    near = [(min(abs(first - d.last), abs(d.first - last)), d) for d in found]
    reach = {d.first: _FRAMED if d.first - begin <= _OPENING else _REACH for d in found}
    return [d for far, d in sorted(near, key=lambda pair: (pair[0], pair[1].first)) if far <= reach[d.first]]


def timed(page: Page, index: int) -> bool:
    """Whether the sentence of word ``index`` says a time, be it one that names no days: *this spring*, *in weeks*."""
    begin, end = page.sentence(index)
    said = {"month", "time-span", "stretch", "event", "operation"}
    return any(not said.isdisjoint(word.term.classes) for word in page.scan.words[begin:end]) or bool(
        page.dates.get(begin)
    )


def inside(page: Page, first: int, last: int, dated: str | None) -> list[Dated]:
    """The date phrases that words ``first`` up to ``last``, of one sentence, carry."""
    return [d for d in said_in(page, *page.sentence(first), dated) if first <= d.first < last]


def _goes_with(page: Page, phrase: Dated, first: int, last: int, deed: int, *, of_rate: bool = False) -> bool:
    """Whether a date phrase speaks of a figure: nothing else happens, and no other figure stands, between the two.

    A rate may have the period of the figure before it, of which it is the rate.
    """
    words = page.scan.words
    begin, _ = page.sentence(first)
    if apart(page, first, phrase.first, deed) or _record_since(words, begin, phrase):
        return False
    if phrase.last <= first:
        between = range(phrase.last, first)
        if _clause_between(words, between, deed):
            return False
        if (when := [i for i in between if words[i].norm == "when"]) and _in_clause(words, when[-1], first):
            return when[-1] - phrase.last <= 1  # "over the week before, when it took 22": of the week before
        if not of_rate and _of_figure_before(words, begin, phrase, first):
            return False
        if any(_happens(words[i]) and i != deed for i in range(begin, phrase.first)):
            return False
        if phrase.first - begin <= _OPENING:
            return not any(words[i].norm in _NOW for i in between)
    else:
        between = range(last, phrase.first)
        if any(_of_its_whole(words, i) for i in range(first, last) if i != deed):
            return False
        if any("unit" in words[i].term.classes or _opens_clause(words, i) for i in between):
            return False
    if between and phrase.first == begin and words[between[0]].norm == ":":
        between = between[1:]
    return all(joins(words[i]) and (i == deed or not _happens(words[i])) for i in between)


def _in_clause(words: Sequence[Word], when: int, first: int) -> bool:
    """Whether a figure stands in the clause that *when* opens."""
    return not any(words[i].norm in (",", ";") for i in range(when, first))


def _of_its_whole(words: Sequence[Word], i: int) -> bool:
    """*64 % of the territory Ukraine captured in Kursk in August*: what was done with the whole has its own dates."""
    if "deed" not in words[i].term.classes:
        return False
    return "actor" in words[i - 1].term.classes or words[i - 1].norm in _DONE_BY


def _of_figure_before(words: Sequence[Word], begin: int, phrase: Dated, first: int) -> bool:
    """*100 sq km in May, 200 in June*: May goes with the figure that stands before it."""
    figure = any("unit" in word.term.classes for word in words[begin : phrase.first])
    return figure and any(word.norm in (",", "and", ";", "but") for word in words[phrase.last : first])


def _record_since(words: Sequence[Word], begin: int, phrase: Dated) -> bool:
    """*The most since 2022*, *its largest gain since March*: how long none was larger, and no period of the figure."""
    lead = range(max(begin, phrase.first - _OPENING), phrase.first)
    return phrase.lead in SINCE and any("record" in words[i].term.classes and words[i + 1].norm != "of" for i in lead)


def _is_rate(said: Sequence[Word]) -> bool:
    """*4,300 sq km in 2025, or 12 sq km a day*: a rate has the period of what it is the rate of."""
    return any(word.norm in STEPS for word in said)


def other_dates(page: Page, first: int, deed: int, dated: str | None) -> bool:
    """Whether the sentence of a figure has a date that may be the figure's though other words stand between."""
    words = page.scan.words
    begin, end = page.sentence(first)
    for phrase in said_in(page, begin, end, dated):
        if phrase.begin == phrase.end == dated:
            continue  # the article's own day is no other one
        if apart(page, first, phrase.first, deed):
            continue
        between = range(phrase.last, first) if phrase.last <= first else range(first, phrase.first)
        if any("than" in words[i].norm.split() for i in between):
            continue  # "more than in May": what it is compared with is of that day
        if phrase.first > first and any(words[i].norm == ";" for i in between):
            continue  # of what is said behind the semicolon
        lead = range(begin, min(phrase.first, first))
        if phrase.last <= first and _clause_between(words, between, deed):
            continue
        of_other = any("unit" in words[i].term.classes for i in _outside(words, between, first))
        if not of_other and not any(i != deed and _happens(words[i]) for i in (*between, *lead)):
            return True
    return False


def _clause_between(words: Sequence[Word], between: range, deed: int) -> bool:
    """*In 2014 Russia did one thing and controls*: the date is of the first deed."""
    parting = [i for i in between if words[i].norm in ("and", "but") and i < deed]
    return any(not _two_act(words, between.start, i) for i in parting)


def _two_act(words: Sequence[Word], first: int, i: int) -> bool:
    """*Before the invasion Russia and its proxies held*: the word at ``i`` joins two who act, and no two clauses."""
    one, other = words[i - 1], words[i + 1]
    if words[i].norm != "and" or not one.term.classes & _ACTING or any(map(_happens, words[first:i])):
        return False
    return other.norm in _WHOSE or bool(other.term.classes & _ACTING)


def _outside(words: Sequence[Word], between: range, first: int) -> range:
    """The words between a figure and a date without the figure's own unit."""
    own = next((i for i in between if i >= first and "unit" in words[i].term.classes), None)
    return between if own is None else range(own + 1, between.stop)


def _happens(word: Word) -> bool:
    return bool(word.term.classes & {"deed", "held"})


def _opens_clause(words: Sequence[Word], i: int) -> bool:
    return words[i].norm == "," and words[i + 1].norm in ("and", "but", "while", "whereas")


def as_of(dates: list[Dated]) -> str | None:
    """The day that a statement about holding ground speaks of, where its sentence says one."""
    for d in dates:
        if d.lead in UNTIL:
            return (date.fromisoformat(d.begin) - timedelta(days=1)).isoformat()
        if d.lead in LEADS or (d.begin == d.end and not d.lead):
            return d.end
    return None


def period(dates: list[Dated]) -> tuple[str | None, str | None]:
    """The eve of the period a change happened in, and its last day (None for *since*, which lasts until now)."""
    for d in dates:
        if d.lead == UNCLEAR:
            return None, None
        eve = (date.fromisoformat(d.begin) - timedelta(days=1)).isoformat()
        if d.lead in SINCE:
            return eve, None
        if d.lead not in (*UNTIL, UNCLEAR) and d.begin != d.end:
            return eve, d.end
    return None, None
