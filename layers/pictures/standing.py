"""What a zone's standing is: in force by an agreement, or hypothetical; and how large a thing is, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from geo.algebra import nodes
from geo.algebra.parse import parse
from geo.reading.lexicon import Lexicon
from geo.wording import amount, digits
from layers.layer import Layer


def hypothetical(layer: Layer) -> bool:
    """Whether a layer draws a band that nobody has put in force."""
    written = str(layer.features[0].properties.get("expression", "")) if layer.features else ""
    if layer.role != "band" and not (written and any(isinstance(n, nodes.Band) for n in parse(written).walk())):
        return False
    return written not in _in_force()


@cache
def _in_force() -> frozenset[str]:
    """The zones of the lexicon that an agreement began and nobody merely proposes."""
    entries = Lexicon.embedded().entries
    return frozenset(str(parse(e.expression)) for e in entries if e.expression and e.begin and not e.scenario)


_LARGEST = ", at its largest"


def largest_on(layer: Layer) -> str:
    """``, at its largest, 31 August 2024`` of what shows a largest extent and nothing of another day; else ""."""
    written = str(layer.features[0].properties.get("expression", "")) if layer.features else ""
    if "peak(" not in written or not layer.as_of:
        return ""
    rest = parse(written).replaced(lambda node: nodes.Everywhere() if isinstance(node, nodes.Peak) else None)
    day = date.fromisoformat(layer.as_of)
    return "" if rest.dated else f"{_LARGEST}, {day.day} {day:%B %Y}"


def at_its_largest(layer: Layer) -> Layer:
    """A layer whose name says the day of the largest extent it shows; any other one as it is."""
    said = largest_on(layer)
    if not said:
        return layer
    said = said.removeprefix(_LARGEST) if _LARGEST.strip(", ") in layer.features[0].name else said
    return replace(layer, features=tuple(replace(one, name=f"{one.name}{said}") for one in layer.features))


_NO_SPREAD = " (no interval: sources and definitions agree)"


def size_of(layer: Layer) -> str:
    """How large or long the one feature of a layer is, with its interval or why it has none; "" for a point."""
    facts = layer.features[0].properties
    for what, unit, shown in (("area", "km2", "Area"), ("length", "km", "Length")):
        key = f"{what}_{unit}"
        value, low, high = (facts.get(name) for name in (key, f"{key}_low", f"{key}_high"))
        if isinstance(value, int | float) and isinstance(low, int | float) and isinstance(high, int | float) and value:
            shown_low, shown_high = digits(low, unit), digits(high, unit)
            spread = f" ({shown_low} to {shown_high})" if shown_low != shown_high else _NO_SPREAD
            return f"{shown} {amount(value, unit)}{spread}."
    return ""
