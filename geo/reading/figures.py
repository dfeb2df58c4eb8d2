"""Finds figures: a number, its unit, its hedge, and the interval readers take it to mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from geo.quantity import Interval
from geo.reading.hedges import hedges, interval, nearly_all
from geo.reading.numbers import number
from geo.reading.scan import Scan
from geo.reading.tables import table
from geo.reading.tokens import words as normal_words
from geo.reading.types import Figure

_LONGEST_NUMBER = 20  # digits and marks; what is longer counts nothing on a map
_WHOLE = Decimal(100)
_FINEST = 10  # the smallest part that is written as 1/10
_TENS = 1  # shares in words are round to tens of percent


@dataclass(frozen=True)
class Measure:
    """A figure and the words it stands in; ``role`` is what a length is the length of ("width", "length", ...)."""

    figure: Figure
    first: int
    last: int
    role: str = ""


@dataclass(frozen=True)
class _Number:
    """A number in the text: words ``first`` up to ``last``; ``round_to`` where its digits do not show its roundness.

    ``least`` where words that are no number (*nearly all of*) say how little may be meant.
    """

    value: Decimal
    first: int
    last: int
    round_to: int | None = None
    share: bool = False
    least: float | None = None


def find(scan: Scan) -> list[Measure]:
    """All figures of a scanned text, in order."""
    found: list[Measure] = []
    reader, behind = Reader(scan), 0
    for match in scan.seek("number"):
        i = match.start()
        if i < behind or (scan.words[i].number and len(scan.words[i].norm) > _LONGEST_NUMBER):
            continue
        measure = reader.figure(i)
        if measure is not None:
            found.append(measure)
            behind = measure.last
    return found


@cache
def _units() -> Mapping[str, Mapping[str, Any]]:
    return {unit["name"]: unit for unit in table("units")["unit"]}


class Reader:
    """Reads one figure from where a number begins: hedge, number or range, unit, role, rate."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.words = scan.words

    def figure(self, i: int) -> Measure | None:
        """The figure whose number begins at word ``i``; None where it has no unit."""
        low = self.number(i)
        if low is None:
            return None
        if low.share:
            return self.measure(low, low, "percent", low.last)
        unit, after = self.unit(low.last)
        high, end = self.upper(low, after if unit else low.last, unit)
        if high is not low:
            unit, after = end
        if unit is None:
            return None
        return self.measure(low, high, unit, after)

    def number(self, i: int) -> _Number | None:
        """Digits, number words, or a share in words, beginning at word ``i``."""
        if self.norm(i) == "all" and self.norm(i + 1) == "but":
            rest = self.share(i + 2)
            if rest is None:
                return None
            return _Number(_WHOLE - rest.value, i, rest.last, _TENS, share=True)
        if self.norm(i) == "all":
            near = self.word(i - 1) and self.norm(i + 1) == "of" and self.hedge(i)[0] in ("nearly", "almost")
            return _Number(_WHOLE, i, i + 1, share=True, least=nearly_all()) if near else None
        if self.word(i) and self.words[i].number and len(self.words[i].norm) <= _LONGEST_NUMBER:
            return self.fraction(i) or self.digits(i)
        return self.share(i) or self.spelled(i)

    def fraction(self, i: int) -> _Number | None:
        """*1/5 of*; *9/11* is a day."""
        top, bottom = self.norm(i), self.norm(i + 2)
        if self.norm(i + 1) != "/" or self.norm(i + 3) != "of" or not (top.isdigit() and bottom.isdigit()):
            return None
        if not 0 < int(top) < int(bottom) <= _FINEST:
            return None
        return _Number(_WHOLE * int(top) / int(bottom), i, i + 3, _TENS, share=True)

    def digits(self, i: int) -> _Number:
        """The number in digits at word ``i``, with the scale or half behind it."""
        value, last = number(self.words[i].norm), i + 1
        if self.split_decimal(i):
            value, last = number(f"{self.words[i].norm}.{self.words[i + 2].norm}"), i + 3
        return self.with_half(self.scaled(_Number(value, i, last)))

    def split_decimal(self, i: int) -> bool:
        """*2. 5*: no sentence ends at the point, so a faulty copy pulled a decimal apart."""
        if self.norm(i + 1) != "." or not (self.word(i + 2) and self.words[i + 2].number):
            return False
        whole = self.words[i].norm.isdecimal() and self.words[i + 2].norm.isdecimal()
        return whole and self.words[i].end == self.words[i + 1].start

    def spelled(self, i: int) -> _Number | None:
        """*twenty-five*, *four thousand*, *a hundred*."""
        if self.norm(i) in ("a", "an") and self.value(i + 1, "scale-word"):
            return self.scaled(_Number(Decimal(1), i, i + 1))
        total, last = Decimal(0), i
        while (value := self.value(last, "number-word")) is not None:
            if last > i and not (total % 10 == 0 and value < 10):
                break
            total, last = total + value, last + 1
            if self.norm(last) == "-" and self.value(last + 1, "number-word") is not None:
                last += 1
        return self.with_half(self.scaled(_Number(total, i, last))) if last > i else None

    def share(self, i: int) -> _Number | None:
        """*a fifth of*, *two-thirds*, *one in five*, *half of*."""
        count, at = Decimal(1), i
        if self.norm(i) in ("a", "an"):
            at = i + 1
        elif (stated := self.value(i, "number-word")) is not None:
            if (
                self.norm(i + 1) in ("in", "of")
                and (whole := self.value(i + 2, "number-word"))
                and self.norm(i + 1) == "in"
            ):
                counted = self.unit(i + 3)[1]  # "one in three square kilometres"
                return _Number(_WHOLE * stated / whole, i, counted, _TENS, share=True)
            count, at = stated, i + 1 + (self.norm(i + 1) == "-")
        parts = self.value(at, "part-word")
        if parts is None or count >= parts or (at == i and self.norm(i) != "half"):
            return None
        if self.norm(at + 1) not in ("of", ",", ".", ")", "", "its", "the"):
            return None
        if self.of_time(i, at + 1):
            return None
        return _Number(_WHOLE * count / parts, i, at + 1, _TENS, share=True)

    def of_time(self, i: int, after: int) -> bool:
        """*the second half of 2022*, *a quarter of the year*: a part of a stretch of time, not of any ground."""
        if i > 0 and "ordinal" in self.words[i - 1].term.classes:
            return True
        if self.norm(after) != "of":
            return False
        at = after + 1 + (self.norm(after + 1) in ("the", "a", "that", "this"))
        if not self.word(at):
            return False
        whole = self.words[at]
        year = whole.number and len(whole.norm) == len("2022") and whole.norm.isdigit()
        return year or bool(whole.term.classes & {"month", "stretch"})

    def scaled(self, found: _Number) -> _Number:
        """*1.5 million*, *two hundred thousand*."""
        for _ in range(2):
            scale = self.value(found.last, "scale-word")
            if scale is not None:
                found = _Number((found.value * scale).normalize(), found.first, found.last + 1)
        return found

    def with_half(self, found: _Number) -> _Number:
        """*one and one-half miles*, *two and a half*."""
        at = found.last
        if self.norm(at) == "and" and self.norm(at + 1) in ("a", "one"):
            half = at + 2 + (self.norm(at + 2) == "-")
            if self.norm(half) == "half":
                return _Number(found.value + Decimal("0.5"), found.first, half + 1)
        return found

    def upper(self, low: _Number, after: int, unit: str | None) -> tuple[_Number, tuple[str | None, int]]:
        """The upper end of *60-70 km*, *between 5 and 10 km*, *18.3 to 20 percent*; else ``low`` itself."""
        joint = self.norm(after)
        opening = self.norm(low.first - 1)
        ranged = (joint in ("-", "to") and opening != "from") or (joint == "and" and opening == "between")
        high = self.number(after + 1) if ranged else None
        if high is None or high.share:
            return low, (unit, after)
        upper_unit, end = self.unit(high.last)
        fits = upper_unit is not None and unit in (None, upper_unit) and high.value > low.value
        return (high, (upper_unit, end)) if fits else (low, (unit, after))

    def unit(self, i: int) -> tuple[str | None, int]:
        """The unit that stands at word ``i``, also after a hyphen, and the word behind it."""
        at = i + (self.norm(i) == "-")
        word = self.words[at] if self.word(at) else None
        if word is None or "unit" not in word.term.classes:
            return None, i
        return word.term.values["unit"], at + 1

    def measure(self, low: _Number, high: _Number, unit: str, after: int) -> Measure:
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
            high=meant.high * factor,
            unit=to,
            hedge=self.scan.text[start : self.words[low.first].start].strip() if hedge or bound else "",
            bound=bound,
            printed=None if low.least is not None else float(value),
            printed_unit=unit,
        )
        return Measure(figure, first, last, role or self.role_before(first))

    def hedge(self, i: int) -> tuple[str, str, int]:
        """The hedge of the study before word ``i``, its bound, and where it begins."""
        if i and "hedge" in self.words[i - 1].term.classes:
            known = hedges()[normal_words(self.words[i - 1].norm)]
            if i > 1 and self.words[i - 1].norm == "over" and "taking-over" in self.words[i - 2].term.classes:
                return "", "", i  # "control over 20 %" is no "over 20 %"
            return known.studied, known.bound, i - 1
        return "", "", i

    def role(self, i: int) -> tuple[str, int]:
        """*wide* in "2.5 miles wide" and "4,000-meter-wide", and the word behind it."""
        at = i + (self.norm(i) in ("-", "in", ")"))
        if self.word(at) and "role" in self.words[at].term.classes:
            return self.words[at].term.values["role"], at + 1
        return "", i

    def role_before(self, i: int) -> str:
        """*a width of* before the figure."""
        said = [self.words[k] for k in range(max(0, i - 4), i)]
        if any(word.norm in ("of", "is", "was", ":") for word in said[-2:]):
            return next((word.term.values["role"] for word in said if "role" in word.term.classes), "")
        return ""

    def rate(self, i: int) -> tuple[float, int] | None:
        """*a day*, *per month*: the days of the period and the word behind it."""
        at = i + (self.norm(i) in ("a", "per", "each", "every", "/"))
        if self.word(at) and "per-word" in self.words[at].term.classes and (at > i or self.norm(i) == "daily"):
            return float(self.words[at].term.values["per-word"]), at + 1
        return None

    def value(self, i: int, sort: str) -> Decimal | None:
        """The value that word ``i`` has in a class; None where it has none."""
        said = self.words[i].term.values.get(sort) if self.word(i) else None
        return None if said is None else Decimal(said)

    def norm(self, i: int) -> str:
        """Word ``i`` as vocabularies have it; "" outside the text."""
        return self.words[i].norm if self.word(i) else ""

    def word(self, i: int) -> bool:
        """Whether there is a word ``i``."""
        return 0 <= i < len(self.words)


def within(measures: Sequence[Measure], first: int, last: int) -> Sequence[Measure]:
    """The measures that begin at word ``first`` or behind it and before word ``last``."""
    return measures[bisect_left(measures, first, key=_first) : bisect_left(measures, last, key=_first)]


def _first(measure: Measure) -> int:
    return measure.first
