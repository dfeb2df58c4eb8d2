"""What a claim is about and what it quotes, in words for tables and pages."""

from __future__ import annotations

from functools import cache

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.reading.lexicon import Lexicon
from geo.resolve import named
from geo.verdict import Checked
from geo.wording import printed

_ADJECTIVES = {"russia": "Russian", "ukraine": "Ukrainian"}


def subject(checked: Checked) -> str:
    """What a claim is about: names where the expressions have them."""
    claim = checked.claim
    if claim.part is None:
        return f"{claim.kind} of {claim.named}" if claim.named else claim.kind
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
    return bound + printed(figure)


def _together(members: tuple[Territory, ...]) -> list[str]:
    """The terms of a union in words, those that have a name together under it."""
    for group, name in _groups():
        if group <= set(members):
            first = next(n for n, member in enumerate(members) if member in group)
            rest = [tuple(m for m in part if m not in group) for part in (members[:first], members[first:])]
            return [*(_together(rest[0]) if rest[0] else []), name, *(_together(rest[1]) if rest[1] else [])]
    return [described(member) for member in members]


@cache
def _groups() -> list[tuple[frozenset[Territory], str]]:
    """Unions that have a name, the larger first; vague names of regions are not put for what a text lists."""
    lexicon = Lexicon.embedded()
    known = [(nodes.members(parse(written)), name) for written, name in named(lexicon).items()]
    unions = [(frozenset(members), name) for members, name in known if len(members) > 1]
    exact = [one for one in unions if lexicon.by_id[one[1]].kind != "macro-region"]
    return sorted(exact, key=lambda one: -len(one[0]))


def described(territory: Territory) -> str:
    """An expression in words: a known name, else what it is made of."""
    known = named(Lexicon.embedded()).get(str(territory))
    match territory:
        case nodes.Place(name):
            return name
        case nodes.Unit(name, oblast=True):
            return f"{name} oblast"
        case _ if known:
            return known
        case nodes.Unit(name):
            return name
        case nodes.Country(name) | nodes.Sea(name) | nodes.Water(name):
            return name.title()
        case nodes.Both(nodes.Controlled(side), nodes.Country(name) as own) if name == side:
            return f"{_ADJECTIVES[side]}-held part of {described(own)}"
        case nodes.Both(nodes.Controlled(side), where):
            return f"{_ADJECTIVES[side]}-held {described(where)}"
        case nodes.Without(nodes.Peak() as most, now) if most.of == now:
            return f"what is no longer held of {described(most)}"
        case nodes.Either():
            return ", ".join(_together(nodes.members(territory)))
        case nodes.On(of, at):
            return f"{described(of)} on {at}"
        case nodes.Land(of):
            return f"{described(of)} on land"
        case nodes.ContactLine():
            return "line of contact"
        case nodes.Band(line, left_m, right_m) if left_m == right_m:
            return f"band of {nodes.metres_text(left_m)} to each side of the {described(line)}"
        case nodes.Band(line, left_m, right_m):
            reach = f"{nodes.metres_text(left_m)} left and {nodes.metres_text(right_m)} right"
            return f"band of {reach} of the {described(line)}"
        case nodes.Bank(river, side):
            return f"{side} bank of the {river.title()}"
        case nodes.Both(left, right):
            return f"{described(left)} within {described(right)}"
        case nodes.Without(left, right):
            return f"{described(left)} without {described(right)}"
        case nodes.Parallel(latitude):
            return f"{abs(latitude):g}° {'north' if latitude >= 0 else 'south'}"
        case nodes.Controlled(side):
            return f"{_ADJECTIVES[side]}-held area"
        case nodes.Contested():
            return "contested area"
        case nodes.Lost(side, since) | nodes.Gained(side, since):
            return f"area {type(territory).__name__.lower()} by {side.title()} since {since}"
        case nodes.Peak(of):
            return f"largest extent of {described(of)}"
    return str(territory)
