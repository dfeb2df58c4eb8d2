"""Distances: *Kharkiv lies 30 km from the Russian border*; where forces stand is not drawn, and says so."""

from __future__ import annotations

from geo.reading.figures import Measure
from geo.reading.joins import joins
from geo.reading.page import Finding, Page
from geo.reading.types import Claim, Figure

_AWAY = frozenset({"from", "away", "off", "short"})
_IN = frozenset({"into", "inside", "deep", "toward", "towards", "beyond"})
_KINDS = (
    "city", "admin-unit", "country", "border", "line", "direction", "river-line", "distance-direction", "place",
    "facility", "water-body", "parallel", "historical-line",
)  # fmt: skip
_POINTS = ("city", "admin-unit", "direction", "distance-direction", "facility", "place")
_LINES = ("border", "line", "river-line", "water-body", "historical-line", "parallel")
_REACH = 6  # words from a length to the place it is a distance to
_LYING = frozenset({"lies", "lie", "lay", "located", "situated", "sits", "stands", "town", "city", "village", ","})
_STANDING = frozenset({
    "are", "is", "stand", "stands", "remain", "remains", "sit", "lie", "within", "now", "positioned", "located",
})  # fmt: skip
_NEARING = frozenset({
    "no", "than", "closer", "only", "come", "moved", "closed", "pushed", "got", "positions", "advanced", "advance",
})  # fmt: skip
_FROM_HELD = "taken as from the nearest ground that side is shown to hold; where its forces stand is not drawn"
_ROUTES = "between which points is not said: a place is a point in the atlas, and where forces stand is not drawn"
_ADVANCE = "how far an advance went depends on the road and the day: there is no measure for it"


def distance(page: Page, measure: Measure, behind: int, others: tuple[Figure, ...]) -> Claim | None:
    """The claim of a length that leads from one place to another; None where it is no distance."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    if (both := _between(page, measure, begin)) is not None:
        return page.claim("distance", measure.first, measure.last, *both, measure.figure, others)
    lead = words[behind : min(end, behind + 3)]
    away = any(word.norm in _AWAY or "compass" in word.term.classes for word in lead)
    before = words[measure.first - 1].norm if measure.first > begin else ""
    near = "within" in (before, *measure.figure.hedge.lower().split())  # "to within 15 km of the town"
    away = away or (near and bool(lead) and lead[0].norm == "of")
    inward = any(word.norm in _IN for word in lead)
    known = _target(page, measure, behind, end)
    actor = any("actor" in word.term.classes for word in words[behind : min(end, behind + _REACH)])
    if not (away or inward) or not (known or actor):
        return None
    last = max(known.last if known else behind, behind)
    here = _subject(page, measure, begin) if away and not inward else None
    there = _end_of(page, known) if known else None
    if here is None and away and not inward and (there or "").startswith("place("):
        here = _ground_of(page, measure, begin)
    if here is None or there is None or here == there:
        note = _ADVANCE if inward and not away else _ROUTES
        return page.claim("distance", measure.first, last, None, None, measure.figure, others, note)
    note = _FROM_HELD if here.startswith("controlled(") else ""
    return page.claim("distance", measure.first, last, here, there, measure.figure, others, note)


def _ground_of(page: Page, measure: Measure, begin: int) -> str | None:
    """*The Russians are about 30 km from the town*: the ground their side holds, in whose country the town lies."""
    words = page.scan.words
    lead = words[begin : measure.first]
    acting = [n for n, word in enumerate(lead) if "actor" in word.term.classes]
    if not acting:
        return None
    between = lead[acting[-1] + 1 :]
    sides = {lead[n].term.values["actor"] for n in acting}
    forces = lead[acting[-1]].norm.endswith("s") or any(
        "forces" in word.term.classes or word.norm == "positions" for word in between
    )
    lying = any(word.norm in _STANDING for word in between)
    only = all(joins(w) or w.norm in _STANDING or "forces" in w.term.classes or w.norm in _NEARING for w in between)
    if (
        len(sides) != 1
        or not (forces and lying and only)
        or any(w.norm in ("had", "once", "in") or w.term.classes & {"city", "admin-unit", "country"} for w in between)
    ):
        return None
    if {word.term.values.get("deed") for word in between if word.norm not in ("advanced",)} - {None}:
        return None
    return f'controlled("{sides.pop()}") & country("ukraine")'


def _target(page: Page, measure: Measure, behind: int, end: int) -> Finding | None:
    """The place named right behind a length: the one found last where a direction takes the length in."""
    known = next(page.after(behind - 1), None) or next(page.after(measure.first), None)
    if known is None or known.first >= min(end, behind + _REACH):
        known = next((k for k in page.within(measure.first, min(end, behind + _REACH))), None)
    over = next(page.before(measure.last), None)
    if over is not None and over.first <= measure.last <= over.last and over.mention.kind == "distance-direction":
        known = over
    return known if known is not None and known.mention.kind in _KINDS else None


def _subject(page: Page, measure: Measure, begin: int) -> str | None:
    """The town that lies so far away: named before the figure, with nothing else said of it."""
    words = page.scan.words
    known = next(page.before(measure.first), None)
    if known is None or known.first < begin or known.mention.kind not in _POINTS:
        return None
    lead = words[begin : known.first]
    if any("forces" in w.term.classes or "deed" in w.term.classes or "actor" in w.term.classes for w in lead):
        return None
    between = words[known.last : measure.first]
    if not all(joins(word) or word.norm in _LYING or "once" in word.term.classes for word in between):
        return None
    if any("actor" in word.term.classes or "forces" in word.term.classes for word in between):
        return None
    return _end_of(page, known)


def _end_of(page: Page, known: Finding) -> str | None:
    """What a distance is measured to: a town as a point, a line, the border; a whole oblast is no end."""
    if known.mention.kind in _LINES:
        return known.mention.territory
    if known.mention.kind not in _POINTS or known.mention.territory is None:
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    if any("oblast-word" in word.term.classes for word in page.scan.words[known.first : known.last]):
        return None
    territory = str(entry.extra["city"]) if entry and "city" in entry.extra else known.mention.territory
    return territory if territory.startswith("place(") else None


def _between(page: Page, measure: Measure, begin: int) -> tuple[str, str] | None:
    """*The distance between Kherson and Mykolaiv is 60 km*, *from Kherson to Mykolaiv*: both ends before the figure."""
    words = page.scan.words
    stated = [i for i in range(begin, measure.first) if words[i].norm == "distance"]
    if not stated:
        return None
    named = page.within(stated[-1], measure.first)
    members = [entry for known in named for entry in known.members]
    ends = [str(e.extra.get("city", e.expression)) for e in members]
    if len(ends) != len(members) or len(ends) != 2:
        ends = [end for known in named if (end := _end_of(page, known))]
    points = len(ends) == 2 and all(end.startswith(("place(", "line(", "border(")) for end in ends)
    return (ends[0], ends[1]) if points else None
