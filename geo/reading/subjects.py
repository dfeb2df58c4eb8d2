"""Figures whose subject stands before them: *its hold on the region is limited to 4.5 %*, *the salient took 1,376*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.reading.deeds import Deed
from geo.reading.extents import area_of
from geo.reading.figures import Measure, within
from geo.reading.joins import joins
from geo.reading.page import Finding, Page
from geo.reading.scan import Word
from geo.reading.templates import tidy
from geo.reading.wholes import Whole, ground_of
from geo.reading.wholes_before import whole_before
from geo.reading.wholes_behind import whole_after

_SIDE = re.compile(r'controlled\("(\w+)"\)')
_LESS = frozenset({"shrunk", "shrank", "dropped", "fell", "fallen", "decreased", "shortened"})
_SIDES = ("ukraine", "russia")
_BESIDE = frozenset({
    ",", "or", "-", "(", ":", "which", "is", "equal", "equals", "equivalent", "to", "that", "and", "makes", "it",
    "i", "e", ".", "some", "being", "for", "an", "area", "of",
})  # fmt: skip
_LEFT = frozenset({"shrunk", "shrank", "reduced", "down", "dwindled", "left", "now", "remains", "remaining", "still"})
_ANEW = frozenset({"where", "it", "they", "he", "which", "who", "when", "we"})  # another subject begins
_CLOSE = 6  # words between an area and the share that is said of the same ground


def held_before(page: Page, measure: Measure, whole: Whole | None) -> tuple[Deed, Whole] | None:
    """*Russia's hold on Kharkiv oblast is limited to 4.5 %*: what is held, as a deed of its holder, and the ground."""
    known = _subject(page, measure, "control-share")
    side = _SIDE.search(known.mention.territory or "") if known else None
    ground = (ground_of(known) or _country_of(page, known)) if known else None
    if known is None or side is None or ground is None:
        return None
    if whole is not None and (whole.loose or whole.expression != ground):
        return None
    between = page.scan.words[known.last : measure.first]
    grown = bool(between) and between[-1].norm == "by" and any("rising" in word.term.classes for word in between)
    if grown and any(word.norm in _LESS for word in between):
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    target = Whole(ground, max(measure.last, whole.last if whole else 0), entry, kind=entry.kind if entry else "group")
    return Deed("gained" if grown else "holds", side[1], known.last, direct=True), target


def _country_of(page: Page, known: Finding) -> str | None:
    """*Area of Ukraine under Russian occupation*: the country that it is a part of, no other ground being named."""
    before = next(page.before(known.first), None)
    if before is not None and before.first >= page.sentence(known.first)[0]:
        return None
    return next(
        (f'country("{side}")' for side in _SIDES if f'& country("{side}")' in (known.mention.territory or "")), None
    )


def salient_before(page: Page, measure: Measure) -> Finding | None:
    """*The incursion into Kursk region took up to 1,376 sq km*: the salient that the figure is the extent of."""
    return _subject(page, measure, "salient") if measure.figure.unit == "km2" else None


def extent_of(page: Page, known: Finding, measure: Measure) -> str | None:
    """A salient's largest extent, or what is left of it where the sentence says that it has shrunk to the figure."""
    between = page.scan.words[known.last : measure.first]
    now = known.members[0].extra.get("now") if len(known.members) == 1 else None
    if any(word.norm in _LEFT for word in between):
        return str(now) if now else None
    return known.mention.territory


def lying_on(page: Page, whole: Whole) -> tuple[str, int] | None:
    """*Two thirds of Kherson oblast lies on the left bank*: that part of the whole, and the word behind it."""
    words = page.scan.words
    if whole.last >= len(words) or "lying-on" not in words[whole.last].term.classes:
        return None
    known = next((k for k in page.within(whole.last, whole.last + 4) if k.mention.kind == "bank-of-river"), None)
    if known is None or known.mention.territory is None or whole.expression is None:
        return None
    bank = known.mention.territory.split(" & ")[0]
    return tidy(f"{bank} & ({whole.expression})"), known.last


@dataclass(frozen=True)
class Beside:
    """The area right before a share of the same ground, and that ground if a name stands by it without a deed."""

    measure: Measure
    ground: str | None


def beside_area(page: Page, measure: Measure, measures: Sequence[Measure]) -> Beside | None:
    """*Crimea covers 27,000 sq km, about 4.5 % of Ukraine*: the share is one of what the area is of."""
    begin, _ = page.sentence(measure.first)
    before = [m for m in within(measures, begin, measure.first) if m.last <= measure.first]
    if not before or before[-1].figure.unit != "km2":
        return None
    area = before[-1]
    between = page.scan.words[area.last : measure.first]
    if not between or len(between) > _CLOSE or not all(w.norm in _BESIDE or "hedge" in w.term.classes for w in between):
        return None
    named = whole_before(page, area.first)
    return Beside(area, area_of(page, area) or (named.expression if named else None))


def _subject(page: Page, measure: Measure, kind: str) -> Finding | None:
    """The finding before a figure, with nothing between but that it comes to so much."""
    begin, _ = page.sentence(measure.first)
    known = next(page.before(measure.first), None)
    if known is None or known.first < begin or known.mention.kind != kind or known.mention.territory is None:
        return None
    between = page.scan.words[known.last : measure.first]
    if [word.norm for word in between] == [","] and measure.figure.unit == "percent":
        return known if kind == "control-share" and _put_in(page, measure) else None
    if [word.norm for word in between] in ([":"], ["="]):
        return known  # "Area under occupation: 45,020 square miles"
    told = any("coming-to" in word.term.classes or "rising" in word.term.classes for word in between)
    done = any("deed" in word.term.classes for word in between)
    if not told or (done and kind != "salient"):  # an incursion takes ground, a hold on it is done with
        return None
    return known if all(_comes_to(word) for word in between) else None


def _put_in(page: Page, measure: Measure) -> bool:
    """*The occupied territories, some 17.5 percent of the country, stretch*: the share stands between two commas."""
    whole = whole_after(page, measure.last)
    return whole is not None and not whole.loose and page.scan.words[whole.last].norm in (",", "-", ".")


def _comes_to(word: Word) -> bool:
    if word.norm in _ANEW or "actor" in word.term.classes:
        return False
    return bool(word.term.classes & {"coming-to", "rising"}) or joins(word)
