"""Numbers that were seen and not read as a figure of territory: none of them vanishes in silence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.scan import Word
from geo.reading.tables import table
from geo.reading.types import Claim, Number

_UNTIED = "a figure that was not tied to a territory"
_PLAIN = "a number without a unit that is known"
_RANGED = frozenset({"to", "-", "and", "or"})
_PLAIN_WORD = frozenset({"word", "capital", "any-word"})
_SKIPPED = frozenset({",", "."})
_BEHIND = 2  # words between a number and what it counts: "1,200 North Korean soldiers"
_LIKE_UNIT = ("sq", "km", "kilom", "mile", "hect", "acre", "metre", "meter", "per", "%", "ha", "mi")
_INDENT = 8  # characters
_YEARS = range(1500, 2101)


def unread(page: Page, measures: Sequence[Measure], claims: Sequence[Claim]) -> Iterator[Number]:
    """Every number that no claim and no mention speaks of, in order, with the kind of thing it seems to be one of."""
    told = _Spans([*_told(claims), *((f.mention.start, f.mention.end) for f in page.findings)])
    figures = _Spans([(m.figure.start, m.figure.end) for m in measures])
    numbers = [_number(page, i) for i in page.scan.having("number") if not figures.cover(page.scan.starts[i])]
    untied = [_untied(page.scan.words, measure) for measure in measures]
    for number in sorted([*numbers, *untied], key=lambda each: each.start):
        if not told.cover(number.start) and not told.cover(number.end - 1):
            yield number


def _untied(words: Sequence[Word], measure: Measure) -> Number:
    """A figure of no claim; what is counted in days, people or places is another thing than ground."""
    figure = measure.figure
    kind, note = _OTHER_UNITS.get(figure.unit, "figure"), ""
    if kind == "figure":
        note = _UNTIED
        if figure.unit == "percent" and (counted := _share_of(words, measure.last)):
            kind, note = "other", f"a share of {counted}"
    return Number(figure.start, figure.end, figure.text, kind, note)


def _share_of(words: Sequence[Word], at: int) -> str:
    """*12 % of GDP*, *60 percent of voters*: the plain word behind *of*; "" where it may be ground."""
    if _at(words, at) != "of":
        return ""
    at += 1 + (_at(words, at + 1) in ("the", "all", "its", "their", "all the"))
    return _at(words, at) if _classes(words, at) <= _PLAIN_WORD and _at(words, at).isalpha() else ""


_OTHER_UNITS = {"days": "duration", "people": "people", "count": "count"}


def _told(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    for claim in claims:
        for figure in (claim.figure, *claim.others):
            if figure is not None:
                yield figure.start, figure.end


class _Spans:
    """Spans of a text, asked whether they cover a place."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._begins, self._ends, furthest = list[int](), list[int](), 0
        for begin, end in sorted(spans):
            furthest = max(furthest, end)
            self._begins.append(begin)
            self._ends.append(furthest)

    def cover(self, at: int) -> bool:
        """Whether one of the spans begins at ``at`` or before it and ends behind it."""
        i = bisect_right(self._begins, at) - 1
        return i >= 0 and self._ends[i] > at


def _number(page: Page, i: int) -> Number:
    words = page.scan.words
    kind = _kind(page, words, i)
    if kind == "number" and _at(words, i + 1) in _RANGED and _is_number(words, i + 2):
        kind = _kind(page, words, i + 2)  # "within 5 to 10 years"
    if kind == "number" and _at(words, i - 1) in _RANGED and _is_number(words, i - 2) and _is_date(words, i - 2):
        kind = "date"  # "from September 23 to 27"
    note = ""
    if kind == "count" and _counts(words, i):
        note = f"a count of {words[i + 1].norm}"
    elif kind == "number":
        note = _PLAIN
    start, end = page.scan.span(i, i + 1)
    return Number(start, end, page.scan.text[start:end], kind, note)


def _kind(page: Page, words: Sequence[Word], i: int) -> str:
    before, behind = _at(words, i - 1), _at(words, i + 1)
    if (kind := _led(words, i)) is not None:
        return kind
    if before == "[" and behind == "]":
        return "reference"
    if _is_date(words, i):
        return "date"
    if (behind == ":" and _at(words, i + 2).isdigit()) or (before == ":" and _at(words, i - 2).isdigit()):
        return "time"
    if behind == "-" and _at(words, i + 2) == "year" and _at(words, i + 4) == "old":
        return "age"
    if behind in ("years", "year") and _at(words, i + 2) == "old":
        return "age"
    if (kind := _followed(words, i)) is not None:
        return kind
    if before == "-" and page.scan.ends[i - 1] == page.scan.starts[i] and words[i - 2].norm.isalpha() and i > 1:
        return "name"  # Su-34, F-16
    if behind in (".", ")") and _opens_line(page, i):
        return "reference"
    if i and "capital" in words[i - 1].term.classes:
        return "name"
    if _counts(words, i):
        return "count"
    return "number"


def _led(words: Sequence[Word], i: int) -> str | None:
    at = i - 1 - (_at(words, i - 1) == ".")
    return _kinds("before").get(_at(words, at))


def _followed(words: Sequence[Word], i: int) -> str | None:
    at = i + 1
    while "scale-word" in _classes(words, at) or _at(words, at) == "-":
        at += 1
        if at > i + 3:
            break
    for k in range(at, at + _BEHIND + 1):
        said = _at(words, k)
        if not said or (not said[0].isalpha() and said not in _kinds("behind")):
            return None
        if said in _kinds("behind"):
            return _kinds("behind")[said]
        if "joining" in _classes(words, k):
            return None
    return None


def _is_date(words: Sequence[Word], i: int) -> bool:
    norm = words[i].norm
    if norm.isdigit() and len(norm) == 4 and int(norm) in _YEARS and "unit" not in _classes(words, i + 1):
        return True
    near = [i - 1 - (_at(words, i - 1) in _SKIPPED), i + 1 + (_at(words, i + 1) in _SKIPPED)]
    if norm.isdigit() and len(norm) <= 2 and any("month" in _classes(words, k) for k in near):
        return True
    for side in (-1, 1):
        other = _at(words, i + 2 * side)
        if not (other.isdigit() and norm.isdigit() and len(other) <= 4 and len(norm) <= 4):
            continue
        beyond = _at(words, i + 4 * side)
        if _at(words, i + side) == "/" or (_at(words, i + side) == "-" and 4 in (len(other), len(beyond))):
            return True
    return False


def _opens_line(page: Page, i: int) -> bool:
    """*1. Ukraine's sovereignty will be confirmed*: the number of a point in a list."""
    start = page.scan.starts[i]
    before = page.scan.text[max(0, start - _INDENT) : start]
    return not before or (before.isspace() and ("\n" in before or len(before) == start))


def _counts(words: Sequence[Word], i: int) -> bool:
    """*42 drones*: a plain word behind a number that is nothing like a unit."""
    following = _word(words, i + 1)
    if following is None or not following.norm.isalpha() or following.norm.startswith(_LIKE_UNIT):
        return False
    return following.norm.endswith("s") and not following.term.classes & {"joining", "unit", "ground", "filler"}


def _is_number(words: Sequence[Word], i: int) -> bool:
    word = _word(words, i)
    return word is not None and word.number


def _word(words: Sequence[Word], i: int) -> Word | None:
    return words[i] if 0 <= i < len(words) else None


def _at(words: Sequence[Word], i: int) -> str:
    word = _word(words, i)
    return word.norm if word else ""


def _classes(words: Sequence[Word], i: int) -> frozenset[str]:
    word = _word(words, i)
    return word.term.classes if word else frozenset()


@cache
def _kinds(side: str) -> Mapping[str, str]:
    """Each word of ``data/reading/numbers.toml`` on one side of a number, and the kind that it tells."""
    return {word: kind for kind, words in table("numbers")[side].items() for word in words}
