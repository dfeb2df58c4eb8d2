"""Statements without a figure that geometry can test: *does not fully control any of these territories*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.reading.page import Page
from geo.reading.types import Claim
from geo.reading.wholes import covering


@dataclass(frozen=True)
class Statement:
    """A pattern for a statement without a figure, and its predicate."""

    predicate: str
    pattern: re.Pattern[str]


def stated(page: Page, statements: Sequence[Statement]) -> Iterator[Claim]:
    """The claims of the statements in a text, each on the territory it speaks of."""
    taken: set[int] = set()
    for statement in statements:
        for found in statement.pattern.finditer(page.scan.codes):
            at = found.start("of")
            known = next((k for k in page.after(at) if k.first <= at + 1), None) or covering(page, at)
            if (
                known is None
                or known.mention.territory is None
                or not _is_ground(known.mention.kind)
                or found.start() in taken
            ):
                continue
            taken.add(found.start())
            first, last = page.sentence(found.start())
            if any("denying" in word.term.classes for word in page.scan.words[first:last]):
                continue
            side = [w for w in page.scan.words[found.start() : at] if "actor" in w.term.classes]
            actor = side[0].term.values["actor"] if side else "russia"
            claim = page.claim(
                "universal", found.start(), max(found.end(), known.last), known.mention.territory, None, None
            )
            yield replace(
                claim, predicate=statement.predicate, actor=actor, note=_reference(page, known.mention.kind, at)
            )


def _is_ground(kind: str) -> bool:
    return kind in ("admin-unit", "group", "group-of-oblasts", "anaphora", "city", "macro-region", "country")


def _reference(page: Page, kind: str, index: int) -> str:
    """Where *these territories* could also take in a unit named just before."""
    if kind != "anaphora":
        return ""
    known = covering(page, index) or next(page.after(index))
    referred = {entry.id for entry in known.members}
    number = page.scan.sentence_of[index]
    for other in page.before(index):
        if number - page.scan.sentence_of[other.first] > 2:
            break
        if other.mention.kind == "admin-unit" and other.members and other.members[0].id not in referred:
            return f"{known.mention.note}; could also take in {other.members[0].id}, named just before"
    return known.mention.note
