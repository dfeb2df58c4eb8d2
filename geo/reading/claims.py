"""Claims: figures tied to territory, and statements that geometry can test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from geo.reading import periods
from geo.reading.deeds import deed_before, deed_of, incursion, part_of
from geo.reading.dimensions import dimensions
from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.statements import Statement, stated
from geo.reading.templates import tidy
from geo.reading.types import Claim, Figure
from geo.reading.wholes import Whole, amounting_to, area_of, default_whole, last_named, whole_after, whole_before

_LENGTHS = ("km", "m")
_AREAS = ("km2", "km2/day")
_JOINTS = frozenset({"(", ")", "[", "]", ",", "or", "-", "/"})
_OPENING = frozenset({"(", "[", "or"})
_TELLINGS = 50  # tellings of one fact that are compared


def find(page: Page, measures: Sequence[Measure], statements: Sequence[Statement], dated: str | None) -> list[Claim]:
    """All claims of a text in order of appearance; ``dated`` is its own date."""
    found = [claim for chain in _chains(page, measures) for claim in _of_chain(page, chain, dated)]
    found += stated(page, statements)
    return sorted(_told_twice(found), key=lambda claim: (claim.start, claim.end, claim.kind))


def _chains(page: Page, measures: Sequence[Measure]) -> Iterator[list[Measure]]:
    """Figures of one thing side by side: *114,500 square km (44,600 square miles), or 19 %*."""
    chain: list[Measure] = []
    for measure in measures:
        if chain and not _joined(page, chain[-1], measure):
            yield chain
            chain = []
        chain.append(measure)
    if chain:
        yield chain


def _joined(page: Page, one: Measure, other: Measure) -> bool:
    between = page.scan.words[one.last : other.first]
    if not between or len(between) > 4 or {one.role, other.role} == {"width", "length"}:
        return False
    return all(word.norm in _JOINTS for word in between) and any(word.norm in _OPENING for word in between)


def _of_chain(page: Page, chain: list[Measure], dated: str | None) -> Iterator[Claim]:
    first = chain[0]
    if first.figure.unit in _LENGTHS:
        claims = list(dimensions(page, chain))
    elif first.figure.unit in ("percent", *_AREAS):
        claims = list(_ground(page, chain, dated))
    else:
        claims = []
    yield from claims
    part = claims[0].part if claims else None
    whole = claims[0].whole if claims else None
    for one, other in pairwise(chain):
        if _same_dimension(one.figure, other.figure) and one.figure.printed_unit != other.figure.printed_unit:
            yield page.claim("conversion", one.first, other.last, part, whole, one.figure, (other.figure,))


def _same_dimension(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} == set(_LENGTHS)


def _ground(page: Page, chain: list[Measure], dated: str | None) -> Iterator[Claim]:
    behind = chain[-1].last
    whole = whole_after(page, behind) or (whole_after(page, chain[0].last) if len(chain) > 1 else None)
    if whole is not None and whole.expression is None:
        return
    for n, measure in enumerate(chain):
        if n and _same_dimension(chain[n - 1].figure, measure.figure):
            continue
        others = tuple(m.figure for m in chain if m is not measure)
        claim = _ground_claim(page, measure, whole, behind, others, dated)
        if claim is not None:
            yield claim


def _ground_claim(
    page: Page, measure: Measure, whole: Whole | None, behind: int, others: tuple[Figure, ...], dated: str | None
) -> Claim | None:
    if (itself := area_of(page, measure)) is not None:
        return page.claim("area", measure.first, measure.last, itself, None, measure.figure, others)
    before = whole_before(page, measure.first)
    deed = deed_of(page, measure, max(behind, whole.last if whole else 0)) or (
        deed_before(page, measure) if measure.figure.unit == "percent" else None
    )
    if deed is None and before is None and (whole is None or whole.loose):
        return None
    target = whole or before or default_whole(page, measure)
    if target is None:
        return None
    dates = periods.dates_near(page, measure.first, behind, dated)
    last = max(behind, target.last)
    if deed is None:
        claim = _without_deed(page, measure, target, last, others, named_before=before is not None)
        return replace(claim, as_of=periods.as_of(dates))
    if whole is None and before is None and deed.predicate == "holds" and deed.actor == "ukraine":
        named = last_named(page, measure.first)
        target = named if named.expression else target
    deed, target = incursion(page, measure, target, deed)
    last = max(last, deed.last)
    since, until = periods.period(dates) if deed.predicate != "holds" else (None, periods.as_of(dates))
    part, ground, note = part_of(deed, target, since)
    if deed.elsewhere:
        note = "; ".join(filter(None, (note, "who holds it is taken from the sentence before")))
    kind = _kind(measure.figure.unit, deed.predicate, ground)
    note = "; ".join(filter(None, (note, target.note if target.kind == "denominator" else "")))
    claim = page.claim(
        kind, measure.first, last, part, ground if kind == "share" else None, measure.figure, others, note=note
    )
    return replace(claim, as_of=until, predicate=deed.predicate, actor=deed.actor)


def _without_deed(
    page: Page, measure: Measure, target: Whole, last: int, others: tuple[Figure, ...], *, named_before: bool
) -> Claim:
    """*Kharkiv - 4.7 %* is a share held; *Crimea, around 27,000 km²* the unit itself; else nobody says."""
    if measure.figure.unit == "percent" and (subject := amounting_to(page, measure)):
        return page.claim("share", measure.first, last, subject, target.expression, measure.figure, others)
    if measure.figure.unit == "percent":
        part = tidy(f'controlled("russia") & ({target.expression})') if named_before else None
        note = (
            "taken as held by Russia: the sentence does not say" if named_before else "what share is meant is not said"
        )
        return page.claim("share", measure.first, last, part, target.expression, measure.figure, others, note=note)
    itself = named_before and not _of_a_piece(page, measure)
    part = target.expression if itself else None
    note = "" if itself else "what area is meant is not said"
    return page.claim("area", measure.first, last, part, None, measure.figure, others, note=note)


def _of_a_piece(page: Page, measure: Measure) -> bool:
    """*Pockets in Sumy and Kharkiv, around 440 km²*: the figure is of the pockets, not of the units named."""
    begin, _ = page.sentence(measure.first)
    return any("piece" in word.term.classes for word in page.scan.words[begin : measure.first])


def _kind(unit: str, predicate: str, whole: str | None) -> str:
    if unit == "km2/day":
        return "rate"
    if unit == "percent":
        return "share"
    return "area" if predicate == "holds" else "change"


def _told_twice(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Each claim with the other figures the article gives for the same thing."""
    told: dict[tuple[str, str | None, str | None, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.figure is not None and claim.part is not None and claim.kind != "conversion":
            told[claim.kind, claim.part, claim.whole, claim.as_of].append(claim)
    for claim in claims:
        same = told.get((claim.kind, claim.part, claim.whole, claim.as_of), ()) if claim.kind != "conversion" else ()
        yield replace(claim, others=claim.others + _other_tellings(claim, same))


def _other_tellings(claim: Claim, same: Sequence[Claim]) -> tuple[Figure, ...]:
    """The figures of the same thing that are not written just as this one is, each once."""
    told = {(f.text, f.printed_unit): f for f in (other.figure for other in same[:_TELLINGS]) if f is not None}
    return tuple(f for f in told.values() if claim.figure and f.text != claim.figure.text)
