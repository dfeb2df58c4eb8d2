"""Times that are told from the article's own day: *last year*, *this month*, *over the past four weeks*."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from geo.reading.page import Dated
from geo.reading.scan import Scan

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_MONTHS = {"month": 1, "year": 12}


def relative(scan: Scan, first: int, last: int, dated: str | None) -> Iterator[Dated]:
    """The times in words ``first`` up to ``last`` that hang on the article's day; none where it has no day."""
    if dated is None:
        return
    today = date.fromisoformat(dated)
    for found in scan.seek("relative-time", first, last):
        words = scan.words[found.start() : found.end()]
        if _of_another_time(scan, found.end(), last):
            continue
        shift = next((w.term.values["time-shift"] for w in words if "time-shift" in w.term.classes), "this")
        span = next((w.term.values["time-span"] for w in words if "time-span" in w.term.classes), "year")
        counted = next((w for w in words if w.number or "number-word" in w.term.classes), None)
        if found["ago"]:
            then = _ago(words[0].norm, words[0].term.values.get("number-word", "1"), span, today)
            if then is not None:
                yield Dated(found.start(), found.end(), then.isoformat(), then.isoformat(), "on")
            continue
        period = _counted(counted.norm, counted.term.values.get("number-word"), span, today) if counted else None
        period = period or _period(shift, span, today)
        if period is not None and (counted is None or shift != "this"):
            yield Dated(found.start(), found.end(), period[0].isoformat(), period[1].isoformat(), period[2])


def _of_another_time(scan: Scan, at: int, last: int) -> bool:
    """*The last month of 2024* hangs on that year, and not on the article's day."""
    behind = scan.words[at : min(last, at + 3)]
    return len(behind) > 1 and behind[0].norm == "of" and any(w.number or "month" in w.term.classes for w in behind[1:])


def _ago(digits: str, value: str, span: str, today: date) -> date | None:
    """*A year ago*, *two months ago*: the day so long before the article's."""
    number = int(digits) if digits.isdecimal() else int(value)
    return today - timedelta(days=number * _DAYS[span]) if 0 < number * _DAYS[span] < 20000 else None


def _counted(digits: str, value: str | None, span: str, today: date) -> tuple[date, date, str] | None:
    """*The last four weeks*: up to the article's day."""
    number = int(value or digits) if (value or digits).isdecimal() else 0
    if not 0 < number * _DAYS[span] < 4000:
        return None
    eve = today - timedelta(days=number * _DAYS[span])
    if span in _MONTHS:
        eve = _months_before(today, number * _MONTHS[span])
    return eve + timedelta(days=1), today, "since"


def _months_before(day: date, months: int) -> date:
    """The same day so many calendar months before, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _period(shift: str, span: str, today: date) -> tuple[date, date, str] | None:
    """*Last year* and *this month* are calendar ones, *the past year* is the one that ends now."""
    if shift == "past":
        return today - timedelta(days=_DAYS[span] - 1), today, "since"
    if span == "year":
        opened = today.replace(month=1, day=1)
        return (opened, today, "since") if shift == "this" else _calendar(opened, opened.replace(year=today.year - 1))
    if span == "month":
        opened = today.replace(day=1)
        before = (opened - timedelta(days=1)).replace(day=1)
        return (opened, today, "since") if shift == "this" else _calendar(opened, before)
    return None  # which seven days "last week" are depends on the reader


def _calendar(after: date, begin: date) -> tuple[date, date, str]:
    return begin, after - timedelta(days=1), "in"
