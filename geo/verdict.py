"""A quoted figure against the measured one: the verdict and, in a sentence, why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from geo import agreement, changes, relations, statements
from geo import survey as measures
from geo.algebra import nodes
from geo.algebra.evaluate import evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.definitions import rules
from geo.errors import ContactlineError, DateError, UnknownNameError, UsageError
from geo.margins import ground_of
from geo.quantity import Interval, Quantity, SourceValue
from geo.reading.types import Claim, Figure
from geo.showing import table
from geo.survey import Survey
from geo.wording import amount, interval_text, plural_list, quoted_text

Verdict = Literal["holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable"]
VERDICTS: tuple[Verdict, ...] = (
    "holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable",
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A claim with its verdict, the measured quantity where there is one, and the reason in plain words."""

    claim: Claim
    verdict: Verdict
    why: str
    measured: Quantity | None = None

    def _repr_html_(self) -> str:
        found = interval_text(self.measured) if self.measured else "–"
        row = (" ".join(self.claim.text.split()), found, self.verdict, self.why)
        return table(self.verdict, ("figure", "measured", "verdict", "why"), [row])


def check(claim: Claim, survey: Survey) -> Checked:
    """The verdict on one claim; never raises for what a claim says, only for what the program lacks."""
    if claim.as_of:
        survey = replace(survey, at=date.fromisoformat(claim.as_of))
    if claim.kind == "conversion":
        return _conversion(claim)
    if claim.kind == "parts":
        return _parts(claim, survey)
    if claim.named and claim.figure:
        return _as_published(claim, claim.figure, survey)
    if claim.part is None:
        return _uncheckable(claim, claim.note or "the text does not say what this is a figure of")
    try:
        if claim.kind == "universal":
            return _stated(claim, parse(claim.part), survey)
        if claim.figure is None or claim.kind not in _MEASURES:
            return _uncheckable(claim, claim.note or f"there is no measure yet for a claim of the kind {claim.kind!r}")
        return _judged(claim, claim.figure, _MEASURES[claim.kind](claim, survey), survey)
    except (DateError, UsageError, UnknownNameError) as error:
        return _uncheckable(claim, str(error))


def _share(claim: Claim, survey: Survey) -> Quantity:
    if not (claim.part and claim.whole):
        raise UsageError("the text does not say what this is a share of")
    part, whole = parse(claim.part), parse(claim.whole)
    if changes.change_in(part):
        return changes.change_share(part, whole, survey)
    return measures.share(part, whole, survey)


def _distance(claim: Claim, survey: Survey) -> Quantity:
    if not (claim.part and claim.whole):
        raise UsageError("the text does not say between what this is the distance")
    return relations.distance(parse(claim.part), parse(claim.whole), survey)


def _one(measure: Callable[[Territory, Survey], Quantity]) -> Callable[[Claim, Survey], Quantity]:
    """A measure of the part alone, as a measure of a claim."""
    return lambda claim, survey: measure(parse(claim.part or ""), survey)


def _extent(territory: Territory, survey: Survey) -> Quantity:
    """The area of a territory, or of what changed hands."""
    if changes.change_in(territory):
        return changes.change(territory, survey)
    return measures.area(territory, survey)


_MEASURES: dict[str, Callable[[Claim, Survey], Quantity]] = {
    "share": _share,
    "area": _one(_extent),
    "change": _one(_extent),
    "comparison": _one(_extent),
    "rate": _one(changes.rate),
    "distance": _distance,
    "length": _one(measures.length),
    "width": _one(measures.width),
}


_BY_DEFINITION = ("share", "area", "comparison")


def _judged(claim: Claim, figure: Figure, measured: Quantity, survey: Survey) -> Checked:
    """The verdict on a figure, from two intervals and the definitions between them."""
    told = agreement.told_twice(claim)
    figure = _in_unit(figure, measured.unit)
    why = [f"{_measured_sentence(measured)}; {quoted_text(figure)}."]
    if _too_fine(figure, measured, survey):
        source = measured.basis.sources[0].name
        return _uncheckable(claim, f"an area of {figure.text!r} is smaller than {source} can show")
    verdict = _plain_verdict(figure, measured)
    if verdict in ("overstated", "understated"):
        others: list[tuple[str, Quantity]] = []
        for sentence, other in _other_definitions(claim, survey):
            if _meets(figure, other.interval):
                why.append(f"It would hold if {sentence}.")
                break
            others.append((sentence, other))
        else:
            if _gap(figure, measured, *(other for _, other in others)) > rules().wrong_beyond * abs(measured.value):
                verdict = "wrong"
                why.append("No definition in use explains the difference.")
            elif others:
                why.append(_nearest(figure, measured, others))
    elif claim.kind == "share" and (only := _only_by(figure, measured)):
        why.append(only)
    if claim.note:
        why.append(f"{claim.note[0].upper()}{claim.note[1:].rstrip('.')}.")
    return Checked(claim, verdict, " ".join(filter(None, [*why, *told])), measured)


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


def _too_fine(figure: Figure, measured: Quantity, survey: Survey) -> bool:
    """Whether an area that somebody holds is below what a table of settlements can show, as quoted and as measured."""
    finest = rules().finest_km2
    if measured.unit != "km2" or max(figure.value, measured.high) >= finest:
        return False
    names = {control.name for control in survey.controls}
    return any(source.name in names for source in measured.basis.sources)


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


def _as_published(claim: Claim, figure: Figure, survey: Survey) -> Checked:
    """A figure of a territory without geometry, against what is published of it."""
    try:
        published = measures.as_published(claim.named, claim.kind, survey)
        figure = _in_unit(figure, published.unit)
    except UsageError as error:
        return _uncheckable(claim, str(error))
    told = [
        f"{amount(s.value, published.unit)} ({', '.join(filter(None, (s.name, s.snapshot, s.note)))})"
        for s in published.basis.sources
    ]
    why = f"The atlas has no geometry of it; published: {'; '.join(told)}; {quoted_text(figure)}."
    return Checked(claim, _plain_verdict(figure, published), why, published)


def _only_by(figure: Figure, measured: Quantity) -> str:
    """Which whole a share holds by, where it does not by the first one; "" where it does."""
    first, *others = measured.basis.sources
    if _by(figure, first.value) or not first.whole:
        return ""
    fitting = {source.whole: source.value for source in others if _by(figure, source.value)}
    told = [f"{amount(value, measured.unit)} ({whole})" for whole, value in fitting.items()]
    return f"It holds by another whole only: {plural_list(told)}." if told else ""


def _by(figure: Figure, value: float) -> bool:
    """Whether a value, as fine as one source is held to be, makes a figure true."""
    floor = rules().source_floor * min(value, abs(100 - value))
    return _meets(figure, Interval(value - floor, value + floor))


def _half_digit(figure: Figure) -> float:
    """Half a step of the last digit printed, in the figure's contract unit."""
    if not figure.printed:
        return 0.0
    text = f"{figure.printed:g}"
    decimals = len(text.partition(".")[2])
    return 0.5 * float(10**-decimals) * abs(figure.value / figure.printed)


def _gap(figure: Figure, *quantities: Quantity) -> float:
    """By how much a figure, as readers take it, misses all that lies between the quantities; negative inside."""
    low, high = min(q.low for q in quantities), max(q.high for q in quantities)
    return max(low - figure.high, figure.low - high)


def _nearest(figure: Figure, measured: Quantity, others: list[tuple[str, Quantity]]) -> str:
    """The other definition that comes nearest to a figure; "" where none comes nearer than the measure itself."""
    sentence, other = min(others, key=lambda named: _gap(figure, named[1]))
    if _gap(figure, other) >= _gap(figure, measured):
        return ""
    return f"It comes nearest, at {interval_text(other)}, if {sentence}."


def _other_definitions(claim: Claim, survey: Survey) -> Iterator[tuple[str, Quantity]]:
    """The same claim measured by the other definitions that apply to it, one after the other."""
    if claim.kind == "distance":
        direct = _distance(claim, survey)
        by_road = replace(direct, high=direct.high * rules().road)
        yield "the way by road is meant, which is longer than the line through the air", by_road
        return
    ground = ground_of(parse(claim.part)) if claim.part else None
    for definition in rules().definitions:
        if f'controlled("{definition.applies_to}")' not in (claim.part or "") or claim.kind not in _BY_DEFINITION:
            continue
        if definition.asks_ground and (ground is None or not _in_ukraine(ground, survey)):
            continue
        part, whole = definition.applied(claim.part or "", claim.whole, str(ground))
        try:
            measured = _MEASURES[claim.kind](replace(claim, part=part, whole=whole), survey)
        except ContactlineError:
            continue  # a definition that cannot be measured on this date explains nothing
        yield definition.sentence, measured


def _in_ukraine(ground: Territory, survey: Survey) -> bool:
    """Whether a ground is Ukraine's or a part of it; two renderings of one border differ by a little."""
    if nodes.lies_in(ground, _UKRAINE):
        return True
    world = survey.worlds(ground)[0]
    inside = evaluate(ground & _UKRAINE, world).area_km2
    return inside >= _WITHIN * evaluate(ground, world).area_km2


_UKRAINE = nodes.Country("ukraine")
_WITHIN = 0.99


def _conversion(claim: Claim) -> Checked:
    """Both halves of a conversion against each other."""
    if claim.figure is None or not claim.others:
        return _uncheckable(claim, "only one half of the conversion can be read")
    good, sentence = agreement.conversion(claim.figure, claim.others[0])
    return Checked(claim, "holds" if good else "inconsistent", sentence)


def _parts(claim: Claim, survey: Survey) -> Checked:
    """Parts against their total, an area against the share it is said to be, a length against what has an area."""
    if claim.figure is None:
        return _uncheckable(claim, claim.note)
    if claim.predicate == "dimension":
        return Checked(claim, "inconsistent", f"{claim.figure.text!r} is a length; {claim.note}.")
    if claim.predicate == "ratio" and claim.whole:
        good, sentence = agreement.ratio(claim.figure, claim.others[0], measures.area(parse(claim.whole), survey))
    else:
        good, sentence = agreement.total(claim.figure, claim.others)
    return Checked(claim, "holds" if good else "inconsistent", sentence)


def _stated(claim: Claim, part: Territory, survey: Survey) -> Checked:
    """A statement without a figure, tested on the map."""
    whole = parse(claim.whole) if claim.whole else None
    found = statements.tested(claim.predicate, claim.actor, part, whole, survey)
    note = f" {claim.note[0].upper()}{claim.note[1:].rstrip('.')}." if claim.note else ""
    verdict: Verdict = "holds" if found.holds else "overstated" if found.close else "wrong"
    return Checked(claim, verdict, found.why + note, found.measured)


def _measured_sentence(measured: Quantity) -> str:
    first, *others = _by_source(measured)
    whole = f" of {measured.basis.whole_km2:,.0f} km²" if measured.basis.whole_km2 else ""
    state = f", state of {first.snapshot}" if first.snapshot else ""
    told = [f"{amount(s.value, measured.unit)} by {s.name} (state of {s.snapshot})" for s in others]
    also = f"; {plural_list(told)}" if told else ""
    return f"Measured {interval_text(measured)}{whole} as of {measured.basis.as_of} ({first.name}{state}){also}"


def _by_source(measured: Quantity) -> list[SourceValue]:
    """The leading value of the first source, and of each other source of control."""
    first = measured.basis.sources[0]
    leading: dict[str, SourceValue] = {}
    for source in measured.basis.sources:
        if source.classes:
            leading.setdefault(source.name, source)
    return [first, *(source for name, source in leading.items() if name != first.name)]


def _uncheckable(claim: Claim, why: str) -> Checked:
    sentence = why[:1].upper() + why[1:].rstrip(".") + "."
    told = " ".join([sentence, *agreement.told_twice(claim)])
    return Checked(claim, "inconsistent" if agreement.disagrees(claim) else "not checkable", told)
