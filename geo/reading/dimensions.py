"""Dimensions: lengths and widths of lines and zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.figures import Measure
from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Page
from geo.reading.types import Claim
from geo.reading.wholes import covering
from geo.reading.zones import zone_near

_LINES = ("buffer", "line", "historical-line", "border", "river-line")


def dimensions(page: Page, chain: Sequence[Measure]) -> Iterator[Claim]:
    """The claim that a chain of lengths makes, if it says what it is the length or width of."""
    measure = chain[0]
    words = page.scan.words
    following = words[measure.last].term.classes if measure.last < len(words) else frozenset()
    known = covering(page, measure.last) if measure.last < len(words) else None
    role = next((m.role for m in chain if m.role), "")
    if not role and (following & {"zone-word", "zone-adj"} or (known and known.mention.kind == "buffer")):
        role = "width"
    if not role and (
        (known and known.mention.kind in ("line", "border")) or (following and words[measure.last].norm == "stretch")
    ):
        role = "length"
    if role not in ("width", "length", "depth"):
        return
    part, entry, note = zone_of(page, measure)
    if part is None and entry is None and not following & {"zone-word", "zone-adj"}:
        return
    if role == "length" and entry is not None:
        part = entry.extra.get("axis", part)
    kind = "length" if role == "length" else "width"
    others = tuple(m.figure for m in chain[1:])
    proposed = entry is not None and entry.expression is None
    if proposed:
        part, note = None, "a zone that is proposed: nothing lies there yet to measure"
    note = note if part is None else ""
    claim = page.claim(kind, measure.first, chain[-1].last, part, None, measure.figure, others, note=note)
    yield replace(claim, predicate="proposed" if proposed else "")


def zone_of(page: Page, measure: Measure) -> tuple[str | None, Entry | None, str]:
    """What a length or width is the length of: expression, entry and note."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    following = words[measure.last].term.classes if measure.last < end else frozenset()
    known = covering(page, measure.last) if measure.last < end else None
    if known is not None and known.mention.kind in _LINES:
        return _line(known)
    if known is None and following & {"zone-word", "zone-adj"}:
        entry = zone_near(page, measure.first)
        return (entry.expression, entry, entry.note) if entry else (None, None, "which zone is meant is not said")
    around = sorted(_lines(page, begin, end), key=lambda f: (f.first > measure.first, abs(f.first - measure.first)))
    return _line(around[0]) if around else (None, None, "what it measures is not named in the sentence")


def _lines(page: Page, begin: int, end: int) -> Iterator[Finding]:
    for known in page.after(begin):
        if known.first >= end:
            return
        if known.mention.kind in _LINES:
            yield known


def _line(known: Finding) -> tuple[str | None, Entry | None, str]:
    entry = known.members[0] if len(known.members) == 1 else None
    return known.mention.territory, entry, known.mention.note
