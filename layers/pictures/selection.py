"""Which of an article's territories a printed map draws: those its claims are about, bands, lines; not every name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.check import Report
from layers.layer import Layer
from layers.wanted import canonical, measured_part

MOST = 8
"""More territories than this no map of a newspaper numbers."""
_WITHOUT_CLAIMS = 4
"""So many of what is named most often are drawn where no claim is about anything that can be."""


def claimed(report: Report) -> frozenset[Territory]:
    """What the claims of an article are about, on the date that each gives it."""
    parts = (measured_part(checked) for checked in report.checked)
    return frozenset(canonical(part, report.as_of) for part in parts if part)


def selected(layers: Sequence[Layer], about: frozenset[Territory], at: date) -> tuple[Layer, ...]:
    """The layers to draw of those an article names, in their order: what claims are about, bands, lines of contact.

    Units and unions of them stand on the map already: they bear their names.
    """
    others = [layer for layer in layers if not of_units(layer)]
    telling = [layer for layer in others if _tells(_of(layer, at), about)]
    kept = [layer for layer in telling if not _is_rest_of_another(layer, telling, at)]
    if not kept:
        kept = sorted(others, key=lambda layer: -_quotes(layer))[:_WITHOUT_CLAIMS]
    first = sorted(kept, key=lambda layer: not _carries(_of(layer, at), about))[:MOST]
    return tuple(layer for layer in layers if layer in first)


def of_units(layer: Layer) -> bool:
    """Whether a layer draws units, countries or a union of them."""
    return all(isinstance(term, nodes.Unit | nodes.Country) for term in nodes.members(_written(layer)))


def left_out(layers: Sequence[Layer], kept: Sequence[Layer], at: date) -> tuple[str, ...]:
    """A sentence on what an article names and its map does not draw, units aside; none where there is no such thing."""
    others = [layer for layer in layers if layer not in kept and not of_units(layer)]
    names = [layer.features[0].name for layer in others if not _is_rest_of_another(layer, kept, at)]
    words = f"Named and left out, as no claim is about it: {'; '.join(names)}. Draw it by its name."
    return (words,) if names else ()


def _tells(territory: Territory, about: frozenset[Territory]) -> bool:
    """Whether a reader looks for a territory on the map: a claim is about it, or it follows the line of contact."""
    along = any(isinstance(node, nodes.Band | nodes.ContactLine) for node in territory.walk())
    return along or _carries(territory, about)


def _carries(territory: Territory, about: frozenset[Territory]) -> bool:
    return any(territory == node for part in about for node in part.walk())


def _is_rest_of_another(layer: Layer, layers: Sequence[Layer], at: date) -> bool:
    """Whether a territory is cut out of another one that is drawn: what is left of an area lies in its outline."""
    whole = _of(layer, at)
    return any(other is not layer and _of(other, at) in list(whole.walk())[1:] for other in layers)


def _of(layer: Layer, at: date) -> Territory:
    return canonical(_written(layer), at)


def _written(layer: Layer) -> Territory:
    return parse(str(layer.features[0].properties["expression"]))


def _quotes(layer: Layer) -> int:
    """How often an article names what a layer draws."""
    return len([quote for quote in str(layer.features[0].properties.get("quoted", "")).split("; ") if quote])
