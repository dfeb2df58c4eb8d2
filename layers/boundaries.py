"""Administrative units: Ukraine's oblasts, Crimea and cities of special status, and the Russian border oblasts."""

from __future__ import annotations

from datetime import date

from geo import survey as measures
from geo.algebra.nodes import Unit
from geo.atlas.atlas import Atlas
from geo.atlas.official import official_figures
from geo.survey import Survey
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE
from layers.figures import figure
from layers.layer import Feature, Layer, Value
from layers.occupied import status

SHIPPED = date(2026, 1, 1)
"""A day on which the waters are as they are now: the Kakhovka reservoir is gone."""


def build(atlas: Atlas, at: date = SHIPPED) -> Layer:
    """All units of the atlas with their areas as every command measures them on a date, and their official ones."""
    survey, features = Survey(atlas, at, ()), []
    for record in atlas.units.values():
        unit = Unit(record.id, oblast=record.properties["kind"] == "oblast")
        properties: dict[str, Value] = {
            "expression": str(unit),
            "kind": str(record.properties["kind"]),
            "country": str(record.properties["country"]).title(),
            **figure("area", measures.area(unit, survey)),
        }
        if occupied := status(unit):
            properties["class"] = occupied
        for language in ("uk", "ru"):
            if name := record.properties.get(f"name_{language}"):
                properties[f"name_{language}"] = str(name)
        for official in official_figures(record.id, "area")[:1]:
            properties["official_area_km2"] = official.value
            properties["official_source"] = f"{official.source}, {official.date}".rstrip(", ")
        features.append(Feature(record.geometry, record.id, properties))
    return Layer(
        "units",
        "Oblasts, Crimea and cities",
        "unit",
        tuple(features),
        BOUNDARY_CREDIT,
        BOUNDARY_LICENCE,
        method="units with their internal waters; areas geodesic on WGS84",
    )
