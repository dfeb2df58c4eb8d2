"""Days in the names of other people's files, in the ways they write them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from geo.atlas.control.archive import is_zip, member, members
from geo.errors import InputError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_GAP = r"[-_ ,.]{0,2}"
_YEAR, _DAY = r"(?P<year>20\d\d)", r"(?P<day>\d{1,2})"
_WITH_YEAR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)",
        rf"(?<!\d){_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}(?!\d)",
        rf"{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}(?!\d)",
    )
)
_WITHOUT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"(?<!\d){_DAY}{_GAP}{_MONTH}(?![a-z\d])", rf"{_MONTH}{_GAP}{_DAY}(?!\d)")
)


def day_in(name: str) -> date | None:
    """The day a name says: 20220930, 2022-09-30, 01NOV2023, 14_March_2022, March 14, 2022; None for no such day."""
    for pattern in _WITH_YEAR:
        for match in pattern.finditer(name):
            try:
                return date(int(match["year"]), _month(match["month"]), int(match["day"]))
            except ValueError:
                continue
    return None


def day_without_year(name: str) -> tuple[int, int] | None:
    """Month and day of a name that says no year: MAR2, 2_March; None where there is none."""
    found = (match for pattern in _WITHOUT for match in pattern.finditer(name))
    return next(((_month(match["month"]), int(match["day"])) for match in found), None)


def shapefile_updated(path: Path) -> date | None:
    """The day a shapefile's table was last written, by its header (bytes 1 to 3: years since 1900, month, day).

    Source: dBase III file format. None where there is none, or it is no day.
    """
    try:
        if is_zip(path):
            table = next((name for name in members(path) if name.lower().endswith(".dbf")), "")
            head = member(path, table)[:4] if table else b""
        else:
            head = path.with_suffix(".dbf").read_bytes()[:4]
        return date(1900 + head[1], head[2], head[3])
    except (OSError, ValueError, IndexError, InputError):
        return None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else 1 + _MONTHS.index(text[:3].lower())
