"""The length of a line by how it is said to run: *stretches for 1,200 km*, *from Kharkiv to the sea*, or a stretch."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.figures import Measure
from geo.reading.joins import is_mark, joins
from geo.reading.lexicon import Entry
from geo.reading.page import Page
from geo.reading.scan import Word

# "according to Yonhap", "in Kosovo"
LEADING = frozenset({"to", "by", "in", "of", "at", "near", "on", "from", "through", "between"})
_LENGTHY = ("line", "historical-line", "border", "buffer")
_LARGE = ("macro-region", "direction")
_SHORTEST_FRONT_KM = 800  # what is shorter is a stretch, though both its ends be named
_PLACES = ("admin-unit", "group", "group-of-oblasts", "city", "direction", "macro-region", "axis", "salient")
_SHORT_KM = 200  # no front that a zone has been proposed along was shorter
_OF_ANOTHER = frozenset({"zone-word", "zone-adj", "zone-short", "role"})
_ONE_LINE = ("line", "historical-line")
_BEING = (["is"], ["was"], ["is", "now"], ["was", "then"])
_RUNNING_REACH = 6  # words between a line and its length
_ENDS = 9  # words behind a length in which "from one place to another" is said
_FOR = frozenset({"for", "over", ",", "of", "-", "along", "across", "(", "measuring", "spanning", "covering"})


def running(page: Page, measure: Measure, last: int) -> str:
    """*The front line stretches for 1,200 km*, *a front line of 600 miles*: the role that makes."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    known = next(page.before(measure.first), None)
    if _measured_by(page, measure, last):
        return "length"
    ends = _ends_before(page, measure)
    if ends:
        near = page.within(max(begin, ends[0] - 2 * _ENDS), ends[0])
        known = next((k for k in reversed(near) if k.mention.kind in _LENGTHY), None)
    if known is None or known.first < begin or known.mention.kind not in _LENGTHY or _leads_away(words[last:end]):
        return ""
    if ends:
        return "length"
    lead = words[begin : known.first]
    its_length = [word.norm for word in lead[-2:]] == ["length", "of"]
    if not its_length and any(word.term.classes & _OF_ANOTHER for word in lead):
        return ""
    between = words[known.last : _grown_to(words, known.last, measure.first)]
    runs = its_length or any("running" in word.term.classes for word in between)
    of = bool(between) and between[0].norm == "of"
    return "length" if (runs or of) and len(between) <= _RUNNING_REACH and all(map(_runs_or_joins, between)) else ""


def _measured_by(page: Page, measure: Measure, last: int) -> bool:
    """*The front line is around 1,000 km*, *the front line in Ukraine, about 1,200 km,*: a line and a length alone."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    near = page.within(max(begin, measure.first - 2 * _ENDS), measure.first)
    line = next((k for k in reversed(near) if k.mention.kind in _ONE_LINE), None)
    if line is None or measure.figure.to("km").value < _SHORT_KM:
        return False
    if any(word.term.classes & _OF_ANOTHER for word in words[begin : line.first]):
        return False
    if last < end and not is_mark(words[last]) and words[last].norm != "long":
        return False
    between = [word for word in words[line.last : measure.first] if "hedge" not in word.term.classes]
    if not between:
        return False
    return [word.norm for word in between] in _BEING or (
        between[-1].norm == "," and _only_places(page, line.last, measure.first)
    )


def _only_places(page: Page, first: int, last: int) -> bool:
    """*In Ukraine,*: names of places and what leads them in."""
    named = {i for k in page.within(first, last) if k.first >= first for i in range(k.first, k.last)}
    rest = [word for i, word in enumerate(page.scan.words[first:last], first) if i not in named]
    return all(is_mark(word) or word.norm in LEADING or "hedge" in word.term.classes for word in rest)


def _grown_to(words: Sequence[Word], after: int, first: int) -> int:
    """*Has grown from 1,050 km to 1,250 km*: the word at which the figure or the span that ends with it begins."""
    rising = [i for i in range(after, first) if "rising" in words[i].term.classes]
    if not rising or "running" not in {c for w in words[after:first] for c in w.term.classes}:
        return first
    behind = words[rising[-1] + 1 : first]
    spanned = (
        bool(behind)
        and behind[0].norm == "from"
        and all(w.number or w.norm in ("from", "to") or joins(w) for w in behind)
    )
    return rising[-1] + 1 if spanned else first


def _runs_or_joins(word: Word) -> bool:
    if word.term.classes & {"other-country", "foreign-place"}:
        return True  # "the buffer zone in Cyprus runs for"
    return "running" in word.term.classes or (joins(word) and word.norm not in (",", "from", "by"))


def _leads_away(following: Sequence[Word]) -> bool:
    """*600 km from Kyiv*; *600 km from Kharkiv to the sea* says between which ends a line runs."""
    if any(word.norm in ("to", "down", "through") for word in following[:_ENDS]):
        return following[0].norm == "away"
    if any(word.norm in ("from", "away") for word in following[:2]):
        return True
    return any("compass" in word.term.classes for word in following[:1])


def grown_from(page: Page, measure: Measure) -> bool:
    """*From 1,050 km to 1,250 km*: the first of the two."""
    words = page.scan.words
    _, end = page.sentence(measure.first)
    lead = words[measure.first - 1].norm if measure.first else ""
    return lead == "from" and measure.last < end and words[measure.last].norm == "to"


def shorter_than_the_front(page: Page, measure: Measure) -> bool:
    """*A 30-km-long zone along the line of contact*, with no place named that it might be a stretch at."""
    begin, end = page.sentence(measure.first)
    named = page.within(begin, end)
    lines = [k for k in named if k.mention.kind in ("line", "historical-line")]
    stretch = page.scan.having("stretch-word", begin, end) or any(k.mention.kind in _PLACES for k in named)
    return bool(lines) and not stretch and measure.figure.to("km").high < _SHORT_KM


def of_a_stretch(page: Page, measure: Measure, entry: Entry | None) -> str:
    """Why the length is not that of the whole line: a stretch of it, or the line within a place."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    if entry is not None and "axis" in entry.extra:
        return ""
    behind = range(measure.last - 1, min(end, measure.last + 2))
    parted = (i for i in range(begin, end) if "stretch-word" in words[i].term.classes)
    if any(i in behind or (i + 1 < end and words[i + 1].norm == "of") for i in parted):
        return "a stretch of the line, and which is not said"
    ends = _ends(page, measure)
    wide = _LARGE if measure.figure.to("km").value >= _SHORTEST_FRONT_KM else ()  # a front that long is all of it
    kinds = [kind for kind in _PLACES if kind not in wide]
    placed = (k for k in page.within(begin, end) if k.mention.kind in kinds and k.first not in ends)
    movable = entry is None or "movable-line" in entry.classes
    return (
        "the line within a place that is named near by, or all of it: which is not said"
        if movable and any(placed)
        else ""
    )


def _ends(page: Page, measure: Measure) -> range:
    """*From the Kharkiv region to the Dnipro delta*, said of all of a front: the words that name its two ends."""
    _, end = page.sentence(measure.first)
    words = page.scan.words
    if (before := _ends_before(page, measure)) and measure.figure.to("km").value >= _SHORTEST_FRONT_KM:
        return before
    opens = [i for i in range(measure.last, min(end, measure.last + _ENDS)) if words[i].norm in ("from", "between")]
    if not opens or measure.figure.to("km").value < _SHORTEST_FRONT_KM:
        return range(0)
    closing = "and" if words[opens[0]].norm == "between" else "to"
    behind = words[opens[0] : min(end, opens[0] + 2 * _ENDS)]
    return range(opens[0], end) if any(word.norm in (closing, "down", "through") for word in behind) else range(0)


def _ends_before(page: Page, measure: Measure) -> range:
    """*The line runs from Kupiansk to Kamianske for 1,100 km*: the words that name its ends before its length."""
    begin = max(page.sentence(measure.first)[0], measure.first - 2 * _ENDS)
    words = page.scan.words
    runs = [i for i in page.scan.having("running", begin, measure.first) if words[i + 1].norm in ("from", "between")]
    if not runs or words[measure.first - 1].norm not in _FOR:
        return range(0)
    behind = words[runs[-1] + 1 : measure.first]
    if not any(w.norm in ("to", "and", "down", "through") for w in behind):
        return range(0)
    if any(w.term.classes & {"unit", "deed"} for w in behind):
        return range(0)
    return range(runs[-1] + 1, measure.first)
