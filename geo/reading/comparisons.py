"""Size comparisons: *the size of Pennsylvania*, *larger than Bulgaria*, *twice the size of Germany*.

The sizes are official areas from ``data/reading/sizes.toml``; how wide "the size of" is meant stands there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.figures import Measure
from geo.reading.grounds import Ground
from geo.reading.joins import joined
from geo.reading.page import Page
from geo.reading.pieces import SIZE
from geo.reading.tables import table
from geo.reading.types import Claim, Figure
from geo.reading.wholes import covering

_IS = frozenset({
    "is", "was", "are", "were", "an", "a", "area", "roughly", "about", ",", "-", "with", "some", "nearly",
    "at", "itself",
})  # fmt: skip
_COUNTED = ("admin-unit", "country", "group", "group-of-oblasts", "control-share", "macro-region", "salient")


def compared(page: Page, measures: Sequence[Measure], dated: str | None) -> Iterator[Claim]:
    """The claims that compare a ground with a country or state whose area is known."""
    for name in ("same-size", "other-size"):
        for found in page.scan.seek(name):
            place = found.start("it")
            area = page.scan.words[place].term.values["sized"]
            many = _times(page, found)
            bound = ""
            if name == "other-size":
                bound = "min" if "larger" in page.scan.words[found.start("more")].term.classes else "max"
            if many is None:
                continue
            measure = _measure(page, found.start(), found.end(), many * float(area), bound)
            claim = _claim(page, measure, measures, dated)
            if claim is not None:
                called = page.scan.text[page.scan.starts[place] : page.scan.ends[place]]
                yield replace(claim, kind="comparison", note=_noted(claim, called, area))


def _times(page: Page, found: re.Match[str]) -> float | None:
    """*Twice*, *half*, *five times*; 1 where none is said, None where it cannot be read."""
    said_so = {name for name, matched in found.groupdict().items() if matched}
    if "times" in said_so:
        return float(page.scan.words[found.start("times")].term.values["times"])
    if "many" in said_so:
        word = page.scan.words[found.start("many")]
        said = word.term.values.get("number-word", word.norm)
        return float(said) if said.replace(".", "", 1).isdecimal() else None
    return 1.0


def _measure(page: Page, first: int, last: int, km2: float, bound: str) -> Measure:
    start, end = page.scan.span(first, last)
    wide = float(table("sizes")["same_size"])
    return Measure(
        Figure(
            start, end, page.scan.text[start:end], km2, km2 * (1 - wide), km2 * (1 + wide), "km2", bound=bound,
            printed=None, printed_unit=SIZE,
        ),
        first, last,
    )  # fmt: skip


def _claim(page: Page, measure: Measure, measures: Sequence[Measure], dated: str | None) -> Claim | None:
    """What is compared: the territory right before it, else the ground that is held, taken or lost."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    own = {m.last - 1: m.first for m in measures if m.figure.unit == "km2"}
    at = measure.first - 1
    while at > begin and (words[at].norm in _IS or at in own):
        at = own.get(at, at) - 1  # "Crimea, at 27,000 km², is larger than Sicily"
    known = covering(page, at)
    at_hand = known is not None and known.first >= begin and known.mention.kind in _COUNTED
    if known and at_hand and known.mention.territory and not page.scan.having("deed", begin, known.first):
        return page.claim("area", measure.first, measure.last, known.mention.territory, None, measure.figure)
    entry = words[at].term.entry
    named = entry is not None and entry.kind == "country" and at == begin and entry.expression
    if named and joined(words, at + 1, measure.first):
        return page.claim("area", measure.first, measure.last, str(named), None, measure.figure)
    return Ground(page, measure, measures, measure.last, (), dated).claim(None)


def _noted(claim: Claim, name: str, area: str) -> str:
    return "; ".join(filter(None, (claim.note, f"{name} has {float(area):,.0f} km² by official figures")))
