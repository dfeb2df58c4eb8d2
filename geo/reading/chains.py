"""Chains: the claims of shares and areas that stand side by side and are of one ground: *21 % (about 5,600 sq km)*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.amounts import paid_by
from geo.reading.done import FROM_BEFORE
from geo.reading.figures import Measure
from geo.reading.grounds import Ground
from geo.reading.months import month_row
from geo.reading.of_it import is_share_of_figure
from geo.reading.page import Page
from geo.reading.types import Claim, Figure
from geo.reading.wholes import Whole, each_of
from geo.reading.wholes_behind import whole_after

_LENGTHS = ("km", "m")
_ELSEWHERE = "the ground it is of lies outside of what the maps of control cover"


def same_dimension(one: Figure, other: Figure) -> bool:
    """True for two areas, two lengths, two shares."""
    return one.unit == other.unit or {one.unit, other.unit} == set(_LENGTHS)


def grounds(page: Page, chain: list[Measure], measures: Sequence[Measure], dated: str | None) -> Iterator[Claim]:
    """The claims of a chain of shares and areas of one ground."""
    if is_share_of_figure(page, chain[0]):
        return
    behind = chain[-1].last
    whole = whole_after(page, behind) or (whole_after(page, chain[0].last) if len(chain) > 1 else None)
    if whole is not None and whole.kind == "timed":
        kind = _unsaid_kind(chain[0])
        yield page.claim(kind, chain[0].first, whole.last, None, None, chain[0].figure, note=whole.note)
        return
    if whole is not None and whole.expression is None and whole.kind != "city":
        if chain[0].figure.unit == "percent" and _zone_on_an_island(page, chain[0], behind):
            yield page.claim("share", chain[0].first, behind + 3, None, None, chain[0].figure, note=_ELSEWHERE)
        return
    if whole is not None and len(chain) == 1:
        chain = [paid_by(page.scan, chain[0], whole.last)]
        behind = max(behind, chain[0].last)
    yield from _of_one_ground(list(_of_each(page, chain, measures, behind, whole, dated)))


def _of_each(
    page: Page, chain: list[Measure], measures: Sequence[Measure], behind: int, whole: Whole | None, dated: str | None
) -> Iterator[Claim]:
    """The claims of the figures one by one; an area goes with the share before it."""
    told: Claim | None = None  # "21 percent of the region (about 5,600 sq km)": both are of one ground
    for n, measure in enumerate(chain):
        if n and same_dimension(chain[n - 1].figure, measure.figure):
            continue
        others = tuple(m.figure for m in chain if m is not measure)
        for one in each_of(page, behind, whole):
            claim = Ground(page, measure, measures, behind, others, dated).claim(one)
            claim = claim or month_row(page, measure, dated)
            if told is not None and measure.figure.unit == "km2" and (claim is None or claim.part is None):
                claim = page.claim(
                    "area", measure.first, measure.last, told.part, None, measure.figure, others, told.note
                )
                claim = replace(claim, as_of=told.as_of, predicate=told.predicate, actor=told.actor)
            if claim is not None:
                sure = claim.kind == "share" and claim.predicate == "holds" and FROM_BEFORE not in claim.note
                told = claim if claim.part and sure else None
                yield claim


def _of_one_ground(claims: list[Claim]) -> Iterator[Claim]:
    """*In Kharkiv region 1,500 sq km, or 4.7 %, is occupied*: the area is what the share beside it is a share of.

    *Crimea, 27,000 sq km, or 4.5 % of Ukraine, is occupied*: and the share has its ground from nearer by.
    """
    shares = [claim for claim in claims if claim.kind == "share"]
    of = shares[0] if len(shares) == 1 and shares[0].part and FROM_BEFORE not in shares[0].note else None
    for claim in claims:
        if of is None or claim.kind != "area" or not claim.part:
            yield claim
        else:
            yield replace(claim, part=of.part, as_of=of.as_of, predicate=of.predicate, actor=of.actor)


def _unsaid_kind(measure: Measure) -> str:
    return "share" if measure.figure.unit == "percent" else "change"


def _zone_on_an_island(page: Page, measure: Measure, behind: int) -> bool:
    """*The UN buffer zone covers about 3 percent of the island*: ground, but none that the maps cover."""
    begin, _ = page.sentence(measure.first)
    words = page.scan.words[behind : behind + 3]
    if not any(known.mention.kind == "buffer" for known in page.within(begin, measure.first)):
        return False
    return [word.norm for word in words[:2]] == ["of", "the"] and "landform" in words[2].term.classes
