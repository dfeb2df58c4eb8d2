"""Figures of what another figure is of: *half of it in Donetsk oblast*, *that is roughly 115,000 sq km*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading import periods
from geo.reading.asides import Aside, aside_at, asides
from geo.reading.earlier import compared_with, compares
from geo.reading.figures import Measure, within
from geo.reading.joins import is_mark
from geo.reading.page import Finding, Page
from geo.reading.scan import Word
from geo.reading.templates import tidy
from geo.reading.types import Claim
from geo.reading.wholes_behind import whole_after

_GROUND = ("percent", "km2")
_STATED = ("share", "area", "change")
_PLACES = ("admin-unit", "group", "group-of-oblasts", "bank-of-river", "country")
_LYING = frozenset({
    "is", "are", "was", "were", "lies", "lie", "lay", "lying", "being", "located", "situated", "concentrated", "now",
    "still", "also", "falls", "sits", "found",
})  # fmt: skip
_IN = frozenset({"in", "on", "inside", "within", "across", "along"})
_THAT = frozenset({"that", "this", "it", "which"})
_COMES_TO = frozenset({
    "is", "was", "amounts to", "amounted to", "amounting to", "equals", "equates", "represents", "means", "comes", "to",
    "makes", "equivalent", "works", "out", "at", "some", "about", "or", "an", "area", "of", "corresponds", "translates",
    "into",
})  # fmt: skip
_ENDING = frozenset({"", ".", ",", ";", "(", "-", ")"})
_WAS = frozenset({"was", "is", "stood", "amounted", "came", "been", "had"})
_FIGURE = frozenset({"share", "proportion", "percentage", "figure", "total", "area", "gain", "amount", "number"})
_LONG = 60  # words of a clause that says no more than a time and a figure
_CLAUSE = 12  # words back to where a clause begins
_NEAR = 6  # words from *that* to the figure it is
_GAINED = re.compile(r'(gained\("\w+", since=)"[\d-]+"(\).*)')
_BRINGING = frozenset({"brought", "saw", "it", "was", "in", "figure", "the", "came", "to", ",", "total", "that"})
_HELD = re.compile(r'controlled\("(\w+)"\)')
_UNREAD = "a share of the figure before it, of which it is not clear what is said"
_UNKNOWN = "a share of the figure before it, which is not checkable itself"
_DAYS = "a share of the figure before it, and since which day it was taken is not clear"


def is_share_of_figure(page: Page, measure: Measure) -> bool:
    """Whether the figure is a share of the one before it: *half of it*."""
    return measure.figure.unit == "percent" and _aside(page, measure) is not None


def of_figures(page: Page, measures: Sequence[Measure], found: Sequence[Claim], dated: str | None) -> Iterator[Claim]:
    """The claims of figures that are said of what the figure before them is of; ``found`` are the claims so far."""
    stated = {claim.figure.start: claim for claim in found if claim.figure is not None and claim.kind in _STATED}
    covered = {claim.figure.start for claim in found if claim.figure is not None}
    for n, measure in enumerate(measures):
        if measure.figure.unit not in _GROUND:
            continue
        if measure.figure.unit == "percent" and (aside := _aside(page, measure)) is not None:
            before = [m for m in _before(page, measures, measure) if m.first < aside.first]
            told = stated.get(before[-1].figure.start) if before else None
            yield _share(page, measure, aside, told, dated)
        elif n and (told := _anew(page, n, measures, stated, measure.figure.start in covered, dated)) is not None:
            stated[measure.figure.start] = told
            yield told


def _anew(
    page: Page, n: int, measures: Sequence[Measure], stated: dict[int, Claim], covered: bool, dated: str | None
) -> Claim | None:
    """What is said before a figure, said of it once more: of the same ground, or of another time."""
    measure = measures[n]
    if measure.figure.unit == "percent" and (told := _same_share(page, measure, measures, stated)) is not None:
        return told
    told = _figure_then(page, measure, measures, stated, dated)
    if told is None and compares(page, measure) and not ((own := stated.get(measure.figure.start)) and own.part):
        told = compared_with(page, measure, _beside(page, measure, measures, stated), dated)
    if told is not None or covered:
        return told
    told = _same(page, measure, measures[n - 1], stated)
    return told or _month_later(page, measure, measures, stated, dated)


def _beside(page: Page, measure: Measure, measures: Sequence[Measure], stated: dict[int, Claim]) -> list[Claim]:
    """What is claimed before a figure in its sentence of others of its unit."""
    told = _stated_in(page, page.scan.sentence_at(measure.first), measures, stated)
    return [claim for claim in told if _alike(claim, measure)]


def _aside(page: Page, measure: Measure) -> Aside | None:
    aside = next((a for a in asides(page, measure.first) if a.first <= measure.first < a.last), None)
    if aside is None or not aside.behind:
        return None
    return aside if measure.last <= aside.behind <= measure.last + len(("of", "that", "area")) else None


def _before(page: Page, measures: Sequence[Measure], measure: Measure) -> list[Measure]:
    """The shares and areas of the sentence before a figure that stand in no aside."""
    begin, _ = page.sentence(measure.first)
    here = within(measures, begin, measure.first)
    return [m for m in here if m.figure.unit in _GROUND and not ((a := aside_at(page, m.first)) and a.behind)]


def _share(page: Page, measure: Measure, aside: Aside, told: Claim | None, dated: str | None) -> Claim:
    """The claim of a share of what the claim before it tells the extent of."""
    part, note = None, _UNKNOWN
    if told is not None and told.part is not None:
        part, note = _placed(page, aside, told.part)
        if part is None and note == _UNREAD:
            part, note = _taken(page, aside, told.part, dated)
    whole = told.part if told is not None and part else None
    claim = page.claim("share", measure.first, aside.behind, part, whole, measure.figure, note=note)
    return claim if told is None or part is None else replace(claim, as_of=told.as_of, actor=told.actor)


def _placed(page: Page, aside: Aside, ground: str) -> tuple[str | None, str]:
    """*Nearly all of it in Donetsk oblast*: what lies there of the ground."""
    words, at = page.scan.words, aside.behind
    while at < aside.last and _lies(words[at]):
        at += 1
    if at >= aside.last or words[at].norm not in _IN:
        return None, _UNREAD
    known = next(iter(page.within(at, at + 3)), None)
    if known is None or known.mention.kind not in _PLACES or known.mention.territory is None:
        return None, "a share of the figure before it, in a place whose bounds are not known"
    if any(not is_mark(word) for word in words[known.last : aside.last]):
        return None, _UNREAD
    return tidy(f"({ground}) & ({known.mention.territory})"), _bank_note(known)


def _lies(word: Word) -> bool:
    return word.norm in _LYING or word.norm.endswith("ly") or "hedge" in word.term.classes


def _bank_note(known: Finding) -> str:
    return known.mention.note if known.mention.kind == "bank-of-river" else ""


def _taken(page: Page, aside: Aside, ground: str, dated: str | None) -> tuple[str | None, str]:
    """*Half of it taken since 2022*: what came over since then of the ground that is held."""
    words = page.scan.words[aside.behind : aside.last]
    deeds = {word.term.values["deed"] for word in words if "deed" in word.term.classes}
    if not deeds or any("actor" in word.term.classes for word in words):
        return None, _UNREAD
    since, until = periods.period(periods.inside(page, aside.behind, aside.last, dated))
    holder = _HELD.match(ground)
    if since is None or until is not None or deeds != {"gained"} or holder is None:
        return None, _DAYS
    return tidy(f'gained("{holder[1]}", since="{since}") & ({ground})'), ""


def _same(page: Page, measure: Measure, before: Measure, stated: dict[int, Claim]) -> Claim | None:
    """*Russia holds a fifth of Ukraine. That is roughly 115,000 sq km*: the area of what was spoken of last."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    told = stated.get(before.figure.start)
    number = page.scan.sentence_at(measure.first)
    lead = words[begin + _that(words, begin) : measure.first]
    if number == 0 or not _that(words, begin) or not lead or len(lead) > _NEAR or told is None or not told.part:
        return None
    first, _ = page.scan.sentences[number - 1]
    closes = measure.last >= end or words[measure.last].norm in _ENDING
    simple = all(w.norm in _COMES_TO or "amounting" in w.term.classes or "hedge" in w.term.classes for w in lead)
    if not (first <= before.first < begin and closes and simple) or measure.figure.unit != "km2":
        return None
    only = sum(claim.part is not None for start, claim in stated.items() if _starts_in(page, start, first, begin)) == 1
    if not only or told.figure is None or told.predicate == "proposed":
        return None
    kind = "change" if "gained(" in told.part or "lost(" in told.part else "area"
    claim = page.claim(kind, measure.first, measure.last, told.part, None, measure.figure, note=told.note)
    return replace(claim, as_of=told.as_of, predicate=told.predicate, actor=told.actor)


def _that(words: Sequence[Word], begin: int) -> int:
    """How many words *that*, *the figure* are, with which a sentence takes up the figure before it; 0 if none."""
    if words[begin].norm in _THAT:
        return 1
    return 2 * (words[begin].norm in ("the", "this") and words[begin + 1].norm in _FIGURE)


def _same_share(page: Page, measure: Measure, measures: Sequence[Measure], stated: dict[int, Claim]) -> Claim | None:
    """*It took 4,336 sq km last year. That is 0.72 percent of the country*: the share of what was spoken of last."""
    begin, _ = page.sentence(measure.first)
    words = page.scan.words
    number = page.scan.sentence_at(measure.first)
    lead = words[begin + _that(words, begin) : measure.first]
    if number == 0 or not _that(words, begin) or not lead or len(lead) > _NEAR:
        return None
    areas = [c for c in _stated_in(page, number - 1, measures, stated) if c.kind in ("area", "change")]
    if len({claim.part for claim in areas}) != 1 or not areas[0].part:
        return None
    told = areas[0]
    simple = all(w.norm in _COMES_TO or "amounting" in w.term.classes or "hedge" in w.term.classes for w in lead)
    whole = whole_after(page, measure.last)
    if not simple or whole is None or whole.loose or not whole.expression or whole.expression not in (told.part or ""):
        return None
    claim = page.claim("share", measure.first, whole.last, told.part, whole.expression, measure.figure, note=told.note)
    return replace(claim, as_of=told.as_of, predicate=told.predicate, actor=told.actor)


def _figure_then(
    page: Page, measure: Measure, measures: Sequence[Measure], stated: dict[int, Claim], dated: str | None
) -> Claim | None:
    """*Russia holds 19 %; before the invasion, the figure was 7 %*: the same ground on another day."""
    begin, _ = page.sentence(measure.first)
    words, number = page.scan.words, page.scan.sentence_at(measure.first)
    said = [w.norm for w in words[max(begin, measure.first - 4) : measure.first] if "hedge" not in w.term.classes]
    was = next((k for k, norm in enumerate(said) if norm in _WAS), 0)
    if (
        measure.figure.unit not in _GROUND
        or not was
        or said[was - 1] not in _FIGURE
        or set(said[was + 1 :]) - _WAS - {"at", "to"}
    ):
        return None
    head = max((i for i in range(begin, measure.first) if words[i].norm == ";"), default=begin)
    told = [c for k in (number, number - 1)[: 1 + (number > 0)] for c in _stated_in(page, k, measures, stated)]
    told = [
        c for c in told if c.figure and c.figure.start < measure.figure.start and c.figure.unit == measure.figure.unit
    ]
    days = periods.inside(page, head, measure.first, dated)
    day = periods.as_of(days) if len(days) == 1 else None
    if not told or not told[-1].part or told[-1].predicate != "holds" or day is None:
        return None
    note = "; ".join(filter(None, (told[-1].note, "of the same ground as the figure before it")))
    kind, part, whole = told[-1].kind, told[-1].part, told[-1].whole
    claim = page.claim(kind, measure.first, measure.last, part, whole, measure.figure, note=note)
    return replace(claim, as_of=day, predicate="holds", actor=told[-1].actor)


def _month_later(
    page: Page, measure: Measure, measures: Sequence[Measure], stated: dict[int, Claim], dated: str | None
) -> Claim | None:
    """*Russia took 505 sq km in November. December brought 445*; *in 2025 0.72 percent; in 2024, 0.55*.

    The same was done in another time, nothing else being said.
    """
    begin, end = page.sentence(measure.first)
    number, words = page.scan.sentence_at(measure.first), page.scan.words
    head = max(
        (i + 1 for i in range(max(begin, measure.first - _CLAUSE), measure.first) if words[i].norm == ";"),
        default=begin,
    )
    if measure.figure.unit not in _GROUND or end - head > _LONG or (number == 0 and head == begin):
        return None
    if page.scan.having("deed", head, end):
        return None
    told = [c for c in _stated_in(page, number - (head == begin), measures, stated) if _alike(c, measure)]
    said = periods.inside(page, head, measure.first, dated)
    if len(told) != 1 or not told[0].part or len(said) != 1:
        return None
    since, until = periods.period(said)
    gained = _GAINED.match(told[0].part)
    lead = [w for i, w in enumerate(words[head : measure.first], head) if not said[0].first <= i < said[0].last]
    if since is None or gained is None or not all(_brings(word) for word in lead):
        return None
    if not (measure.last >= end or words[measure.last].norm in _ENDING):
        return None
    part = f'{gained[1]}"{since}"{gained[2]}'
    note = "; ".join(filter(None, (told[0].note, "of the same ground, by the same side, as is said before it")))
    claim = page.claim(told[0].kind, measure.first, measure.last, part, told[0].whole, measure.figure, note=note)
    return replace(claim, as_of=until, predicate=told[0].predicate, actor=told[0].actor)


def _alike(claim: Claim, measure: Measure) -> bool:
    """Whether a claim's figure stands before another of the same unit."""
    figure = claim.figure
    return figure is not None and figure.unit == measure.figure.unit and figure.start < measure.figure.start


def _stated_in(page: Page, number: int, measures: Sequence[Measure], stated: dict[int, Claim]) -> list[Claim]:
    """The claims of the figures of a sentence."""
    return [stated[m.figure.start] for m in within(measures, *page.scan.sentences[number]) if m.figure.start in stated]


def _brings(word: Word) -> bool:
    return word.norm in _BRINGING or "hedge" in word.term.classes or "joining" in word.term.classes


def _starts_in(page: Page, start: int, first: int, last: int) -> bool:
    return page.scan.starts[first] <= start < page.scan.starts[last]
