"""The article's own sums: parts of a total, an area beside its share, a length given for ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.amounts import unitless
from geo.reading.figures import Measure, within
from geo.reading.page import Page
from geo.reading.types import Claim
from geo.reading.wholes_behind import whole_after

_TOTAL_REACH = 4  # words between "total" and its figure
_FEWEST = 2  # parts of a total


def totals(page: Page, measures: Sequence[Measure]) -> Iterator[Claim]:
    """*A total of 500 sq km: 300 in Donetsk, 100 in Kharkiv and 100 in Sumy*: figures that make a sum."""
    words = page.scan.words
    for at in page.scan.having("totalling"):
        begin, end = page.sentence(at)
        near = [m for m in within(measures, begin, end) if abs(m.first - at) <= _TOTAL_REACH or m.first <= at < m.last]
        if not near or near[0].figure.unit not in ("km2", "count", "people"):
            continue
        total = near[0]
        told = [*within(measures, begin, end)]
        units = {m.figure.unit for m in told}
        parts = [m for m in (*told, *_bare(page, total, told, begin, end)) if m is not total]
        if len(units) > 1 or len(parts) < _FEWEST or not _opens(words[total.last].norm) or total is not told[0]:
            continue
        if any("including" in word.term.classes for word in words[begin:end]):
            continue
        figures = tuple(m.figure for m in sorted(parts, key=lambda m: m.first))
        claim = page.claim("parts", begin, end, None, None, total.figure, figures)
        yield replace(claim, predicate="sum")


def _opens(mark: str) -> bool:
    """Whether what stands behind the total says that its parts follow."""
    return mark in (":", "(", "-", "of", "is", "in") or mark == ","


def _bare(page: Page, total: Measure, told: Sequence[Measure], begin: int, end: int) -> Iterator[Measure]:
    """Numbers without a unit behind a total, each *in* or *from* somewhere: they are in the total's unit."""
    words, from_ = page.scan.words, total.last
    for i in range(from_, end - 1):
        covered = any(m.first <= i < m.last for m in told)
        if words[i].number and not covered and words[i + 1].norm in ("in", "from", "around", "near", "elsewhere"):
            yield unitless(page.scan, i, total)


def ratio(page: Page, chain: Sequence[Measure]) -> Iterator[Claim]:
    """*7,463 square km, or 1.28 %, of Ukraine*: an area and the share it is said to be."""
    areas = [m for m in chain if m.figure.unit == "km2"]
    shares = [m for m in chain if m.figure.unit == "percent"]
    whole = whole_after(page, chain[-1].last)
    if not areas or len(shares) != 1 or whole is None or whole.loose or not whole.expression:
        return
    if "controlled(" in whole.expression:
        return
    claim = page.claim(
        "parts", chain[0].first, whole.last, None, whole.expression, areas[0].figure, (shares[0].figure,)
    )
    yield replace(claim, predicate="ratio")


def lengths_of_ground(page: Page, measure: Measure) -> Iterator[Claim]:
    """*Nearly 1,000 km of Russian territory*: a length where an area is meant."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    at = measure.last
    if measure.role or at >= len(words) or words[at].norm != "of":
        return
    behind = words[at + 1 : at + 4]
    ground = [n for n, word in enumerate(behind) if word.norm in _GROUND_WORDS]
    if any("role" in word.term.classes for word in words[at : at + 8]):
        return  # "20 km of territory in depth"
    lead = behind[: ground[0]] if ground else []
    side = any(word.term.classes & {"demonym", "country"} for word in lead)
    held = any("deed" in word.term.classes for word in words[begin : measure.first])
    if ground and side and held:
        claim = page.claim("parts", measure.first, at + 2 + ground[0], None, None, measure.figure)
        note = "ground that is held or taken has an area: square kilometres or miles are meant"
        yield replace(claim, predicate="dimension", note=note)


_GROUND_WORDS = frozenset({"territory", "territories", "land", "lands", "soil"})
