"""Deeds: who is said to hold, take or lose the ground of a figure, and the expression that makes."""

from __future__ import annotations

from dataclasses import dataclass

from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.templates import tidy
from geo.reading.vocabulary import Word
from geo.reading.wholes import Whole

_OTHER = {"russia": "ukraine", "ukraine": "russia"}
_DEED_REACH = 8  # words between a figure and a deed said behind it
_CLAUSE = frozenset({"and", "but", "while", "whereas", ";"})
_PLACING = frozenset({"in", "of", "into", "inside", "within", "across", "from", "to", "over", "with", "against", "for"})


@dataclass(frozen=True)
class Deed:
    """What is said to be done (``holds``, ``gained``, ``lost``, ``retaken``), by whom, and the word behind it.

    ``assumed`` where the sentence does not say who.
    """

    predicate: str
    actor: str
    last: int
    assumed: bool = False
    elsewhere: bool = False


def deed_of(page: Page, measure: Measure, behind: int) -> Deed | None:
    """What is done to the figure's ground: said right behind it, else nearest before it, in its sentence."""
    begin, end = page.sentence(measure.first)
    words = page.scan.words
    clause = next((i for i in range(behind, end) if _parts_clauses(words, i)), end)
    after = [i for i in range(behind, clause) if "deed" in words[i].term.classes]
    before = [i for i in range(measure.first - 1, begin - 1, -1) if "deed" in words[i].term.classes]
    passive = [i for i in after if i < behind + _DEED_REACH and (_by(words, i) or _relative(words, behind, i))]
    for i in (*passive, *before, *after):
        actor = _agent(words, i, begin, end)
        return Deed(words[i].term.values["deed"], actor or "russia", i + 1, assumed=actor is None)
    return None


def deed_before(page: Page, measure: Measure) -> Deed | None:
    """What the sentence before says is held, where the figure's own says nothing."""
    number = page.scan.sentence_of[measure.first]
    if not number:
        return None
    begin, end = page.scan.sentences[number - 1]
    words = page.scan.words
    for i in range(end - 1, begin - 1, -1):
        if words[i].term.values.get("deed") == "holds" and (actor := _agent(words, i, begin, end)):
            return Deed("holds", actor, measure.last, elsewhere=True)
    return None


def incursion(page: Page, measure: Measure, whole: Whole, deed: Deed) -> tuple[Deed, Whole]:
    """Of a unit that was entered, *retaken* and *lost* are said of the ground that was taken there."""
    salient = next(
        (
            e
            for e in page.lexicon.entries
            if "now" in e.extra and whole.expression and f"& {whole.expression})" in (e.expression or "")
        ),
        whole.entry if whole.entry and "now" in whole.entry.extra else None,
    )
    if salient is None:
        return deed, whole
    begin, end = page.sentence(measure.first)
    kept = deed.predicate == "holds" and deed.actor == "ukraine"
    for i in range(begin, end):
        if page.scan.words[i].term.values.get("deed") == "retaken" and deed.predicate != "retaken" and not kept:
            actor = _agent(page.scan.words, i, begin, end)
            deed = Deed("retaken", actor or "russia", deed.last, assumed=actor is None)
    if deed.predicate in ("retaken", "lost") or deed.actor == "ukraine":
        whole = Whole(salient.expression, whole.last, salient, whole.note, salient.kind)
    return deed, whole


def part_of(deed: Deed, whole: Whole, since: str | None) -> tuple[str | None, str | None, str]:
    """The expressions of part and whole, and what had to be assumed."""
    note = f"who is not said: taken as {deed.actor.title()}" if deed.assumed else ""
    ground = whole.expression
    if ground is None:
        return None, None, note
    now = whole.entry.extra.get("now") if whole.entry else None
    if now and deed.predicate in ("retaken", "lost"):
        return tidy(f"{ground} - ({now})"), ground, note
    if deed.predicate == "retaken" and "controlled(" in ground:
        return tidy(f"peak({ground}) - ({ground})"), f"peak({ground})", note
    if deed.predicate == "holds":
        held = now or (ground if "controlled(" in ground else tidy(f'controlled("{deed.actor}") & ({ground})'))
        if whole.kind == "control-share":
            return held, None, note
        return held, ground, note
    if since is None:
        return None, ground, "; ".join(filter(None, (note, "since when is not said")))
    actor = _OTHER[deed.actor] if deed.predicate == "lost" else deed.actor
    return tidy(f'gained("{actor}", since="{since}") & ({ground})'), ground, note


def _by(words: list[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].norm in ("by", "territory", "forces")


def _relative(words: list[Word], behind: int, i: int) -> bool:
    between = words[behind:i]
    if any(word.norm in _CLAUSE for word in between):
        return False
    return any(word.norm in ("it", "they", "that", "which") or "actor" in word.term.classes for word in between)


def _agent(words: list[Word], deed: int, begin: int, end: int) -> str | None:
    for i in range(deed + 1, min(end, deed + 4)):
        if words[deed + 1].norm == "by" and "actor" in words[i].term.classes:
            return words[i].term.values["actor"]
    if deed > begin and "actor" in words[deed - 1].term.classes:
        return words[deed - 1].term.values["actor"]
    named = [i for i in range(begin, deed) if "actor" in words[i].term.classes and not _placed(words, i, begin)]
    clause = max((i for i in range(begin, deed) if _parts_clauses(words, i)), default=begin)
    inside = [i for i in named if i >= clause]
    who = inside[-1] if inside else named[0] if named else None
    return None if who is None else words[who].term.values["actor"]


def _parts_clauses(words: list[Word], i: int) -> bool:
    return words[i].norm == ";" or (words[i].norm == "," and words[i + 1].norm in _CLAUSE)


def _placed(words: list[Word], i: int, begin: int) -> bool:
    """True for a name that stands as a place (*in Ukraine*, *of Ukraine's territory*), not as who acts."""
    before = [word.norm for word in words[max(begin, i - 2) : i]]
    return bool(before) and (
        before[-1] in _PLACING or (len(before) > 1 and before[1] == "the" and before[0] in _PLACING)
    )
