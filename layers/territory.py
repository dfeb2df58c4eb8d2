"""Any territory as a layer: a mention, a band, a line, with its area or length and how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from shapely.geometry.base import BaseGeometry

from geo import survey as measures
from geo.algebra.evaluate import evaluate
from geo.algebra.nodes import Band, ContactLine, Contested, Controlled, Country, Peak, Territory
from geo.algebra.region import Region
from geo.errors import ContactlineError
from geo.quantity import Quantity
from geo.survey import Survey
from layers.figures import by_source, figure, lineage
from layers.layer import Feature, Layer, Value
from layers.naming import title
from layers.occupied import status
from layers.origin import origin
from layers.wanted import state_date


def build(
    territory: Territory,
    survey: Survey,
    slug: str,
    name: str,
    *,
    note: str = "",
    shown: bool = True,
    quotes: Iterable[str] = (),
) -> Layer:
    """The layer of one expression: drawn by the first control source of the survey, measured by all of them.

    Its title is its name with date and measured value; ``quotes`` are the words an article names it by.
    """
    world = survey.worlds(territory)[0]
    region = evaluate(territory, world)
    measured = measure(territory, region, survey)
    dated = _dated(region, survey.at)
    sources = survey.covering if territory.dated else ()
    credit, licence = origin(territory, sources, survey.atlas)
    said: dict[str, Value] = {"quoted": "; ".join(quotes)} if quotes else {}
    return Layer(
        slug,
        title(name, dated, measured),
        role(territory, region),
        (Feature(region.geometry, name, {**facts(territory, region, survey, measured), **said}),),
        credit,
        licence,
        as_of=dated,
        method="; ".join(
            [str(territory), "geodesic on WGS84", *(f"drawn by {s.name}" for s in sources[:1] if sources[1:])]
        ),
        note=note,
        shown=shown,
    )


def _dated(region: Region, at: date) -> str:
    """The date of the state a region shows: that asked for, unless its expression or its largest extent has another."""
    states = [state.as_of for state in region.snapshots]
    return str(max((day for day in states if day <= at), default=max(states))) if states else ""


def shape(territory: Territory, survey: Survey) -> BaseGeometry:
    """The geometry of a territory by the first control source of a survey; raises as :func:`evaluate` does."""
    return evaluate(territory, survey.worlds(territory)[0]).geometry


def state_of(territory: Territory, survey: Survey) -> str:
    """The date of the state a territory shows, as its layer has it; "" for what does not change with control."""
    if any(isinstance(node, Peak) for node in territory.walk()):  # only its course tells when it was largest
        try:
            return _dated(evaluate(territory, survey.worlds(territory)[0]), survey.at)
        except ContactlineError:
            pass
    return str(state_date(territory, survey.at) or "")


def measure(territory: Territory, region: Region, survey: Survey) -> Quantity | None:
    """The figure of a territory, as every command prints it: its area, or its length; None where it has neither."""
    if region.geometry.is_empty or region.geometry.geom_type.endswith("Point"):
        return None
    return (measures.area if "Polygon" in region.geometry.geom_type else measures.length)(territory, survey)


def facts(territory: Territory, region: Region, survey: Survey, measured: Quantity | None) -> dict[str, Value]:
    """Area or length with interval, date, source and lineage of a territory's region."""
    found: dict[str, Value] = {"expression": str(territory)}
    if occupied := status(territory):
        found["class"] = occupied
    if region.geometry.is_empty:
        found["extent"] = "nothing on this date"
    elif measured:
        found |= figure("area" if measured.unit == "km2" else "length", measured)
        if isinstance(territory, Band):
            found |= figure("length", measures.length(territory, survey))
            found |= _by_side(territory, survey)
    found |= {
        "date": _dated(region, survey.at) or str(survey.at),
        "source": origin(territory, survey.covering, survey.atlas)[0],
        "lineage": lineage(region.lineage),
    }
    return found | (by_source(measured) if measured else {})


def _by_side(band: Band, survey: Survey) -> dict[str, Value]:
    """How much of a band lies in what each side holds, where the band depends on that."""
    if not band.dated:
        return {}
    parts = ((name, measures.area(band & side, survey)) for name, side in _SIDES.items())
    return {key: value for name, part in parts for key, value in figure(name, part).items()}


_SIDES: Mapping[str, Territory] = {
    "russian_held": Controlled("russia") | (Country("russia") - Controlled("ukraine") - Contested()),
    "ukrainian_held": Controlled("ukraine"),
}
"""What each side holds, each with its own ground that nobody else is shown to hold, as a zone counts it."""


def role(territory: Territory, region: Region) -> str:
    """How a territory is drawn."""
    if isinstance(territory, ContactLine):
        return "contact-line"
    if isinstance(territory, Band):
        return "band"
    if "Line" in region.geometry.geom_type:
        return "line"
    return "place" if region.geometry.geom_type.endswith("Point") else "mention"
