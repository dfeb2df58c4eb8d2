"""The words of a date as they are written: *2025-01-20*, *Aug. 6*, *in mid-December*, *since the start of 2024*."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from geo.reading.dates import day_of
from geo.reading.page import Dated
from geo.reading.scan import Word

UNCLEAR = "unclear"  # leads in a time of which the days are not known
SINCE = frozenset({"since", "from", "after"})
UNTIL = frozenset({"until", "before", "till", "prior"})
LEADS = frozenset({"over", "in", "on", "by", "of", "during", "at", "throughout", "for"})
STEPS = frozenset({"day", "daily", "week", "weekly", "month", "monthly"})
_PARTS = frozenset(
    {"half", "quarter", "months", "weeks", "days", "part", "spring", "summer", "autumn", "fall", "winter"}
)
_ENDS_OF = frozenset({"first", "last", "opening", "initial", "final"})
_OPENS_A_TIME = frozenset({"of", "the", "start", "beginning", "end", "early", "late", "mid", "-", "month"})
_ALSO_VERBS = frozenset({"may", "march"})
_SINCE_EVENT = frozenset({"since", "after", "until", "before"})
_EVENT = 7  # words back from a time to *since the summit*
_ISO = len(("2025", "-", "01", "-", "20"))


def phrases(words: Sequence[Word], begin: int, end: int, dated: str | None) -> Iterator[Dated]:
    """The dates written in words ``begin`` up to ``end``; a month without a year is the last one up to ``dated``."""
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
    if lead & {"before", "prior", "eve"}:
        return Dated(i, i + 1, eve, eve, "on")
    day = (date.fromisoformat(eve) + timedelta(days=1)).isoformat()
    return Dated(i, i + 1, day, day, "since") if lead & SINCE else None


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
        return Dated(first, last, day.isoformat(), day.isoformat(), UNCLEAR)  # "its 2022 counteroffensives"
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
    if begin != day and _ENDS_OF & set(" ".join(lead).split()) and STEPS & set(lead):
        return Dated(first, last, begin.isoformat(), end, UNCLEAR)  # "the first month after February 2022"
    if begin != day and (shorter := _PARTS & set(lead[-3:])):
        if has_month or shorter != {"half"} or not {"first", "second"} & set(lead):
            return Dated(first, last, begin.isoformat(), end, UNCLEAR)
        middle = day.replace(month=6, day=30)
        begin, end = (begin, middle.isoformat()) if "first" in lead else (middle + timedelta(days=1), end)
    mid = "mid" in lead[-2:]
    while len(lead) > 1 and lead[-1] in _OPENS_A_TIME and set(lead[:-1]) & (SINCE | UNTIL):
        lead.pop()  # "since the start of September" is led in by "since"
    leading = next((word for word in reversed(lead) if word in SINCE | UNTIL or word in LEADS), "")
    if leading in LEADS and _since_an_event(words, begins, first):
        return Dated(first, last, begin.isoformat(), end, UNCLEAR)  # "since the summit in August"
    if leading in SINCE and begin != day and mid and has_month:
        begin = day.replace(day=15)
    if not leading and first == begins and last < len(words) and words[last].norm == ":":
        leading = "in"  # "January: the Russians occupied 325 km2"
    return Dated(first, last, begin.isoformat(), end, leading)


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
