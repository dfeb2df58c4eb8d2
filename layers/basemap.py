"""The ground a map stands on: seas, countries and inland waters, from the embedded boundaries."""

from __future__ import annotations

from datetime import date

from geo.atlas.atlas import Atlas
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE
from layers.layer import Feature, Layer


def build(atlas: Atlas, at: date) -> tuple[Layer, ...]:
    """Seas, countries within their recognised borders, and Ukraine's bays, limans and reservoirs as of a date."""
    seas = tuple(
        Feature(record.geometry, str(record.properties.get("name", record.id))) for record in atlas.seas.values()
    )
    lands = tuple(
        Feature(record.geometry, str(record.properties.get("name", record.id))) for record in atlas.countries.values()
    )
    waters = atlas.internal_waters(at)
    return (
        Layer("seas", "Seas", "basemap-sea", seas, BOUNDARY_CREDIT, BOUNDARY_LICENCE),
        Layer("countries", "Countries", "basemap-land", lands, BOUNDARY_CREDIT, BOUNDARY_LICENCE),
        Layer(
            "waters", "Inland waters", "water", (Feature(waters, "Inland waters"),), BOUNDARY_CREDIT, BOUNDARY_LICENCE
        ),
    )
