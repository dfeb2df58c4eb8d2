"""The whole that stands behind a figure: *20 % of the region*, *82 settlements in it*, *99 % of which*."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.asides import aside_at
from geo.reading.joins import of_something_else
from geo.reading.page import Page
from geo.reading.references import FILLER_REACH, referred
from geo.reading.scan import Word
from geo.reading.wholes import WHOLES, Whole, covering

_RELATIVE_REACH = 8  # words from "of which" back to what it refers to
_SKIPPED = frozenset({",", '"', "\u201d", "\u201c", "'", ")", "]", "-"})
_MEASURED = ("percent", "square kilometre", "square mile", "hectare", "acre", "kilometre", "mile", "metre")
_GROUND = frozenset({"territory", "land", "ground", "soil"})
_ENDING = frozenset(
    {"", ".", ",", ";", ")", "in", "since", "last", "this", "during", "over", "between", "by", "from", "and"}
)


def whole_after(page: Page, last: int) -> Whole | None:
    """The territory after *of*; a Whole without expression where something else stands there; None without *of*."""
    words = page.scan.words
    at = last
    while at < len(words) and words[at].norm in _SKIPPED:
        at += 1
    at = _past_count(words, at)
    at += at + 1 < len(words) and words[at].norm == "each" and words[at + 1].norm == "of"
    if at + 1 >= len(words) or words[at].norm not in ("of", "in"):
        return None
    if words[at - 1].norm == "," and words[at].norm == "of" and _opens_next(page, at):
        return None  # "Of one region it holds 75 percent, of another 76"
    if words[at].norm == "in" and _in_a_time(words, at + 1):
        return None
    if (aside := aside_at(page, at)) is not None and aside.first == at:
        return None  # "700 sq km, of which half was in Donetsk oblast"
    if words[at + 1].norm in ("which", "whom"):
        return _named_before(page, last)
    loose = words[at].norm == "in"
    if not loose and _only_ground(words, at + 1):
        return None
    if not loose and (taken := _what_was_taken(words, at + 1)) is not None:
        return taken
    if (loose and words[at - 1].norm == ",") or words[at + 1].number or "hedge" in words[at + 1].term.classes:
        return None
    _, end = page.sentence(at)
    reference: Whole | None = None
    for i in range(at + 1, min(end, at + 1 + FILLER_REACH)):
        named = _named(page, i, loose)
        if named is not None and named.kind in ("anaphora", "control-share"):
            # "the territory" alone refers back, "the territory lost in Kursk Region" goes on to say where.
            reference = named
        elif named is not None:
            return named
        elif "filler" not in words[i].term.classes and not _passed_over(words, i, reference):
            break
    if loose or reference is not None:
        return reference
    return referred(page, at, end)


def _opens_next(page: Page, at: int) -> bool:
    """Whether a unit behind *of* has a figure of its own right behind it."""
    known = next(iter(page.within(at + 1, at + 3)), None)
    return known is not None and known.last < len(page.scan.words) and page.scan.words[known.last].number


def _in_a_time(words: Sequence[Word], at: int) -> bool:
    """*In the whole of September*: a time, no ground."""
    while at + 1 < len(words) and words[at].norm in ("the", "whole", "of", "all", "course", "entire", "month"):
        at += 1
    return "month" in words[at].term.classes


def _past_count(words: Sequence[Word], at: int) -> int:
    """*1,150 sq km and 82 settlements in Kursk region*: the word behind what is counted in the same place."""
    said = words[at : at + 5]
    if len(said) < 5 or said[0].norm not in ("and", "with", "including") or not counting(said[1]):
        return at
    for k in (3, 4):
        if said[k].norm in ("of", "in") and said[k - 1].norm.endswith("s"):
            return at if any(w.term.values.get("unit") in _MEASURED for w in said[2:k]) else at + k
    return at


def counting(word: Word) -> bool:
    """A number, in digits or as a word."""
    return word.number or "number-word" in word.term.classes


def _what_was_taken(words: Sequence[Word], i: int) -> Whole | None:
    """*Half of what Russia took after 24 February*: of what one side took or holds, not of a territory."""
    behind = words[i : i + 6]
    if behind[0].norm not in ("what", "everything", "whatever") or len(behind) < 3:
        return None
    once = behind[0].norm == "what" and behind[1].norm in ("was", "were", "used", "had")
    if once and not any("deed" in word.term.classes for word in behind):
        return Whole(None, i + 1, note="of ground as it was at another time, which is not measured apart", kind="timed")
    acting = next((k for k, word in enumerate(behind[:4]) if "actor" in word.term.classes), 0)
    if not acting or not any("deed" in word.term.classes for word in behind[acting:]):
        return None
    return Whole(None, i + 1, note="of what one side took or holds, which is not measured apart", kind="timed")


def _only_ground(words: Sequence[Word], i: int) -> bool:
    """*725 square km of territory in November*: *territory* says no more than the unit does."""
    following = words[i + 1].norm if i + 1 < len(words) else ""
    return words[i].norm in _GROUND and following in _ENDING


def _named_before(page: Page, last: int) -> Whole:
    """*Luhansk oblast, 99 % of which Russia holds*: what stands before the figure."""
    words = page.scan.words
    commas = [i for i in range(max(0, last - _RELATIVE_REACH), last) if words[i].norm == ","]
    known = covering(page, commas[-1] - 1) if commas and commas[-1] else None
    if known is None or known.mention.kind not in WHOLES:
        return Whole(None, last + 2)
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, last + 2, entry, known.mention.note, known.mention.kind)


def _named(page: Page, i: int, loose: bool) -> Whole | None:
    """The territory named at word ``i``; without expression where the name only tells whose thing is meant."""
    words = page.scan.words
    if _possesses_unit(words, i):
        return None
    known = covering(page, i)
    entry = words[i].term.entry
    if known is not None and known.mention.kind in WHOLES:
        entry = known.members[0] if len(known.members) == 1 else None
        found = Whole(known.mention.territory, known.last, entry, known.mention.note, known.mention.kind, loose)
    elif known is not None and known.mention.kind == "city":
        note = f"{known.mention.text!r} is a point in the atlas: how much of it is held cannot be measured"
        found = Whole(None, known.last, note=note, kind="city", loose=loose)
    elif entry is not None and entry.kind in WHOLES:
        found = Whole(entry.expression, i + 1, entry, entry.note, entry.kind, loose)
    elif "demonym" in words[i].term.classes and "ground" in words[i + 1].term.classes:
        found = Whole(f'country("{words[i].term.values["demonym"]}")', i + 2, kind="country", loose=loose)
    else:
        return None
    if found.last < len(words) and "operation" in words[found.last].term.classes and loose:
        return Whole(None, found.last + 1, note="on which days that operation was is not said", kind="timed")
    if of_something_else(words, found.last) and not _owns_area(words, found.last):
        return Whole(None, found.last, loose=loose)
    return found


def _owns_area(words: Sequence[Word], at: int) -> bool:
    """*6,600 sq km of Donetsk region's 26,500 sq km*: the area that a unit has is the unit."""
    behind = words[at : at + 3]
    if len(behind) < 3 or "possessive" not in behind[0].term.classes or not behind[1].number:
        return False
    return behind[2].term.values.get("unit") in _MEASURED


def _passed_over(words: Sequence[Word], i: int, reference: Whole | None) -> bool:
    if words[i].norm == "," and words[i - 1].norm in ("neighbour", "neighbor"):
        return True
    return (reference is not None and "deed" in words[i].term.classes) or _possesses_unit(words, i)


def _possesses_unit(words: Sequence[Word], i: int) -> bool:
    """*Russia's Kursk region*: the unit is meant, not the country."""
    if i + 2 >= len(words) or words[i + 1].norm != "'s" or "country" not in words[i].term.classes:
        return False
    return "admin-unit" in words[i + 2].term.classes
