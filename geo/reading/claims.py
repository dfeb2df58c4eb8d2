"""Claims: figures tied to territory, and statements that geometry can test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from geo.reading.chains import grounds, same_dimension
from geo.reading.comparisons import compared
from geo.reading.dimensions import dimensions
from geo.reading.figures import Measure
from geo.reading.grounds import Ground
from geo.reading.lists import in_step
from geo.reading.of_it import of_figures
from geo.reading.out_of import bare_parts
from geo.reading.page import Page
from geo.reading.parts import lengths_of_ground, ratio, totals
from geo.reading.statements import Statement, stated
from geo.reading.strips import strips
from geo.reading.types import Claim, Figure

_LENGTHS = ("km", "m")
_AREAS = ("km2", "km2/day")
_JOINTS = frozenset({"(", ")", "[", "]", ",", ".", "or", "-", "/"})
_OPENING = frozenset({"(", "[", "or"})
_OWN_NUMBERS = ("conversion", "parts", "comparison")  # these are compared by a rule of their own
_ANEW = ("share", "change")  # an open claim of these gives way to one that is settled by the figure before it
_TELLINGS = 50  # tellings of one fact that are compared


def find(page: Page, measures: Sequence[Measure], statements: Sequence[Statement], dated: str | None) -> list[Claim]:
    """All claims of a text in order of appearance; ``dated`` is its own date."""
    paired = list(in_step(page, measures, dated))
    told = [m for m in measures if not any(first <= m.first < last for (first, last), _ in paired)]
    found = [claim for _, claims in paired for claim in claims]
    found += [claim for chain in _chains(page, told) for claim in _of_chain(page, chain, measures, dated)]
    found += _out_of(page, measures, dated)
    better = list(of_figures(page, told, found, dated))
    settled = {claim.figure.start for claim in better if claim.figure is not None and claim.part is not None}
    found = [c for c in found if c.part or c.figure is None or c.kind not in _ANEW or c.figure.start not in settled]
    found += better
    found += [*stated(page, statements), *compared(page, measures, dated), *totals(page, measures)]
    found += list(strips(page, measures, found))
    return sorted(_told_twice(found), key=lambda claim: (claim.start, claim.end, claim.kind))


def _out_of(page: Page, measures: Sequence[Measure], dated: str | None) -> Iterator[Claim]:
    """*Of its 26,500 sq km, Moscow holds 19,700*: the claims of numbers that take their unit from before."""
    for part, whole, _ in bare_parts(page, measures):
        told = sorted([*measures, part], key=lambda measure: measure.first)
        claim = Ground(page, part, told, part.last, (), dated).claim(replace(whole, last=part.last))
        if claim is not None:
            yield claim


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


def _of_chain(page: Page, chain: list[Measure], measures: Sequence[Measure], dated: str | None) -> Iterator[Claim]:
    first = chain[0]
    if first.figure.unit in _LENGTHS:
        claims = list(dimensions(page, chain)) or list(lengths_of_ground(page, first))
    elif first.figure.unit in ("percent", *_AREAS):
        claims = [*grounds(page, chain, measures, dated), *ratio(page, chain)]
    else:
        claims = []
    yield from claims
    part = claims[0].part if claims else None
    whole = claims[0].whole if claims else None
    for one, other in pairwise(chain):
        if same_dimension(one.figure, other.figure) and one.figure.printed_unit != other.figure.printed_unit:
            yield page.claim("conversion", one.first, other.last, part, whole, one.figure, (other.figure,))


def _told_twice(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Each claim with the other figures the article gives for the same thing."""
    told: dict[tuple[str, str | None, str | None, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.figure is not None and claim.part is not None and claim.kind not in _OWN_NUMBERS:
            told[claim.kind, claim.part, claim.whole, claim.as_of].append(claim)
    for claim in claims:
        same = (
            told.get((claim.kind, claim.part, claim.whole, claim.as_of), ()) if claim.kind not in _OWN_NUMBERS else ()
        )
        yield replace(claim, others=claim.others + _other_tellings(claim, same))


def _other_tellings(claim: Claim, same: Sequence[Claim]) -> tuple[Figure, ...]:
    """The figures of the same thing that are not written just as this one is, each once."""
    told = {(f.text, f.printed_unit): f for f in (other.figure for other in same[:_TELLINGS]) if f is not None}
    return tuple(f for f in told.values() if claim.figure and f.text != claim.figure.text)
