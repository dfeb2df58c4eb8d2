"""*99, 74 and 72 percent of Luhansk, Zaporizhzhia and Kherson respectively*: figures and names in step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.amounts import listed_before
from geo.reading.deeds import deed_of
from geo.reading.doers import FOREIGN
from geo.reading.done import Done
from geo.reading.figures import Measure, within
from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Page
from geo.reading.types import Claim
from geo.reading.wholes import Whole

_UNITS = ("admin-unit", "group", "group-of-oblasts")


def in_step(
    page: Page, measures: Sequence[Measure], dated: str | None
) -> Iterator[tuple[tuple[int, int], list[Claim]]]:
    """The sentences that pair figures with names, each with its claims; what cannot be paired is left alone."""
    for at in page.scan.having("in-step"):
        begin, end = page.sentence(at)
        told = [m for m in within(measures, begin, end) if m.figure.unit in ("percent", "km2")]
        if not told or len({m.figure.unit for m in told}) > 1:
            continue
        figures = [*listed_before(page.scan, told[0]), *told]
        names = _listed(page.within(begin, end), len(figures))
        if len(figures) < 2 or names is None:
            continue
        claims = [
            claim for figure, name in zip(figures, names.members, strict=True)
            if (claim := _claim(page, figure, figures, measures, name, names, dated)) is not None
        ]  # fmt: skip
        if claims:
            yield (begin, end), claims


def _listed(findings: Sequence[Finding], count: int) -> Finding | None:
    """The one list of so many units that a sentence has."""
    lists = [f for f in findings if f.mention.kind in _UNITS and len(f.members) == count]
    return lists[0] if len(lists) == 1 else None


def _claim(
    page: Page, figure: Measure, figures: Sequence[Measure], measures: Sequence[Measure], name: Entry, names: Finding,
    dated: str | None,
) -> Claim | None:  # fmt: skip
    whole_list = replace(figure, first=figures[0].first, last=figures[-1].last)
    behind = max(figures[-1].last, names.last if names.first > figures[-1].first else 0)
    deed = deed_of(page, whole_list, behind)
    if deed is None or deed.actor == FOREIGN:
        return None
    target = Whole(name.expression, max(figure.last, figure.first + 1), name, kind=name.kind)
    return Done(page, figure, measures, figure.last, (), dated).done(deed, target, figure.last, said=True)
