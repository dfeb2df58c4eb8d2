"""Dimensions: lengths and widths of lines and zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.distances import distance
from geo.reading.figures import Measure
from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Page
from geo.reading.running import LEADING, grown_from, of_a_stretch, running, shorter_than_the_front
from geo.reading.scan import Word
from geo.reading.types import Claim
from geo.reading.wholes import covering
from geo.reading.zones import zone_near

_LEAD = 4  # words between a zone and its width
_THIN = ("line(", "border(", "parallel(", "on(line(")
_NAMELESS = frozenset({"any-word", "word", "capital"})
_LINES = ("buffer", "line", "historical-line", "border", "river-line")


def dimensions(page: Page, chain: Sequence[Measure]) -> Iterator[Claim]:
    """The claim that a chain of lengths makes, if it says what it is the length, width or distance of."""
    words = page.scan.words
    measure, last = chain[0], chain[-1].last
    last += last < len(words) and words[last].norm in (")", "]")
    others = tuple(m.figure for m in chain[1:])
    following = words[last].term.classes if last < len(words) else frozenset()
    role = _role(page, chain, last, following)
    if role not in ("width", "length", "depth"):
        if (apart := distance(page, measure, last, others)) is not None:
            yield apart
        return
    part, entry, note = _zone_of(page, measure, last)
    told_of = _zone_led_in(page, measure)
    if part is None and entry is None and not following & {"zone-word", "zone-adj"} and not told_of:
        return
    if role == "length" and entry is not None and part is not None:
        part = entry.extra.get("axis", part)
    kind = "length" if role == "length" else "width"
    drawn = entry is None and (part or "").startswith('band(line("contact")')  # by its own figure
    proposed = drawn or (entry is not None and entry.expression is None and not entry.names)
    proposed = proposed or (entry is not None and entry.scenario is not None)
    proposed = proposed or (role != "length" and _to_come(page, measure, entry))
    unmapped = entry is not None and entry.expression is None and not proposed
    if proposed and role == "length" and shorter_than_the_front(page, measure):
        note = "a zone along the line of contact is as long as that line, over 1,000 km: its width must be meant"
        claim = page.claim("parts", measure.first, last, None, None, measure.figure, note=note)
        yield replace(claim, predicate="dimension")
        return
    proposed = proposed or (told_of and entry is None and _at_the_front(page, measure))
    if proposed:
        part, note = None, "a zone that is proposed: nothing lies there yet to measure"
    elif unmapped:
        part, note = None, entry.note if entry else ""
    elif role != "length" and told_of and entry is None:
        part, note = None, "which zone is meant is not said"
    elif role != "length" and part and part.startswith(_THIN):
        part, note = None, "a line has no width"
    elif part and part in _rivers(page):
        whole = "in Ukraine only, not the whole of it" if kind == "length" else "as a line, which has no width"
        part, note = None, f"the atlas has the river {whole}"
    elif kind == "length" and part and (reason := of_a_stretch(page, measure, entry)):
        part, note = None, reason
    elif kind == "length" and part and grown_from(page, measure):
        part, note = None, "an earlier state, and when that was is not said"
    note = note if part is None else ""
    claim = page.claim(kind, measure.first, last, part, None, measure.figure, others, note=note)
    yield replace(claim, predicate="proposed" if proposed else "", named=entry.id if entry and unmapped else "")


def _role(page: Page, chain: Sequence[Measure], last: int, following: frozenset[str]) -> str:
    """Which dimension a chain of lengths gives, by its own words, those before, or what stands behind; "" if none."""
    known = covering(page, last) if last < len(page.scan.words) else None
    if role := next((m.role for m in chain if m.role), "") or _led_in(page, chain[0]):
        return role
    if following & {"zone-word", "zone-adj"} or (known and known.mention.kind == "buffer"):
        return "width"
    if (known and known.mention.kind in ("line", "border")) or "stretch-word" in following:
        return "length"
    return running(page, chain[0], last)


def _zone_led_in(page: Page, measure: Measure) -> bool:
    """*Leaving a buffer 30 km wide*: the zone stands right before its width."""
    lead = page.scan.words[max(page.sentence(measure.first)[0], measure.first - _LEAD) : measure.first]
    return any(word.term.classes & {"zone-adj", "zone-word", "zone-short"} for word in lead)


def _at_the_front(page: Page, measure: Measure) -> bool:
    """Whether the sentence names the line of contact, along which no zone lies yet."""
    return any('line("contact")' in (k.mention.territory or "") for k in page.within(*page.sentence(measure.first)))


def _to_come(page: Page, measure: Measure, entry: Entry | None) -> bool:
    """*The zone would be 30 km wide*, *both would pull back, leaving a buffer 30 km wide*: nothing that lies there.

    Of a zone called by its name nothing counts that is said behind the clause: *is 4 km wide, and no treaty could*.
    """
    begin, end = page.sentence(measure.first)
    if _named(page, begin, measure.first, entry):
        end = next((i for i in range(measure.last, end) if page.scan.words[i].norm in (",", ";")), end)
    modal = any(page.scan.letter(i).islower() for i in page.scan.having("modal", begin, end))
    return modal or page.scan.has("wishing", begin, end)


def _named(page: Page, begin: int, first: int, entry: Entry | None) -> bool:
    """Whether a zone that lies there is called by its name before word ``first``: *the Korean DMZ*."""
    words = page.scan.words
    if entry is None or entry.scenario is not None:
        return False
    near = entry.extra.get("near", ())
    return any(
        words[i].term.entry is entry
        or (words[i - 1].norm in near and words[i].term.classes & {"zone-short", "zone-adj"})
        for i in range(begin + 1, first)
    )


def _led_in(page: Page, measure: Measure) -> str:
    """*From side to side the zone measures four kilometres*: the role that opens the sentence."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    roles = [words[i] for i in page.scan.having("role", begin, measure.first) if " to " in words[i].norm]
    return roles[-1].term.values["role"] if roles else ""


def _rivers(page: Page) -> set[str | None]:
    return {entry.expression for entry in page.lexicon.entries if entry.kind == "river-line"}


def _zone_of(page: Page, measure: Measure, last: int) -> tuple[str | None, Entry | None, str]:
    """What a length or width is the length of: expression, entry and note."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    following = words[last].term.classes if last < end else frozenset()
    known = covering(page, last) if last < end else None
    if known is not None and known.mention.kind in _LINES:
        return _line(known)
    if known is None and following & {"zone-word", "zone-adj"}:
        entry = zone_near(page, measure.first)
        return (entry.expression, entry, entry.note) if entry else (None, None, "which zone is meant is not said")
    around = sorted(_lines(page, begin, end), key=lambda f: (f.first > measure.first, abs(f.first - measure.first)))
    if not around:
        return None, None, "what it measures is not named in the sentence"
    if _another_name_between(page, around[0].last, measure.first):
        return None, None, "another name, which the atlas does not know, stands nearer"
    return _line(around[0])


def _another_name_between(page: Page, first: int, last: int) -> bool:
    """*The DMZ, which is 250 km long, and the Saimaa Wall, 180 km long*: the second is no length of the first."""
    words = page.scan.words
    unknown = (
        i for i in range(first, last) if words[i].term.classes <= _NAMELESS or "other-country" in words[i].term.classes
    )
    named = [i for i in unknown if page.scan.letter(i).isupper() and words[i - 1].norm not in LEADING]
    return bool(named) and not _put_in(words[named[-1] + 1 : last])


def _put_in(behind: Sequence[Word]) -> bool:
    """*The line, General Syrskyi said, is 1,200 km long*: what stands before the second comma is put in."""
    mark = next((k for k, word in enumerate(behind) if word.norm == ","), len(behind))
    return any(word.term.classes & {"coming-to", "running"} for word in behind[mark:])


def _lines(page: Page, begin: int, end: int) -> Iterator[Finding]:
    for known in page.after(begin):
        if known.first >= end:
            return
        if known.mention.kind in _LINES:
            yield known


def _line(known: Finding) -> tuple[str | None, Entry | None, str]:
    entry = known.members[0] if len(known.members) == 1 else None
    return known.mention.territory, entry, known.mention.note
