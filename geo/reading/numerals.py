"""Numbers as prose writes them: digits with a scale, number words, shares in words, all but a part."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from geo.reading.hedges import hedges, nearly_all
from geo.reading.numbers import number, roundness
from geo.reading.scan import Scan

LONGEST = 20  # digits and marks; what is longer counts nothing on a map
_WHOLE = Decimal(100)
_FINEST = 10  # the smallest part that is written as 1/10
_DIGITS_APART = 2
_DEFINITE = frozenset({"the", "that", "last", "remaining", "final"})
_TENS = 1  # shares in words are round to tens of percent


class Numeral(NamedTuple):
    """A number in the text: words ``first`` up to ``last``; ``round_to`` where its digits do not show its roundness.

    ``least`` where words that are no number (*nearly all of*) say how little may be meant.
    """

    value: Decimal
    first: int
    last: int
    round_to: int | None = None
    share: bool = False
    least: float | None = None


class Numerals:
    """Reads one number from where it begins."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.words = scan.words
        self.count = len(scan.words)

    def number(self, i: int) -> Numeral | None:
        """Digits, number words, or a share in words, beginning at word ``i``."""
        if self.norm(i) == "all" and self.norm(i + 1) == "but":
            rest = self.share(i + 2) or self.percent_left(i + 2)
            if rest is None:
                return None
            return Numeral(_WHOLE - rest.value, i, rest.last, rest.round_to, share=True)
        if self.norm(i) == "all":
            near = self.word(i - 1) and self.norm(i + 1) == "of" and self.hedge(i)[0] in ("nearly", "almost")
            return Numeral(_WHOLE, i, i + 1, share=True, least=nearly_all()) if near else None
        if self.word(i) and self.words[i].number and len(self.words[i].norm) <= LONGEST:
            return (self.fraction(i) or self.digits(i)) if self.longer(i) else self.plain(i)
        return self.share(i) or self.spelled(i)

    def percent_left(self, i: int) -> Numeral | None:
        """*All but 1 percent*: the percent that are left out, with their unit."""
        i += self.scan.has("hedge", i, i + 1)
        found = self.number(i) if self.word(i) and self.norm(i) != "all" else None
        unit, after = self.unit(found.last) if found else (None, i)
        if found is None or unit != "percent" or found.value >= _WHOLE:
            return None
        return found._replace(last=after, round_to=roundness(found.value))

    def pulled_apart(self, found: Numeral) -> bool:
        """*1 8.5 per cent*: whether the digits before a number may be its own, in a faulty copy; which is open."""
        i = found.first
        if i == 0 or not (self.words[i].number and self.words[i - 1].number):
            return False
        before, day = self.words[i - 1].norm, i > 1 and "month" in self.words[i - 2].term.classes
        brief = before.isdigit() and len(before) <= _DIGITS_APART
        return brief and not day and self.scan.text[self.scan.ends[i - 1] : self.scan.starts[i]] == " "

    def longer(self, i: int) -> bool:
        """Whether a scale, a half, a decimal or a fraction may go on behind the digits at word ``i``."""
        return self.scan.stands("longer-number", i)

    def plain(self, i: int) -> Numeral:
        """The number that the digits at word ``i`` make by themselves."""
        return Numeral(number(self.words[i].norm), i, i + 1)

    def fraction(self, i: int) -> Numeral | None:
        """*1/5 of*; *9/11* is a day."""
        if self.norm(i + 1) != "/" or self.norm(i + 3) != "of":
            return None
        top, bottom = self.norm(i), self.norm(i + 2)
        if not (top.isdigit() and bottom.isdigit()):
            return None
        if not 0 < int(top) < int(bottom) <= _FINEST:
            return None
        return Numeral(_WHOLE * int(top) / int(bottom), i, i + 3, _TENS, share=True)

    def digits(self, i: int) -> Numeral:
        """The number in digits at word ``i``, with the scale or half behind it."""
        value, last = number(self.words[i].norm), i + 1
        if self.split_decimal(i):
            value, last = number(f"{self.words[i].norm}.{self.words[i + 2].norm}"), i + 3
        return self.with_half(self.scaled(Numeral(value, i, last)))

    def split_decimal(self, i: int) -> bool:
        """*2. 5*: no sentence ends at the point, so a faulty copy pulled a decimal apart."""
        if self.norm(i + 1) != "." or not (self.word(i + 2) and self.words[i + 2].number):
            return False
        whole = self.words[i].norm.isdecimal() and self.words[i + 2].norm.isdecimal()
        return whole and self.scan.ends[i] == self.scan.starts[i + 1]

    def spelled(self, i: int) -> Numeral | None:
        """*twenty-five*, *four thousand*, *a hundred*."""
        if self.norm(i) in ("a", "an") and self.value(i + 1, "scale-word"):
            return self.scaled(Numeral(Decimal(1), i, i + 1))
        total, last = Decimal(0), i
        while (value := self.value(last, "number-word")) is not None:
            if last > i and not (total % 10 == 0 and value < 10):
                break
            total, last = total + value, last + 1
            if self.norm(last) == "-" and self.value(last + 1, "number-word") is not None:
                last += 1
        return self.with_half(self.scaled(Numeral(total, i, last))) if last > i else None

    def share(self, i: int) -> Numeral | None:
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
                return Numeral(_WHOLE * stated / whole, i, counted, _TENS, share=True)
            count, at = stated, i + 1 + (self.norm(i + 1) == "-")
        parts = self.value(at, "part-word")
        if parts is None or count >= parts or (at == i and self.norm(i) != "half" and not self.definite(i)):
            return None
        of_which = self.norm(i - 1) == "which" or (self.hedge(i)[2] < i and self.norm(self.hedge(i)[2] - 1) == "which")
        if self.norm(at + 1) not in ("of", ",", ".", ")", "", "its", "the") and not of_which:
            return None
        if self.of_time(i, at + 1):
            return None
        return Numeral(_WHOLE * count / parts, i, at + 1, _TENS, share=True)

    def definite(self, i: int) -> bool:
        """*The quarter of Donetsk*: one that is known, and right behind it the name of the ground it is of."""
        if self.norm(i - 1) not in _DEFINITE or self.norm(i + 1) != "of":
            return False
        at = i + 2 + (self.norm(i + 2) == "the")
        return self.word(at) and "named" in self.words[at].term.classes

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

    def scaled(self, found: Numeral) -> Numeral:
        """*1.5 million*, *two hundred thousand*."""
        for _ in range(2):
            scale = self.value(found.last, "scale-word")
            if scale is not None:
                found = Numeral((found.value * scale).normalize(), found.first, found.last + 1)
        return found

    def with_half(self, found: Numeral) -> Numeral:
        """*one and one-half miles*, *two and a half*."""
        at = found.last
        if self.norm(at) == "and" and self.norm(at + 1) in ("a", "one"):
            half = at + 2 + (self.norm(at + 2) == "-")
            if self.norm(half) == "half":
                return Numeral(found.value + Decimal("0.5"), found.first, half + 1)
        return found

    def unit(self, i: int) -> tuple[str | None, int]:
        """The unit that stands at word ``i``, also after a hyphen, and the word behind it."""
        at = i + (self.norm(i) == "-")
        word = self.words[at] if self.word(at) else None
        if word is None or "unit" not in word.term.classes:
            return None, i
        return word.term.values["unit"], at + 1

    def hedge(self, i: int) -> tuple[str, str, int]:
        """The hedge of the study before word ``i``, its bound, and where it begins."""
        if i and self.scan.has("hedge", i - 1, i):
            known = hedges()[self.words[i - 1].norm]
            if i > 1 and self.words[i - 1].norm == "over" and "taking-over" in self.words[i - 2].term.classes:
                return "", "", i  # "control over 20 %" is no "over 20 %"
            return known.studied, known.bound, i - 1
        return "", "", i

    def value(self, i: int, sort: str) -> Decimal | None:
        """The value that word ``i`` has in a class; None where it has none."""
        said = self.words[i].term.values.get(sort) if self.word(i) else None
        return None if said is None else Decimal(said)

    def norm(self, i: int) -> str:
        """Word ``i`` as vocabularies have it; "" outside the text."""
        return self.words[i].norm if 0 <= i < self.count else ""

    def word(self, i: int) -> bool:
        """Whether there is a word ``i``."""
        return 0 <= i < self.count
