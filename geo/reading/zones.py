"""Zones, parallels and how they lie to each other: which one the words around them speak of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.reading.lexicon import Entry
from geo.reading.numbers import number
from geo.reading.page import Finding, Match, Page
from geo.reading.scan import Word
from geo.reading.templates import expression

_SENTENCES_BACK = 3  # how far back a zone may have been introduced


def relation(page: Page, match: Match) -> Finding | None:
    """*Parts of the zone follow the 38th parallel*: two territories and how they lie."""
    one = zone_near(page, match.spans["one"][0])
    first = expression(page.words(match, "one")) or (one.expression if one else None)
    second = expression(page.words(match, "other")) or parallel_of(page.words(match, "other"))
    note = f"follows {second}" if second else ""
    if any("mistranslated-parallel" in w.term.classes for w in page.words(match, "other")):
        note += "; the last word is taken as a slip of translation for 'parallel'"
    return page.finding(match, first, note)


def korean_half(page: Page, match: Match) -> Finding | None:
    """*The North Korean part of the zone*: the zone, with the half said in words."""
    zone = zone_near(page, match.last - 1)
    return page.finding(match, zone.expression if zone else None, "one half of the zone; the whole is given")


def zone(page: Page, match: Match) -> Finding | None:
    """*A buffer zone*: the Korean one or one that is proposed, by the words around it."""
    named = next((w.term.entry for w in page.words(match, "zone") if "buffer" in w.term.classes), None)
    entry = named or zone_near(page, match.spans["zone"][0])
    if entry is None and not _at_the_front(page, match.first):
        return page.finding(match, None, "which zone is meant is not said")
    lies_there = entry is not None and entry.expression and entry.scenario is None
    each = _to_each_side(page.scan.words[match.last : match.last + _ASIDE])
    reach = None if lies_there else _width(page.words(match, "width"), 1 if each else 2)
    if reach:
        how = "as deep to each side" if each else "half of its width to each side"
        note = f"a zone that is proposed; taken as laid along the contact line, {how}"
        return page.finding(match, f'band(line("contact"), "{reach}")', note, members=(entry,) if entry else ())
    if entry is None:
        return page.finding(match, None, "which zone is meant is not said")
    return page.finding(match, entry.expression, entry.note, members=(entry,))


def each_side(page: Page, match: Match) -> Finding | None:
    """*15 km on each side of the line of contact*: the whole width to each side."""
    reach = _width(page.words(match, "width"), 1)
    near = page.scan.has("line", *page.sentence(match.first)) or zone_near(page, match.first)
    if reach is None or not near:
        return None
    note = "a zone that is proposed; taken as laid along the contact line"
    return page.finding(match, f'band(line("contact"), "{reach}")', note)


def pulled_back(page: Page, match: Match) -> Finding | None:
    """*Each army should pull back 15 km from the line of contact*: a zone as deep to each side of it."""
    begin, _ = page.sentence(match.first)
    lead = page.scan.words[begin : match.first]
    both = any(word.norm in _BOTH for word in lead)
    reach = _width(page.words(match, "width"), 1)
    if (
        reach is None
        or not both
        or not page.scan.has("yielding", begin, match.first)
        or not _at_the_front(page, match.first)
    ):
        return None
    note = "both sides would draw back from the contact line: taken as a zone as deep to each side of it"
    return page.finding(match, f'band(line("contact"), "{reach}")', note)


_BOTH = frozenset({"each", "both", "either", "all", "sides", "armies"})


def _at_the_front(page: Page, index: int) -> bool:
    """Whether the sentence names the line of contact."""
    first, last = page.sentence(index)
    words = page.scan.words
    named = (words[i].term.entry for i in page.scan.having("line", first, last))
    return any(entry is not None and entry.expression == 'line("contact")' for entry in named)


def _to_each_side(words: Sequence[Word]) -> bool:
    """*15 km deep on each side*: the depth to one side, no whole width."""
    said = [word.norm for word in words]
    return any(a in ("each", "either", "both") and b in ("side", "sides") for a, b in pairwise(said))


_ASIDE = 5  # words behind a width in which it is said to be that of one side


def _width(words: Sequence[Word], parts: int) -> str | None:
    """A part of *30-kilometre*, as the written form gives lengths."""
    stated = next((w for w in words if w.number), None)
    unit = next((w.term.values["unit"] for w in words if "unit" in w.term.classes), None)
    written = {"kilometre": "km", "metre": "m", "mile": "mi"}.get(unit or "")
    return f"{number(stated.norm) / parts:f} {written}" if stated and written else None


def zone_near(page: Page, index: int) -> Entry | None:
    """The zone that the words around word ``index`` speak of: the nearest cue says, first of its sentence."""
    first, last = page.sentence(index)
    reach = page.scan.sentences[max(0, page.scan.sentence_at(index) - _SENTENCES_BACK)][0]
    for start, stop in ((first, last), (reach, first)):
        near = [cue for cue in page.cues(start, stop) if not _is_style(page.scan.words, cue[0])]
        if near:
            return min(near, key=lambda cue: abs(cue[0] - index))[1]
    return None


def _is_style(words: Sequence[Word], i: int) -> bool:
    """*A Korean-style solution*, *as in Korea*: like one in Korea, not there."""
    lead = [word.norm for word in words[max(0, i - 3) : i]]
    if "like" in lead or "similar" in lead or ("as" in lead and lead[-1] in ("in", "on", "between")):
        return True
    at = i + 1 + (i + 1 < len(words) and "hyphen" in words[i + 1].term.classes)
    return at < len(words) and "style" in words[at].term.classes


def original(page: Page, match: Match) -> Finding | None:
    """*The Korean original*, *the one in Korea*: the zone there, where a zone is spoken of just before."""
    number = page.scan.sentence_at(match.first)
    first = page.scan.sentences[max(0, number - _SENTENCES_BACK)][0]
    if not page.scan.has("zone-adj | zone-word | zone-short | buffer", first, match.first):
        return None
    entry = zone_near(page, match.first)
    return page.finding(match, entry.expression, entry.note, members=(entry,)) if entry and entry.expression else None


def parallel(page: Page, match: Match) -> Finding | None:
    """*The 38th parallel*, also where translation has made it a *horizontal*."""
    written = parallel_of(page.scan.words[match.first : match.last])
    slip = next(
        (w for w in page.scan.words[match.first : match.last] if "mistranslated-parallel" in w.term.classes), None
    )
    note = f"{slip.norm!r} is taken as a slip of translation for 'parallel'" if slip else ""
    return page.finding(match, written, note) if written else None


def parallel_of(words: Sequence[Word]) -> str | None:
    """The circle of latitude that the words name, as written form."""
    degree = next((w.norm for w in words if w.norm[:1].isdigit()), "")
    digits = degree.rstrip("stndrh")
    south = any(w.norm == "south" for w in words)
    return f'parallel("{digits}{"S" if south else "N"}")' if digits.isdigit() and int(digits) <= 90 else None
