"""Whose data a territory rests on and under which licence, in the words that stand everywhere beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.atlas.atlas import VILLAGE, Atlas, Settlement
from geo.atlas.control.types import ControlSource
from layers.credits import (
    BOUNDARY_CREDIT,
    BOUNDARY_LICENCE,
    GAZETTEER_CREDIT,
    GAZETTEER_LICENCE,
    SITES_CREDIT,
    SITES_LICENCE,
    VILLAGES_CREDIT,
    VILLAGES_LICENCE,
)

_BOUNDED = (nodes.Unit, nodes.Country, nodes.Border, nodes.Bank, nodes.Line, nodes.Sea, nodes.Water, nodes.Land)
"""What is cut from the boundary files."""
_DEFINED = ("by definition", "no licence needed")


def origin(territory: Territory, sources: Iterable[ControlSource], atlas: Atlas) -> tuple[str, str]:
    """Source and licence of a territory: of who held what (``sources``), of boundaries, of points; each once."""
    pairs = list(_pairs(territory, sources, atlas)) or [_DEFINED]
    credit, licence = ("; ".join(dict.fromkeys(words)) for words in zip(*pairs, strict=True))
    return credit, licence


def _pairs(territory: Territory, sources: Iterable[ControlSource], atlas: Atlas) -> Iterator[tuple[str, str]]:
    if territory.dated:
        yield from ((source.title, source.licence) for source in sources)
    for node in territory.walk():
        if isinstance(node, _BOUNDED):
            yield BOUNDARY_CREDIT, BOUNDARY_LICENCE
        elif isinstance(node, nodes.Place):
            yield _of_place(atlas.place(node.name), atlas)


def _of_place(place: Settlement, atlas: Atlas) -> tuple[str, str]:
    if place.kind == VILLAGE:
        return VILLAGES_CREDIT, VILLAGES_LICENCE
    return (SITES_CREDIT, SITES_LICENCE) if place in atlas.sites else (GAZETTEER_CREDIT, GAZETTEER_LICENCE)
