"""Holdings: what a side is said to hold of a ground, in all the ways there are of saying so."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.judgements import entries
from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Match, Page
from geo.reading.scan import Word
from geo.reading.templates import expression, tidy, value

_HELD = 'controlled("{side}")'
_OTHER = {"russia": "ukraine", "ukraine": "russia"}
_FOREIGN = frozenset({"other-country", "foreign-actor", "foreign-place"})
_AGAIN = 6  # sentences back to a salient that is spoken of again
_DONE = ("ed", "ew", "gave up")  # how a verb ends that says what has been given up already


def claimed_ground(page: Page, match: Match) -> Finding | None:
    """*The territory claimed by Ukraine*: the country; of a part of it, the part the other side holds."""
    side = value(page.words(match, "side"), "actor")
    country = f'country("{side}")'
    words = page.scan.words[match.first : match.last]
    if any("piece" in w.term.classes for w in words):
        other = "russia" if side == "ukraine" else "ukraine"
        return page.finding(match, f"{_HELD.format(side=other)} & {country}", "how much is not said")
    return page.finding(
        match,
        country,
        f"'claimed by' is the article's wording: this is {(side or 'it').title()} within its recognised borders",
        kind="denominator",
    )


def held_by(page: Page, match: Match) -> Finding | None:
    """*The land occupied by Russia*, *occupied territory*: what a side holds of the other's country."""
    if match.first and "admin-unit" in page.scan.words[match.first - 1].term.classes:
        return None  # "in Kherson region Russia holds": the region is Kherson's
    beside = page.scan.words[max(0, match.first - 2) : match.first] + page.scan.words[match.last : match.last + 3]
    if any(w.term.classes & _FOREIGN for w in beside):
        return None  # "the occupied areas of Georgia", "Israeli-occupied land"
    words = page.scan.words[match.first : match.last]
    took = next((w.term.values["deed"] for w in words if "deed" in w.term.classes), "")
    if "side" not in match.spans and any(w.norm in ("it", "they") for w in words):
        if _subject(page, match) == "ukraine" and took != "lost":
            return page.finding(match, None, "what Ukraine is said to hold or to have taken is not named")
        side = "russia"
    else:
        side = value(page.words(match, "side"), "actor") or "russia"
    whose = "ukraine" if side == "russia" or _at_home(page, match) else "russia"
    note = match.rule.note
    if "side" not in match.spans:
        note = "; ".join(filter(None, (note, f"whose is not said in these words: taken as held by {side.title()}")))
    return page.finding(match, f'{_HELD.format(side=side)} & country("{whose}")', note)


def _at_home(page: Page, match: Match) -> bool:
    """*Kyiv-controlled territory* is ground of Ukraine; what it occupied, or holds in an incursion, is not."""
    words = page.scan.words[match.first : match.last]
    taking = any("occupied" in word.term.classes or word.norm.startswith("occup") for word in words)
    begin, end = page.sentence(match.first)
    abroad = any(k.mention.kind == "salient" for k in page.before(match.first) if k.first >= begin)
    return not taking and not abroad and not any("salient-word" in w.term.classes for w in page.scan.words[begin:end])


def held_there(page: Page, match: Match) -> Finding | None:
    """*The occupied territories of Donetsk region*, *the ground it once held in Russia's Kursk region*."""
    whole = expression(page.words(match, "whole"))
    side = value(page.words(match, "side"), "actor") or "russia"
    words = page.scan.words[match.first : match.last]
    if "side" not in match.spans and any(word.norm in ("it", "they") for word in words):
        side = _subject(page, match) or ""
    took = next((word.term.values["deed"] for word in words if "deed" in word.term.classes), "holds")
    if whole is None or not side or took not in ("holds", "gained"):
        return None
    if "no" in match.spans:  # "the part it does not control"
        side = _OTHER[side]
    return page.finding(match, tidy(f'controlled("{side}") & ({whole})'), members=entries(page.words(match, "whole")))


def salient_in(page: Page, match: Match) -> Finding | None:
    """*Ukraine's foothold in Russia's Kursk region*: the salient there that the atlas knows."""
    whole = expression(page.words(match, "whole"))
    known = next((e for e in page.lexicon.entries if e.kind == "salient" and whole and _lies_in(e, whole)), None)
    return page.finding(match, known.expression, known.note, members=(known,)) if known else None


def salient_again(page: Page, match: Match) -> Finding | None:
    """*The incursion*, where one was named a few sentences before."""
    here = page.scan.sentence_at(match.first)
    for known in page.before(match.first):
        if here - page.scan.sentence_at(known.first) > _AGAIN:
            return None
        if known.mention.kind == "salient":
            note = f"refers back to {known.mention.text!r}".replace("\n", " ")
            return page.finding(match, known.mention.territory, note, members=known.members)
    return None


def _lies_in(salient: Entry, unit: str) -> bool:
    """Whether a salient is all that one side holds or held of a unit."""
    held = salient.extra.get("now", salient.expression)
    return held in (f"{_HELD.format(side=side)} & {unit}" for side in _OTHER)


def remainder(page: Page, match: Match) -> Finding | None:
    """*The remainder of Donetsk*, of which the sentence says who is to leave it, or who wants or takes it."""
    whole, members = expression(page.words(match, "whole")), entries(page.words(match, "whole"))
    side = _left_with(page, match)
    if whole is None:
        return None
    if side is None:
        return page.finding(match, None, "the rest of a unit, and who holds it is not said", members=members)
    note = f"what is left is taken as what {side.title()} holds"
    return page.finding(match, tidy(f"{_HELD.format(side=side)} & ({whole})"), note, members=members)


def _left_with(page: Page, match: Match) -> str | None:
    """Who holds what is left: who leaves it or is to; else the enemy of the one side that wants or takes it."""
    begin, _ = page.sentence(match.first)
    words = page.scan.words
    acting = [i for i in range(begin, match.first) if "actor" in words[i].term.classes and not _owns(words, i)]
    sides = [words[i].term.values["actor"] for i in acting]
    yielding = page.scan.having("yielding", begin, match.first)
    if yielding:
        if words[yielding[-1]].norm.endswith(_DONE):
            return None  # what was held before it was given up is not what is held
        asked = acting and page.scan.has("wishing | speaking", acting[-1], yielding[-1])
        return "ukraine" if not sides else _OTHER[sides[-1]] if asked else sides[-1]
    if len(set(sides)) != 1:
        return None
    own = page.scan.has("universal-verb | lasting", begin, match.first)
    return sides[0] if own else _OTHER[sides[0]]


def _owns(words: Sequence[Word], i: int) -> bool:
    """*Ukraine's Donetsk region*: the country a unit is in, no side."""
    return "possessive" in words[i + 1].term.classes and bool(words[i + 2].term.classes & {"admin-unit", "compass"})


def occupied_unit(page: Page, match: Match) -> Finding | None:
    """*Occupied Kherson*; in *Russia has held Crimea* nothing is said of a part."""
    before = page.scan.words[match.first - 1] if match.first else None
    if before is not None and (before.norm in ("has", "have", "had", "'ve", "having")):
        return None
    whole = expression(page.words(match, "whole"))
    return page.finding(match, tidy(f'controlled("russia") & ({whole})')) if whole else None


def _subject(page: Page, match: Match) -> str | None:
    """The party named nearest before the words of a match, in their sentence."""
    first, _ = page.sentence(match.first)
    said = [w.term.values["actor"] for w in page.scan.words[first : match.first] if "actor" in w.term.classes]
    return said[-1] if said else None
