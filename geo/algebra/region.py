"""What an expression is on the ground: geometry, the dates and sources of its parts, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.algebra.nodes import Territory
from geo.atlas.control.types import ControlSource, Snapshot


@dataclass(frozen=True)
class Step:
    """One leaf of a lineage: an expression, whose data it is, and the date of the state used ("" where timeless)."""

    expression: str
    source: str
    dated: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The step as JSON, empty fields left out."""
        return {key: value for key, value in self.__dict__.items() if value}


@dataclass(frozen=True, eq=False)
class Region:
    """A territory evaluated on an atlas at a date; ``geometry`` is lon, lat on WGS84 with geodesic edges.

    A region equals itself alone: evaluation hands the same one out again, and is measured once.
    """

    territory: Territory
    geometry: BaseGeometry
    as_of: date
    lineage: tuple[Step, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    control: ControlSource | None = None

    @cached_property
    def area_km2(self) -> float:
        """Geodesic area in km²; 0 for a line or a point."""
        from geo.measure.geodesic import area_km2

        return area_km2(self.geometry)

    @cached_property
    def length_km(self) -> float:
        """Geodesic length in km; 0 for an area or a point."""
        from geo.measure.geodesic import length_km

        return length_km(self.geometry)

    def __repr__(self) -> str:
        sources = ", ".join(dict.fromkeys(f"{s.source} {s.dated}".strip() for s in self.lineage))
        return f"<Region {self.territory} as of {self.as_of}: {self.geometry.geom_type}; {sources}>"

    def _repr_html_(self) -> str:
        from geo.showing import sketch, table

        size = f"{self.area_km2:,.0f} km²" if self.area_km2 else f"{self.length_km:,.0f} km"
        rows = [(step.expression, step.source, step.dated, step.note) for step in self.lineage]
        caption = f"{self.territory} as of {self.as_of}: {size} (one source; for the interval measure it)"
        return sketch(self.geometry, str(self.territory)) + table(caption, ("part", "source", "state of", "note"), rows)
