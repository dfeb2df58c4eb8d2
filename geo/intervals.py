"""Two intervals held against each other: what a figure is taken to mean, what was measured, and what that says."""

from __future__ import annotations

from typing import Literal

from geo.definitions import rules
from geo.errors import UsageError
from geo.quantity import Interval, Quantity
from geo.reading.types import Figure
from geo.wording import amount, digits, interval_text

Verdict = Literal["holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable"]
VERDICTS: tuple[Verdict, ...] = (
    "holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable",
)  # fmt: skip


def plain_verdict(figure: Figure, measured: Quantity) -> Verdict:
    """What the two intervals alone say."""
    value, found = figure.value, measured.interval
    if figure.bound == "min":
        if found.low >= value:
            return "holds"
        return "holds as rounded" if found.high >= value - _half_digit(figure) else "overstated"
    if figure.bound == "max":
        if found.high <= value:
            return "holds"
        return "holds as rounded" if found.low <= value + _half_digit(figure) else "understated"
    if value in found:
        return "holds"
    if Interval(figure.low, figure.high).overlaps(found):
        return "holds as rounded"
    return "overstated" if value > found.high else "understated"


def meets(figure: Figure, found: Interval) -> bool:
    """Whether another definition's interval makes the figure true."""
    if figure.bound == "min":
        return found.high >= figure.value
    if figure.bound == "max":
        return found.low <= figure.value
    return Interval(figure.low, figure.high).overlaps(found)


def in_unit(figure: Figure, unit: str) -> Figure:
    """A figure in the unit of a measure; raises :class:`UsageError` where the two are no one kind of thing."""
    converted = figure.to(unit)
    if converted.unit != unit:
        raise UsageError(f"a figure in {figure.unit} cannot be held against a measure in {unit}")
    return converted


def wide(figure: Figure, measured: Quantity, verdict: Verdict) -> str:
    """What a wide interval means for a verdict that it bears, in plain words; "" for any other interval."""
    if measured.high - measured.low <= rules().wide_beyond * abs(measured.value):
        return ""
    low, high = digits(measured.low, measured.unit), amount(measured.high, measured.unit)
    if verdict in ("overstated", "understated"):
        return f"The interval is wide, {low} to {high}, and the figure still lies outside it."
    if figure.bound and verdict == "holds":
        return ""  # kept by all of the interval
    if figure.bound == "min":
        return f"The interval is wide: any least up to {high} would hold."
    if figure.bound == "max":
        return f"The interval is wide: any most from {amount(measured.low, measured.unit)} on would hold."
    return f"The interval is wide: anything from {low} to {high} would hold."


def only_by(figure: Figure, measured: Quantity) -> str:
    """Which whole a share holds by, where it does not by the first one; "" where it does."""
    first, *others = measured.basis.sources
    if _by(figure, first.value) or not first.whole:
        return ""
    fitting = {source.whole: source.value for source in others if _by(figure, source.value)}
    told = [f"{amount(value, measured.unit)} of {_in_words(whole)}" for whole, value in fitting.items()]
    return f"It holds only if the share is taken of something else: {'; '.join(told)}." if told else ""


_WHOLES = (
    ("measured, on land, without internal waters", "the land alone, without bays, lagoons and reservoirs"),
    ("measured, with internal waters", "the area as measured here, with bays, lagoons and reservoirs"),
    (", contested areas counted in", ", contested areas counted as held"),
)


def _in_words(whole: str) -> str:
    """*The land alone, without bays, lagoons and reservoirs (52,354 km²)*: a whole of a share as people say it."""
    said, _, km2 = whole.rpartition(": ")
    for ours, plain in _WHOLES:
        said = said.replace(ours, plain)
    if said.startswith("official, "):
        said = f"the official area by {said.removeprefix('official, ')}"
    return f"{said} ({km2})"


def _by(figure: Figure, value: float) -> bool:
    """Whether a value, as fine as one source is held to be, makes a figure true."""
    floor = rules().source_floor * min(value, abs(100 - value))
    return meets(figure, Interval(value - floor, value + floor))


def _half_digit(figure: Figure) -> float:
    """Half a step of the last digit printed, in the figure's contract unit."""
    if not figure.printed:
        return 0.0
    text = f"{figure.printed:g}"
    decimals = len(text.partition(".")[2])
    return 0.5 * float(10**-decimals) * abs(figure.value / figure.printed)


def gap(figure: Figure, *quantities: Quantity) -> float:
    """By how much a figure, as readers take it, misses all that lies between the quantities; negative inside."""
    low, high = min(q.low for q in quantities), max(q.high for q in quantities)
    return max(low - figure.high, figure.low - high)


def nearest(figure: Figure, measured: Quantity, others: list[tuple[str, Quantity]]) -> str:
    """The other definition that comes nearest to a figure; "" where none comes nearer than the measure itself."""
    sentence, other = min(others, key=lambda named: gap(figure, named[1]))
    if gap(figure, other) >= gap(figure, measured):
        return ""
    return f"It comes nearest, at {interval_text(other)}, if {sentence}."
