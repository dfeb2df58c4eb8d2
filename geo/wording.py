"""Numbers in words: how a quantity, an interval and a quoted figure read in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.quantity import Quantity
from geo.reading.types import Figure

_SAME = 1e-9  # a figure in another unit than it was printed in has other digits
_FINEST = 4  # digits behind the point: what has more was never printed, a third for one
_THOUSANDS = 3  # digits behind a comma that marks thousands
_METRES = 0.1  # km: what is shorter is told in metres
_UNITS = {"percent": "%", "km2": "km²", "km2/day": "km² a day", "count": "", "people": "people"}


def amount(value: float, unit: str) -> str:
    """``18.6 %``, ``112,072 km²``, ``4.02 km``."""
    return f"{digits(value, unit)} {_UNITS.get(unit, unit)}".rstrip()


def digits(value: float, unit: str) -> str:
    """A number with the digits its unit and size can bear."""
    if unit in ("count", "people", "days"):
        return f"{value:,.0f}"
    if unit == "percent":
        return f"{value:.1f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def printed(figure: Figure) -> str:
    """A quoted figure with the digits it was given: ``20 %``, ``18.57 %``; in the contract's unit, ``1,295 km²``."""
    given = figure.printed
    if given is None and figure.unit == "percent":
        return figure.text  # "nearly all"
    if given is None or abs(given - figure.value) > _SAME * abs(figure.value) or given != round(given, _FINEST):
        return amount(figure.value, figure.unit)
    shown = _decimals(figure.text) if given < 10**_THOUSANDS else 0
    decimals = max(shown, _decimals(f"{given:.{_FINEST}f}".rstrip("0")))
    return f"{given:,.{decimals}f} {_UNITS.get(figure.unit, figure.unit)}".rstrip()


def _decimals(text: str) -> int:
    """How many digits stand behind the decimal point of the one number in a text."""
    numbers = re.findall(r"\d[.,](\d+)(?![\d.,]*\d)", text)
    return len(numbers[0]) if len(numbers) == 1 and len(numbers[0]) < _THOUSANDS else 0


def interval_text(quantity: Quantity) -> str:
    """``18.6 % (18.1 to 19.2)``; the bounds are left out where they read the same as the value."""
    low, value, high = (digits(v, quantity.unit) for v in (quantity.low, quantity.value, quantity.high))
    bounds = "" if low == value == high else f" ({low} to {high})"
    return f"{amount(quantity.value, quantity.unit)}{bounds}"


def quoted_text(figure: Figure) -> str:
    """What readers take a quoted figure to mean."""
    if figure.bound == "min":
        return f"{figure.text!r} sets {printed(figure)} as the least"
    if figure.bound == "max":
        return f"{figure.text!r} sets {printed(figure)} as the most"
    if figure.unit == "km" and figure.high < _METRES:
        figure = figure.to("m")
    low, high = digits(figure.low, figure.unit), digits(figure.high, figure.unit)
    if low == high:
        return f"{figure.text!r} is {printed(figure)}"
    return f"readers take {figure.text!r} to mean {low} to {amount(figure.high, figure.unit)}"


def plural_list(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
