"""Numbers as they are printed: thousands marks, decimals and the last digit that means something."""

from __future__ import annotations

import re
from decimal import Decimal

_MARKS = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def number(printed: str) -> Decimal:
    """The value of ``114,500``, ``2.5``, ``0,08``, ``116 000``: a comma before three digits marks thousands."""
    plain = _MARKS.sub("", printed)
    return Decimal(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain.replace(",", "."))


def roundness(value: Decimal) -> int:
    """The power of ten of the last digit that is not a trailing zero: 20 → 1, 4,168 → 0, 2.5 → -1, 1,300 → 2.

    Trailing zeros behind a decimal point were printed on purpose and count: 4.0 → -1.
    """
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not value:
        return 0
    while exponent >= 0 and not digits[-1]:
        digits, exponent = digits[:-1], exponent + 1
    return exponent


def last_digit(value: Decimal) -> int:
    """The last digit that counts, 5 in 50 and in 2.5."""
    scaled = abs(value).scaleb(-roundness(value))
    return int(scaled) % 10
