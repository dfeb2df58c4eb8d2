"""A quoted figure against the measured one: the verdict and, in a sentence, why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from geo import survey as measures
from geo.definitions import Rules, rules
from geo.errors import ContactlineError, DateError, UnknownNameError, UsageError
from geo.quantity import Interval, Quantity
from geo.reading.types import Claim, Figure
from geo.survey import Survey
from geo.territory import nodes
from geo.territory.nodes import Territory
from geo.territory.parse import parse
from geo.wording import amount, interval_text, plural_list, quoted_text

Verdict = Literal["holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable"]
VERDICTS: tuple[Verdict, ...] = (
    "holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable",
)  # fmt: skip

FULL_PERCENT = 99.5
"""A unit counts as fully held from this share on: below it, at least a settlement's surroundings are missing."""


@dataclass(frozen=True)
class Checked:
    """A claim with its verdict, the measured quantity where there is one, and the reason in plain words."""

    claim: Claim
    verdict: Verdict
    why: str
    measured: Quantity | None = None


def check(claim: Claim, survey: Survey) -> Checked:
    """The verdict on one claim; never raises for what a claim says, only for what the program lacks."""
    if claim.as_of:
        survey = replace(survey, at=date.fromisoformat(claim.as_of))
    if claim.kind == "conversion":
        return _conversion(claim)
    if claim.part is None:
        return _uncheckable(claim, claim.note or "the text does not say what this is a figure of")
    try:
        if claim.kind == "universal":
            return _universal(claim, parse(claim.part), survey)
        if claim.figure is None or claim.kind not in _MEASURES:
            return _uncheckable(claim, claim.note or f"there is no measure yet for a claim of the kind {claim.kind!r}")
        return _judged(claim, claim.figure, _MEASURES[claim.kind](claim, survey), survey)
    except (DateError, UsageError, UnknownNameError) as error:
        return _uncheckable(claim, str(error))


def _share(claim: Claim, survey: Survey) -> Quantity:
    if not (claim.part and claim.whole):
        raise UsageError("the text does not say what this is a share of")
    return measures.share(parse(claim.part), parse(claim.whole), survey)


def _one(measure: Callable[[Territory, Survey], Quantity]) -> Callable[[Claim, Survey], Quantity]:
    """A measure of the part alone, as a measure of a claim."""
    return lambda claim, survey: measure(parse(claim.part or ""), survey)


_MEASURES: dict[str, Callable[[Claim, Survey], Quantity]] = {
    "share": _share,
    "area": _one(measures.area),
    "length": _one(measures.length),
    "width": _one(measures.width),
}


def _judged(claim: Claim, figure: Figure, measured: Quantity, survey: Survey) -> Checked:
    """The verdict on a figure, from two intervals and the definitions between them."""
    told = _told_twice(claim, rules())
    why = [f"{_measured_sentence(measured)}; {quoted_text(figure)}."]
    figure = _in_unit(figure, measured.unit)
    verdict = _plain_verdict(figure, measured)
    if verdict in ("overstated", "understated"):
        others = _other_definitions(claim, survey)
        fitting = [sentence for sentence, other in others if _meets(figure, other.interval)]
        if fitting:
            why.append(f"It would hold if {fitting[0]}.")
        elif _beyond(figure, [measured, *(other for _, other in others)], rules().wrong_beyond):
            verdict = "wrong"
            why.append("No definition in use explains the difference.")
    if claim.note:
        why.append(f"{claim.note[0].upper()}{claim.note[1:].rstrip('.')}.")
    return Checked(claim, verdict, " ".join([*why, *told]), measured)


def _plain_verdict(figure: Figure, measured: Quantity) -> Verdict:
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


def _in_unit(figure: Figure, unit: str) -> Figure:
    """A figure in the unit of a measure; raises :class:`UsageError` where the two are no one kind of thing."""
    converted = figure.to(unit)
    if converted.unit != unit:
        raise UsageError(f"a figure in {figure.unit} cannot be held against a measure in {unit}")
    return converted


def _meets(figure: Figure, found: Interval) -> bool:
    """Whether another definition's interval makes the figure true."""
    if figure.bound == "min":
        return found.high >= figure.value
    if figure.bound == "max":
        return found.low <= figure.value
    return Interval(figure.low, figure.high).overlaps(found)


def _half_digit(figure: Figure) -> float:
    """Half a step of the last digit printed, in the figure's contract unit."""
    if not figure.printed:
        return 0.0
    text = f"{figure.printed:g}"
    decimals = len(text.partition(".")[2])
    return 0.5 * float(10**-decimals) * abs(figure.value / figure.printed)


def _beyond(figure: Figure, quantities: list[Quantity], allowed: float) -> bool:
    """Whether a figure misses every quantity by more than the allowed share of the first one's value."""
    hull = quantities[0].interval
    for quantity in quantities[1:]:
        hull = hull.hull(quantity.interval)
    gap = max(hull.low - figure.high, figure.low - hull.high)
    return gap > allowed * abs(quantities[0].value)


def _other_definitions(claim: Claim, survey: Survey) -> list[tuple[str, Quantity]]:
    """The same claim measured by the other definitions that apply to it."""
    found = []
    for definition in rules().definitions:
        part, whole = definition.applied(claim.part or "", claim.whole)
        if f'controlled("{definition.applies_to}")' not in part or claim.kind not in ("share", "area"):
            continue
        try:
            found.append((definition.sentence, _MEASURES[claim.kind](replace(claim, part=part, whole=whole), survey)))
        except ContactlineError:
            continue  # a definition that cannot be measured on this date explains nothing
    return found


def _told_twice(claim: Claim, rule: Rules) -> list[str]:
    """What the article's own other numbers for the same fact say."""
    if claim.figure is None:
        return []
    return [
        f"The article itself also says {other.text!r}, which {'agrees' if agree else 'disagrees'}."
        for other in _comparable(claim)
        for agree in [_agree(claim.figure, other, rule.same_within)]
    ]


def _comparable(claim: Claim) -> list[Figure]:
    """The other figures of a claim that are of its kind: a share says nothing against an area."""
    if claim.figure is None:
        return []
    return [other for other in claim.others if other.to(claim.figure.unit).unit == claim.figure.unit]


def _agree(one: Figure, other: Figure, within: float) -> bool:
    """Whether two figures of one kind can be the same fact.

    Rounding, or the looseness of common conversions, may part them; a bound is kept by whatever lies beyond it.
    """
    other = other.to(one.unit)
    margin = within * max(abs(one.value), abs(other.value))
    apart = other.value - one.value
    too_low = apart < -margin and one.bound != "max" and other.bound != "min"
    too_high = apart > margin and one.bound != "min" and other.bound != "max"
    return not (too_low or too_high)


def _conversion(claim: Claim) -> Checked:
    """Both halves of a conversion against each other."""
    if claim.figure is None or not claim.others:
        return _uncheckable(claim, "only one half of the conversion can be read")
    first, second = claim.figure, claim.others[0].to(claim.figure.unit)
    off = 100 * (second.value - first.value) / first.value if first.value else 0.0
    sentence = (
        f"{first.text!r} is {amount(first.value, first.unit)}, {second.text!r} is {amount(second.value, second.unit)}"
    )
    if _agree(first, second, rules().same_within):
        return Checked(claim, "holds", f"{sentence}: {off:+.1f} %, within rounding.")
    return Checked(claim, "inconsistent", f"{sentence}: {off:+.1f} %, more than rounding explains.")


def _universal(claim: Claim, group: Territory, survey: Survey) -> Checked:
    """*Does not fully control any of*, *controls all of*, *none of*: the share held of each member of the group."""
    side = nodes.Controlled(claim.actor or "russia")
    shares = [(member, measures.share(side & member, member, survey)) for member in nodes.members(group)]
    against, sentence = _contradicting(claim.predicate, shares)
    listed = "; ".join(f"{_called(member)} {interval_text(held)}" for member, held in shares)
    source = shares[0][1].basis.sources[0]
    largest = max((held for _, held in shares), key=lambda held: held.value)
    why = f"Held by {side.side.title()} on {source.snapshot} ({source.name}): {listed}."
    if claim.note:
        why += f" {claim.note[0].upper()}{claim.note[1:].rstrip('.')}."
    if against:
        return Checked(claim, "wrong", f"{plural_list([_called(m) for m in against])}: {sentence}. {why}", largest)
    return Checked(claim, "holds", why, largest)


def _contradicting(predicate: str, shares: list[tuple[Territory, Quantity]]) -> tuple[list[Territory], str]:
    """The members of a group that contradict what is said of all of them, and how they do."""
    if predicate == "all-held":
        return [m for m, held in shares if held.high < FULL_PERCENT], "not held in full"
    if predicate == "none-held":
        return [m for m, held in shares if held.low > 100 - FULL_PERCENT], "held in part"
    return [m for m, held in shares if held.low >= FULL_PERCENT], "held in full"


def _called(territory: Territory) -> str:
    return getattr(territory, "name", str(territory))


def _measured_sentence(measured: Quantity) -> str:
    source = measured.basis.sources[0]
    whole = f" of {measured.basis.whole_km2:,.0f} km²" if measured.basis.whole_km2 else ""
    state = f", state of {source.snapshot}" if source.snapshot else ""
    return f"Measured {interval_text(measured)}{whole} as of {measured.basis.as_of} ({source.name}{state})"


def _uncheckable(claim: Claim, why: str) -> Checked:
    sentence = why[:1].upper() + why[1:].rstrip(".") + "."
    told = _told_twice(claim, rules())
    figure, within = claim.figure, rules().same_within
    disagreeing = figure and any(not _agree(figure, other, within) for other in _comparable(claim))
    return Checked(claim, "inconsistent" if disagreeing else "not checkable", " ".join([sentence, *told]))
