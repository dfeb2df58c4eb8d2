"""Days along an axis: marks at the beginnings of months or years, or at even days, written as ISO dates."""

from __future__ import annotations

from datetime import date, timedelta

_EPOCH = date(1970, 1, 1)
_DAYS = (1, 2, 5, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_LEFT = 0.6
"""Of a step: less axis than this after the last even mark has no room for one more."""


def day_number(day: date) -> float:
    """A day on the axis: days since 1970-01-01, as matplotlib counts them."""
    return float((day - _EPOCH).days)


def marks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """At most ``most`` marks from first to last: even ones, and the last month where half a step is left after them.

    Days are written as ``2024-08-06``, months as ``2024-08``.
    """
    for step in _DAYS:
        if (last - first).days / step < most - 1:
            days = [first + timedelta(step * n) for n in range((last - first).days // step + 1)]
            return [(day, day.isoformat()) for day in days]
    months = range(12 * first.year + first.month - (first.day == 1), 12 * last.year + last.month)
    for step in _MONTHS:
        chosen = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        if len(chosen) <= most:
            break
    even = [(day, day.isoformat()[:7]) for day in chosen]
    end = last.replace(day=1)
    if 1 < len(chosen) < most and (end - chosen[-1]).days > _LEFT * (chosen[-1] - chosen[-2]).days:
        even.append((end, end.isoformat()[:7]))
    return even
