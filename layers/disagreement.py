"""Where control sources disagree: what one gives to Russia on the date and another does not."""

from __future__ import annotations

from itertools import combinations

import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra.evaluate import World
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.types import ControlSource
from geo.measure.geodesic import area_km2
from geo.survey import Survey
from layers.layer import Feature, Layer, Value

_SPECK_KM2 = 0.05
"""Five hectares: what is smaller is two drawings of one line."""
_FRESH_DAYS = 3
"""An older state differs from another source's by what happened since, and that is no disagreement."""


def build(survey: Survey) -> tuple[Layer, ...]:
    """One layer with a feature for each pair of sources and each way round; nothing where one source knows the date."""
    sources = tuple(source for source in survey.covering if _age(source, survey) <= _FRESH_DAYS)
    if len(sources) < 2:
        return ()
    held = {s.name: World(survey.atlas, survey.at, s).snapshot() for s in sources}
    pairs = [
        pair for one, other in combinations(sources, 2) for pair in ((one.name, other.name), (other.name, one.name))
    ]
    features = []
    for one, other in pairs:
        area = _without_specks(shapely.difference(held[one].held("russia"), held[other].held("russia")))
        if not area.is_empty:
            facts: dict[str, Value] = {"area_km2": round(area_km2(area), 1), "given_by": one, "not_by": other}
            features.append(Feature(area, f"Russian-held by {one}, not by {other}", facts))
    if not features:
        return ()
    licences = "; ".join(dict.fromkeys(s.licence for s in sources))
    return (
        Layer(
            "disagreement",
            "Where sources disagree",
            "disagreement",
            tuple(features),
            ", ".join(f"{s.title} ({held[s.name].dated})" for s in sources),
            licences,
            as_of=str(survey.at),
            method="Russian-held area by one source without that by the other; geodesic on WGS84",
            note="Pieces under five hectares are left out. Part of it is method: sources draw one line differently.",
            shown=False,
        ),
    )


def left_out(survey: Survey) -> tuple[str, ...]:
    """A sentence for each source whose state is too old to be set against another one's."""
    if len(survey.covering) < 2:
        return ()
    aged = [(source, _age(source, survey)) for source in survey.covering]
    return tuple(
        f"{source.name}: its state is {days} days older than {survey.at}, so it is not compared with other sources"
        for source, days in aged
        if days > _FRESH_DAYS
    )


def _age(source: ControlSource, survey: Survey) -> int:
    """How many days before the date the state of a source was made; 0 for a table that knows every day."""
    if not source.first <= survey.at <= source.last:
        return (survey.at - source.last).days if survey.at > source.last else _FRESH_DAYS + 1
    return 0 if isinstance(source, Settlements) else (survey.at - source.snapshot(survey.at).dated).days


def _without_specks(area: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon" and area_km2(p) > _SPECK_KM2]
    return shapely.MultiPolygon(parts)
