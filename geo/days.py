"""A day as it is written to the program: ``YYYY-MM-DD``, and what is said of anything else."""

from __future__ import annotations

import calendar
import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SEPARATED = re.compile(r"(\d{1,4})[./\s-]+(\d{1,2})[./\s-]+(\d{1,4})\.?")
_FORM = "Days are written YYYY-MM-DD"
_ASKED = "write it as YYYY-MM-DD"


def day(text: str) -> date:
    """The day that ``text`` writes down; raises ``ValueError`` that tells a day that does not exist from another form.

    A form that can mean one day alone (``28.12.2025``, ``12/28/2025``) is not taken, and that day is offered.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(_why_none(text.strip())) from error


def _why_none(text: str) -> str:
    if found := _ISO.fullmatch(text):
        return _not_there(text, *map(int, found.groups()))
    meant = _meant(text)
    return f"{text!r} is not read as a day: {_ASKED}, " + (f"{meant}." if meant else "e.g. 2025-01-20.")


def _not_there(text: str, year: int, month: int, number: int) -> str:
    """Why a day in the right form is none."""
    written = f"{year:04d}-{month:02d}-{number:02d}"
    if not 1 <= month <= 12:
        why = f"there is no month {month}"
    elif year < 1:
        why = "there is no such year"
    elif 1 <= number <= (last := calendar.monthrange(year, month)[1]):
        return f"{text!r} is not read as a day: {_ASKED}, with two digits for month and day, {written}."
    else:
        why = f"{calendar.month_name[month]} {year} has {last} days"
    return f"{written} does not exist: {why}. {_FORM}."


def _meant(text: str) -> str:
    """The one day that numbers in another order can mean; "" where there are two, or none."""
    found = _SEPARATED.fullmatch(text)
    if not found:
        return ""
    first, second, third = (int(part) for part in found.groups())
    dotted = "." in text  # whoever writes dots writes the day first
    orders = [(first, second, third)] if first > 31 else [(third, second, first)]
    if first <= 31 and not dotted:
        orders.append((third, first, second))
    days = set()
    for year, month, number in orders:
        try:
            days |= {date(year, month, number)} if year > 999 else set()
        except ValueError:
            continue
    return str(*days) if len(days) == 1 else ""
