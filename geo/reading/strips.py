"""A zone's own sums: *30 km wide along a front of 1,000 km, it would cover 30,000 square kilometres*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.reading.figures import Measure, within
from geo.reading.page import Page
from geo.reading.pieces import SIZE
from geo.reading.types import Claim, Figure

_LENGTHS = ("km", "m")
_ALONG = frozenset({"line", "lines", "front", "frontline", "front line", "contact", "line of contact", "border"})
_PLACES = ("admin-unit", "group", "group-of-oblasts", "macro-region", "country")
_COVERS = frozenset({
    "cover", "covers", "covering", "be", "is", "neutralise", "neutralize", "take", "takes", "up", "make", "makes",
    "mean", "means", "comprise", "span", "spans", "amount", "amounts", "to", "total", "of", "a", "an", "area", "the",
    "mere", "only", "just", "some", "zone", "buffer", "strip", "corridor", "belt", "that", "which",
})  # fmt: skip
_BACK = 1  # sentences back to the width and the length


def strips(page: Page, measures: Sequence[Measure], found: Iterable[Claim]) -> Iterator[Claim]:
    """The areas of proposed zones whose one width and one length stand in the same sentence or the one before.

    No claim where a place is named, or where any of the three is another thing's.
    """
    parts = {claim.figure.start: claim.part for claim in found if claim.figure is not None and claim.part is not None}
    for area in measures:
        if area.figure.unit != "km2" or area.figure.printed_unit == SIZE or area.figure.start in parts:
            continue
        if not _of_a_zone(page, area):
            continue
        width, length = (_nearest(page, measures, area, role) for role in ("width", "length"))
        if (
            width is None
            or length is None
            or any("contact" not in parts.get(f.start, "contact") for f in (width, length))
        ):
            continue
        band = f'band(line("contact"), "{width.value / 2:g} km")'
        claim = page.claim("parts", area.first, area.last, None, band, area.figure, (width, length))
        yield replace(claim, predicate="strip")


def _of_a_zone(page: Page, area: Measure) -> bool:
    """*That would be a buffer of 30,000 sq km*, *it would cover*: a zone that is thought of, and no place."""
    words = page.scan.words
    begin, end = page.sentence(area.first)
    modals = page.scan.having("modal", begin, area.first)
    taken_up = words[begin].norm in _IT and page.scan.sentence_at(begin) > 0
    head = page.scan.sentences[page.scan.sentence_at(begin) - taken_up][0]
    if not modals or not page.scan.has("zone-word | zone-adj | zone-short | buffer", head, end):
        return False
    if page.scan.has("deed", begin, end) or any(k.mention.kind in _PLACES for k in page.within(begin, area.first)):
        return False
    lead = words[modals[-1] + 1 : area.first]
    return all(w.norm in _COVERS or w.term.classes & {"zone-word", "zone-adj", "hedge"} for w in lead)


_IT = frozenset({"it", "this", "that"})


def _nearest(page: Page, measures: Sequence[Measure], area: Measure, role: str) -> Figure | None:
    """The one width or length of the area's sentence, else of the sentence before; None where there are several."""
    number = page.scan.sentence_at(area.first)
    for n in range(number, max(-1, number - _BACK - 1), -1):
        first, last = page.scan.sentences[n]
        if n < number and "\n\n" in page.scan.text[page.scan.starts[first] : area.figure.start]:
            return None
        told = [_as(page, m) for m in within(measures, first, min(last, area.first)) if m.figure.unit in _LENGTHS]
        named = [figure for said, figure in told if said == role]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _as(page: Page, measure: Measure) -> tuple[str, Figure]:
    """Whether a length is a zone's width or what it runs along, and how much; *2 km on each side* is 4 km wide."""
    words, figure = page.scan.words, measure.figure.to("km")
    behind = [word.norm for word in words[measure.last : measure.last + 3]]
    if behind[:1] in (["on"], ["to"], ["at"]) and behind[1:2] in (["each"], ["either"], ["both"]):
        return "width", replace(figure, value=2 * figure.value, low=2 * figure.low, high=2 * figure.high)
    if measure.role in ("width", "depth"):
        return "width", figure
    before = [word.norm for word in words[max(0, measure.first - 2) : measure.first]]
    along = behind[:1] and behind[0] in _ALONG
    if measure.role == "length" or along or (len(before) > 1 and before[0] in _ALONG and before[1] == "of"):
        return "length", figure
    zone = measure.last < len(words) and words[measure.last].term.classes & {"zone-word", "zone-adj", "zone-short"}
    return ("width" if zone else ""), figure
