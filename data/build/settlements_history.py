"""Turn what each source said of a place into dated intervals of who held it, by the rules of
data/control/rules.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

DAY = timedelta(days=1)
OTHER = {"russia": "ukraine", "ukraine": "russia"}


@dataclass(frozen=True)
class Seen:
    """A source's word on one place, the same on all ``days`` it spoke: russia, ukraine or contested."""

    label: str
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first day the word was seen."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day the word was seen."""
        return self.days[-1]


@dataclass(frozen=True)
class Change:
    """A change of hands to ``label`` on ``day``, known to lie in ``(after, until]``; ``how`` says what dates it."""

    label: str
    after: date
    until: date
    day: date
    how: str


@dataclass(frozen=True)
class Interval:
    """A place in one state from ``first`` on, until the next interval begins."""

    first: date
    holder: str
    cls: str
    basis: str


def runs(words: Iterable[tuple[date, str]]) -> tuple[Seen, ...]:
    """A source's words in order of date, equal neighbours joined."""
    return tuple(
        Seen(label, tuple(day for day, _ in group)) for label, group in groupby(words, key=lambda word: word[1])
    )


def history(
    sources: Mapping[str, Sequence[Seen]], facts: Sequence[tuple[date, str, str]], own: str, rules: Mapping[str, Any]
) -> tuple[Interval, ...]:
    """The intervals of one place.

    ``sources`` maps a source's name to its runs; ``facts`` are (day, label, reference) of dated changes published
    in words; ``own`` is the side whose country the place lies in, for days on which nobody is sure.
    """
    first, end, rule = rules["span"]["eve"], rules["span"]["last"] + DAY, rules["rule"]
    others = {name: seen for name, seen in sources.items() if name != rule["primary"] and seen}
    main = dated(sources[rule["primary"]], [changes(seen) for seen in others.values()], facts, rule)
    lead = spells(sources[rule["primary"]][0].label, main, first, end)
    courses = {
        name: course(seen, [followed(change, main, rule) for change in changes(seen)], rule)
        for name, seen in others.items()
    }
    reach = timedelta(days=rule["heard_days"])
    starts = {
        max(spell.first, day - reach) for seen in others.values() for spell in lead for day in against(seen, spell)[:1]
    }
    starts |= {step.first for steps in (lead, *courses.values()) for step in steps}
    days = sorted(day for day in starts if first <= day < end)
    states = []
    for day, until in zip(days, [*days[1:], end], strict=True):
        now = next(spell for spell in reversed(lead) if spell.first <= day)
        said = {
            name: next((step.label for step in reversed(steps) if step.first <= day), "")
            for name, steps in courses.items()
        }
        heard = {
            name: label
            for name, label in said.items()
            if label in OTHER
            and (label == now.label or any(seen - reach <= day for seen in against(others[name], now)[:1]))
        }
        states.append((day, until, state(now.label, heard, own, rule["primary"])))
    how = {change.day: change.how for change in main}
    intervals = [
        Interval(day, holder, cls, "; ".join(part for part in (who, how.get(day, "")) if part))
        for day, _, (holder, cls, who) in settled(states, rule["short_days"])
    ]
    return merged(unflickered(merged(intervals), end, rule["flicker_days"]))


@dataclass(frozen=True)
class Step:
    """A source's word from ``first`` until before ``end``."""

    label: str
    first: date
    end: date


def spells(label: str, found: Sequence[Change], first: date, end: date) -> list[Step]:
    """The primary's course over the whole span."""
    starts = [(first, label), *((change.day, change.label) for change in found)]
    return [Step(word, start, stop) for (start, word), (stop, _) in pairwise([*starts, (end, "")])]


def against(seen: Sequence[Seen], spell: Step) -> list[date]:
    """The days on which a source was seen to say something else while the primary's spell lasted, ascending; silence
    is no contradiction."""
    return [day for run in seen if run.label != spell.label for day in run.days if spell.first <= day < spell.end]


def changes(seen: Sequence[Seen]) -> list[Change]:
    """The changes between a source's runs, dated midway."""
    return [
        Change(b.label, a.last, b.first, midway(a.last, b.first), f"seen {a.last}..{b.first}")
        for a, b in pairwise(seen)
    ]


def midway(after: date, until: date) -> date:
    """The day in the middle of ``(after, until]``, the later one of two."""
    return after + timedelta(days=((until - after).days + 1) // 2) if until - after > DAY else until


def dated(
    seen: Sequence[Seen],
    others: Sequence[Sequence[Change]],
    facts: Sequence[tuple[date, str, str]],
    rule: Mapping[str, Any],
) -> list[Change]:
    """The primary's changes, narrowed by the other sources' brackets, a dated fact, or the rule for a bracket."""
    known = [other for found in others for other in found]
    return in_order([one_dated(change, known, facts, rule) for change in changes(seen)])


def one_dated(
    change: Change, known: Sequence[Change], facts: Sequence[tuple[date, str, str]], rule: Mapping[str, Any]
) -> Change:
    """One change of the primary's, dated as well as all that is known allows."""
    after, until = change.after, change.until
    for other in known:
        if other.label == change.label and max(after, other.after) < min(until, other.until):
            after, until = max(after, other.after), min(until, other.until)
    slack = timedelta(days=rule["fact_slack_days"])
    narrow = replace(change, after=after, until=until, day=midway(after, until), how=f"seen {after}..{until}")
    best = bracketed(narrow, rule)
    near = [fact for fact in facts if fact[1] == change.label and after - slack <= fact[0] <= until + slack]
    if not near or (until - after).days <= rule["exact_days"]:
        return best
    day, _, reference = min(near, key=lambda fact: (abs((fact[0] - best.day).days), fact[0]))
    return replace(best, day=day, how=reference)


def in_order(found: Sequence[Change]) -> list[Change]:
    """Changes whose days ascend: a fact may not overtake its neighbour."""
    kept: list[Change] = []
    for change in found:
        kept.append(
            change
            if not kept or change.day > kept[-1].day
            else replace(change, day=max(change.until, kept[-1].day + DAY))
        )
    return kept


def bracketed(change: Change, rule: Mapping[str, Any]) -> Change:
    """The change on the day the rules give for its bracket, where they give one."""
    for bracket in rule["bracket"]:
        if (change.label, change.after, change.until) == (bracket["label"], bracket["after"], bracket["until"]):
            return replace(change, day=bracket["change"])
    return change


def followed(change: Change, main: Sequence[Change], rule: Mapping[str, Any]) -> Change:
    """Another source's change, put as near to the primary's change of the same kind as its own bracket allows."""
    same = [other.day for other in main if other.label == change.label]
    if not same:
        return bracketed(change, rule)
    nearest = min(same, key=lambda day: (abs((day - change.day).days), day))
    return replace(change, day=min(max(nearest, change.after + DAY), change.until))


def course(seen: Sequence[Seen], found: Sequence[Change], rule: Mapping[str, Any]) -> list[Step]:
    """Another source's words, from its first snapshot to ``heard_days`` after its last."""
    starts = [(seen[0].first, seen[0].label), *((change.day, change.label) for change in found)]
    ends = [*(day for day, _ in starts[1:]), seen[-1].last + timedelta(days=rule["heard_days"])]
    steps = [Step(label, start, end) for (start, label), end in zip(starts, ends, strict=True)]
    return [*steps, Step("", ends[-1], date.max)]


def state(lead: str, heard: Mapping[str, str], own: str, primary: str) -> tuple[str, str, str]:
    """(holder, class, who agrees); class ``against`` where another source contradicts the primary."""
    if lead not in OTHER:
        votes = sorted(heard.values())
        leaning = max(OTHER, key=lambda label: (votes.count(label), label == own))
        return leaning, "contested", f"{primary}: unknown"
    agree = sorted(name for name, label in heard.items() if label == lead)
    against = sorted(name for name, label in heard.items() if label != lead)
    who = "+".join([primary, *agree]) + (f" against {'+'.join(against)}" if against else "")
    return lead, "against" if against else "assessed", who


Spell = tuple[date, date, tuple[str, str, str]]


def settled(spans: Sequence[Spell], short_days: int) -> list[Spell]:
    """A contradiction longer than ``short_days`` makes the place contested; a shorter one leaves it to the primary."""
    result: list[Spell] = []
    i = 0
    while i < len(spans):
        j = i
        while j < len(spans) and spans[j][2][1] == "against":
            j += 1
        if j == i:
            result.append(spans[i])
            i += 1
            continue
        cls = "contested" if (spans[j - 1][1] - spans[i][0]).days > short_days else "assessed"
        result += [(first, end, (holder, cls, who)) for first, end, (holder, _, who) in spans[i:j]]
        i = j
    return result


def merged(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """Neighbours of one holder and class joined; the first one's basis stands."""
    kept: list[Interval] = []
    for interval in intervals:
        if not kept or (kept[-1].holder, kept[-1].cls) != (interval.holder, interval.cls):
            kept.append(interval)
    return tuple(kept)


def unflickered(intervals: Sequence[Interval], end: date, days: int) -> tuple[Interval, ...]:
    """Without the states that lasted fewer than ``days``, the first and the last aside."""
    ends = [*(interval.first for interval in intervals[1:]), end]
    return tuple(
        interval
        for i, (interval, stop) in enumerate(zip(intervals, ends, strict=True))
        if i in (0, len(intervals) - 1) or (stop - interval.first).days >= days
    )
