"""Banks: which river's, and of which unit, where only *the right bank* is said."""

from __future__ import annotations

from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Match, Page
from geo.reading.tables import table
from geo.reading.templates import expression, tidy, value
from geo.reading.tokens import words as normal_words

_SAME_PLACE = 4  # sentences back to the unit that "the right bank" is in


def _spellings(entry: Entry) -> set[str]:
    return {" ".join(normal_words(name)) for name in (entry.id, *entry.names)}


def bank_in_unit(page: Page, match: Match) -> Finding | None:
    """*Left-bank Kherson*: the river is the one the unit lies on."""
    return _bank(page, match, expression(page.words(match, "units")))


def bare_bank(page: Page, match: Match) -> Finding | None:
    """*The right bank*, of the river last named; of none, no mention. Of a unit it divides, where that is spoken of."""
    entry = _divided(page, match.first)
    found = _bank(page, match, entry.expression if entry else None)
    if found is None or entry is None:
        return found
    whole = (found.mention.territory or "").split(" & ")[0]
    note = f"taken as the part of {entry.id} oblast, which is spoken of; it could also be all of {whole}"
    return page.finding(match, found.mention.territory, note, members=(entry,))


def _divided(page: Page, index: int) -> Entry | None:
    """The one unit, of those a river runs through, that is spoken of up to word ``index`` or shortly before."""
    words = page.scan.words
    number = page.scan.sentence_at(index)
    first = page.scan.sentences[max(0, number - _SAME_PLACE)][0]
    named = page.scan.having("admin-unit", first, page.sentence(index)[1])
    units = {entry.id: entry for i in named if (entry := words[i].term.entry)}
    divided = table("rivers")["divides"]
    if len(units) != 1 or not any(unit in each for each in divided.values() for unit in units):
        return None
    return next(iter(units.values()))


def _bank(page: Page, match: Match, units: str | None) -> Finding | None:
    known = page.lexicon.having("banks")
    named = [entry for entry in known if page.scan.says("river-line", _spellings(entry))]
    if not known or not (named or units):
        return None
    river = (named or known)[0]
    side = river.extra["banks"].get(value(page.words(match, "side"), "side"))
    if side is None:
        return None
    bank = f'bank("{river.extra["river"]}", "{side}")'
    note = f"taken as a bank of the {river.id}, which is not named beside it"
    return page.finding(match, tidy(f"{bank} & ({units})") if units else bank, note)
