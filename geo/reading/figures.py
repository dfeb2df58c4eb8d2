"""Finds figures: a number, its unit, its hedge, and the interval readers take it to mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.quantity import Interval
from geo.reading.hedges import interval
from geo.reading.numerals import LONGEST, Numeral, Numerals
from geo.reading.scan import Scan
from geo.reading.steady import steady
from geo.reading.tables import table
from geo.reading.types import Figure

_CLOSING = frozenset({"", ".", ",", ";", ":", ")", "-", "and", "but", "at", "on", "while", "with"})
"""What stands behind *four kilometres across*; *across the island* is no width."""


@dataclass(frozen=True)
class Measure:
    """A figure and the words it stands in; ``role`` is what a length is the length of ("width", "length", ...)."""

    figure: Figure
    first: int
    last: int
    role: str = ""


@steady()
def find(scan: Scan) -> list[Measure]:
    """All figures of a scanned text, in order."""
    found: list[Measure] = []
    reader, behind = Reader(scan), 0
    for match in scan.seek("number"):
        i = match.start()
        if i < behind or (scan.words[i].number and len(scan.words[i].norm) > LONGEST):
            continue
        measure = reader.figure(i)
        if measure is not None:
            found.append(measure)
            behind = measure.last
    return found


@cache
def _units() -> Mapping[str, Mapping[str, Any]]:
    return {unit["name"]: unit for unit in table("units")["unit"]}


class Reader(Numerals):
    """Reads one figure from where a number begins: hedge, number or range, unit, role, rate."""

    def figure(self, i: int) -> Measure | None:
        """The figure whose number begins at word ``i``; None where it has no unit."""
        low = self.number(i)
        if low is None:
            return None
        high, unit, after = (low, "percent", low.last) if low.share else self.upper(low, *self.unit(low.last))
        if unit is None or self.pulled_apart(low) or self.negative(low.first):
            return None
        return self.measure(low, high, unit, after)

    def negative(self, i: int) -> bool:
        """*-5 percent*, *minus 5 percent*: less than nothing is no extent."""
        if self.norm(i - 1) == "minus":
            return True
        text, start = self.scan.text, self.scan.starts[i]
        signed = start > 0 and text[start - 1] in "-\u2212"
        return signed and (start == 1 or text[start - 2].isspace() or text[start - 2] in "(:")

    def upper(self, low: Numeral, unit: str | None, after: int) -> tuple[Numeral, str | None, int]:
        """The upper end of *60-70 km*, *between 5 and 10 km*, *18.3 to 20 percent*, else ``low`` itself; their unit."""
        if not self.scan.stands("range-joint", after):
            return low, unit, after
        joint = self.norm(after)
        opening = self.norm(low.first - 1)
        ranged = (joint in ("-", "to") and opening != "from") or (joint == "and" and opening == "between")
        high = self.number(after + 1) if ranged else None
        if high is None or high.share:
            return low, unit, after
        upper_unit, end = self.unit(high.last)
        fits = upper_unit is not None and unit in (None, upper_unit) and high.value > low.value
        return (high, upper_unit, end) if fits else (low, unit, after)

    def measure(self, low: Numeral, high: Numeral, unit: str, after: int) -> Measure:
        """The figure that two numbers (or one, twice) and a unit make, with hedge, role and period."""
        hedge, bound, first = self.hedge(low.first)
        role, last = self.role(after)
        if self.norm(after) == ")":
            last = after
        to, factor = _units()[unit]["to"], float(_units()[unit]["factor"])
        if to == "km2" and (period := self.rate(after)):
            to, factor, last = "km2/day", factor / period[0], period[1]
        if low is high:
            value, meant = low.value, interval(low.value, hedge, low.round_to)
            if low.least is not None:
                meant = Interval(low.least, float(value))
        else:
            value, meant = (low.value + high.value) / 2, Interval(float(low.value), float(high.value))
        start, end = self.scan.span(first, last)
        figure = Figure(
            start=start,
            end=end,
            text=self.scan.text[start:end],
            value=float(value) * factor,
            low=max(0.0, meant.low) * factor,
            high=min(meant.high, 100.0) if unit == "percent" and value <= 100 else meant.high * factor,
            unit=to,
            hedge=self.scan.text[start : self.scan.starts[low.first]].strip() if hedge or bound else "",
            bound=bound,
            printed=None if low.least is not None else float(value),
            printed_unit=unit,
        )
        return Measure(figure, first, last, role or self.role_before(first))

    def role(self, i: int) -> tuple[str, int]:
        """*wide* in "2.5 miles wide" and "4,000-meter-wide", *across* at a clause's end, and the word behind it."""
        if self.norm(i) == "across":
            return ("width", i + 1) if self.norm(i + 1) in _CLOSING else ("", i)
        if not self.scan.stands("role-behind", i):
            return "", i
        at = i + (self.norm(i) in ("-", "in", ")"))
        if self.word(at) and "role" in self.words[at].term.classes:
            return self.words[at].term.values["role"], at + 1
        return "", i

    def role_before(self, i: int) -> str:
        """*a width of* before the figure."""
        if not self.scan.has("role", max(0, i - 4), i):
            return ""
        said = self.words[max(0, i - 4) : i]
        if any(word.norm in ("of", "is", "was", ":") for word in said[-2:]):
            # "250 km long" has its figure: what comes behind it is of another role
            nouns = (w for n, w in enumerate(said) if "role" in w.term.classes and not self.figured(i - len(said) + n))
            return next((word.term.values["role"] for word in nouns), "")
        return ""

    def figured(self, i: int) -> bool:
        """*250-km-long*: whether a unit stands right before the role at word ``i``."""
        at = i - 1 - (self.norm(i - 1) == "-")
        return self.word(at) and "unit" in self.words[at].term.classes

    def rate(self, i: int) -> tuple[float, int] | None:
        """*a day*, *per month*: the days of the period and the word behind it."""
        if not self.scan.stands("rate-behind", i):
            return None
        at = i + (self.norm(i) in ("a", "per", "each", "every", "/"))
        if self.norm(at + 1) in ("earlier", "before", "ago", "previously"):
            return None  # "up from 3,600 sq km a year earlier"
        if self.word(at) and "per-word" in self.words[at].term.classes and (at > i or self.norm(i) == "daily"):
            return float(self.words[at].term.values["per-word"]), at + 1
        return None


def within(measures: Sequence[Measure], first: int, last: int) -> Sequence[Measure]:
    """The measures that begin at word ``first`` or behind it and before word ``last``."""
    return measures[bisect_left(measures, first, key=_first) : bisect_left(measures, last, key=_first)]


def _first(measure: Measure) -> int:
    return measure.first
