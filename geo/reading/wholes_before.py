"""The whole that stands before a figure: *Kharkiv - 4.7 %*, *Ukraine, of which a fifth*, *of the region 75 %*."""

from __future__ import annotations

from geo.reading.page import Page
from geo.reading.wholes import WHOLES, Whole, covering
from geo.reading.wholes_behind import counting, whole_after

_TABLE = 40  # words around a figure in which others of its list stand
_HELD_BEFORE = ("control-share", "bank-of-river")
_BEFORE = ("admin-unit", "group", "group-of-oblasts", *_HELD_BEFORE)
_PAIR = 7  # words in which two figures stand side by side
_LINKING = frozenset(
    {
        "in total",
        "in all",
        "altogether",
        "together",
        "combined",
        "|",
        "-",
        ":",
        "(",
        "was",
        "is",
        "are",
        "were",
        "at",
        "to",
        "now",
        ",",
        "by",
        "with",
        "its",
    }
)


def whole_before(page: Page, first: int) -> Whole | None:
    """The unit in *Kharkiv - 4.7 %*, *Sumy was 0 %*, *Donetsk (78 %)*."""
    words = page.scan.words
    at = first - 1
    while at >= 0 and first - at <= 3 and words[at].norm in _LINKING:
        at -= 1
    if at > 2 and words[at].norm == "and" and words[at - 1].norm.endswith("s") and counting(words[at - 2]):
        at -= 3  # "Sumy region: 13 villages and 200 sq km"
        at -= words[at].norm in (":", "-")
    elliptic = _tabled(page, first) or any(
        word.term.values.get("unit") == "percent" for word in words[page.sentence(first)[0] : first]
    )
    known = covering(page, at) if 0 <= at < first - (not elliptic) else None
    if known is None or known.mention.kind not in _BEFORE:
        return None
    if known.mention.kind in _HELD_BEFORE:
        area = elliptic or any(word.term.values.get("unit") == "percent" for word in words[first : first + _PAIR])
        area = area and words[first - 1].norm not in (":", "=")  # "area under occupation: 45,020 square miles (19 %)"
        return (
            None
            if area or known.mention.territory is None
            else Whole(known.mention.territory, first, note=known.mention.note, kind=known.mention.kind)
        )
    near = words[first : min(page.sentence(first)[1], first + _PAIR)]
    if len(known.members) > 1 and sum(word.term.values.get("unit") == "percent" for word in near) > 1:
        return None  # "Kherson and Zaporizhzhia (72 % and 74 %)": one each
    return Whole(known.mention.territory, first, known.members[0] if len(known.members) == 1 else None)


def _tabled(page: Page, first: int) -> bool:
    """*Occupied: Donetsk 76 %, Luhansk 99 %*: a list of shares behind a colon."""
    begin, end = page.sentence(first)
    begin, end = max(begin, first - _TABLE), min(end, first + _TABLE)
    words = page.scan.words
    shares = sum(word.term.values.get("unit") == "percent" for word in words[begin:end])
    return shares > 1 and any(word.norm == ":" for word in words[begin:first])


def whole_of_which(page: Page, first: int) -> Whole | None:
    """The territory in *Ukraine, of which a fifth is occupied*."""
    words = page.scan.words
    if first < 3 or words[first - 1].norm != "which" or words[first - 2].norm not in ("of", "in"):
        return None
    at = first - 3 - (words[first - 3].norm == ",")
    known, entry = covering(page, at), words[at].term.entry
    if known is not None and known.mention.kind in WHOLES:
        entry = known.members[0] if len(known.members) == 1 else None
        return Whole(known.mention.territory, first, entry, known.mention.note, known.mention.kind)
    if entry is not None and entry.kind == "country":
        return Whole(entry.expression, first, entry, entry.note, entry.kind)
    return None


def whole_fronted(page: Page, first: int) -> Whole | None:
    """The unit in *Of Zaporizhzhia region Russia holds 75 percent*, where no other is named before the figure."""
    begin, _ = page.sentence(first)
    if page.scan.words[begin].norm != "of" or first - begin > _TABLE:
        return None
    named = page.within(begin, first)
    if len(named) != 1 or named[0].first > begin + 2:
        return None
    known = named[0]
    if known.mention.kind not in _BEFORE:
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, first, entry, known.mention.note, known.mention.kind)


def whole_of_share(page: Page, first: int) -> Whole | None:
    """The territory in *its share of the Donetsk region has risen to 76 %*, where nothing else is counted before."""
    begin, _ = page.sentence(first)
    named = [i for i in page.scan.having("share-noun", begin, first) if page.scan.words[i + 1].norm == "of"]
    if not named or any("unit" in word.term.classes for word in page.scan.words[begin : named[-1]]):
        return None
    found = whole_after(page, named[-1] + 1)
    return None if found is None or found.expression is None or found.loose else found
