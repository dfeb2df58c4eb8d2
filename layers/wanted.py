"""What is to be drawn: territories asked for or named by an article, each once, under words of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.check import Report
from geo.reading.lexicon import Lexicon
from geo.resolve import Resolved
from geo.verdict import Checked
from layers.bands import along_contact
from layers.layer import Layer
from layers.subjects import described

HYPOTHETICAL = " (hypothetical)"
"""What is said of a band that was asked for by what it is."""
_LARGEST = "Largest extent of "


@dataclass(frozen=True)
class Named:
    """A territory to be drawn, with the words it is called by; ``quotes`` are an article's own words for it.

    ``also`` are other written forms of the same ground; ``beside`` is the largest extent it is put beside, unasked.
    """

    territory: Territory
    title: str
    note: str = ""
    quotes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    beside: Territory | None = None


def mentioned(report: Report) -> tuple[Named, ...]:
    """Every distinct territory of a report's mentions and claims, once, under its name and with all its quotes."""
    found: dict[Territory, Named] = {}

    def add(territory: Territory, text: str, title: str, note: str) -> None:
        key = canonical(territory, report.as_of)
        there = found.get(key) or Named(territory, _titled(title), note)
        quotes = dict.fromkeys((*there.quotes, " ".join(text.split())))
        forms = dict.fromkeys((*there.also, str(territory)))
        found[key] = replace(there, quotes=tuple(filter(None, quotes)), also=tuple(forms))

    for mention in report.reading.mentions:
        if mention.territory:
            place = parse(mention.territory)
            add(place, mention.text, _name_in(mention.text, place), mention.note)
    for checked in report.checked:
        if measured := measured_part(checked):
            add(measured, checked.claim.text, described(measured), checked.claim.note)
    return tuple(found.values())


def canonical(territory: Territory, at: date) -> Territory:
    """The same for every written form of one ground on a date: terms in order, no date that is the map's own."""

    def plainer(node: Territory) -> Territory | None:
        match node:
            case nodes.On(of, day) if day == at:
                return canonical(of, at)
            case nodes.Unit(name):
                return nodes.Unit(name)
            case nodes.Either():
                terms = {str(term): term for term in (canonical(one, at) for one in nodes.members(node))}
                return nodes.either([terms[written] for written in sorted(terms)])
        return None

    return territory.replaced(plainer)


def _name_in(text: str, place: Territory) -> str:
    """A known name where the text itself uses it, a proposal's too; else what the territory is."""
    entry = Lexicon.embedded().lookup(text)
    same = entry is not None and entry.expression is not None and parse(entry.expression) == place
    return entry.id if entry and same and entry.scenario else described(place)


def measured_part(checked: Checked) -> Territory | None:
    """What a claim is about, on the date that its own sentence gives it."""
    claim = checked.claim
    part = parse(claim.part) if claim.part else None
    return nodes.On(part, date.fromisoformat(claim.as_of)) if part and claim.as_of and part.dated else part


def state_date(territory: Territory, at: date) -> date | None:
    """The date of the state a territory shows; None for what does not change with control."""
    others = [node.at for node in territory.walk() if isinstance(node, nodes.On) and node.of.dated]
    now = territory.replaced(lambda node: nodes.Everywhere() if isinstance(node, nodes.On) else None)
    return at if now.dated else max(others, default=None)


def with_the_day(things: Iterable[Named], at: date) -> tuple[Named, ...]:
    """The things, each once; a largest extent is called that, and stands behind its ground as held on the date."""
    wanted = once(things, at)
    there = {canonical(thing.territory, at) for thing in wanted}
    found: list[Named] = []
    for thing in wanted:
        now = _as_of_the_day(thing.territory)
        if now is not None and canonical(now, at) not in there:
            there.add(canonical(now, at))
            words = f"{thing.title} as held" if not _says_largest(thing) else _titled(described(now))
            found.append(Named(now, words, quotes=thing.quotes, beside=thing.territory))
        asked = now is None or _says_largest(thing)
        found.append(thing if asked else replace(thing, title=f"{thing.title} at its largest"))
    return tuple(found)


def _says_largest(thing: Named) -> bool:
    """Whether a title says by itself that it is of the largest extent: it is the expression in words."""
    return thing.title == _titled(described(thing.territory)) and thing.title.startswith(_LARGEST)


def _as_of_the_day(territory: Territory) -> Territory | None:
    """What a largest extent is the largest extent of; None of anything else."""
    match territory:
        case nodes.Peak(of):
            return of
        case nodes.On(nodes.Peak(of), day):
            return nodes.On(of, day)
    return None


def once(things: Iterable[Named], at: date) -> list[Named]:
    """The things without those that are the same ground on the same date as an earlier one."""
    found: dict[Territory, Named] = {}
    for thing in things:
        found.setdefault(canonical(thing.territory, at), thing)
    return list(found.values())


def bands_among(things: Iterable[Named]) -> tuple[nodes.Band, ...]:
    """The bands along the line of contact that were named or asked for."""
    return tuple(dict.fromkeys(thing.territory for thing in things if along_contact(thing.territory)))


def scenario_among(things: Iterable[Named]) -> str:
    """The first proposal that was asked for by its name; "" where bands were asked for by what they are, or not."""
    for thing in things:
        entry = Lexicon.embedded().lookup(thing.title)
        if entry and entry.scenario and entry.expression and parse(entry.expression) == thing.territory:
            return entry.id
    return ""


def not_among(things: Iterable[Named], layers: Iterable[Layer]) -> tuple[Named, ...]:
    """The things that no layer draws already."""
    there = {feature.properties.get("expression") for layer in layers for feature in layer.features}
    return tuple(thing for thing in things if str(thing.territory) not in there)


def called(resolved: Resolved) -> str:
    """What a territory asked for is called on a map: the words it was asked for by, or its expression in words.

    Who types ``mdl`` or ``kursk incursion`` in small letters means the name as it is written.
    """
    if resolved.entry and resolved.phrase.islower():
        return _titled(resolved.entry.id)
    if resolved.kind != "expression":
        return _titled(resolved.phrase)
    return _titled(described(resolved.territory)) + HYPOTHETICAL * _proposed(resolved.territory)


def _proposed(territory: Territory) -> bool:
    """Whether a band is part of it: what nobody has agreed to."""
    return any(isinstance(node, nodes.Band) for node in territory.walk())


def _titled(words: str) -> str:
    return words[:1].upper() + words[1:]
