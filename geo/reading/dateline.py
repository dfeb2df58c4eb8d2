"""The date an article carries at its head; careful rather than clever."""

from __future__ import annotations

import re
from datetime import date

from geo.reading.tables import table

_HEAD = 1500  # characters in which an article's own date may stand
_WORD = r"(?:(?:(?:first|last)\s+)?(?:published|updated|posted|modified|date)\b\s*(?:on|at)?\s*:?\s*)"
_NAMED = rf"\W*{_WORD}?"
_ISO = re.compile(_NAMED + r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}\S*)?\s*(?:UTC|GMT)?\W*", re.IGNORECASE)
_SLASHED = re.compile(_NAMED + r"(\d{1,2})/(\d{1,2})/(\d{4})\W*", re.IGNORECASE)
_DOTTED = re.compile(_NAMED + r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s+\d{1,2}[:.]\d{2})?\W*", re.IGNORECASE)
_LEAD = (
    rf"\W*(?:{_WORD}|by\s+)?(?:\d{{1,2}}[:.]\d{{2}}\s*(?:[ap]\.?m\.?)?(?:\s+[A-Z]{{2,4}})?,?\s+)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
)
_TAIL = r"\W*(?:at\s+)?(?:\d{1,2}[:.]\d{2}.{0,20})?"
_MONTH_FIRST = re.compile(_LEAD + r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TAIL, re.IGNORECASE)
_DAY_FIRST = re.compile(_LEAD + r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})" + _TAIL, re.IGNORECASE)
# KYIV, Aug. 15, 2025 (Agency) -- text; Washington, 2025-11-22. Text
_WIRE = re.compile(
    r"\s*[A-ZÀ-ÞА-ЯЄІЇҐ][\w'\u2019 ./-]{1,40},\s*(\d{4}-\d{2}-\d{2}|[^()\u2014\u2013-]{2,26}?\d{4})"
    r"\s*(?:[(\u2014\u2013-]|[.:]\s)"
)
# 14 June 2025. Text
_OPENING = re.compile(r"\s*([^().:\u2014\u2013]{6,30}?)\s*[.:\u2014\u2013]\s+(?=[A-ZÀ-ÞА-ЯЄІЇҐ])")
_BARS = re.compile(r"\s+[|\u2022\u00b7\u2219\u25cf\u2014\u2013-]\s+|\s*[|\u2022]\s*")
_BYLINE = 120  # characters of a line of author, place, outlet and time
_NAME = 6  # words of a name, a place or an outlet
_LONGEST = 80  # characters of a line that is nothing but a date


def dateline(text: str) -> str | None:
    """The ISO date of a line near the top that is nothing but a date, or of a wire's dateline; None without one."""
    for line in text[:_HEAD].splitlines():
        if len(line) <= _LONGEST and (day := _date_of(line.strip())):
            return day
        if len(line) <= _BYLINE and (day := _byline(line.strip())):
            return day
        for form in (_WIRE, _OPENING):
            if (found := form.match(line)) and (day := _date_of(found[1])):
                return day
    return None


def _byline(line: str) -> str | None:
    """The date set apart in a line of author, place, outlet and time: between bars or dots, or at its end.

    A sentence or a headline with a date in it is no such line: there the date is not set apart, or more words follow.
    """
    parts = [part.strip() for part in _BARS.split(line)]
    if len(parts) > 1 and (day := next(filter(None, map(_date_of, parts)), None)):
        return day
    *before, last = parts
    words = last.split(", ")
    for start in range(1, len(words)):
        if (day := _date_of(", ".join(words[start:]))) and all(_named(part) for part in [*before, *words[:start]]):
            return day
    return None


def _named(words: str) -> bool:
    """Whether words read like a name, a place or an outlet: few, and each long one with a capital but after "By"."""
    if words.lower().startswith("by "):
        return len(words.split()) <= _NAME
    return len(words.split()) <= _NAME and all(w[0].isupper() for w in words.split() if len(w) > len("and"))


def _date_of(line: str) -> str | None:
    months = table("vocabulary")["class"]["month"]
    if found := _ISO.fullmatch(line):
        return _iso(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(line):
        return _iso(found[3], found[2], found[1])  # whoever writes dots writes the day first
    if (found := _SLASHED.fullmatch(line)) and (int(found[1]) > 12 or found[1] == found[2]):
        return _iso(found[3], found[2], found[1])  # 6/7/2025 is a day in June or in July: not guessed
    if (found := _MONTH_FIRST.fullmatch(line)) and (month := months.get(found[1].lower())):
        return _iso(found[3], month, found[2])
    if (found := _DAY_FIRST.fullmatch(line)) and (month := months.get(found[2].lower())):
        return _iso(found[3], month, found[1])
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
