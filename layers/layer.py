"""The one shape all layers have: titled, dated, sourced features with a role the palette knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

Value = str | float | int | None


@dataclass(frozen=True)
class Feature:
    """One geometry (lon, lat on WGS84) with a name and plain values; all text is untrusted."""

    geometry: BaseGeometry
    name: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Layer:
    """A layer of a map or a file.

    ``id`` is a short slug, unique in a map; ``role`` a key of data/palette.toml (how it is drawn);
    ``as_of`` an ISO date or "" where time does not matter; ``source`` and ``licence`` say whose data it is;
    ``method`` how it was made. ``shown`` is whether a map starts with it switched on; ``variant`` which of the ways its
    role is drawn in, where a map has several of it.
    """

    id: str
    title: str
    role: str
    features: tuple[Feature, ...]
    source: str
    licence: str
    as_of: str = ""
    method: str = ""
    note: str = ""
    shown: bool = True
    variant: int = 0

    def _repr_html_(self) -> str:
        import shapely

        from geo.showing import sketch, table

        shown = shapely.GeometryCollection([feature.geometry for feature in self.features])
        rows = [(feature.name, key, value) for feature in self.features for key, value in feature.properties.items()]
        note = ". ".join(filter(None, (self.source, self.licence, self.method, self.note)))
        return sketch(shown, self.title) + table(
            f"{self.title} {self.as_of}".strip(), ("name", "what", "value"), rows, note
        )
