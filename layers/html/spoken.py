"""Territories in every language of the page, said from their expressions: names in the nominative, never declined.

English keeps the words it was given; the other languages put an expression together from the short texts that
data/words.toml lists under ``spoken``, so that any territory somebody writes down can be said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.errors import ExpressionError
from geo.reading.lexicon import Lexicon
from geo.resolve import named
from layers.html.words import words
from layers.layer import Layer

_TOLD = re.compile(r" \([^()]*\d[^()]*(km²|km|\d{4}-\d\d-\d\d)\)$")
"""The date and the size that the title of a layer ends with."""

Names = Mapping[str, Sequence[str]]
"""What units are called in each language, by their id."""

Said = str | list[str]
"""A text in the language it came in, or one for each language of the page."""


def unit_names(layers: Sequence[Layer]) -> Names:
    """The names that features of the layers carry in other languages, by the name they have."""
    codes = words().languages[1:]
    return {
        feature.name: (feature.name, *(str(feature.properties[f"name_{code}"]) for code in codes))
        for layer in layers
        for feature in layer.features
        if all(feature.properties.get(f"name_{code}") for code in codes)
    }


def said(text: str, expression: str, units: Names) -> Said:
    """``text``, which names what ``expression`` is, in each language; alone where it cannot be said otherwise."""
    if not expression or text in words().given:
        return text
    try:
        territory = parse(expression)
    except ExpressionError:
        return text
    return [text, *(_upper(_say(territory, number, units)) for number in range(1, _languages()))]


def plain_title(title: str) -> str:
    """A layer's title without its date and size: a page says both elsewhere, and the date in its own language."""
    return _TOLD.sub("", title)


def subject_said(text: str, claim: Mapping[str, Any], units: Names) -> Said:
    """What a claim of the document is about, in each language; ``text`` is what it is called in English."""
    part, whole, kind = (str(claim.get(key) or "") for key in ("part", "whole", "kind"))
    try:
        of, among = (parse(one) if one else None for one in (part, whole))
    except ExpressionError:
        return text
    if of is None:
        return text
    return [text, *(_upper(_subject(of, among, kind, number, units)) for number in range(1, _languages()))]


def _subject(of: Territory, among: Territory | None, kind: str, number: int, units: Names) -> str:
    match of:
        case nodes.Both(nodes.Controlled(side), where) if where == among:
            return _text(f"share-{side}", number, of=_say(where, number, units))
    name = _say(of, number, units)
    if among is not None:
        return _text("of-whole", number, of=name, whole=_say(among, number, units))
    return _text(f"kind-{kind}", number, of=name) if f"kind-{kind}" in words().spoken else name


def _say(territory: Territory, number: int, units: Names) -> str:
    """An expression in words of the language of a number."""

    def say(one: Territory) -> str:
        return _say(one, number, units)

    known = named(Lexicon.embedded()).get(str(territory), "")
    if known in words().given:
        return words().given[known][number]
    match territory:
        case nodes.Unit(name):
            return units[name][number] if name in units else _name(name, number)
        case nodes.Place(name) | nodes.Line(name):
            return _name(name, number)
        case nodes.Country(name) | nodes.Sea(name) | nodes.Water(name):
            return _name(name.title(), number)
        case nodes.Both(nodes.Controlled(side), where):
            return _text(f"held-{side}", number, of=say(where))
        case nodes.Controlled(side):
            return _text(f"all-{side}", number)
        case nodes.Contested():
            return _text("contested", number)
        case nodes.Without(nodes.Peak() as most, now) if most.of == now:
            return _text("no-longer", number, of=say(most))
        case nodes.Either():
            return ", ".join(map(say, nodes.members(territory)))
        case nodes.On(of, at):
            return _text("on", number, of=say(of), date=at)
        case nodes.Land(of):
            return _text("land", number, of=say(of))
        case nodes.ContactLine():
            return _text("contact-line", number)
        case nodes.Border(one, other):
            return _text("border", number, one=_name(one.title(), number), other=_name(other.title(), number))
        case nodes.Band(line, left, right) if left == right:
            return _text("band", number, km=f"{left / 1000:g}", line=say(line))
        case nodes.Band(line, left, right):
            return _text("band-uneven", number, left=f"{left / 1000:g}", right=f"{right / 1000:g}", line=say(line))
        case nodes.Bank(river, side):
            return _text(f"bank-{side}", number, of=_name(river.title(), number))
        case nodes.Both(left, right):
            return _text("within", number, of=say(left), where=say(right))
        case nodes.Without(left, right):
            return _text("without", number, of=say(left), what=say(right))
        case nodes.Parallel(latitude):
            return _text("north" if latitude >= 0 else "south", number, degrees=f"{abs(latitude):g}")
        case nodes.Lost(side, since) | nodes.Gained(side, since):
            return _text(f"{type(territory).__name__.lower()}-{side}", number, date=since)
        case nodes.Peak(of):
            return _text("peak", number, of=say(of))
    return str(territory)


def _name(name: str, number: int) -> str:
    for table in (words().names, words().given):
        if name in table:
            return table[name][number]
    return name


def _text(key: str, number: int, **values: object) -> str:
    text = words().spoken[key][number]
    for blank, value in values.items():
        text = text.replace(f"{{{blank}}}", str(value))
    return text


def _languages() -> int:
    return len(words().languages)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
