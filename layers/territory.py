"""Any territory as a layer: a mention, a band, a line, with its area or length and how it came about."""

from __future__ import annotations

from geo import survey as measures
from geo.algebra.evaluate import evaluate
from geo.algebra.nodes import Band, ContactLine, Controlled, Territory
from geo.algebra.region import Region
from geo.survey import Survey
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE
from layers.figures import figure, lineage, source_of
from layers.layer import Feature, Layer, Value


def build(territory: Territory, survey: Survey, slug: str, title: str, *, note: str = "", shown: bool = True) -> Layer:
    """The layer of one expression, by the first control source of the survey."""
    world = survey.worlds(territory)[0]
    region = evaluate(territory, world)
    credit, licence = (
        (world.control.title, world.control.licence) if world.control else (BOUNDARY_CREDIT, BOUNDARY_LICENCE)
    )
    return Layer(
        slug,
        title,
        role(territory, region),
        (Feature(region.geometry, title, facts(territory, region, survey)),),
        credit,
        licence,
        as_of=str(region.as_of) if region.snapshots else "",
        method=f"{territory}; geodesic on WGS84",
        note=note,
        shown=shown,
    )


def facts(territory: Territory, region: Region, survey: Survey) -> dict[str, Value]:
    """Area or length with interval, date, source and lineage of a territory's region."""
    found: dict[str, Value] = {"expression": str(territory)}
    if region.geometry.is_empty:
        found["extent"] = "nothing on this date"
    elif "Polygon" in region.geometry.geom_type:
        found |= figure("area", measures.area(territory, survey))
        if isinstance(territory, Band):
            found |= figure("length", measures.length(territory, survey))
            found |= _by_side(territory, survey)
    elif "Line" in region.geometry.geom_type:
        found |= figure("length", measures.length(territory, survey))
    return found | {"date": str(region.as_of), "source": source_of(region), "lineage": lineage(region.lineage)}


def _by_side(band: Band, survey: Survey) -> dict[str, Value]:
    """How much of a band lies in what each side holds, where the band depends on that."""
    if not band.dated:
        return {}
    sides = {"russian_held": Controlled("russia"), "ukrainian_held": Controlled("ukraine")}
    parts = ((name, measures.area(band & side, survey)) for name, side in sides.items())
    return {key: value for name, part in parts for key, value in figure(name, part).items()}


def role(territory: Territory, region: Region) -> str:
    """How a territory is drawn."""
    if isinstance(territory, ContactLine):
        return "contact-line"
    if isinstance(territory, Band):
        return "band"
    if "Line" in region.geometry.geom_type:
        return "line"
    return "place" if region.geometry.geom_type.endswith("Point") else "mention"
