"""Doubts: why a figure that is tied to a territory is still not a statement of what is so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo.reading.datewords import UNCLEAR
from geo.reading.figures import Measure
from geo.reading.page import Dated, Page
from geo.reading.scan import Word

_NEAR = 4  # words before a deed in which a *not* or a *could* belongs to it
_THAN = 12  # words behind a figure in which *than* makes it a difference
_PEAK_REACH = 9  # words between a figure and *at its peak*
_MONTH = 31  # days
DENIED = "the sentence denies or disputes this figure"
ASKED = "the sentence asks, it does not state"
NOT_HELD = "the sentence denies that so much is held, or says how much is not held: which of the two is not clear"
EARLIER = "an earlier state, and when that was is not said"
WISHED = "the sentence speaks of what may come or is wished for, not of what is"


def doubt(page: Page, measure: Measure, deed: int) -> str:
    """Why the deed at word ``deed`` is not stated of the figure; "" where it is."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    if any("denying" in word.term.classes for word in words[begin:end]):
        return DENIED
    if any(word.norm == "?" for word in words[max(deed, end - 2) : end]):
        return ASKED
    near = max(begin, deed - _NEAR)
    lead = words[near:deed]
    for i, word in enumerate(lead, near):
        behind = words[i + 1 : deed]
        causing = "modal" in word.term.classes and behind and behind[0].norm in _CAUSING
        if not causing and any("actor" in each.term.classes or each.norm in (",", "which") for each in behind):
            continue
        if "not" in word.term.classes and not any(each.norm == "only" for each in behind):
            return NOT_HELD if _holds_not(measure, words[deed]) else DENIED
        modal = "modal" in word.term.classes and page.scan.letter(i).islower()
        lasting = any("lasting" in each.term.classes for each in (*behind, words[deed]))
        if modal and not (lasting and (word.norm not in _UNREAL or any(each.norm == "continue" for each in behind))):
            return WISHED
    if _supposed(page, begin, deed):
        return WISHED
    wishing = any("wishing" in word.term.classes for word in words[max(begin, deed - 2 * _NEAR) : deed])
    if wishing and any(word.norm == "to" for word in lead):
        return WISHED
    clause = [word.norm for word in words[max(begin, deed - 2 * _NEAR) : deed]]
    return WISHED if "if" in clause or "unless" in clause else ""


def _supposed(page: Page, begin: int, deed: int) -> bool:
    """*Suppose Russia held*, *under the plan it keeps*, *were Russia to hold*, *it was to hold*: no state of today."""
    words = page.scan.words
    if page.scan.has("supposing", begin, deed):
        return True
    if deed - begin > 1 and words[deed - 1].norm == "to" and words[deed - 2].norm in ("was", "were"):
        return True
    opens = [i for i in range(begin, deed - 1) if words[i].norm in _INVERTED and "actor" in words[i + 1].term.classes]
    return any(i == begin or words[i - 1].norm in (",", ";", "-", ":") for i in opens)


_CAUSING = frozenset({"leave", "see", "mean", "let", "make", "have", "allow", "put", "keep"})
_UNREAL = frozenset({"would", "should", "could", "might", "'d"})  # *may still hold* is of today, *would keep* is not
_INVERTED = frozenset({"were", "had", "should"})


def _holds_not(measure: Measure, deed: Word) -> bool:
    """*Does not control 29 %*: a share behind a holding that is denied."""
    return measure.figure.unit in ("percent", "km2") and deed.term.values.get("deed") == "holds"


def is_difference(page: Page, measure: Measure) -> bool:
    """*13 % more of Ukraine than before*: the figure is a difference, not a share."""
    words = page.scan.words
    _, end = page.sentence(measure.first)
    if measure.last >= end:
        return False
    if words[measure.last].norm.endswith(" than") and "hedge" in words[measure.last].term.classes:
        return True  # "8 sq km more than in June"
    if "more-word" not in words[measure.last].term.classes:
        return False
    return any(word.norm == "than" for word in words[measure.last : min(end, measure.last + _THAN)])


def past(page: Page, measure: Measure, deed: int, dates: Sequence[Dated]) -> str:
    """Why the day a figure was true is not known: *once held*, *had occupied*, *in 2022 held*; "" where it is."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    if at_peak(page, measure):
        return ""
    if not dates:
        lead = words[max(begin, deed - _NEAR) : deed]
        near = (*lead, *words[measure.last : measure.last + _NEAR])
        if any(word.norm == "had" for word in lead) or any("once" in word.term.classes for word in near):
            return EARLIER
        return EARLIER if _was_then(words, begin, deed) else ""
    nearest = dates[0]
    if nearest.lead == "since" and _up_to_now(words, begin, deed):
        return ""
    days = (date.fromisoformat(nearest.end) - date.fromisoformat(nearest.begin)).days
    return "when in that time is not said" if days > _MONTH or nearest.lead == UNCLEAR else ""


def _was_then(words: Sequence[Word], begin: int, deed: int) -> bool:
    """*A month into the war Russia held a quarter*, *it used to hold more*: a time of no known day, then the past."""
    near = [word.norm for word in words[max(begin, deed - _NEAR) : deed]]
    if near[-2:] == ["used", "to"] or near[-1:] == ["used to"]:
        return True
    if words[deed].norm not in _PAST or _IS.intersection(near):
        return False
    times = [i for i in range(begin, deed) if _names_a_time(words[i])]
    return bool(times) and not any(words[i].norm in _TELLING for i in range(times[-1], deed))


def _names_a_time(word: Word) -> bool:
    return not _THEN.isdisjoint(word.norm.split()) or "time-span" in word.term.classes


def _up_to_now(words: Sequence[Word], begin: int, deed: int) -> bool:
    """*Has occupied 20 % since 2014*: what began then goes on."""
    perfect = any(word.norm in ("has", "have", "'ve") for word in words[max(begin, deed - _NEAR) : deed])
    return perfect or words[deed].norm in _PRESENT


_PAST = frozenset({"held", "controlled", "occupied", "retained", "kept", "owned", "had"})
_IS = frozenset({"is", "are", "remains", "remain", "has", "have", "now", "still", "currently"})
_TELLING = frozenset({"said", "says", "told", "reported", "announced", "estimated", "wrote"})
_THEN = frozenset({
    "after", "before", "following", "until", "till", "when", "while", "during", "then", "later", "earlier", "ago",
    "eve", "start", "beginning", "began", "outset", "onset", "opening", "early", "late", "time", "era", "height",
    "spring", "summer", "autumn", "winter", "days", "weeks", "months", "years", "war", "once", "under", "initially",
    "formerly",
})  # fmt: skip
_PRESENT = frozenset({"controls", "control", "holds", "hold", "occupies", "occupy", "keeps", "keep", "owns"})


def at_peak(page: Page, measure: Measure) -> bool:
    """*At its peak*, *at the height of the invasion*: the largest extent is meant, not a day's."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    behind = words[measure.last : min(end, measure.last + _PEAK_REACH)]
    before = words[max(begin, measure.first - _PEAK_REACH) : measure.first]
    for near in (behind, before[::-1]):
        for word in near:
            if "unit" in word.term.classes or word.norm == ";":
                break
            if "peak" in word.term.classes:
                return True
    return False
