"""Doers: which party is said to do a deed, by name, after *by*, as the subject of its clause or as *it*."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.joins import joined
from geo.reading.page import Page
from geo.reading.scan import Word

FOREIGN = "foreign"
OTHER = {"russia": "ukraine", "ukraine": "russia"}
BEING = frozenset({
    "is", "are", "was", "were", "been", "be", "being", "remain", "remains", "remained", "stays", "lies", "lie", "lay",
})  # fmt: skip
CLAUSE = frozenset({"and", "but", "while", "whereas", ";"})
_PRONOUN_REACH = 3  # sentences back to who *it* is
_PLACING = frozenset({"in", "of", "into", "inside", "within", "across", "from", "to", "over", "with", "against", "for"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "which", "who", "that"})
_FOREIGN = frozenset({"other-country", "foreign-actor", "foreign-place"})
_OF_GAINS = frozenset({"territorial", "net", "monthly", "weekly", "annual", "total", "latest", "recent", "own"})


def agent(words: Sequence[Word], deed: int, begin: int, end: int) -> str | None:
    """Who does the deed at word ``deed``: said after *by*, right before it, or as the subject of its clause."""
    if said := words[deed].term.values.get("actor"):
        return said  # "fallen to Russia"
    if deed + 1 < end and (words[deed + 1].norm == "by" or words[deed].norm.endswith(" of")):
        for word in words[deed + 1 : min(end, deed + 5)]:
            if actor := _party(word):
                return actor
    at = deed - 1
    while at > begin and ("possessive" in words[at].term.classes or "hyphen" in words[at].term.classes):
        at -= 1
    while at > begin and words[at].norm in _OF_GAINS:
        at -= 1
    if at >= begin and (actor := _party(words[at])):
        return actor
    if at > begin and "forces" in words[at].term.classes:
        at -= 1 + (at > begin + 1 and "hyphen" in words[at - 1].term.classes)  # "Ukrainian-held share"
        if actor := _party(words[at]):
            return actor
    if passive(words, begin, deed):
        return None
    clause = max((i for i in range(begin, deed) if parts_clauses(words, i)), default=begin)
    for first in (clause, begin):
        named = [actor for i in range(first, deed) if (actor := acting(words, i, begin))]
        if named:
            return named[-1] if first == clause else named[0]
        if any(word.norm in _PRONOUNS for word in words[first:deed]):
            break
    return None


def acting(words: Sequence[Word], i: int, begin: int) -> str | None:
    """The party that word ``i`` names as one that acts: not a place, not what a thing is called after."""
    actor = _party(words[i])
    if actor is None or _placed(words, i, begin):
        return None
    following = words[i + 1].term.classes if i + 1 < len(words) else frozenset()
    if "adjective" in words[i].term.classes and not following & {"forces", "deed"}:
        return None
    return actor


def _party(word: Word) -> str | None:
    return FOREIGN if word.term.classes & _FOREIGN else word.term.values.get("actor")


def who_is_meant(page: Page, i: int) -> str | None:
    """Who *it* or *they* are: the one party that acts in the nearest sentence before that names any."""
    number = page.scan.sentence_at(i)
    for first, last in reversed(page.scan.sentences[max(0, number - _PRONOUN_REACH) : number]):
        named = {actor for k in range(first, last) if (actor := acting(page.scan.words, k, first))}
        if named:
            forces = {a for k in range(first, last) if (a := acting(page.scan.words, k, first)) and _many(page, k)}
            named = forces if len(forces) == 1 else named  # "Kyiv said Russian forces ...": they are the forces
            return named.pop() if len(named) == 1 else None
    return None


def _many(page: Page, k: int) -> bool:
    """Whether word ``k`` names forces, which *they* may be: *Russian troops*, *the Russians*."""
    behind = page.scan.words[k + 1 : k + 3]
    return page.scan.words[k].norm.endswith("s") or any("forces" in word.term.classes for word in behind)


def parts_clauses(words: Sequence[Word], i: int) -> bool:
    """Whether another clause begins at word ``i``: a semicolon, *, and*, *, while*."""
    return words[i].norm == ";" or (words[i].norm == "," and words[i + 1].norm in CLAUSE)


def _placed(words: Sequence[Word], i: int, begin: int) -> bool:
    """True for a name that stands as a place (*in Ukraine*, *of Ukraine's territory*), not as who acts."""
    lead = words[max(begin, i - 3) : i]
    of = next((k for k, word in enumerate(lead) if word.norm == "of"), 0)
    if of and "forces" in lead[of - 1].term.classes:
        return False  # "the troops of the Russian Federation"
    before = [word.norm for word in lead[-2:]]
    return bool(before) and (
        before[-1] in _PLACING or (len(before) > 1 and before[1] == "the" and before[0] in _PLACING)
    )


def passive(words: Sequence[Word], behind: int, i: int) -> bool:
    """*Is occupied*, *were still held*, *is under Russian control*."""
    said = words[i].norm
    if (
        "lasting" in words[i].term.classes
        or said.endswith(("possession of", "in control of", "charge of", "out"))
        or said.split()[0].endswith("ing")
    ):
        return False
    being = next((k for k in range(i - 1, max(behind, i - 5) - 1, -1) if words[k].norm in BEING), None)
    return being is not None and joined(words, being, i) and not any(w.norm in ("to", ",") for w in words[being:i])
