"""Asides: the parts of a sentence that speak of something else than the figure beside them.

*Half of it taken since 2022* is a share of the figure before it, *which it seized in 2014* is said of the part named
right before: what is done there, and when, is not done with the figure of the main clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from geo.reading.page import Page
from geo.reading.scan import Word

_BACK = frozenset({"it", "that", "this", "them", "these", "those", "which"})
_QUANTITY = frozenset({
    "all", "most", "much", "some", "many", "bulk", "majority", "half", "part", "parts", "more", "than", "less", "the",
    "a", "an", "vast", "large", "only", "almost", "nearly", "over", "lion", "'s", "share", "as", "just", "under",
})  # fmt: skip
_OPENING = frozenset({",", "-", "(", ";", ":", "with", "and", "but"})
_AREAS = ("percent", "square kilometre", "square mile", "hectare", "acre")
_NOUNS = frozenset({"area", "territory", "land", "ground", "total"})
_CLOSING = frozenset({",", ";", ")", ":"})
_WHOLLY = frozenset({"all", "entirely", "wholly", "exclusively"})
_RELATIVE = frozenset({"which", "who", "where"})
_INCLUDING = frozenset({"including", "among", "counting"})


class Aside(NamedTuple):
    """Words ``first`` up to ``last``.

    ``behind`` is the word after *of it* in a share of a figure, 0 in a relative clause; ``whole`` where all of the
    figure is spoken of: *all of it in Kursk oblast*.
    """

    first: int
    last: int
    behind: int = 0
    whole: bool = False


def asides(page: Page, index: int) -> list[Aside]:
    """The asides of the sentence that word ``index`` stands in, in order."""
    begin, end = page.sentence(index)
    if begin not in page.asides:
        page.asides[begin] = list(_found(page, begin, end))
    return page.asides[begin]


def aside_at(page: Page, index: int) -> Aside | None:
    """The aside that word ``index`` stands in."""
    return next((aside for aside in asides(page, index) if aside.first <= index < aside.last), None)


def apart(page: Page, figure: int, index: int, deed: int = -1) -> bool:
    """Whether word ``index`` stands in an aside, and neither the figure at word ``figure`` nor its deed does."""
    aside = aside_at(page, index)
    if aside is None or aside.first <= figure < aside.last:
        return False
    return bool(aside.behind) or not aside.first <= deed < aside.last


def _found(page: Page, begin: int, end: int) -> Iterator[Aside]:
    at = begin
    for i in range(begin, end - 1):
        if i < at:
            continue
        forms = (_share_of_figure, _of_which, _relative)
        found = next(filter(None, (form(page, begin, i, end) for form in forms)), None)
        if found is not None:
            yield found
            at = found.last


def _share_of_figure(page: Page, begin: int, i: int, end: int) -> Aside | None:
    """*, nearly all of it in Donetsk oblast*, with a share or an area before it that *it* may be."""
    words = page.scan.words
    if words[i].norm != "of" or words[i + 1].norm not in _BACK:
        return None
    first = i
    while first > begin and (_counts(words[first - 1]) or _hyphen(page, first - 1)):
        first -= 1
    if first in (i, begin) or words[first - 1].norm not in _OPENING:
        return None
    if not any(w.term.values.get("unit") in _AREAS or "part-word" in w.term.classes for w in words[begin:first]):
        return None
    named = max((k for k in range(begin, first) if words[k].norm in _INCLUDING), default=-1)
    figure = max((k for k in range(begin, first) if "unit" in words[k].term.classes), default=-1)
    if named > figure >= 0:
        return None  # "including Luhansk oblast, all of it": the part that is named is meant
    behind = i + 2 + (i + 2 < end and words[i + 2].norm in _NOUNS)
    last = _end(page, behind, end)
    acting = any("actor" in word.term.classes or word.norm in ("it", "they") for word in words[behind : behind + 3])
    if words[i + 1].norm == "which" and acting:
        return None  # "Luhansk oblast, 99 percent of which Russia holds"
    wholly = words[first].norm in _WHOLLY and first + 1 >= i
    return Aside(first, last, behind, wholly)


def _of_which(page: Page, begin: int, i: int, end: int) -> Aside | None:
    """*, of which a third was taken before 2022*, with a share or an area before it."""
    words = page.scan.words
    if i == begin or words[i].norm != "of" or words[i + 1].norm != "which" or words[i - 1].norm not in _OPENING:
        return None
    behind = i + 2
    while behind < end and (_counts(words[behind]) or _hyphen(page, behind)):
        behind += 1
    last = _end(page, behind, end)
    held = any(word.term.values.get("deed") == "holds" for word in words[i:last])
    areas = any(word.term.values.get("unit") in _AREAS for word in words[begin:i])
    return Aside(i, last, behind) if behind > i + 2 and areas and not held else None


def _relative(page: Page, begin: int, i: int, end: int) -> Aside | None:
    """*, which it seized in 2014*, right behind a name."""
    words = page.scan.words
    if words[i].norm != "," or words[i + 1].norm not in _RELATIVE or i == begin:
        return None
    known = next(page.before(i), None)
    named = known is not None and known.last == i
    return Aside(i + 1, _end(page, i + 2, end)) if named or words[i - 1].term.entry else None


def _counts(word: Word) -> bool:
    counted = word.term.classes & {"hedge", "part-word", "number-word"} or word.term.values.get("unit") == "percent"
    return bool(word.number or counted or word.norm in _QUANTITY)


def _hyphen(page: Page, i: int) -> bool:
    """*Two-thirds*, and no dash."""
    text, end = page.scan.text, page.scan.ends[i]
    if page.scan.words[i].norm != "-":
        return False
    return text[page.scan.starts[i] - 1].isalnum() and text[end : end + 1].isalnum()


def _end(page: Page, at: int, end: int) -> int:
    """The comma that closes an aside and is not one of a list of names; else the sentence's end."""
    for i in range(at, end):
        if page.scan.words[i].norm in _CLOSING:
            known = next(page.before(i + 1), None)
            if known is None or not known.first <= i < known.last:
                return i
    return end
