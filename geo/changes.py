"""Measures of what changed hands between two days: area, share and rate, gross and net."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from geo.algebra import nodes
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.definitions import rules
from geo.errors import UsageError
from geo.quantity import Basis, Quantity, SourceValue, Unit
from geo.survey import Survey, area

GROSS = "all that came over"
NET = "less what went back"
CONTESTED = "all that came over, contested areas counted in"
_REMEMBERED = 256
"""Articles say the same thing more than once."""
Change = nodes.Gained | nodes.Lost


def change_in(territory: Territory) -> Change | None:
    """The gain or loss an expression is about; None where it is about no change."""
    return next((node for node in territory.walk() if isinstance(node, nodes.Gained | nodes.Lost)), None)


@lru_cache(maxsize=_REMEMBERED)
def change(territory: Territory, survey: Survey) -> Quantity:
    """Area in km² that changed hands; ``territory`` holds one ``gained()`` or ``lost()``, within a ground or not.

    The value is all that came over; the interval spans that and what is left of it when the ground that went back is
    taken off, each widened by the error that changes of our own control data have been measured to have.
    """
    made = _change_of(territory, survey)
    earliest, latest = _days_apart(territory, made, survey)
    back = territory.replaced(_opposite)
    readings: list[tuple[SourceValue, float]] = []
    for world in survey.worlds(territory):
        gross, returned = evaluate(territory, world), evaluate(back, world)
        error = _error(world, (survey.at - made.since).days)
        dated = f"{made.since} to {survey.at}"
        name = world.control.name if world.control else ""
        told = [(gross.area_km2, GROSS), (gross.area_km2 - returned.area_km2, NET)]
        if world.control is not None and not evaluate(nodes.Contested(), world).geometry.is_empty:
            told.append((evaluate(territory.replaced(_with_contested), world).area_km2, CONTESTED))
        for value, note in told:
            readings.append((SourceValue(name, dated, ("assessed",), value, note=note), error))
    low = max(0.0, min(source.value - error for source, error in readings))
    high = max(source.value + error for source, error in readings)
    low, high = min(low, earliest), max(high, latest)
    basis = Basis(str(survey.at), str(territory), tuple(source for source, _ in readings), notes=_notes(readings))
    return Quantity(readings[0][0].value, low, max(low, high), "km2", basis)


def change_share(part: Territory, whole: Territory, survey: Survey) -> Quantity:
    """What changed hands in percent of the whole; the interval spans the wholes that :func:`geo.survey.area` gives."""
    ground = area(whole, survey)
    found = _scaled(change(part, survey), 100 / ground.value, "percent", whole, survey)
    least = ground.low or ground.value
    return replace(found, low=found.low * ground.value / ground.high, high=found.high * ground.value / least)


def rate(territory: Territory, survey: Survey) -> Quantity:
    """What changed hands in km² a day, over the days from the eve of the change to the day asked for."""
    days = (survey.at - _change_of(territory, survey).since).days
    return _scaled(change(territory, survey), 1 / days, "km2/day", None, survey)


def _days_apart(territory: Territory, made: Change, survey: Survey) -> tuple[float, float]:
    """The least and most that may have changed hands where our own control data do not know the days exactly."""
    day, apart = rules().dated_within
    if str(made.since) >= day or all(w.snapshot().error_percent is None for w in survey.worlds(territory)):
        return float("inf"), 0.0
    values = []
    for step in (timedelta(days=-apart), timedelta(days=apart)):
        since, until = made.since + step, survey.at - step
        if since < until:
            moved = territory.replaced(lambda n, s=since: replace(n, since=s) if n == made else None)  # type: ignore[misc]
            values += [evaluate(moved, world.on(until)).area_km2 for world in survey.worlds(moved)]
        else:
            values.append(0.0)
    return min(values), max(values)


def _scaled(found: Quantity, factor: float, unit: Unit, whole: Territory | None, survey: Survey) -> Quantity:
    basis = replace(
        found.basis,
        sources=tuple(replace(source, value=source.value * factor) for source in found.basis.sources),
        whole=str(whole) if whole else "",
        whole_km2=area(whole, survey).value if whole else None,
    )
    return Quantity(found.value * factor, found.low * factor, found.high * factor, unit, basis)


def _change_of(territory: Territory, survey: Survey) -> Change:
    made = change_in(territory)
    if made is None:
        raise UsageError(f"{territory} is no change: write gained() or lost() with a day.")
    if made.since >= survey.at:
        raise UsageError(f"the change begins on {made.since}, which is not before {survey.at}")
    return made


def _opposite(node: Territory) -> Territory | None:
    match node:
        case nodes.Gained(side, since):
            return nodes.Lost(side, since)
        case nodes.Lost(side, since):
            return nodes.Gained(side, since)
    return None


def _with_contested(node: Territory) -> Territory | None:
    """A gain with what neither side holds for certain counted as held, then as now."""
    match node:
        case nodes.Gained(side, since):
            at_most = nodes.Controlled(side) | nodes.Contested()
            return at_most - nodes.On(at_most, since)
    return None


def _error(world: World, days: int) -> float:
    """The largest error, in km², that changes over so many days have been measured to have; 0 for published maps."""
    if world.control is None or world.snapshot().error_percent is None:
        return 0.0
    steps = rules().change_errors
    return next((error for longest, error in steps if days <= longest), steps[-1][1])


def _notes(readings: list[tuple[SourceValue, float]]) -> tuple[str, ...]:
    largest = max(error for _, error in readings)
    return (f"changes of this length have been measured to be off by up to {largest:,.0f} km²",) if largest else ()
