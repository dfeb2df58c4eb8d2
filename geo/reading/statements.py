"""Statements without a figure that geometry can test: *does not fully control any of these territories*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.reading import zones
from geo.reading.doers import acting, agent
from geo.reading.joins import is_mark, joins, of_something_else
from geo.reading.page import Finding, Page
from geo.reading.templates import expression
from geo.reading.types import Claim
from geo.reading.wholes import covering

_GROUND = ("admin-unit", "group", "group-of-oblasts", "anaphora", "city", "macro-region", "country")
_DONE = ("surrounded", "reached")
_ENDING = frozenset({"and", "but", "while", "as", "with", "after", "now", "completely"})
_LYING = ("apart", "touches", "along")
_PARTLY = frozenset({"sides", "partially", "partly", "almost", "nearly", "half", "semi"})
_REFERRING = 2  # sentences back to what "these territories" could also take in


@dataclass(frozen=True)
class Statement:
    """A pattern for a statement without a figure, and its predicate."""

    predicate: str
    pattern: str


def stated(page: Page, statements: Sequence[Statement]) -> Iterator[Claim]:
    """The claims of the statements in a text, each on the territory it speaks of."""
    taken: set[int] = set()
    for statement in statements:
        for found in page.scan.everywhere(statement.pattern):
            if found.start() in taken or _doubted(page, found) or _goes_on(page, statement.predicate, found):
                continue
            side = _holder(page, _said(found)) if "said" in found.re.groupindex else _actor(page, found)
            if side not in ("russia", "ukraine"):
                continue
            claim = _of(page, statement.predicate, found)
            if claim is not None:
                taken.add(_said(found))
                yield replace(claim, predicate=statement.predicate, actor=side)


def _of(page: Page, predicate: str, found: re.Match[str]) -> Claim | None:
    """The claim of one match; None where what it speaks of is no territory that is known."""
    if predicate in _LYING:
        return _lying(page, found)
    if predicate == "reached":
        other = covering(page, found.start("other")) or next(page.after(found.start("other")), None)
        if other is None or other.mention.territory is None:
            return None
        side = f'controlled("{_actor(page, found)}")'
        return page.claim("universal", found.start(), max(found.end(), other.last), side, other.mention.territory, None)
    if predicate == "surrounded":
        town = _town(page, found.start("of"))
        partly = any(word.norm in _PARTLY for word in page.scan.words[found.start() : found.end() + 4])
        return page.claim("universal", *found.span(), town, None, None) if town and not partly else None
    known = _ground(page, found.start("of"))
    if known is None:
        return None
    any_of = [word.norm for word in page.scan.words[found.start("of") - 2 : found.start("of")]] == ["any", "of"]
    if predicate == "none-held" and any_of and known.mention.kind != "admin-unit":
        return None  # "does not control any of the four": none of them, or none in full
    if of_something_else(page.scan.words, known.last):
        return None  # "controls all of Luhansk's coal"
    last = max(found.end(), known.last)
    claim = page.claim("universal", _said(found), last, known.mention.territory, None, None)
    return replace(claim, note=_reference(page, known, found.start("of")))


def _said(found: re.Match[str]) -> int:
    """The word a statement begins at: behind what comes before it in a list, where it is one of a list."""
    return found.start("said") if "said" in found.re.groupindex else found.start()


def _holder(page: Page, said: int) -> str | None:
    """Who holds what is one of a list: the doer of the one deed before it, nobody else acting since; None if open."""
    words, (begin, end) = page.scan.words, page.sentence(said)
    deeds = page.scan.having("deed", begin, said)
    if len(deeds) != 1 or "universal-verb" not in words[deeds[0]].term.classes:
        return None
    side, deed = agent(words, deeds[0], begin, end), deeds[0]
    others = any(acting(words, i, deed) or "not" in words[i].term.classes for i in range(deed + 1, said))
    lead = words[max(begin, deed - 2) : deed]
    doubtful = others or any(word.term.classes & {"modal", "not", "wishing"} for word in lead)
    return None if doubtful or not all(joins(w) or w.norm == ":" for w in words[deed + 1 : said]) else side


def _ground(page: Page, at: int) -> Finding | None:
    """The ground named at word ``at`` or right behind it."""
    known = next((k for k in page.after(at) if k.first <= at + 1), None) or covering(page, at)
    usable = known is not None and known.mention.territory is not None and known.mention.kind in _GROUND
    return known if usable else None


def _town(page: Page, at: int) -> str | None:
    """The town named at a word: of a unit that shares its name with one, the town."""
    entry = page.scan.words[at].term.entry
    territory = str(entry.extra.get("city", entry.expression)) if entry else None
    return territory if territory and (territory.startswith("place(") or (entry and "city" in entry.extra)) else None


def _lying(page: Page, found: re.Match[str]) -> Claim | None:
    """How one territory lies to another."""
    one, other = (_named(page, found, name) for name in ("of", "other"))
    if one is None or other is None:
        return None
    return page.claim("universal", found.start(), found.end(), one, other, None)


def _named(page: Page, found: re.Match[str], name: str) -> str | None:
    first, last = found.span(name)
    words = page.scan.words[first:last]
    said = expression(words) or zones.parallel_of(words)
    if said:
        return said
    known = covering(page, first)
    if known is not None and known.mention.territory:
        return known.mention.territory
    zone = zones.zone_near(page, first)
    return zone.expression if zone else None


def _actor(page: Page, found: re.Match[str]) -> str:
    side = [w for w in page.scan.words[found.start() : found.end()] if "actor" in w.term.classes]
    return side[0].term.values["actor"] if side else "russia"


def _doubted(page: Page, found: re.Match[str]) -> bool:
    """Whether the sentence denies it, or speaks of what may come."""
    first, last = page.sentence(found.start())
    denied = page.scan.having("denying", first, last) or page.scan.words[last - 1].norm == "?"
    lead = page.scan.words[max(first, found.start() - 3) : found.start()]
    if page.scan.has("wishing", found.start(), found.end()) or page.scan.has("supposing", first, found.end()):
        return True
    if any(page.scan.letter(i).islower() for i in page.scan.having("modal", found.start(), found.end())):
        return True
    return bool(denied) or any(word.norm in ("if", "unless", "until", "whether", "once") for word in lead)


def _goes_on(page: Page, predicate: str, found: re.Match[str]) -> bool:
    """*Has surrounded Kyiv in an exercise*, *entered Poltava oblast's market*: what follows may change what is said."""
    words, at = page.scan.words, found.end()
    while at < len(words) and words[at].term.classes & {"forces", "oblast-word"}:
        at += 1
    if predicate not in _DONE or at >= len(words) or not words[at].term.classes:
        return False
    return not is_mark(words[at]) and words[at].norm not in _ENDING


def _reference(page: Page, known: Finding, index: int) -> str:
    """Where *these territories* could also take in a unit named just before."""
    if known.mention.kind != "anaphora":
        return ""
    referred = {entry.id for entry in known.members}
    number = page.scan.sentence_at(index)
    for other in page.before(index):
        if number - page.scan.sentence_at(other.first) > _REFERRING:
            break
        if other.mention.kind == "admin-unit" and other.members and other.members[0].id not in referred:
            return f"{known.mention.note}; could also take in {other.members[0].id}, named just before"
    return known.mention.note
