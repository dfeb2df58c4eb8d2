"""What a claim is about and what it quotes, in words for tables and pages."""

from __future__ import annotations

from geo.reading.lexicon import Lexicon
from geo.resolve import named
from geo.territory import nodes
from geo.territory.nodes import Territory
from geo.territory.parse import parse
from geo.verdict import Checked
from geo.wording import amount

_ADJECTIVES = {"russia": "Russian", "ukraine": "Ukrainian"}


def subject(checked: Checked) -> str:
    """What a claim is about: names where the expressions have them."""
    claim = checked.claim
    if claim.part is None:
        return claim.kind
    part = parse(claim.part)
    if not claim.whole:
        return f"{claim.kind} of {described(part)}" if claim.kind in ("length", "width", "area") else described(part)
    return f"{described(part)}, of {described(parse(claim.whole))}"


def quoted(checked: Checked) -> str:
    """A claim's figure as quoted, with what its bound says."""
    figure = checked.claim.figure
    if figure is None:
        return "–"
    bound = {"min": "≥ ", "max": "≤ "}.get(figure.bound, "")
    return bound + amount(figure.value, figure.unit)


def described(territory: Territory) -> str:
    """An expression in words: a known name, else what it is made of."""
    known = named(Lexicon.embedded()).get(str(territory))
    if known:
        return known
    match territory:
        case nodes.Unit(name) | nodes.Place(name):
            return name
        case nodes.Country(name) | nodes.Sea(name) | nodes.Water(name):
            return name.title()
        case nodes.Both(nodes.Controlled(side), where):
            return f"{_ADJECTIVES[side]}-held {described(where)}"
        case nodes.Without(nodes.Peak() as most, now) if most.of == now:
            return f"what is no longer held of {described(most)}"
        case nodes.Either():
            return ", ".join(described(member) for member in nodes.members(territory))
        case nodes.On(of, at):
            return f"{described(of)} on {at}"
        case nodes.Land(of):
            return f"{described(of)} on land"
    return str(territory)
