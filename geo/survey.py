"""Measuring a territory: every source, every defensible whole, and the interval they leave between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from geo.algebra import nodes
from geo.algebra.evaluate import BOUNDARIES, World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.region import Region
from geo.atlas.atlas import Atlas
from geo.atlas.control.types import ControlSource
from geo.atlas.official import OfficialFigure, official_figures
from geo.definitions import rules
from geo.errors import UsageError
from geo.margins import error_km2, fineness_km2
from geo.measure.lines import smoothed_km
from geo.published import published
from geo.quantity import Basis, Quantity, SourceValue, Unit

WITH_WATERS = "with internal waters"
ON_LAND = "on land, without internal waters"
COUNTED_IN = "contested areas counted in"
ASSESSED = ("assessed",)
WITH_CONTESTED = ("assessed", "contested")
ALL_PERCENT = 100.01
"""All of a whole, by two renderings of its border."""
_OFFICIAL = "official"
_MOST_PERCENT = 101.0
"""Official and measured areas differ by up to a percent; a share beyond that is of something that is not a part."""
SMOOTHING_KM = (0.1, 1.0, 5.0)
_REMEMBERED = 256
"""Articles say the same thing more than once, and pages show what their claims measured."""


def at_most_all(percent: float, high: float) -> float:
    """The upper end of a share: of what is no more than all of its whole, no more than that."""
    return min(high, max(100.0, percent)) if percent <= ALL_PERCENT else high


@dataclass(frozen=True)
class Survey:
    """What measures are taken on: an atlas, a date, and one or more control sources."""

    atlas: Atlas
    at: date
    controls: tuple[ControlSource, ...]

    @property
    def covering(self) -> tuple[ControlSource, ...]:
        """The control sources that cover the date; all of them where none does, so that asking one says why."""
        return tuple(c for c in self.controls if c.first <= self.at <= c.last) or self.controls

    def worlds(self, *territories: Territory) -> tuple[World, ...]:
        """One world a control source that covers the date where any territory depends on control, else one without."""
        if any(territory.dated for territory in territories):
            return tuple(World(self.atlas, self.at, control) for control in self.covering)
        return (World(self.atlas, self.at),)

    def silent(self, *territories: Territory) -> tuple[str, ...]:
        """A sentence for each source that was named and does not cover the date."""
        if not any(territory.dated for territory in territories):
            return ()
        left = [control for control in self.controls if control not in self.covering]
        return tuple(f"{c.name}: covers {c.first} to {c.last}, so it says nothing of {self.at}" for c in left)


class _Reading(NamedTuple):
    """A value as one source gives it, with the bounds its own measured error leaves."""

    value: float
    low: float
    high: float
    source: SourceValue
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=_REMEMBERED)
def area(territory: Territory, survey: Survey) -> Quantity:
    """Geodesic area in km², with internal waters; the interval spans sources, their errors, and land alone.

    Raises :class:`UsageError` for a line or a point.
    """
    readings = []
    for world in survey.worlds(territory):
        region = evaluate(territory, world)
        if region.length_km and not region.area_km2:
            raise UsageError(f"{territory} is a line and has no area: ask for its length.")
        land, fine = evaluate(nodes.Land(territory), world), _fineness(territory, survey)
        readings += [_of_area(region, WITH_WATERS, fine), _of_area(land, ON_LAND, fine)]
        if contested := _with_contested(territory, world):
            readings.append(_of_area(contested, f"{WITH_WATERS}, {COUNTED_IN}", fine, WITH_CONTESTED))
    readings += [_of_published(figure) for figure in published(territory, "area")]
    return _quantity(readings, "km2", survey, territory)


@lru_cache(maxsize=_REMEMBERED)
def share(part: Territory, whole: Territory, survey: Survey) -> Quantity:
    """``part`` in percent of ``whole``.

    Part and whole count the same waters: with internal waters against the official area where there is one and
    against the measured one, and land against land. The first of these that is no more than all of it is the value
    (Sevastopol's official area is smaller than what is measured of it), all of them the interval.
    """
    readings: list[_Reading] = []
    official = published(whole, "area")[:1]
    silent: list[str] = []
    for world in survey.worlds(part, whole):
        found = list(_shares(part, whole, official, world, _fineness(part if part.dated else whole, survey)))
        readings += found
        if not found:
            silent.append(f"{world.control.name if world.control else BOUNDARIES}: shows nothing of the whole")
    if not readings:
        raise UsageError(f"{whole} has no area on {survey.at}: there is nothing to take a share of.")
    readings.sort(key=lambda reading: reading.value > ALL_PERCENT)  # a part is no more: then the measured whole tells
    if readings[0].value > _MOST_PERCENT:
        raise UsageError(f"{part} reaches beyond {whole}: take the share of what lies inside, ({part}) & ({whole}).")
    world = survey.worlds(part, whole)[0]
    by_official = bool(official) and readings[0].source.whole.startswith(_OFFICIAL)
    of_km2 = official[0].value if by_official else evaluate(whole, world).area_km2
    notes = [*silent, *_reaching_out(part, whole, world)]
    return _quantity(readings, "percent", survey, part, whole=whole, whole_km2=of_km2, notes=notes)


def _shares(
    part: Territory, whole: Territory, official: Sequence[OfficialFigure], world: World, fine: float
) -> Iterator[_Reading]:
    """A share by one source: by each whole, with and without contested areas; nothing where there is no whole."""
    region = evaluate(whole, world)
    if not (measured := region.area_km2):
        return
    held = part.dated
    with_waters = _of_area(evaluate(part, world), WITH_WATERS, fine if held else 0.0)
    for figure in official:
        yield _ratio(with_waters, figure.value, f"{_OFFICIAL}, {figure.source}")
    of_measured = _ratio(with_waters, measured, f"measured, {WITH_WATERS}")
    uncertain = whole.dated and not held
    yield _of_uncertain(of_measured, _of_area(region, WITH_WATERS, fine)) if uncertain else of_measured
    contested = _with_contested(part, world)
    if contested:
        counted, of = _of_area(contested, WITH_WATERS, fine, WITH_CONTESTED), _with_contested(whole, world)
        yield _ratio(counted, of.area_km2 if of else measured, f"measured, {WITH_WATERS}, {COUNTED_IN}")
    if dry := evaluate(nodes.Land(whole), world).area_km2:
        on_land = _of_area(evaluate(nodes.Land(part), world), ON_LAND, fine if held else 0.0)
        yield _ratio(on_land, dry, f"measured, {ON_LAND}")
        if contested and not whole.dated:
            at_most = evaluate(nodes.Land(nodes.with_contested(part)), world)
            yield _ratio(_of_area(at_most, ON_LAND, fine, WITH_CONTESTED), dry, f"measured, {ON_LAND}, {COUNTED_IN}")


def _reaching_out(part: Territory, whole: Territory, world: World) -> Iterator[str]:
    """What is to be said of a part that does not lie in its whole; raises :class:`UsageError` where none of it does."""
    if nodes.lies_in(part, whole):
        return
    km2 = evaluate(part, world).area_km2
    outside = km2 - evaluate(part & whole, world).area_km2
    if km2 and outside > (1 - _SPECK) * km2:
        raise UsageError(f"{part} lies outside {whole}: a share is of something that lies inside.")
    if outside > _SPECK * km2:
        yield f"{outside:,.0f} km² of the part lie outside the whole: this is how large it is beside it"


_SPECK = 0.01
"""Two renderings of one border differ by less than this part of an area."""


@lru_cache(maxsize=_REMEMBERED)
def length(territory: Territory, survey: Survey) -> Quantity:
    """Geodesic length in km of a line, or of the line a band is drawn around.

    The longer a front is followed into its corners the longer it gets, so the interval of a contact line also
    spans its length smoothed to 100 m, to 1 km and to 5 km, and what maps of one day differ by (``front_length``).
    """
    axis = territory.line if isinstance(territory, nodes.Band) else territory
    readings: list[_Reading] = []
    for world in survey.worlds(axis):
        region = evaluate(axis, world)
        readings.append(_plain(region.length_km, region, "as drawn"))
        if axis.dated:
            readings += [
                _plain(smoothed_km(region.geometry, step), region, f"smoothed to {nodes.metres_text(1000 * step)}")
                for step in SMOOTHING_KM
            ]
    if not any(reading.value for reading in readings):
        raise UsageError(f"{territory} has no length: it is no line and no band around one.")
    readings += [_of_published(figure) for figure in published(territory, "length")]
    scale = rules().front_length if axis.dated else 0.0
    return _quantity(readings, "km", survey, territory, scale=scale)


def width(territory: Territory, survey: Survey) -> Quantity:
    """Nominal width in km of a band, as its definition and the published figures give it."""
    if not isinstance(territory, nodes.Band):
        raise UsageError(f"{territory} has no nominal width: only a band has one.")
    value = territory.width_m / 1000
    readings = [_Reading(value, value, value, SourceValue("definition", "", (), value, note=str(territory)))]
    readings += [_of_published(figure) for figure in published(territory, "width")]
    return _quantity(readings, "km", survey, territory)


def as_published(name: str, quantity: str, survey: Survey) -> Quantity:
    """What is published of a territory the atlas has no geometry of: "area" in km², "length" or "width" in km.

    Raises :class:`UsageError` where nothing is.
    """
    readings = [_of_published(figure) for figure in official_figures(name, quantity)]
    if not readings:
        raise UsageError(f"no geometry in the atlas, and no published {quantity} of {name!r}")
    values = [reading.value for reading in readings]
    basis = Basis(str(survey.at), name, tuple(reading.source for reading in readings), "published; no geometry")
    return Quantity(values[0], min(values), max(values), "km2" if quantity == "area" else "km", basis)


def _quantity(
    readings: list[_Reading],
    unit: Unit,
    survey: Survey,
    part: Territory,
    *,
    whole: Territory | None = None,
    whole_km2: float | None = None,
    scale: float = 0.0,
    notes: Sequence[str] = (),
) -> Quantity:
    """The first reading as the value, all of them as the interval, and everything they stand on.

    The interval's ends are let out by ``scale`` of themselves.
    """
    value = readings[0].value
    low, high = min(r.low for r in readings) * (1 - scale), max(r.high for r in readings) * (1 + scale)
    if unit == "percent":
        high = at_most_all(value, high)
    silent = survey.silent(part, *((whole,) if whole else ()))
    basis = Basis(
        as_of=str(survey.at),
        part=str(part),
        whole=str(whole) if whole else "",
        whole_km2=whole_km2,
        sources=tuple(r.source for r in readings),
        notes=tuple(dict.fromkeys([*(note for reading in readings for note in reading.notes), *notes, *silent])),
    )
    return Quantity(value, low, high, unit, basis)


def _fineness(territory: Territory, survey: Survey) -> float:
    """How many km² finer than which the one source there is cannot be held to know; 0 where several tell."""
    if not territory.dated or len(survey.covering) > 1:
        return 0.0
    return fineness_km2(territory, survey.worlds(territory)[0])


def _of_area(region: Region, counted: str, fine: float = 0.0, classes: tuple[str, ...] = ASSESSED) -> _Reading:
    """An area with its source's measured error, and no finer than ``fine`` km²."""
    value = region.area_km2
    below, above = error_km2(region, value)
    told = (
        (f"one source: not held to be finer than {fine:,.0f} km², as careful maps of one day differ",) if fine else ()
    )
    source = _source(region, value, counted, classes)
    return _Reading(value, max(0.0, value - max(below, fine)), value + max(above, fine), source, _notes(region) + told)


def _plain(value: float, region: Region, note: str) -> _Reading:
    return _Reading(value, value, value, _source(region, value, note), _notes(region))


def _notes(region: Region) -> tuple[str, ...]:
    """What the sources of a region say of it, each with its name."""
    return tuple(dict.fromkeys(f"{s.source}: {note}" for s in region.snapshots for note in s.notes))


def _ratio(part: _Reading, whole_km2: float, whole: str) -> _Reading:
    """A reading of an area as percent of a whole."""
    value, low, high = (100 * km2 / whole_km2 for km2 in part[:3])
    source = SourceValue(
        part.source.name, part.source.snapshot, part.source.classes, value, f"{whole}: {whole_km2:,.0f} km²"
    )
    return _Reading(value, low, at_most_all(value, high), source, part.notes)


def _of_uncertain(share: _Reading, whole: _Reading) -> _Reading:
    """A share of what control decides: the whole's error is the share's, and its source stands behind it."""
    source = replace(share.source, name=whole.source.name, snapshot=whole.source.snapshot, classes=whole.source.classes)
    low, high = share.low * whole.value / whole.high, share.high * whole.value / (whole.low or whole.value)
    return _Reading(share.value, low, min(high, 100.0), source, whole.notes)


def _with_contested(territory: Territory, world: World) -> Region | None:
    """The region with contested areas counted as held; None where the expression or the source knows none."""
    wider = nodes.with_contested(territory)
    if wider == territory or world.control is None or evaluate(nodes.Contested(), world).geometry.is_empty:
        return None
    return evaluate(wider, world)


def _of_published(figure: OfficialFigure) -> _Reading:
    value = figure.value / 1000 if figure.unit == "m" else figure.value
    return _Reading(value, value, value, SourceValue(figure.source, figure.date, (), value, note=figure.note))


def _source(region: Region, value: float, note: str, classes: tuple[str, ...] = ASSESSED) -> SourceValue:
    """Who stands behind a value: the control source and the state used, or the boundaries alone."""
    if not region.snapshots:
        return SourceValue(BOUNDARIES, "", (), value, note=note)
    name = region.snapshots[0].source
    dated = ", ".join(dict.fromkeys(str(s.dated) for s in region.snapshots))
    return SourceValue(name, dated, classes, value, note=note)
