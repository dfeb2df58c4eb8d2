"""Administrative units: Ukraine's oblasts, Crimea and cities of special status, and the Russian border oblasts."""

from __future__ import annotations

from geo.algebra.nodes import Unit
from geo.atlas.atlas import Atlas
from geo.atlas.official import official_figures
from geo.measure.geodesic import area_km2
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE
from layers.layer import Feature, Layer, Value


def build(atlas: Atlas) -> Layer:
    """All units of the atlas with their measured and their official areas."""
    features = []
    for record in atlas.units.values():
        oblast = record.properties["kind"] == "oblast"
        properties: dict[str, Value] = {
            "expression": str(Unit(record.id, oblast=oblast)),
            "kind": str(record.properties["kind"]),
            "country": str(record.properties["country"]).title(),
            "area_km2": round(area_km2(record.geometry), 1),
        }
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
