"""The ground of a figure of which no ground is said: where its sentence is set, else the country at war."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.asides import aside_at, asides
from geo.reading.figures import Measure
from geo.reading.joins import joined
from geo.reading.page import Finding, Page
from geo.reading.references import foreign
from geo.reading.scan import Word
from geo.reading.wholes import Whole, covering

_TELLING = frozenset({"party", "actor", "narrator", "enemy"})
_SUBORDINATE = frozenset({"while", "as", "although", "though", "whereas", "when", "even", "with", "after", "but"})
_MADE_OF = frozenset({"made up", "made up of", "comprising", "consisting", "namely", "comprised"})
_SETTINGS = ("admin-unit", "group", "group-of-oblasts", "salient", "bank-of-river", "direction")
_PLACES = ("admin-unit", "group", "group-of-oblasts", "salient", "bank-of-river", "direction", "city", "macro-region")
_DONE_REACH = 12  # words behind a figure in which it is said where its ground was taken
_UKRAINE = 'country("ukraine")'


def default_whole(page: Page, measure: Measure) -> Whole | None:
    """The unit the sentence is set in, else the country where it or the sentence before speaks of a party.

    Without expression where another place is named near by: the figure may be of that one.
    """
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    for known in page.before(measure.first):
        if known.first < begin:
            break
        lead = words[known.first - 1 : known.first] + words[known.first : known.first + 1]
        if known.mention.kind in _SETTINGS and any(word.norm in ("in", "across", "inside", "within") for word in lead):
            return Whole(known.mention.territory, measure.last, known.members[0] if len(known.members) == 1 else None)
    number = page.scan.sentence_at(measure.first)
    first = page.scan.sentences[max(0, number - 1)][0]
    said = words[first:end]
    if foreign(words, first, end) or not any(word.term.classes & _TELLING for word in said):
        return None
    if (there := _all_in(page, measure) or _done_in(page, measure, end) or _where(page, measure.first)) is not None:
        return there
    if any(word.norm == "there" for word in words[begin:end]) or _is_topic(page, first, begin):
        return Whole(None, measure.last, note="of which ground is not said: the places named before may be meant")
    near = page.within(begin if _acts_by_name(page, measure, begin) else first, end)
    near = [known for known in near if not ((aside := aside_at(page, known.first)) and aside.behind)]
    if any(_is_place(k) and not _left_out(words, k.first) and not _set_apart(page, k, measure) for k in near):
        return Whole(None, measure.last, note="of which ground is not said: other places are named near by")
    return Whole(_UKRAINE, measure.last, note="of what is not said: taken as Ukraine", assumed=True)


def _where(page: Page, first: int) -> Whole | None:
    """*The Kursk region, where it captured 1,300 sq km*: of the one territory named right before *where*."""
    words = page.scan.words
    begin, _ = page.sentence(first)
    at = next((i for i in range(first - 1, begin, -1) if words[i].norm == "where"), begin)
    known = covering(page, at - 1 - (words[at - 1].norm == ",")) if at > begin else None
    if known is None or len(known.members) != 1 or known.members[0].kind != "admin-unit" or page.within(at, first):
        return None
    return Whole(known.members[0].expression, first, known.members[0])


def _is_topic(page: Page, first: int, begin: int) -> bool:
    """*Kharkiv region is under attack. Russian forces have taken 300 sq km*: the sentence before is about a unit."""
    opening = next(iter(page.within(first, begin)), None)
    if opening is None or opening.first > first + 1:
        return False
    return opening.mention.kind in ("admin-unit", "bank-of-river")


def _all_in(page: Page, measure: Measure) -> Whole | None:
    """*1,000 sq km, all of it in Kursk oblast*: the ground is named behind the figure."""
    aside = next((a for a in asides(page, measure.first) if a.whole and a.first >= measure.last), None)
    known = next(iter(page.within(aside.behind, aside.last)), None) if aside else None
    if aside is None or known is None or known.mention.kind not in _SETTINGS or known.first > aside.behind + 1:
        return None
    if known.mention.territory is None or any(word.norm.isalnum() for word in page.scan.words[known.last : aside.last]):
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, measure.last, entry, kind=known.mention.kind)


def _done_in(page: Page, measure: Measure, end: int) -> Whole | None:
    """*210 sq km have been taken in Sumy region*: the unit right behind what is done with the figure's ground."""
    words = page.scan.words
    known = next(iter(page.within(measure.last, min(end, measure.last + _DONE_REACH))), None)
    if known is None or known.mention.kind not in (*_SETTINGS, "country") or known.mention.territory is None:
        return None
    between = words[measure.last : known.first]
    placed = known.mention.kind == "country" or bool(between and between[-1].norm in ("in", "inside", "within"))
    done = placed and any("deed" in word.term.classes for word in between)
    if not done or not joined(between, 0, len(between)) or any(_parts(word) for word in between):
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, measure.last, entry, kind=known.mention.kind)


def _parts(word: Word) -> bool:
    """A word behind which another matter, or only a part of this one, is told."""
    return word.norm in _SUBORDINATE or word.norm in (",", "where", "mostly", "mainly", "largely", "chiefly", "partly")


def _acts_by_name(page: Page, measure: Measure, begin: int) -> bool:
    """*Russian forces have taken*: who acts is said anew. *They have taken* goes on with the sentence before."""
    words = page.scan.words
    return any("actor" in words[i].term.classes for i in range(begin, measure.last))


def _set_apart(page: Page, known: Finding, measure: Measure) -> bool:
    """*While Pokrovsk held out, Russia took 2,500 sq km*: the place stands in a clause of its own."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    if not begin <= known.first < end:
        return False
    if known.first >= measure.last:
        gap = range(measure.last, known.first)
        if any(words[i].norm in _SUBORDINATE and words[i - 1].norm in (",", "-", ";") for i in gap):
            return True
        # "some 7 percent, made up of Crimea and part of the Donbas"
        return any(words[i].norm in _MADE_OF or (words[i].norm, words[i + 1].norm) == ("made", "up") for i in gap)
    led = words[begin].norm in _SUBORDINATE
    parted = any(words[i].norm in (",", ";", "-") for i in range(known.last, measure.first))
    return led and parted


def _is_place(known: Finding) -> bool:
    """A place that a figure near by may be of: a unit, a town, what is held of a unit."""
    return known.mention.kind in _PLACES or (known.mention.kind == "control-share" and bool(known.members))


def _left_out(words: Sequence[Word], first: int) -> bool:
    """*Excluding Crimea*."""
    return any(word.term.classes & {"excluding", "outside"} for word in words[max(0, first - 2) : first])
