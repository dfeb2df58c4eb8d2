"""What is measured of a claim: by the measure of its kind, and by the other definitions that people measure by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from geo import changes, relations
from geo import survey as measures
from geo.algebra import nodes
from geo.algebra.evaluate import evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.definitions import rules
from geo.errors import ContactlineError, UsageError
from geo.margins import ground_of
from geo.quantity import Quantity
from geo.reading.types import Claim
from geo.survey import Survey

_BY_DEFINITION = ("share", "area", "comparison")
_UKRAINE = nodes.Country("ukraine")
_WITHIN = 0.99
_SAME = 1e-6


def _share(claim: Claim, survey: Survey) -> Quantity:
    if not (claim.part and claim.whole):
        raise UsageError("the text does not say what this is a share of")
    part, whole = parse(claim.part), parse(claim.whole)
    if changes.change_in(part):
        return changes.change_share(part, whole, survey)
    return measures.share(part, whole, survey)


def _distance(claim: Claim, survey: Survey) -> Quantity:
    if not (claim.part and claim.whole):
        raise UsageError("the text does not say between what this is the distance")
    return relations.distance(parse(claim.part), parse(claim.whole), survey)


def _one(measure: Callable[[Territory, Survey], Quantity]) -> Callable[[Claim, Survey], Quantity]:
    """A measure of the part alone, as a measure of a claim."""
    return lambda claim, survey: measure(parse(claim.part or ""), survey)


def _extent(territory: Territory, survey: Survey) -> Quantity:
    """The area of a territory, or of what changed hands."""
    if changes.change_in(territory):
        return changes.change(territory, survey)
    return measures.area(territory, survey)


MEASURES: dict[str, Callable[[Claim, Survey], Quantity]] = {
    "share": _share,
    "area": _one(_extent),
    "change": _one(_extent),
    "comparison": _one(_extent),
    "rate": _one(changes.rate),
    "distance": _distance,
    "length": _one(measures.length),
    "width": _one(measures.width),
}


def other_definitions(claim: Claim, survey: Survey) -> Iterator[tuple[str, Quantity]]:
    """The same claim measured by the other definitions that apply to it, one after the other."""
    if claim.kind == "distance":
        direct = _distance(claim, survey)
        by_road = replace(direct, high=direct.high * rules().road)
        yield "the way by road is meant, which is longer than the line through the air", by_road
        return
    ground = ground_of(parse(claim.part)) if claim.part else None
    for definition in rules().definitions:
        if f'controlled("{definition.applies_to}")' not in (claim.part or "") or claim.kind not in _BY_DEFINITION:
            continue
        if definition.asks_ground and (ground is None or not _in_ukraine(ground, survey)):
            continue
        part, whole = definition.applied(claim.part or "", claim.whole, str(ground))
        try:
            measured = MEASURES[claim.kind](replace(claim, part=part, whole=whole), survey)
        except ContactlineError:
            continue  # a definition that cannot be measured on this date explains nothing
        if not all(_same(*pair, survey) for pair in ((claim.part, part), (claim.whole, whole))):
            yield definition.sentence, measured


def _same(one: str | None, other: str | None, survey: Survey) -> bool:
    """Whether two expressions cover the same ground: of Luhansk oblast there is nothing of Crimea to leave out."""
    if one == other or not (one and other):
        return one == other
    world = survey.worlds(parse(one))[0]
    areas = [evaluate(parse(expression), world).area_km2 for expression in (one, other)]
    return abs(areas[0] - areas[1]) <= _SAME * max(areas)


def _in_ukraine(ground: Territory, survey: Survey) -> bool:
    """Whether a ground is Ukraine's or a part of it; two renderings of one border differ by a little."""
    if nodes.lies_in(ground, _UKRAINE):
        return True
    world = survey.worlds(ground)[0]
    inside = evaluate(ground & _UKRAINE, world).area_km2
    return inside >= _WITHIN * evaluate(ground, world).area_km2
