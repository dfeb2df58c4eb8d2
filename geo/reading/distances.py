"""Distances: *30 km from Zaporizhzhia*, *pushed 5 km into Sumy*: claims that say why none is measured."""

from __future__ import annotations

from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.types import Claim, Figure

_AWAY = frozenset({"from", "away", "off", "short"})
_IN = frozenset({"into", "inside", "deep", "toward", "towards", "beyond"})
_KINDS = ("city", "admin-unit", "country", "border", "line", "direction", "river-line", "distance-direction")
_REACH = 6  # words from a length to the place it is a distance to


def distance(page: Page, measure: Measure, behind: int, others: tuple[Figure, ...]) -> Claim | None:
    """The claim of a length that leads from one place to another; None where it is no distance."""
    words = page.scan.words
    _, end = page.sentence(measure.first)
    lead = words[behind : min(end, behind + 3)]
    away = any(word.norm in _AWAY or "compass" in word.term.classes for word in lead)
    inward = any(word.norm in _IN for word in lead)
    known = next(page.after(measure.first), None)
    named = known is not None and known.first < min(end, behind + _REACH) and known.mention.kind in _KINDS
    actor = any("actor" in word.term.classes for word in words[behind : min(end, behind + _REACH)])
    if not (away or inward) or not (named or actor):
        return None
    note = (
        "how far an advance went depends on the road and the day: there is no measure for it"
        if inward and not away
        else "between which points is not said: a place is a point in the atlas, and where forces stand is not drawn"
    )
    last = known.last if known is not None and named else behind
    return page.claim("distance", measure.first, max(last, behind), None, None, measure.figure, others, note)
