"""The ground a map stands on: seas and countries, from the embedded boundaries."""

from __future__ import annotations

from geo.atlas.atlas import Atlas
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE
from layers.layer import Feature, Layer


def build(atlas: Atlas) -> tuple[Layer, Layer]:
    """Seas, and countries within their recognised borders."""
    seas = tuple(
        Feature(record.geometry, str(record.properties.get("name", record.id))) for record in atlas.seas.values()
    )
    lands = tuple(
        Feature(record.geometry, str(record.properties.get("name", record.id))) for record in atlas.countries.values()
    )
    return (
        Layer("seas", "Seas", "basemap-sea", seas, BOUNDARY_CREDIT, BOUNDARY_LICENCE),
        Layer("countries", "Countries", "basemap-land", lands, BOUNDARY_CREDIT, BOUNDARY_LICENCE),
    )
