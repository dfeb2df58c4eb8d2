"""Dates in running words: *23 February 2022*, *in mid-December 2022*, *by the end of 2024*."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from geo.reading.scan import Word


def day_of(words: Sequence[Word], year: int | None = None) -> str | None:
    """The ISO date that the words give, the month's last day where no day is said; None where there is no year.

    ``year`` stands in where the words have a month and no year.
    """
    months = [int(w.term.values["month"]) for w in words if "month" in w.term.classes]
    digits = [int(w.norm.rstrip("stndrh")) for w in words if w.norm.rstrip("stndrh").isdigit()]
    years = [n for n in digits if 1900 <= n <= 2100]
    days = [n for n in digits if 1 <= n <= 31]
    which = years[-1] if years else year
    if which is None or (not months and not years):
        return None
    month = months[0] if months else 12
    last = monthrange(which, month)[1]
    day = days[0] if days and months else last
    return date(which, month, day).isoformat() if day <= last else None
