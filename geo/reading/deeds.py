"""Deeds: what is said to be done with the ground of a figure: it is held, taken, lost or retaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.reading.asides import apart
from geo.reading.doers import CLAUSE, OTHER, acting, agent, parts_clauses, passive, who_is_meant
from geo.reading.figures import Measure
from geo.reading.joins import joined, joins, of_included
from geo.reading.narrator import narrator, told_of
from geo.reading.page import Page
from geo.reading.scan import Word

_DEED_REACH = 8  # words between a figure and a deed said behind it
_ANOTHER = frozenset({"where", "though", "although", "yet", "because", "when", "if", "since", "after", "despite"})
_NEAR = 30  # words before a deed in which its doer is looked for by *the enemy* or *our troops*
_LABEL = 14  # words of a label before the colon
_TABLE_ROWS = 14
_ROW_LENGTH = 16  # words
_ROW_MARKS = frozenset({":", ";", "", "|"})


@dataclass(frozen=True)
class Deed:
    """What is said to be done (``holds``, ``gained``, ``lost``, ``retaken``), by whom, and the word behind it.

    ``actor`` is "" where the sentence does not say who, "foreign" for a party to another war. ``loose`` where words
    stand between deed and figure that may make it another thing's deed; ``direct`` where the deed is said of the figure
    itself, right before it or in the passive behind it. ``said`` is the deed's own word.
    """

    predicate: str
    actor: str
    last: int
    assumed: bool = False
    elsewhere: bool = False
    loose: bool = False
    direct: bool = False
    said: str = ""

    @property
    def at(self) -> int:
        """The word the deed stands at."""
        return self.last - 1


def deed_of(page: Page, measure: Measure, behind: int, *, placed: bool = False) -> Deed | None:
    """What is done to the figure's ground: said right behind it, else nearest before it, in its sentence.

    ``placed`` where the figure stands *in* a territory: a relative clause behind speaks of the territory then.
    """
    begin, end = page.sentence(measure.first)
    words, deeds = page.scan.words, page.scan.having("deed", begin, end)
    if not deeds:
        return None
    clause = next((i for i in range(behind, end) if parts_clauses(words, i)), end)
    after = [i for i in deeds if behind <= i < clause]
    before = [i for i in reversed(deeds) if i < measure.first]
    nearest = before[:1]
    before = [i for i in before if not apart(page, measure.first, i)][:1]
    governed = bool(before) and (
        _joined_over(page, before[0] + 1, measure.first) or _labels(page, before[0], measure.first)
    )
    after = [i for i in after if not apart(page, measure.first, i, -1 if governed else i)]
    near = [i for i in after if joined(words, behind, i) and not (governed and _crosses(words, behind, i))]
    near = [i for i in near if not of_included(words, behind, i) and not _compared(words, behind, i)]
    told = [i for i in near if _by(words, i) or passive(words, behind, i)]
    near = [i for i in near if i < _past_included(words, behind, end) + _DEED_REACH]
    relative = [i for i in near if not placed and _relative(words, behind, i)]
    for i in (*told, *relative):
        return _deed(page, i, begin, end, direct=True)
    if governed:
        return _shared(page, measure, _deed(page, before[0], begin, end, direct=True))
    for i in () if placed else near:
        return _deed(page, i, begin, end)
    for i in (*before, *after, *nearest):
        return _deed(page, i, begin, end, loose=True)
    return None


def _joined_over(page: Page, first: int, last: int) -> bool:
    """Whether only joining words stand there; *the right bank* is one ground and joins."""
    words, at = page.scan.words, first
    for known in page.within(first, last):
        if known.mention.kind == "bank-of-river":
            if not joined(words, at, known.first):
                return False
            at = max(at, known.last)
    return joined(words, at, last)


def _labels(page: Page, deed: int, first: int) -> bool:
    """*Total Russian gains since January 2022: 27,000 square miles*: a label that a figure stands right behind.

    *Russia holds a fifth: four-fifths of Donetsk and half of Kherson*: or one of a list of shares behind it.
    """
    words, (begin, _) = page.scan.words, page.sentence(first)
    colon = next((i for i in range(first - 1, deed, -1) if words[i].norm == ":"), 0)
    if not colon or colon - begin > _LABEL or len(page.scan.having("deed", begin, first)) != 1:
        return False
    return joined(words, deed + 1, colon) and (colon == first - 1 or _lists_shares(words, deed, colon, first))


def _lists_shares(words: Sequence[Word], deed: int, colon: int, first: int) -> bool:
    """Whether shares of what is held, and nobody else's, stand between a colon and a figure."""
    behind = words[colon + 1 : first]
    shares = any("part-word" in w.term.classes or w.term.values.get("unit") == "percent" for w in behind)
    other = any("actor" in word.term.classes for word in behind)
    return words[deed].term.values["deed"] == "holds" and shares and not other and joined(words, colon + 1, first)


def _shared(page: Page, measure: Measure, deed: Deed) -> Deed:
    """*Ukraine controls 4 % of one and Russia 19 %*: the verb is shared, who does it is not."""
    words = page.scan.words
    others = [
        (i, actor)
        for i in range(deed.last, measure.first)
        if (actor := acting(words, i, deed.last)) and actor != deed.actor
        if "possessive" not in words[i + 1].term.classes and words[deed.last].norm != "by"
    ]
    if not others:
        return deed
    at, actor = others[-1]
    return replace(deed, actor=actor, assumed=False, loose=at + 1 != measure.first)


def _crosses(words: Sequence[Word], behind: int, i: int) -> bool:
    """Whether a deed behind a figure belongs to what comes after an *and* or to another figure."""
    return any(word.norm in CLAUSE or "unit" in word.term.classes for word in words[behind:i])


def _deed(page: Page, i: int, begin: int, end: int, *, direct: bool = False, loose: bool = False) -> Deed:
    words = page.scan.words
    near = max(begin, i - _NEAR)
    actor = told_of(page, max((k for k in range(near, i) if parts_clauses(words, k)), default=near), i)
    if actor is None:
        actor = agent(words, i, begin, end)
    bare = words[i].norm == "occupation" or words[i - 1].norm == ")" or "unit" in words[i - 1].term.classes
    if actor is None and not bare and not passive(words, begin, i):
        actor = who_is_meant(page, i)
    if actor is None and words[i].term.values["deed"] in ("retaken", "gained") and narrator(page, i) == "russia":
        actor = "russia"  # what its ministry calls liberated or taken, by nobody in particular
    assumed = actor is None
    if actor is None:
        share = words[i].norm == "share" and i > begin
        actor = "russia" if "occupying" in words[i - share].term.classes else ""  # "the occupied share of"
    return Deed(words[i].term.values["deed"], actor, i + 1, assumed, False, loose, direct, words[i].norm)


def deed_before(page: Page, measure: Measure) -> Deed | None:
    """What a sentence before says is held, where the figure's own is a bare entry of a table: *Kharkiv - 4.7 %*."""
    number = page.scan.sentence_at(measure.first)
    words = page.scan.words
    for k in range(number, max(-1, number - _TABLE_ROWS), -1):
        begin, end = page.scan.sentences[k]
        if end - begin > _ROW_LENGTH * _TABLE_ROWS:
            return None
        heads = next((i for i in range(begin, measure.first) if words[i].norm == ":"), begin) if k == number else end
        deeds = page.scan.having("deed", begin, heads)
        if deeds and k < number and _of_its_own(page, begin, end):
            return None
        if deeds:
            actors = {actor for i in deeds if (actor := agent(words, i, begin, end))}
            if not actors and all("occupying" in words[i].term.classes or words[i].norm == "share" for i in deeds):
                actors = {"russia"}
            predicate = words[deeds[-1]].term.values["deed"]
            if len(actors) == 1 and predicate in ("holds", "gained"):
                return Deed("holds", actors.pop(), measure.last, elsewhere=True)
            return None
        rows = sum(word.term.values.get("unit") == "percent" for word in words[begin:end])
        if end - begin > _ROW_LENGTH * max(1, rows) or not all(
            joins(w) or w.norm in _ROW_MARKS for w in words[begin:end]
        ):
            return None
    return None


def _of_its_own(page: Page, begin: int, end: int) -> bool:
    """Whether a sentence tells a figure of a unit that it names: it is no head of the rows behind it."""
    figures = any("unit" in word.term.classes for word in page.scan.words[begin:end])
    heads = end > begin and page.scan.words[end - 1].norm == ":"
    return figures and not heads and any(known.mention.kind == "admin-unit" for known in page.within(begin, end))


def doer(page: Page, begin: int, end: int) -> str | None:
    """Who took ground by the head of a list, words ``begin`` up to ``end``; None where it says no such thing."""
    taking = [i for i in page.scan.having("deed", begin, end) if page.scan.words[i].term.values["deed"] != "retaken"]
    deeds = [_deed(page, i, begin, end) for i in taking[-1:]]
    if not deeds or deeds[0].predicate not in ("gained", "holds", "lost"):
        return None
    return OTHER.get(deeds[0].actor) if deeds[0].predicate == "lost" else deeds[0].actor


def _by(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].norm == "by"


def _past_included(words: Sequence[Word], behind: int, end: int) -> int:
    """*88 percent of the Donbas, including all of Luhansk, has come under*: the word behind what is included."""
    if behind + 1 >= end or words[behind].norm != "," or words[behind + 1].norm not in ("including", "among", "with"):
        return behind
    return next((i for i in range(behind + 1, min(end, behind + _NEAR)) if words[i].norm == ","), behind)


def _compared(words: Sequence[Word], behind: int, i: int) -> bool:
    """*1,250 sq km, more than Russia has taken*: what is done is done with what the figure is compared to."""
    return any(word.norm.endswith("than") for word in words[behind:i])


def _relative(words: Sequence[Word], behind: int, i: int) -> bool:
    between = words[behind:i]
    if any(word.norm in CLAUSE or word.norm in _ANOTHER for word in between):
        return False
    return any(word.norm in ("it", "they", "that", "which") or "actor" in word.term.classes for word in between)
