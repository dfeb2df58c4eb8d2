"""Figures of a territory itself: *a total area of 603,548 km²*, *the zone covers 907 km²*, *make up 19.4 %*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.reading.figures import Measure
from geo.reading.joins import joined
from geo.reading.page import Page
from geo.reading.scan import Word
from geo.reading.wholes import covering

_AREA_REACH = 9  # words between "the area of" and its figure
_AREA_WORDS = frozenset(
    {
        "area",
        "measure",
        "measures",
        "measured",
        "covers",
        "cover",
        "covered",
        "covering",
        "spans",
        "span",
        "spanned",
        "total",
    }
)
_HAVING_AREA = ("buffer", "admin-unit", "country", "group", "group-of-oblasts", "control-share", "bank-of-river")


def amounting_to(page: Page, measure: Measure) -> str | None:
    """The territory that *makes up* the share: *the five regions constitute 19.4 %*."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    for i in range(measure.first - 1, max(begin, measure.first - 3) - 1, -1):
        if "amounting" in words[i].term.classes:
            known = next(page.before(i), None)
            return known.mention.territory if known is not None and known.first >= begin else None
    return None


def area_of(page: Page, measure: Measure) -> str | None:
    """*A total area of 603,548 km²*, *the zone covers 907 km²*: the figure measures a territory itself."""
    if measure.figure.unit != "km2":
        return None
    begin, end = page.sentence(measure.first)
    if (owned := _owned(page, measure, end)) is not None:
        return owned
    said = [word.norm for word in page.scan.words[max(begin, measure.first - _AREA_REACH) : measure.first]]
    near = (*said[-4:], *measure.figure.hedge.split())
    if ("area", "of") not in pairwise(said) and not any(word in _AREA_WORDS for word in near):
        return None
    if said[-1:] in (["-"], ["|"]):
        return None  # "Under control: Ukraine, total - 114,200 km2": a row of what its head says
    if said[-1:] == ["by"] and page.scan.has("rising", max(begin, measure.first - 3), measure.first):
        return None  # "the occupied area increased by 259 square kilometres"
    known = next((k for k in page.before(measure.first) if k.mention.kind in _HAVING_AREA), None)
    words = page.scan.words
    if known is not None and known.first >= begin:
        of = ("area", "of") in pairwise(word.norm for word in words[max(begin, known.first - 3) : known.first])
        placed = known.first > begin and "locative" in words[known.first - 1].term.classes and not of
        earlier = any("once" in word.term.classes or word.norm == "had" for word in words[known.first : known.last])
        if placed or earlier or not _has(words, known.last, measure.first):
            return None
        return known.mention.territory
    named = [i for i in range(begin, measure.first) if (entry := words[i].term.entry) and entry.kind == "country"]
    if not named or not _has(words, named[-1] + 1, measure.first):
        return None
    entry = words[named[-1]].term.entry
    return entry.expression if entry else None


def _owned(page: Page, measure: Measure, end: int) -> str | None:
    """*Crimea's 27,000 square kilometres account for*: the unit itself, where nothing is done with it."""
    words = page.scan.words
    if measure.first < 2 or "possessive" not in words[measure.first - 1].term.classes:
        return None
    known = covering(page, measure.first - 2)
    if known is None or known.mention.kind != "admin-unit" or measure.last >= end:
        return None
    following = words[measure.last]
    lead = [word.norm for word in words[max(0, known.first - 1) : known.first + 1]]
    if "of" in lead and page.scan.has("unit", max(0, known.first - 4), known.first):
        return known.mention.territory  # "6,600 sq km of Donetsk region's 26,500 sq km"
    alone = "amounting" in following.term.classes or following.norm in ("make", "makes", "made", "is", "are")
    return known.mention.territory if alone else None


def _has(words: Sequence[Word], first: int, last: int) -> bool:
    """*Has an area of*, *covers*: nothing is done there, and nothing else is counted."""
    between = [word for word in words[first:last] if word.norm not in _AREA_WORDS]
    return joined(between, 0, len(between)) and not any("deed" in word.term.classes for word in between)
