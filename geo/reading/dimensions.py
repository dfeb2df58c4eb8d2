"""Dimensions: lengths and widths of lines and zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.reading.distances import distance
from geo.reading.figures import Measure
from geo.reading.joins import is_mark, joins
from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Page
from geo.reading.scan import Word
from geo.reading.types import Claim
from geo.reading.wholes import covering
from geo.reading.zones import zone_near

_LENGTHY = ("line", "historical-line", "border", "buffer")
_LARGE = ("macro-region", "direction")
_SHORTEST_FRONT_KM = 800  # what is shorter is a stretch, though both its ends be named
_PLACES = ("admin-unit", "group", "group-of-oblasts", "city", "direction", "macro-region", "axis", "salient")
_SHORT_KM = 200  # no front that a zone has been proposed along was shorter
_OF_ANOTHER = frozenset({"zone-word", "zone-adj", "zone-short", "role"})
_ONE_LINE = ("line", "historical-line")
_BEING = (["is"], ["was"], ["is", "now"], ["was", "then"])
_RUNNING_REACH = 6  # words between a line and its length
_ENDS = 9  # words behind a length in which "from one place to another" is said
_LEAD = 4  # words between a zone and its width
_THIN = ("line(", "border(", "parallel(", "on(line(")
_NAMELESS = frozenset({"any-word", "word", "capital"})
_LEADING = frozenset(
    {"to", "by", "in", "of", "at", "near", "on", "from", "through", "between"}
)  # according to Yonhap; in Kosovo
_FOR = frozenset({"for", "over", ",", "of", "-", "along", "across", "(", "measuring", "spanning", "covering"})
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
    part, entry, note = zone_of(page, measure, last)
    told_of = _zone_led_in(page, measure)
    if part is None and entry is None and not following & {"zone-word", "zone-adj"} and not told_of:
        return
    if role == "length" and entry is not None and part is not None:
        part = entry.extra.get("axis", part)
    kind = "length" if role == "length" else "width"
    drawn = entry is None and (part or "").startswith('band(line("contact")')  # by its own figure
    proposed = drawn or (entry is not None and entry.expression is None and not entry.names)
    proposed = proposed or (entry is not None and entry.scenario is not None)
    proposed = proposed or (role != "length" and _to_come(page, measure))
    unmapped = entry is not None and entry.expression is None and not proposed
    if proposed and role == "length" and _shorter_than_the_front(page, measure):
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
    elif kind == "length" and part and (reason := _of_a_stretch(page, measure, entry)):
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
    return _running(page, chain[0], last) or ""


def _zone_led_in(page: Page, measure: Measure) -> bool:
    """*Leaving a buffer 30 km wide*: the zone stands right before its width."""
    lead = page.scan.words[max(page.sentence(measure.first)[0], measure.first - _LEAD) : measure.first]
    return any(word.term.classes & {"zone-adj", "zone-word", "zone-short"} for word in lead)


def _at_the_front(page: Page, measure: Measure) -> bool:
    """Whether the sentence names the line of contact, along which no zone lies yet."""
    return any('line("contact")' in (k.mention.territory or "") for k in page.within(*page.sentence(measure.first)))


def _to_come(page: Page, measure: Measure) -> bool:
    """*The zone would be 30 km wide*, *both would pull back, leaving a buffer 30 km wide*: nothing that lies there."""
    begin, end = page.sentence(measure.first)
    modal = any(page.scan.letter(i).islower() for i in page.scan.having("modal", begin, end))
    return modal or page.scan.has("wishing", begin, end)


def _led_in(page: Page, measure: Measure) -> str:
    """*From side to side the zone measures four kilometres*: the role that opens the sentence."""
    words = page.scan.words
    begin, _ = page.sentence(measure.first)
    roles = [words[i] for i in page.scan.having("role", begin, measure.first) if " to " in words[i].norm]
    return roles[-1].term.values["role"] if roles else ""


def _shorter_than_the_front(page: Page, measure: Measure) -> bool:
    """*A 30-km-long zone along the line of contact*, with no place named that it might be a stretch at."""
    begin, end = page.sentence(measure.first)
    named = page.within(begin, end)
    lines = [k for k in named if k.mention.kind in ("line", "historical-line")]
    stretch = page.scan.having("stretch-word", begin, end) or any(k.mention.kind in _PLACES for k in named)
    return bool(lines) and not stretch and measure.figure.to("km").high < _SHORT_KM


def _rivers(page: Page) -> set[str | None]:
    return {entry.expression for entry in page.lexicon.entries if entry.kind == "river-line"}


def _running(page: Page, measure: Measure, last: int) -> str:
    """*The front line stretches for 1,200 km*, *a front line of 600 miles*: the role that makes."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    known = next(page.before(measure.first), None)
    if _measured_by(page, measure, last):
        return "length"
    ends = _ends_before(page, measure)
    if ends:
        near = page.within(max(begin, ends[0] - 2 * _ENDS), ends[0])
        known = next((k for k in reversed(near) if k.mention.kind in _LENGTHY), None)
    if known is None or known.first < begin or known.mention.kind not in _LENGTHY or _leads_away(words[last:end]):
        return ""
    if ends:
        return "length"
    lead = words[begin : known.first]
    its_length = [word.norm for word in lead[-2:]] == ["length", "of"]
    if not its_length and any(word.term.classes & _OF_ANOTHER for word in lead):
        return ""
    between = words[known.last : _grown_to(words, known.last, measure.first)]
    runs = its_length or any("running" in word.term.classes for word in between)
    of = bool(between) and between[0].norm == "of"
    return "length" if (runs or of) and len(between) <= _RUNNING_REACH and all(map(_runs_or_joins, between)) else ""


def _measured_by(page: Page, measure: Measure, last: int) -> bool:
    """*The front line is around 1,000 km*, *the front line in Ukraine, about 1,200 km,*: a line and a length alone."""
    words = page.scan.words
    begin, end = page.sentence(measure.first)
    near = page.within(max(begin, measure.first - 2 * _ENDS), measure.first)
    line = next((k for k in reversed(near) if k.mention.kind in _ONE_LINE), None)
    if line is None or measure.figure.to("km").value < _SHORT_KM:
        return False
    if any(word.term.classes & _OF_ANOTHER for word in words[begin : line.first]):
        return False
    if last < end and not is_mark(words[last]) and words[last].norm != "long":
        return False
    between = [word for word in words[line.last : measure.first] if "hedge" not in word.term.classes]
    if not between:
        return False
    return [word.norm for word in between] in _BEING or (
        between[-1].norm == "," and _only_places(page, line.last, measure.first)
    )


def _only_places(page: Page, first: int, last: int) -> bool:
    """*In Ukraine,*: names of places and what leads them in."""
    named = {i for k in page.within(first, last) if k.first >= first for i in range(k.first, k.last)}
    rest = [word for i, word in enumerate(page.scan.words[first:last], first) if i not in named]
    return all(is_mark(word) or word.norm in _LEADING or "hedge" in word.term.classes for word in rest)


def _grown_to(words: Sequence[Word], after: int, first: int) -> int:
    """*Has grown from 1,050 km to 1,250 km*: the word at which the figure or the span that ends with it begins."""
    rising = [i for i in range(after, first) if "rising" in words[i].term.classes]
    if not rising or "running" not in {c for w in words[after:first] for c in w.term.classes}:
        return first
    behind = words[rising[-1] + 1 : first]
    spanned = (
        bool(behind)
        and behind[0].norm == "from"
        and all(w.number or w.norm in ("from", "to") or joins(w) for w in behind)
    )
    return rising[-1] + 1 if spanned else first


def grown_from(page: Page, measure: Measure) -> bool:
    """*From 1,050 km to 1,250 km*: the first of the two."""
    words = page.scan.words
    _, end = page.sentence(measure.first)
    lead = words[measure.first - 1].norm if measure.first else ""
    return lead == "from" and measure.last < end and words[measure.last].norm == "to"


def _runs_or_joins(word: Word) -> bool:
    if word.term.classes & {"other-country", "foreign-place"}:
        return True  # "the buffer zone in Cyprus runs for"
    return "running" in word.term.classes or (joins(word) and word.norm not in (",", "from", "by"))


def _leads_away(following: Sequence[Word]) -> bool:
    """*600 km from Kyiv*; *600 km from Kharkiv to the sea* says between which ends a line runs."""
    if any(word.norm in ("to", "down", "through") for word in following[:_ENDS]):
        return following[0].norm == "away"
    if any(word.norm in ("from", "away") for word in following[:2]):
        return True
    return any("compass" in word.term.classes for word in following[:1])


def _of_a_stretch(page: Page, measure: Measure, entry: Entry | None) -> str:
    """Why the length is not that of the whole line: a stretch of it, or the line within a place."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    if entry is not None and "axis" in entry.extra:
        return ""
    behind = range(measure.last - 1, min(end, measure.last + 2))
    parted = (i for i in range(begin, end) if "stretch-word" in words[i].term.classes)
    if any(i in behind or (i + 1 < end and words[i + 1].norm == "of") for i in parted):
        return "a stretch of the line, and which is not said"
    ends = _ends(page, measure)
    wide = _LARGE if measure.figure.to("km").value >= _SHORTEST_FRONT_KM else ()  # a front that long is all of it
    kinds = [kind for kind in _PLACES if kind not in wide]
    placed = (k for k in page.within(begin, end) if k.mention.kind in kinds and k.first not in ends)
    movable = entry is None or "movable-line" in entry.classes
    return (
        "the line within a place that is named near by, or all of it: which is not said"
        if movable and any(placed)
        else ""
    )


def _ends(page: Page, measure: Measure) -> range:
    """*From the Kharkiv region to the Dnipro delta*, said of all of a front: the words that name its two ends."""
    _, end = page.sentence(measure.first)
    words = page.scan.words
    if (before := _ends_before(page, measure)) and measure.figure.to("km").value >= _SHORTEST_FRONT_KM:
        return before
    opens = [i for i in range(measure.last, min(end, measure.last + _ENDS)) if words[i].norm in ("from", "between")]
    if not opens or measure.figure.to("km").value < _SHORTEST_FRONT_KM:
        return range(0)
    closing = "and" if words[opens[0]].norm == "between" else "to"
    behind = words[opens[0] : min(end, opens[0] + 2 * _ENDS)]
    return range(opens[0], end) if any(word.norm in (closing, "down", "through") for word in behind) else range(0)


def _ends_before(page: Page, measure: Measure) -> range:
    """*The line runs from Kupiansk to Kamianske for 1,100 km*: the words that name its ends before its length."""
    begin = max(page.sentence(measure.first)[0], measure.first - 2 * _ENDS)
    words = page.scan.words
    runs = [i for i in page.scan.having("running", begin, measure.first) if words[i + 1].norm in ("from", "between")]
    if not runs or words[measure.first - 1].norm not in _FOR:
        return range(0)
    behind = words[runs[-1] + 1 : measure.first]
    if not any(w.norm in ("to", "and", "down", "through") for w in behind):
        return range(0)
    if any(w.term.classes & {"unit", "deed"} for w in behind):
        return range(0)
    return range(runs[-1] + 1, measure.first)


def zone_of(page: Page, measure: Measure, last: int) -> tuple[str | None, Entry | None, str]:
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
    named = [i for i in unknown if page.scan.letter(i).isupper() and words[i - 1].norm not in _LEADING]
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
