"""Deeds: who is said to hold, take or lose the ground of a figure, and the expression that makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.reading.asides import apart
from geo.reading.figures import Measure
from geo.reading.joins import joined, joins, of_included
from geo.reading.narrator import narrator, told_of
from geo.reading.page import Page
from geo.reading.scan import Word
from geo.reading.templates import tidy
from geo.reading.wholes import Whole

_OTHER = {"russia": "ukraine", "ukraine": "russia"}
_COUNTRY = re.compile(r'country\("(\w+)"\)')
_DEED_REACH = 8  # words between a figure and a deed said behind it
_PRONOUN_REACH = 3  # sentences back to who *it* is
_CLAUSE = frozenset({"and", "but", "while", "whereas", ";"})
_ANOTHER = frozenset({"where", "though", "although", "yet", "because", "when", "if", "since", "after", "despite"})
_PLACING = frozenset({"in", "of", "into", "inside", "within", "across", "from", "to", "over", "with", "against", "for"})
BEING = frozenset({
    "is", "are", "was", "were", "been", "be", "being", "remain", "remains", "remained", "stays", "lies", "lie", "lay",
})  # fmt: skip
_PRONOUNS = frozenset({"it", "they", "he", "she", "which", "who", "that"})
_FOREIGN = frozenset({"other-country", "foreign-actor", "foreign-place"})
FOREIGN = "foreign"
SINCE_UNSAID = "since when is not said"


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
    clause = next((i for i in range(behind, end) if _parts_clauses(words, i)), end)
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
    told = [i for i in near if _by(words, i) or _passive(words, behind, i)]
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
    """*Total Russian gains since January 2022: 27,000 square miles*: a label that a figure stands right behind."""
    words, (begin, _) = page.scan.words, page.sentence(first)
    if words[first - 1].norm != ":" or first - begin > _LABEL or len(page.scan.having("deed", begin, first)) != 1:
        return False
    return joined(words, deed + 1, first - 1)


def _shared(page: Page, measure: Measure, deed: Deed) -> Deed:
    """*Ukraine controls 4 % of one and Russia 19 %*: the verb is shared, who does it is not."""
    words = page.scan.words
    others = [
        (i, actor)
        for i in range(deed.last, measure.first)
        if (actor := _acting(words, i, deed.last)) and actor != deed.actor
        if "possessive" not in words[i + 1].term.classes and words[deed.last].norm != "by"
    ]
    if not others:
        return deed
    at, actor = others[-1]
    return replace(deed, actor=actor, assumed=False, loose=at + 1 != measure.first)


def _crosses(words: Sequence[Word], behind: int, i: int) -> bool:
    """Whether a deed behind a figure belongs to what comes after an *and* or to another figure."""
    return any(word.norm in _CLAUSE or "unit" in word.term.classes for word in words[behind:i])


def _deed(page: Page, i: int, begin: int, end: int, *, direct: bool = False, loose: bool = False) -> Deed:
    words = page.scan.words
    near = max(begin, i - _NEAR)
    actor = told_of(page, max((k for k in range(near, i) if _parts_clauses(words, k)), default=near), i)
    if actor is None:
        actor = _agent(words, i, begin, end)
    bare = words[i].norm == "occupation" or words[i - 1].norm == ")" or "unit" in words[i - 1].term.classes
    if actor is None and not bare and not _passive(words, begin, i):
        actor = _referred(page, i)
    if actor is None and words[i].term.values["deed"] in ("retaken", "gained") and narrator(page, i) == "russia":
        actor = "russia"  # what its ministry calls liberated or taken, by nobody in particular
    assumed = actor is None
    if actor is None:
        share = words[i].norm == "share" and i > begin
        actor = "russia" if "occupying" in words[i - share].term.classes else ""  # "the occupied share of"
    return Deed(words[i].term.values["deed"], actor, i + 1, assumed, False, loose, direct, words[i].norm)


def _referred(page: Page, i: int) -> str | None:
    """Who *it* or *they* are: the one party that acts in the nearest sentence before that names any."""
    number = page.scan.sentence_at(i)
    for first, last in reversed(page.scan.sentences[max(0, number - _PRONOUN_REACH) : number]):
        acting = {actor for k in range(first, last) if (actor := _acting(page.scan.words, k, first))}
        if acting:
            forces = {a for k in range(first, last) if (a := _acting(page.scan.words, k, first)) and _many(page, k)}
            acting = forces if len(forces) == 1 else acting  # "Kyiv said Russian forces ...": they are the forces
            return acting.pop() if len(acting) == 1 else None
    return None


def _many(page: Page, k: int) -> bool:
    """Whether word ``k`` names forces, which *they* may be: *Russian troops*, *the Russians*."""
    behind = page.scan.words[k + 1 : k + 3]
    return page.scan.words[k].norm.endswith("s") or any("forces" in word.term.classes for word in behind)


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
            actors = {actor for i in deeds if (actor := _agent(words, i, begin, end))}
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


_NEAR = 30  # words before a deed in which its doer is looked for by *the enemy* or *our troops*
_OF_GAINS = frozenset({"territorial", "net", "monthly", "weekly", "annual", "total", "latest", "recent", "own"})
_LABEL = 14  # words of a label before the colon
_TABLE_ROWS = 14
_ROW_LENGTH = 16  # words
_ROW_MARKS = frozenset({":", ";", "", "|"})


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
    return _OTHER.get(deeds[0].actor) if deeds[0].predicate == "lost" else deeds[0].actor


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
            deed = replace(deed, predicate="retaken", actor=actor or "russia", assumed=actor is None)
    if deed.predicate == "retaken" and not deed.actor:
        deed = replace(deed, actor="russia")
    if deed.predicate in ("retaken", "lost") or (deed.actor == "ukraine" and deed.predicate != "holds"):
        whole = Whole(salient.expression, whole.last, salient, whole.note, salient.kind)
    return deed, whole


def taker(deed: Deed, whole: Whole) -> Deed:
    """*Ukrainian land taken in September*: who takes land from one of the two is the other."""
    country = _COUNTRY.fullmatch(whole.expression or "")
    if deed.actor or not country or deed.predicate != "gained" or whole.kind != "country" or whole.assumed:
        return deed
    return replace(deed, actor=_OTHER.get(country[1], ""), assumed=True)


def part_of(deed: Deed, whole: Whole, since: str | None) -> tuple[str | None, str | None, str]:
    """The expressions of part and whole, and what had to be assumed."""
    note = f"who is not said: taken as {deed.actor.title()}" if deed.assumed else ""
    if not deed.actor:
        return None, whole.expression, "who holds, took or lost it is not said"
    ground = whole.expression
    if ground is None:
        return None, None, note
    now = whole.entry.extra.get("now") if whole.entry else None
    if now and deed.predicate == "lost" and deed.actor == "russia":
        return None, ground, "who lost it to whom is not clear"
    if now and since and deed.predicate in ("retaken", "lost"):
        return tidy(f'on({now}, "{since}") - ({now})'), ground, note
    if now and deed.predicate in ("retaken", "lost"):
        return tidy(f"{ground} - ({now})"), ground, note
    loser = deed.actor if deed.predicate == "lost" else _OTHER[deed.actor]
    if deed.predicate in ("retaken", "lost") and "controlled(" in ground and f'controlled("{loser}")' not in ground:
        return None, None, "whose ground it was is not clear"
    if deed.predicate in ("retaken", "lost") and "controlled(" in ground:
        return tidy(f"peak({ground}) - ({ground})"), f"peak({ground})", note
    if deed.predicate == "holds":
        held = now or (ground if "controlled(" in ground else tidy(f'controlled("{deed.actor}") & ({ground})'))
        if whole.kind == "control-share":
            return held, None, note
        return held, ground, note
    if since is None:
        return None, ground, "; ".join(filter(None, (note, SINCE_UNSAID)))
    actor = _OTHER[deed.actor] if deed.predicate == "lost" else deed.actor
    return tidy(f'gained("{actor}", since="{since}") & ({ground})'), ground, note


def _by(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].norm == "by"


def _passive(words: Sequence[Word], behind: int, i: int) -> bool:
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
    if any(word.norm in _CLAUSE or word.norm in _ANOTHER for word in between):
        return False
    return any(word.norm in ("it", "they", "that", "which") or "actor" in word.term.classes for word in between)


def _agent(words: Sequence[Word], deed: int, begin: int, end: int) -> str | None:
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
    if _passive(words, begin, deed):
        return None
    clause = max((i for i in range(begin, deed) if _parts_clauses(words, i)), default=begin)
    for first in (clause, begin):
        named = [actor for i in range(first, deed) if (actor := _acting(words, i, begin))]
        if named:
            return named[-1] if first == clause else named[0]
        if any(word.norm in _PRONOUNS for word in words[first:deed]):
            break
    return None


def _acting(words: Sequence[Word], i: int, begin: int) -> str | None:
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


def _parts_clauses(words: Sequence[Word], i: int) -> bool:
    return words[i].norm == ";" or (words[i].norm == "," and words[i + 1].norm in _CLAUSE)


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
