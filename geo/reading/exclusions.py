"""Exclusions: *excluding Crimea*, *not counting Crimea*, and the figure they go with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.reading.figures import Measure, within
from geo.reading.page import Finding, Page
from geo.reading.templates import tidy

_GROUND = ("admin-unit", "group", "group-of-oblasts")
_LED_IN = 3  # words from what is left out to a figure it leads in
_SWITCHING = frozenset({"or", "and", "but", "(", ";"})


@dataclass(frozen=True)
class Exclusion:
    """What is left out, from which word to which."""

    first: int
    last: int
    left_out: Finding


def left_out(page: Page, measure: Measure, measures: Sequence[Measure]) -> str | None:
    """The territory that is left out of a figure; None where nothing is."""
    begin, end = page.sentence(measure.first)
    here = within(measures, begin, end)
    for exclusion in _exclusions(page, begin, end):
        if measure in _concerned(page, exclusion, here):
            return exclusion.left_out.mention.territory
    return None


def without(expression: str, territory: str) -> str:
    """An expression without a territory."""
    return tidy(f"({expression}) - ({territory})")


def _exclusions(page: Page, begin: int, end: int) -> list[Exclusion]:
    words, found = page.scan.words, []
    for i in page.scan.having("left-aside", begin, end):
        known = next(page.before(i), None)  # "Crimea aside"
        if known is not None and known.last == i and known.mention.kind in _GROUND and known.mention.territory:
            found.append(Exclusion(known.first, i + 1, known))
    for i in range(begin, end):
        loosely = "outside" in words[i].term.classes
        if not loosely and "excluding" not in words[i].term.classes:
            continue
        known = next(iter(page.within(i + 1, i + 3)), None)
        if known is None or known.mention.kind not in _GROUND or known.mention.territory is None:
            continue
        if loosely and any("city" in entry.extra for entry in known.members):
            continue  # "outside Kherson" is near the town, "outside Crimea" is the rest of the country
        found.append(Exclusion(i, known.last, known))
    return found


def _concerned(page: Page, exclusion: Exclusion, measures: Sequence[Measure]) -> list[Measure]:
    """The figures an exclusion goes with: all of the sentence it opens, the one it leads in, else the one before it."""
    words = page.scan.words
    before = [m for m in measures if m.first < exclusion.first]
    after = [m for m in measures if m.first >= exclusion.last]
    if not before:
        return after
    if after and words[exclusion.first - 1].norm in _SWITCHING and after[0].first - exclusion.last <= _LED_IN:
        return after[:1]
    return before[-1:]
