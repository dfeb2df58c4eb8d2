"""The published figures of a territory: official areas, lengths and widths, the leading one first."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas.official import OfficialFigure, official_figures, official_subjects
from geo.reading.lexicon import Lexicon


def official_area(territory: Territory) -> OfficialFigure | None:
    """The leading published area of a territory, in km²; None where there is none."""
    return next(iter(published(territory, "area")), None)


def published(territory: Territory, quantity: str) -> tuple[OfficialFigure, ...]:
    """The published figures of a territory, the leading one first; those of a group of units add up to one.

    A line that a named band is drawn around has the published figures of the band too.
    """
    match territory:
        case nodes.Unit(name) | nodes.Country(name):
            return official_figures(name, quantity)
        case nodes.Either():
            return _sum([published(member, quantity) for member in nodes.members(territory)])
    return tuple(
        figure
        for subject, expression in _named_subjects().items()
        if territory == expression or (isinstance(expression, nodes.Band) and territory == expression.line)
        for figure in official_figures(subject, quantity)
    )


def _sum(terms: list[tuple[OfficialFigure, ...]]) -> tuple[OfficialFigure, ...]:
    """The leading figures of disjoint units added up; nothing where one of them has none."""
    if not all(terms):
        return ()
    leading = [figures[0] for figures in terms]
    sources = "; ".join(dict.fromkeys(figure.source for figure in leading))
    subject = " + ".join(figure.subject for figure in leading)
    return (replace(leading[0], subject=subject, value=sum(f.value for f in leading), source=sources, note="sum"),)


@cache
def _named_subjects() -> dict[str, Territory]:
    """The subjects of the table of official figures that are names in the lexicon, as expressions."""
    entries = {name: Lexicon.embedded().lookup(name) for name in official_subjects()}
    return {name: parse(entry.expression) for name, entry in entries.items() if entry and entry.expression}
