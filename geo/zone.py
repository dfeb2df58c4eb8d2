"""A zone laid out: what a band (or any area) covers by unit and by who holds it, its line, and who lives there.

Areas are geodesic km² on WGS84 and add up to the zone's own. Settlements and their populations are those listed in the
embedded gazetteer (GeoNames: places of 500 people and more, most figures from before 2022): people listed, not people
who live there now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.region import Step
from geo.atlas.atlas import Atlas, Settlement
from geo.errors import UsageError
from geo.laid import HOLDERS, OUTSIDE, UNSTATED, Row, table
from geo.measure.geodesic import areas_m2, lengths_m
from geo.measure.lines import smoothed_km
from geo.measure.parts import areal
from geo.quantity import Bounded

SMOOTHING_KM = (0.1, 1.0, 5.0)
OWN_GROUND = "a country's own ground that nobody else is shown to hold is counted as its own: Russia's as Ukraine's"
"""Sources say so of Ukraine, and leave Russia blank but for what Ukraine took there: the two are counted alike here."""
_SPECK_KM2 = 1e-6
_POPULATION_NOTE = "population as listed by GeoNames, mostly from before 2022; places under 500 people are not listed"


@dataclass(frozen=True)
class Part:
    """What lies in one unit and is held by one side; ``side`` is "not stated" where the source names no holder."""

    unit: str
    side: str
    area_km2: float
    geometry: BaseGeometry = field(default_factory=shapely.Polygon, repr=False, compare=False)
    """The piece itself, lon, lat on WGS84."""


@dataclass(frozen=True)
class Segment:
    """The stretch of a line in one unit: its geodesic length in km as drawn."""

    unit: str
    length_km: float


@dataclass(frozen=True)
class Zone:
    """An area laid out by unit and by holder, with the line it is drawn around and the settlements in it."""

    territory: Territory
    as_of: str
    area_km2: float
    parts: tuple[Part, ...]
    segments: tuple[Segment, ...]
    length_km: float
    smoothed_km: Mapping[float, float]
    settlements: tuple[Settlement, ...]
    lineage: tuple[Step, ...]
    notes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    """The parts as a table with their intervals, a row a unit and the whole at the end."""

    @property
    def population(self) -> int:
        """People listed for the settlements inside."""
        return sum(place.population for place in self.settlements)

    def by_unit(self) -> dict[str, float]:
        """Area in km² by unit."""
        return _totals((part.unit, part.area_km2) for part in self.parts)

    def by_side(self) -> dict[str, float]:
        """Area in km² by who holds it."""
        return _totals((part.side, part.area_km2) for part in self.parts)

    def bounded(self, part: Part) -> Bounded:
        """A part's area with its interval."""
        return next(row.by[part.side] for row in self.rows if row.unit == part.unit)

    def to_dict(self) -> dict[str, Any]:
        """The zone as JSON, rounded to what its figures can bear."""
        return {
            "schema": "contactline/zone/1",
            "expression": str(self.territory),
            "as_of": self.as_of,
            "method": "geodesic, WGS84",
            "area_km2": round(self.area_km2, 1),
            "parts": [
                {"unit": p.unit, "side": p.side, **rounded(self.bounded(p))} for p in self.parts if round(p.area_km2, 1)
            ],
            "length_km": round(self.length_km, 2),
            "smoothed_km": {f"{step:g}": round(km, 2) for step, km in self.smoothed_km.items()},
            "segments": [{"unit": s.unit, "length_km": round(s.length_km, 2)} for s in self.segments],
            "settlements": {
                "count": len(self.settlements),
                "population": self.population,
                "without_population": sum(not place.population for place in self.settlements),
                "names": [place.name for place in self.settlements],
                "note": _POPULATION_NOTE,
            },
            "lineage": [step.to_dict() for step in self.lineage],
            "notes": list(self.notes),
        }


def zone(territory: Territory, world: World) -> Zone:
    """An areal territory laid out in a world; without a control source no holder is stated.

    The line is that of the first band in the expression, followed only as far as the zone reaches. Raises
    :class:`UsageError` for a territory without area, or with none on the date.
    """
    region = evaluate(territory, world)
    if region.geometry.is_empty:
        when = f" on {world.at}" if territory.dated else ""
        raise UsageError(f"{territory} covers nothing{when}: there is no zone to lay out. {_advice(territory)}")
    if shapely.get_dimensions(region.geometry) != 2:
        raise UsageError(f"{territory} has no area to lay out: a band, a unit or what a side holds has one.")
    axis = next((node.line for node in territory.walk() if isinstance(node, nodes.Band)), None)
    line = shapely.LineString() if axis is None else _along(evaluate(axis, world).geometry, region.geometry)
    parts = _parts(region.geometry, world)
    return Zone(
        territory,
        str(world.at),
        region.area_km2,
        parts,
        line_segments(line, world.atlas),
        float(lengths_m([line])[0]) / 1000,
        {step: smoothed_km(line, step) for step in SMOOTHING_KM} if axis is not None else {},
        _settlements(region.geometry, world.atlas),
        tuple(dict.fromkeys([*region.lineage, *_holders(world)])),
        (OWN_GROUND,) if world.control is not None and _reaches_russia(region.geometry, world.atlas) else (),
        _rows(parts, world, moves=territory.dated),
    )


def holders(world: World, near: BaseGeometry) -> dict[str, BaseGeometry]:
    """What ``russia`` and ``ukraine`` hold and what is ``contested`` in the box around ``near`` (lon, lat on WGS84).

    By the world's control source, and by :data:`OWN_GROUND`: ground of Russia that the source does not show as held by
    Ukraine, as contested or as unknown is Russia's, open waters apart. Raises as :meth:`World.snapshot` does.
    """
    snapshot, box = world.snapshot(), shapely.total_bounds(near)

    def clipped(area: BaseGeometry) -> BaseGeometry:
        return shapely.make_valid(shapely.clip_by_rect(area, *box))

    found = {side: clipped(snapshot.held(side)) for side in ("russia", "ukraine")}
    found["contested"] = clipped(snapshot.contested())
    own = clipped(world.atlas.country("russia").geometry)
    if not own.is_empty:
        unknown = [clipped(h.geometry) for h in snapshot.holdings if h.cls == "unknown"]
        others = [found["ukraine"], found["contested"], *unknown, clipped(world.atlas.open_waters)]
        found["russia"] = shapely.union(found["russia"], shapely.difference(own, shapely.union_all(others)))
    return found


def line_segments(line: BaseGeometry, atlas: Atlas) -> tuple[Segment, ...]:
    """The geodesic length in km of a line (lon, lat on WGS84) in every unit it runs through, north to south.

    What runs along the border of two units is counted once, in the first of them by name.
    """
    if line.is_empty:
        return ()
    left, found = line, []
    for name, area in _units_touched(line, atlas):
        inside = shapely.intersection(left, area)
        left = shapely.difference(left, area)
        found.append((name, inside))
    found.append((OUTSIDE, left))
    lengths = lengths_m([geometry for _, geometry in found]) / 1000
    rows = [
        (-float(shapely.bounds(geometry)[3]), Segment(name, float(km)))
        for (name, geometry), km in zip(found, lengths, strict=True)
        if km > 1e-3
    ]
    return tuple(segment for _, segment in sorted(rows, key=lambda row: (row[0], row[1].unit)))


def _parts(area: BaseGeometry, world: World) -> tuple[Part, ...]:
    """The area cut by unit, each piece by who holds it; what is left over has no holder stated, or no unit."""
    pieces: list[tuple[str, str, BaseGeometry]] = []
    sides = _sides(area, world)
    cut = [(name, areal(shapely.intersection(area, unit))) for name, unit in _units_touched(area, world.atlas)]
    outside = shapely.difference(area, shapely.union_all([piece for _, piece in cut])) if cut else area
    for name, piece in [*cut, (OUTSIDE, outside)]:
        left = piece
        for side, held in sides:
            if shapely.intersects(held, left):
                pieces.append((name, side, areal(shapely.intersection(left, held))))
                left = shapely.difference(left, held)
        pieces.append((name, UNSTATED, left))
    areas = areas_m2([geometry for *_, geometry in pieces]) / 1e6
    return tuple(
        Part(unit, side, float(km2), geometry)
        for (unit, side, geometry), km2 in zip(pieces, areas, strict=True)
        if km2 > _SPECK_KM2
    )


def _rows(parts: Sequence[Part], world: World, *, moves: bool) -> tuple[Row, ...]:
    """The parts as a table with intervals."""
    units = list(dict.fromkeys(part.unit for part in parts))
    km2 = np.zeros((len(units), len(HOLDERS)))
    wet = np.zeros_like(km2)
    waters = shapely.intersection([part.geometry for part in parts], world.atlas.internal_waters(world.at))
    for part, wet_m2 in zip(parts, areas_m2(waters), strict=True):
        cell = units.index(part.unit), HOLDERS.index(part.side)
        km2[cell] += part.area_km2
        wet[cell] += wet_m2 / 1e6
    return table(world, units, km2, km2 - wet, moves=moves)


def rounded(area: Bounded) -> dict[str, float]:
    """An area and its interval as JSON, to 0.1 km²."""
    names = ("area_km2", "area_km2_low", "area_km2_high")
    return {name: round(number, 1) for name, number in zip(names, area, strict=True)}


def _sides(area: BaseGeometry, world: World) -> list[tuple[str, BaseGeometry]]:
    """What each side holds and what is contested about an area, by the world's control source."""
    if world.control is None:
        return []
    found = [(side, held) for side, held in holders(world, area).items() if not held.is_empty]
    for _, held in found:
        shapely.prepare(held)
    return found


def _reaches_russia(area: BaseGeometry, atlas: Atlas) -> bool:
    """Whether some of an area is Russia's ground, more than a border drawn twice."""
    inside = shapely.intersection(area, atlas.country("russia").geometry)
    return float(areas_m2([inside])[0]) > 1e6


def _advice(territory: Territory) -> str:
    """What to ask instead of what covers nothing."""
    if territory.dated:
        return "Give another date with --at."
    return "Its parts do not overlap: see each with contactline resolve."


def _holders(world: World) -> list[Step]:
    """Whose word the holders are."""
    if world.control is None:
        return []
    snapshot = world.snapshot()
    return [Step("who holds what", snapshot.source, str(snapshot.dated), " ".join(snapshot.notes))]


def _units_touched(geometry: BaseGeometry, atlas: Atlas) -> list[tuple[str, BaseGeometry]]:
    """The units a geometry runs into, by name."""
    units = sorted(atlas.units.values(), key=lambda unit: unit.id)
    touched = shapely.intersects(geometry, np.array([unit.geometry for unit in units]))
    return [(unit.id, unit.geometry) for unit, is_touched in zip(units, touched, strict=True) if is_touched]


def _along(line: BaseGeometry, area: BaseGeometry) -> BaseGeometry:
    """The part of a line that lies in an area."""
    inside = shapely.intersection(line, area)
    lines = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.MultiLineString(lines), directed=True) if lines else shapely.LineString()


def _settlements(area: BaseGeometry, atlas: Atlas) -> tuple[Settlement, ...]:
    """The settlements of the gazetteer inside an area, most populous first; parts of a city are the city's."""
    shapely.prepare(area)
    places = [place for place in atlas.settlements if place.kind != "district"]
    inside = shapely.contains_xy(area, [place.lon for place in places], [place.lat for place in places])
    return tuple(place for place, is_inside in zip(places, inside, strict=True) if is_inside)


def _totals(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for key, value in pairs:
        totals[key] = totals.get(key, 0.0) + value
    return totals
