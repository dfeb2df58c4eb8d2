"""Why a share or an area must not be held against the ground that is named near it."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading import periods
from geo.reading.deeds import Deed
from geo.reading.doubts import doubt, past
from geo.reading.page import Dated, Finding
from geo.reading.pieces import Pieces
from geo.reading.scan import Word
from geo.reading.wholes import Whole

_NOW = frozenset({"still", "now", "currently", "today", "already"})
_PRESENT = frozenset(
    {"controls", "holds", "occupies", "keeps", "owns", "has", "control", "hold", "occupy", "keep", "own"}
)
_EACH = frozenset({"respectively", "each", "apiece"})
_EARLIER = frozenset({"from", "against", "with", "than"})
_PLACED = ("admin-unit", "group", "group-of-oblasts", "salient", "direction")


def unclear(ground: Pieces, deed: Deed, target: Whole, *, said: bool, dates: Sequence[Dated]) -> str:
    """Why the figure must not be held against the ground that is named near it; "" where it may."""
    words = ground.page.scan.words
    norms = {word.norm for word in words[ground.begin : ground.end]}
    if target.expression is None:
        return target.note or "of which ground is not said"
    if target.kind == "macro-region":
        return "the area has no agreed boundary"
    if deed.loose:
        return "who holds or took it is not clear from the sentence"
    if (placed := _placed_elsewhere(ground, target)) is not None:
        return f"whether it is of all that or only of {placed.mention.text!r} is not clear"
    if not deed.elsewhere and (reason := doubt(ground.page, ground.measure, deed.at)):
        return reason
    if deed.predicate == "retaken" and "controlled(" in target.expression and _since_then(ground):
        return "only what was taken since then is meant, which is not measured apart"
    if len(members_of(target)) > 1 and norms & _EACH:
        return "the sentence gives a figure for each of several territories"
    of_all = said and not target.loose and target.last > ground.measure.first
    if not ground.share and not of_all and ground.of_a_piece() and not ground.of_pieces(deed):
        return "of which pieces of ground is not said"
    if deed.predicate == "holds" and (reason := _day_unclear(ground, deed, dates)):
        return reason
    if not dates and _led_as_earlier(ground) and _compared(ground):
        return "an earlier or other state, and when that was is not said"
    return ""


def _since_then(ground: Pieces) -> bool:
    """*Half of the land Russia took after February 24*."""
    behind = ground.page.scan.words[ground.behind : ground.end]
    return any(word.norm in ("since", "after") for word in behind)


def _day_unclear(ground: Pieces, deed: Deed, dates: Sequence[Dated]) -> str:
    lasting = deed.at >= 0 and _lasts(ground.page.scan.words, deed.at)
    if not dates and not lasting and periods.other_dates(ground.page, ground.measure.first, deed.at, ground.dated):
        return "which day it speaks of is not clear"
    return past(ground.page, ground.measure, deed.at, dates)


def _lasts(words: Sequence[Word], deed: int) -> bool:
    """*Retains*, *is still controlled by*, *now holds*: of the article's day, whatever else was when."""
    if "lasting" in words[deed].term.classes:
        return True
    lead = [word.norm for word in words[max(0, deed - 3) : deed]]
    now = any(word in _NOW for word in lead)
    return now and (words[deed].norm in _PRESENT or any(word in ("is", "are") for word in lead))


def _placed_elsewhere(ground: Pieces, target: Whole) -> Finding | None:
    """*In Kharkiv and Sumy, the area held is less than 2 % of Ukraine*: of the two, not of the country."""
    words = ground.page.scan.words
    if target.kind != "country":
        return None
    for known in ground.page.within(ground.begin, ground.measure.first):
        lead = words[max(ground.begin, known.first - 1) : known.first + 1]
        if known.mention.kind in _PLACED and any("inner-locative" in word.term.classes for word in lead):
            return known
    return None


def _led_as_earlier(ground: Pieces) -> bool:
    """*From 27 %*, *compared to 27 %*; what it *has risen to* is the state of now."""
    before, lead = (ground.page.scan.words[ground.measure.first - k].norm for k in (2, 1))
    return lead in _EARLIER or (lead == "to" and before == "compared")


def _compared(ground: Pieces) -> bool:
    """*Down from 27 %*, *compared with 59 %*."""
    lead = ground.page.scan.words[max(ground.begin, ground.measure.first - 3) : ground.measure.first]
    return any("comparing" in word.term.classes for word in lead)


def members_of(target: Whole) -> list[str]:
    """The terms of a union, Crimea with Sevastopol as one."""
    terms = (target.expression or "").split(" | ")
    return terms if len(terms) != 2 or not terms[0].startswith("unit(") else terms[:1]
