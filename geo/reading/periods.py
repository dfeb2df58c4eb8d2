"""The dates a sentence carries: the day it speaks of, and the period a gain was made in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from geo.reading.asides import apart
from geo.reading.dates import day_of
from geo.reading.joins import joins
from geo.reading.page import Dated, Page
from geo.reading.relative import relative
from geo.reading.scan import Word

_OPENING = 5  # words from the start of a sentence in which a date frames all of it
_UNCLEAR = "unclear"
_PARTS = frozenset(
    {"half", "quarter", "months", "weeks", "days", "part", "spring", "summer", "autumn", "fall", "winter"}
)
_ENDS_OF = frozenset({"first", "last", "opening", "initial", "final"})
_NOW = frozenset({"now", "today", "currently", "nowadays"})
_REACH = 14  # words between a figure and the date it goes with
_FRAMED = 30  # words between a figure and a date that opens its sentence
_SINCE = frozenset({"since", "from", "after"})
_DONE_BY = frozenset({"it", "they", "was", "were", "had", "initially"})
_SINCE_EVENT = frozenset({"since", "after", "until", "before"})
_EVENT = 7  # words back from a time to *since the summit*
_ALSO_VERBS = frozenset({"may", "march"})
_NOT_A_STATE = frozenset({"until", "before", "till"})


def dates_near(page: Page, first: int, last: int, dated: str | None, deed: int = -1) -> list[Dated]:
    """The date phrases that go with a figure of words ``first`` to ``last``, the nearest first.

    ``dated`` is the article's own date: a month without a year is the last such month up to it. ``deed`` is the word
    that says what is done with the figure's ground; a date behind any other deed is that one's.
    """
    begin, end = page.sentence(first)
    said = _of_sentence(page, begin, end, dated)
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
    return [d for d in _of_sentence(page, *page.sentence(first), dated) if first <= d.first < last]


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
    if len(between) and phrase.first == begin and words[between[0]].norm == ":":
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
    return phrase.lead in _SINCE and any("record" in words[i].term.classes and words[i + 1].norm != "of" for i in lead)


def _is_rate(said: Sequence[Word]) -> bool:
    """*4,300 sq km in 2025, or 12 sq km a day*: a rate has the period of what it is the rate of."""
    return any(word.norm in _STEPS for word in said)


_STEPS = frozenset({"day", "daily", "week", "weekly", "month", "monthly"})


def other_dates(page: Page, first: int, deed: int, dated: str | None) -> bool:
    """Whether the sentence of a figure has a date that may be the figure's though other words stand between."""
    words = page.scan.words
    begin, end = page.sentence(first)
    for phrase in _of_sentence(page, begin, end, dated):
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
    return any(words[i].norm in ("and", "but") and i < deed for i in between)


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
        if d.lead in _NOT_A_STATE:
            return (date.fromisoformat(d.begin) - timedelta(days=1)).isoformat()
        if d.lead in _LEADS or (d.begin == d.end and not d.lead):
            return d.end
    return None


def period(dates: list[Dated]) -> tuple[str | None, str | None]:
    """The eve of the period a change happened in, and its last day (None for *since*, which lasts until now)."""
    for d in dates:
        if d.lead == _UNCLEAR:
            return None, None
        eve = (date.fromisoformat(d.begin) - timedelta(days=1)).isoformat()
        if d.lead in _SINCE:
            return eve, None
        if d.lead not in (*_NOT_A_STATE, _UNCLEAR) and d.begin != d.end:
            return eve, d.end
    return None, None


def _of_sentence(page: Page, begin: int, end: int, dated: str | None) -> list[Dated]:
    if begin not in page.dates:
        said = [*_phrases(page, begin, end, dated), *relative(page.scan, begin, end, dated)]
        said = said or list(_month_before(page, begin, end, dated))
        said += _told_before(page, begin, end, dated)
        page.dates[begin] = _spans(page.scan.words, sorted(said, key=lambda phrase: phrase.first))
    return page.dates[begin]


def _told_before(page: Page, begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    """*Since then* goes back to the sentence before; *the week before*, *the previous month* are days not said."""
    words, number = page.scan.words, page.scan.sentence_at(begin)
    for found in page.scan.seek("another-time", begin, end):
        then = found.end() - 1
        named = (
            _of_sentence(page, *page.scan.sentences[number - 1], dated) if number and words[then].norm == "then" else []
        )
        days = {d.begin for d in named if d.lead != _UNCLEAR}
        days = {_next(d.begin) for d in named if "event" in words[d.first].term.classes} or days
        if len(days) == 1:
            yield Dated(found.start(), found.end(), days.pop(), named[0].end, "since")
        elif words[then].norm != "then" or number:
            day = dated or "2022-02-24"
            yield Dated(found.start(), found.end(), day, day, _UNCLEAR)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _month_before(page: Page, begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    """*Over the month*, *that month*: the one month that the sentence before speaks of."""
    words, number = page.scan.words, page.scan.sentence_at(begin)
    for i in page.scan.having("time-span", begin + 1, end):
        if words[i].norm != "month" or words[i - 1].norm not in ("the", "that", "same") or number == 0:
            continue
        named = _of_sentence(page, *page.scan.sentences[number - 1], dated)
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
    return between == ["-"] or (ranged and ("from" in lead or not lead & _SINCE))


def _follows(one: Dated, other: Dated) -> bool:
    """*August and September*: the second begins where the first ends."""
    return date.fromisoformat(one.end) + timedelta(days=1) == date.fromisoformat(other.begin)


def _year_before(day: str) -> str:
    then = date.fromisoformat(day)
    return then.replace(year=then.year - 1, day=min(then.day, 28)).isoformat()


def _phrases(page: Page, begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    words = page.scan.words
    i = begin
    while i < end:
        if (day := _iso(words[i : min(end, i + _ISO)])) is not None:
            yield Dated(i, i + _ISO, day, day, "on")
            i += _ISO
            continue
        if "event" in words[i].term.classes and (found := _event(words, i, begin)):
            yield found
        last = i
        while last < end and _is_date_word(words, last, i):
            last += 1
        found = _phrase(words, begin, i, last, dated) if last > i else None
        if found is not None and (until := _same_month(words, found, end)):
            found, last = until, until.last
        if found is not None:
            yield found
        i = max(i + 1, last)


_ISO = len(("2025", "-", "01", "-", "20"))


def _same_month(words: Sequence[Word], one: Dated, end: int) -> Dated | None:
    """*Between September 6 and 11*, *Oct. 21-28*: a second day of the same month."""
    if one.begin != one.end or one.last + 2 > end or words[one.last].norm not in ("and", "-", "to", "through"):
        return None
    digits, behind = words[one.last + 1].norm, words[one.last + 2]
    day = date.fromisoformat(one.begin)
    opens = words[one.last].norm == "-" or words[max(0, one.first - 1)].norm in ("between", "from")
    if not (opens and digits.isdigit() and day.day < int(digits) <= monthrange(day.year, day.month)[1]):
        return None
    if "unit" in behind.term.classes or "month" in behind.term.classes or "month" not in words[one.first].term.classes:
        return None
    return Dated(one.first, one.last + 2, one.begin, day.replace(day=int(digits)).isoformat(), "during")


def _iso(words: Sequence[Word]) -> str | None:
    """*2025-01-20*."""
    written = "".join(word.norm for word in words)
    if len(words) < _ISO or len(written) != len("2025-01-20") or not words[0].number:
        return None
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return None


def _event(words: Sequence[Word], i: int, begin: int) -> Dated | None:
    """*Before the invasion* is the eve of it, *since the invasion* from then on."""
    eve = words[i].term.values["event"]
    lead = {word.norm for word in words[max(begin, i - 3) : i]}
    if "before" in lead or "prior" in lead:
        return Dated(i, i + 1, eve, eve, "on")
    day = (date.fromisoformat(eve) + timedelta(days=1)).isoformat()
    return Dated(i, i + 1, day, day, "since") if lead & _SINCE else None


def _is_date_word(words: Sequence[Word], k: int, begun: int) -> bool:
    word = words[k]
    if "month" in word.term.classes:
        return word.norm not in _ALSO_VERBS or _beside_number(words, k)
    digits = word.norm.rstrip("stndrh")
    if digits.isdigit() and len(digits) in (1, 2, 4):
        if len(digits) == 4:
            return 1900 <= int(digits) <= 2100
        before = max(0, k - 1 - (k > 1 and words[k - 1].norm == "."))
        return any("month" in beside.term.classes for beside in (words[before], *words[k + 1 : k + 2]))
    if word.norm == "." and k > begun and "month" in words[k - 1].term.classes:
        return k + 1 < len(words) and words[k + 1].number  # "Aug. 6"
    return (
        word.norm == ","
        and k > begun
        and k + 1 < len(words)
        and words[k + 1].norm.isdigit()
        and len(words[k + 1].norm) == 4
    )


def _beside_number(words: Sequence[Word], k: int) -> bool:
    listed = k + 2 < len(words) and words[k + 1].norm in ("-", ":", "|") and words[k + 2].number  # "May - 449 km2"
    return (
        listed
        or any(0 <= n < len(words) and words[n].norm.rstrip("stndrh").isdigit() for n in (k - 1, k + 1))
        or (
            k > 0
            and words[k - 1].norm
            in (
                "in",
                "since",
                "until",
                "by",
                "last",
                "of",
                "mid",
                "late",
                "early",
                "between",
                "from",
                "through",
                "during",
                "to",
            )
        )
    )


def _phrase(words: Sequence[Word], begins: int, first: int, last: int, dated: str | None) -> Dated | None:
    said = words[first:last]
    year = _year_near(words, begins, first, last) or _year_of(said, dated)
    end = day_of(said) or day_of(said, year)
    if end is None:
        return None
    day = date.fromisoformat(end)
    if last < len(words) and "operation" in words[last].term.classes:
        return Dated(first, last, day.isoformat(), day.isoformat(), _UNCLEAR)  # "its 2022 counteroffensives"
    has_month = any("month" in word.term.classes for word in said)
    has_day = any(word.norm.rstrip("stndrh").isdigit() and len(word.norm.rstrip("stndrh")) < 3 for word in said)
    begin = day if has_day else day.replace(day=1) if has_month else day.replace(month=1, day=1)
    lead = [word.norm for word in words[max(0, first - 4) : first]]
    if begin != day and "mid" in lead[-2:]:
        end = day.replace(day=15).isoformat() if has_month else day.replace(month=6, day=30).isoformat()
    if begin != day and any(word in ("beginning", "start", "early") for word in lead):
        end = begin.isoformat()
    by = (
        "by" in lead and set(lead[lead.index("by") + 1 :]) <= _OPENS_A_TIME
    )  # "grew by 427 sq km in October" is no such by
    if begin != day and (by or any(word in ("end", "late", "close") for word in lead)):
        begin = date.fromisoformat(end)
    if begin != day and _ENDS_OF & set(" ".join(lead).split()) and _STEPS & set(lead):
        return Dated(first, last, begin.isoformat(), end, _UNCLEAR)  # "the first month after February 2022"
    if begin != day and (shorter := _PARTS & set(lead[-3:])):
        if has_month or shorter != {"half"} or not {"first", "second"} & set(lead):
            return Dated(first, last, begin.isoformat(), end, _UNCLEAR)
        middle = day.replace(month=6, day=30)
        begin, end = (begin, middle.isoformat()) if "first" in lead else (middle + timedelta(days=1), end)
    mid = "mid" in lead[-2:]
    while len(lead) > 1 and lead[-1] in _OPENS_A_TIME and set(lead[:-1]) & (_SINCE | _NOT_A_STATE):
        lead.pop()  # "since the start of September" is led in by "since"
    leading = next((word for word in reversed(lead) if word in _SINCE | _NOT_A_STATE or word in _LEADS), "")
    if leading in _LEADS and _since_an_event(words, begins, first):
        return Dated(first, last, begin.isoformat(), end, _UNCLEAR)  # "since the summit in August"
    if leading in _SINCE and begin != day and mid and has_month:
        begin = day.replace(day=15)
    if not leading and first == begins and last < len(words) and words[last].norm == ":":
        leading = "in"  # "January: the Russians occupied 325 km2"
    return Dated(first, last, begin.isoformat(), end, leading)


_OPENS_A_TIME = frozenset({"of", "the", "start", "beginning", "end", "early", "late", "mid", "-", "month"})
_LEADS = frozenset({"over", "in", "on", "by", "of", "during", "at", "throughout", "for"})


def _since_an_event(words: Sequence[Word], begins: int, first: int) -> bool:
    """Whether a time only says when that was since which something has gone on."""
    back = words[max(begins, first - _EVENT) : first - 1]
    at = next((k for k in range(len(back) - 1, -1, -1) if back[k].norm in _SINCE_EVENT), None)
    if at is None or at + 1 >= len(back):
        return False
    said = back[at + 1 :]
    return said[0].norm in ("the", "its", "their", "a") and all(_names_event(word) for word in said)


def _names_event(word: Word) -> bool:
    return word.norm.isalpha() and not word.term.classes & {"deed", "unit", "month", "actor", "hedge", "time-span"}


def _year_near(words: Sequence[Word], begins: int, first: int, last: int) -> int | None:
    """The year the sentence has named before, or names right behind: *in August and September 2024*."""
    near = (*words[begins:first], *words[last : last + 3])
    years = [int(w.norm) for w in near if w.norm.isdigit() and len(w.norm) == 4 and w.norm.startswith("20")]
    return years[-1] if years else None


def _year_of(said: Sequence[Word], dated: str | None) -> int | None:
    if dated is None:
        return None
    today = date.fromisoformat(dated)
    month = next((int(word.term.values["month"]) for word in said if "month" in word.term.classes), None)
    return None if month is None else today.year if month <= today.month else today.year - 1
