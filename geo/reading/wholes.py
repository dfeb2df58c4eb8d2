"""Wholes: the territory that a figure is a share or a part of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from geo.reading.figures import Measure
from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Page
from geo.reading.vocabulary import Word

_FILLER_REACH = 9  # words between "of" and the territory
_COUNTRY_REACH = 150  # words back to the country that "the country" refers to
_AREA_REACH = 9  # words between "the area of" and its figure
_SKIPPED = frozenset({",", '"', "\u201d", "\u201c", "'", ")", "]", "-"})
_AREA_WORDS = frozenset({"area", "covers", "covering", "spans", "total"})
_SETTINGS = ("admin-unit", "group", "group-of-oblasts", "salient", "bank-of-river", "direction")
_UKRAINE = 'country("ukraine")'
_WHOLES = (
    "anaphora",
    "admin-unit",
    "group-of-oblasts",
    "group",
    "salient",
    "country",
    "denominator",
    "control-share",
    "macro-region",
    "bank-of-river",
)


@dataclass(frozen=True)
class Whole:
    """What a figure is a share of: the expression, the words it ends at, and the entry if it is one.

    ``loose`` where the figure stands *in* it rather than being one *of* it.
    """

    expression: str | None
    last: int
    entry: Entry | None = None
    note: str = ""
    kind: str = ""
    loose: bool = False


def covering(page: Page, index: int) -> Finding | None:
    """The finding that word ``index`` belongs to."""
    known = next(page.before(index + 1), None)
    return known if known is not None and known.first <= index < known.last else None


def whole_after(page: Page, last: int) -> Whole | None:
    """The territory after *of*; a Whole without expression where something else stands there; None without *of*."""
    words = page.scan.words
    at = last
    while at < len(words) and words[at].norm in _SKIPPED:
        at += 1
    if at + 1 >= len(words) or words[at].norm not in ("of", "in"):
        return None
    loose = words[at].norm == "in"
    if (loose and words[at - 1].norm == ",") or words[at + 1].number or "hedge" in words[at + 1].term.classes:
        return None
    _, end = page.sentence(at)
    reference: Whole | None = None
    for i in range(at + 1, min(end, at + 1 + _FILLER_REACH)):
        named = _named(page, i, loose)
        if named is not None and named.kind in ("anaphora", "control-share"):
            # "the territory" alone refers back, "the territory lost in Kursk Region" goes on to say where.
            reference = named
        elif named is not None:
            return named
        elif "filler" not in words[i].term.classes and not _passed_over(words, i, reference):
            break
    if loose or reference is not None:
        return reference
    return _referred(page, at, end)


def _named(page: Page, i: int, loose: bool) -> Whole | None:
    """The territory named at word ``i``."""
    word = page.scan.words[i]
    if _possesses_unit(page.scan.words, i):
        return None
    known = covering(page, i)
    if known is not None and known.mention.kind in _WHOLES:
        entry = known.members[0] if len(known.members) == 1 else None
        return Whole(known.mention.territory, known.last, entry, known.mention.note, known.mention.kind, loose)
    entry = word.term.entry
    if entry is not None and entry.kind in _WHOLES:
        return Whole(entry.expression, i + 1, entry, entry.note, entry.kind, loose)
    if "demonym" in word.term.classes and "ground" in page.scan.words[i + 1].term.classes:
        return Whole(f'country("{word.term.values["demonym"]}")', i + 2, kind="country", loose=loose)
    return None


def _passed_over(words: list[Word], i: int, reference: Whole | None) -> bool:
    return (reference is not None and "deed" in words[i].term.classes) or _possesses_unit(words, i)


def _referred(page: Page, at: int, end: int) -> Whole:
    """*Of its territory*, *of what was initially occupied*, *of the country*."""
    said = page.scan.words[at + 1 : min(end, at + 1 + _FILLER_REACH)]
    filling = next((n for n, word in enumerate(said) if "filler" not in word.term.classes), len(said))
    classes = {each for word in said[: filling + 1] for each in word.term.classes}
    norms = {word.norm for word in said[: filling + 1]}
    if "country" in norms:
        return _country_named(page, at)
    refers = classes & {"anaphor", "anaphoric-noun"} or ("what" in norms and "deed" in classes)
    return last_named(page, at) if refers else Whole(None, at + 1)


def _possesses_unit(words: list[Word], i: int) -> bool:
    """*Russia's Kursk region*: the unit is meant, not the country."""
    if i + 2 >= len(words) or words[i + 1].norm != "'s" or "country" not in words[i].term.classes:
        return False
    return "admin-unit" in words[i + 2].term.classes


def _country_named(page: Page, index: int) -> Whole:
    """*The country*: the one last named that is not itself said to act in this sentence."""
    words = page.scan.words
    begin, _ = page.sentence(index)
    actor = next((word.term.values["actor"] for word in words[begin:index] if "actor" in word.term.classes), "")
    for i in range(index, max(-1, index - _COUNTRY_REACH), -1):
        entry = words[i].term.entry
        if entry is not None and entry.kind == "country" and entry.expression != f'country("{actor}")':
            return Whole(entry.expression, index + 1, entry, f"the country is taken as {entry.id}", entry.kind)
    return Whole(None, index + 1)


def last_named(page: Page, index: int) -> Whole:
    """The unit or country last named before word ``index``, within two sentences."""
    here = page.scan.sentence_of[index]
    for known in page.before(index):
        if here - page.scan.sentence_of[known.first] > 2:
            break
        if known.mention.kind in ("admin-unit", "group-of-oblasts", "group", "city", "country", "salient"):
            entry = known.members[0] if len(known.members) == 1 else None
            expression = entry.expression if entry and known.mention.kind == "city" else known.mention.territory
            return Whole(expression, index + 1, entry, f"refers back to {known.mention.text!r}")
    return Whole(None, index + 1)


def whole_before(page: Page, first: int) -> Whole | None:
    """The unit in *Kharkiv - 4.7 %*, *Sumy was 0 %*, *Donetsk (78 %)*."""
    words = page.scan.words
    at = first - 1
    while at >= 0 and first - at <= 3 and words[at].norm in ("-", ":", "(", "was", "is", "at", "to", "now", ","):
        at -= 1
    known = covering(page, at) if 0 <= at < first - 1 else None
    if known is None or known.mention.kind not in ("admin-unit", "group", "group-of-oblasts"):
        return None
    return Whole(known.mention.territory, first, known.members[0] if len(known.members) == 1 else None)


def amounting_to(page: Page, measure: Measure) -> str | None:
    """The territory that *makes up* the share: *the five regions constitute 19.4 %*."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    for i in range(measure.first - 1, max(begin, measure.first - 3) - 1, -1):
        if "amounting" in words[i].term.classes:
            known = next(page.before(i), None)
            return known.mention.territory if known is not None and known.first >= begin else None
    return None


def default_whole(page: Page, measure: Measure) -> Whole | None:
    """The unit the sentence is set in, else the country where it or the sentence before speaks of a party."""
    begin, _ = page.sentence(measure.first)
    for known in page.before(measure.first):
        if known.first < begin:
            break
        lead = page.scan.words[known.first - 1 : known.first] + page.scan.words[known.first : known.first + 1]
        if known.mention.kind in _SETTINGS and any(word.norm in ("in", "across", "inside", "within") for word in lead):
            return Whole(known.mention.territory, measure.last, known.members[0] if len(known.members) == 1 else None)
    number = page.scan.sentence_of[measure.first]
    spans = page.scan.sentences[max(0, number - 1) : number + 1]
    said = [word for first, last in spans for word in page.scan.words[first:last]]
    if any("party" in word.term.classes or "actor" in word.term.classes for word in said):
        return Whole(_UKRAINE, measure.last, note="of what is not said: taken as Ukraine")
    return None


def area_of(page: Page, measure: Measure) -> str | None:
    """*A total area of 603,548 km²*, *the zone covers 907 km²*: the figure measures a territory itself."""
    if measure.figure.unit != "km2":
        return None
    begin, _ = page.sentence(measure.first)
    said = [word.norm for word in page.scan.words[max(begin, measure.first - _AREA_REACH) : measure.first]]
    near = (*said[-4:], *measure.figure.hedge.split())
    if ("area", "of") not in pairwise(said) and not any(word in _AREA_WORDS for word in near):
        return None
    for known in page.before(measure.first):
        if known.first < begin:
            break
        if known.mention.kind in ("buffer", "admin-unit", "country", "group", "group-of-oblasts", "city"):
            return known.mention.territory
    named = [
        w.term.entry for w in page.scan.words[begin : measure.first] if w.term.entry and w.term.entry.kind == "country"
    ]
    return named[-1].expression if named else None
