"""A quoted figure against the measured one: the verdict and, in a sentence, why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from geo import agreement, statements
from geo import survey as measures
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas.control.settlements import Settlements
from geo.claimed import MEASURES, other_definitions
from geo.definitions import rules
from geo.errors import DateError, UnknownNameError, UsageError
from geo.intervals import Verdict, gap, in_unit, meets, nearest, only_by, plain_verdict, wide
from geo.quantity import Quantity, SourceValue
from geo.reading.types import Claim, Figure
from geo.showing import table
from geo.survey import Survey
from geo.wording import amount, interval_text, plural_list, quoted_text


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
        if claim.figure is None or claim.kind not in MEASURES:
            return _uncheckable(claim, claim.note or f"there is no measure yet for a claim of the kind {claim.kind!r}")
        return _judged(claim, claim.figure, MEASURES[claim.kind](claim, survey), survey)
    except (DateError, UsageError, UnknownNameError) as error:
        return _uncheckable(claim, str(error))


def _judged(claim: Claim, figure: Figure, measured: Quantity, survey: Survey) -> Checked:
    """The verdict on a figure, from two intervals and the definitions between them."""
    told = agreement.told_twice(claim)
    figure = in_unit(figure, measured.unit)
    why = [f"{_measured_sentence(measured, survey)}; {quoted_text(figure)}."]
    if _too_fine(figure, measured, survey):
        source = measured.basis.sources[0].name
        return _uncheckable(claim, f"an area of {figure.text!r} is smaller than {source} can show")
    verdict = plain_verdict(figure, measured)
    if verdict in ("overstated", "understated"):
        others: list[tuple[str, Quantity]] = []
        for sentence, other in other_definitions(claim, survey):
            if abs(other.value - figure.value) > abs(measured.value - figure.value):
                continue  # what leads away from a figure does not explain it, however wide its interval
            if meets(figure, other.interval):
                why.append(f"It would hold if {sentence}.")
                break
            others.append((sentence, other))
        else:
            if gap(figure, measured, *(other for _, other in others)) > rules().wrong_beyond * abs(measured.value):
                verdict = "wrong"
                beyond = f"{100 * rules().wrong_beyond:.0f} %"
                why.append(
                    f"It is off by more than {beyond} of what is measured, and no definition in use explains that."
                )
            elif others:
                why.append(nearest(figure, measured, others))
    elif claim.kind == "share" and (only := only_by(figure, measured)):
        why.append(only)
    why += filter(None, [wide(figure, measured, verdict)])
    if claim.note:
        why.append(f"{claim.note[0].upper()}{claim.note[1:].rstrip('.')}.")
    return Checked(claim, verdict, " ".join(filter(None, [*why, *told])), measured)


def _too_fine(figure: Figure, measured: Quantity, survey: Survey) -> bool:
    """Whether an area that somebody holds is below what a table of settlements can show, as quoted and as measured."""
    finest = rules().finest_km2
    if measured.unit != "km2" or max(figure.value, measured.high) >= finest:
        return False
    names = {control.name for control in survey.controls}
    return any(source.name in names for source in measured.basis.sources)


def _as_published(claim: Claim, figure: Figure, survey: Survey) -> Checked:
    """A figure of a territory without geometry, against what is published of it."""
    try:
        published = measures.as_published(claim.named, claim.kind, survey)
        figure = in_unit(figure, published.unit)
    except UsageError as error:
        return _uncheckable(claim, str(error))
    told = [
        f"{s.value:,g} {published.unit.replace('km2', 'km²')} ({', '.join(filter(None, (s.name, s.snapshot, s.note)))})"
        for s in published.basis.sources
    ]
    why = f"The atlas has no geometry of it; published: {'; '.join(told)}; {quoted_text(figure)}."
    return Checked(claim, plain_verdict(figure, published), why, published)


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
    elif claim.predicate == "strip" and claim.whole:
        good, sentence = agreement.strip(claim.figure, *claim.others)
        sentence += f" {_as_measured(claim.whole, survey)}"
    else:
        good, sentence = agreement.total(claim.figure, claim.others)
    return Checked(claim, "holds" if good else "inconsistent", sentence)


def _as_measured(band: str, survey: Survey) -> str:
    """What a zone of so many km would cover along the line of contact as it is known; "" where none is."""
    try:
        covered = measures.area(parse(band), survey)
    except (DateError, UsageError):
        return ""
    return f"Along the line of contact of {survey.at} a zone of that width covers {interval_text(covered)}."


def _stated(claim: Claim, part: Territory, survey: Survey) -> Checked:
    """A statement without a figure, tested on the map."""
    whole = parse(claim.whole) if claim.whole else None
    found = statements.tested(claim.predicate, claim.actor, part, whole, survey)
    note = f" {claim.note[0].upper()}{claim.note[1:].rstrip('.')}." if claim.note else ""
    kept: Verdict = "holds as rounded" if found.rounded else "holds"
    verdict: Verdict = kept if found.holds else "overstated" if found.close else "wrong"
    return Checked(claim, verdict, found.why + note, found.measured)


def _measured_sentence(measured: Quantity, survey: Survey) -> str:
    first, *others = _by_source(measured)
    whole = f" of {measured.basis.whole_km2:,.0f} km²" if measured.basis.whole_km2 else ""
    as_of = measured.basis.as_of
    states = {s.name: _state(s, as_of, survey) for s in (first, *others)}
    when = f"as of {as_of} ({first.name}{states[first.name]})"
    if measured.basis.part.startswith("peak("):  # not every basis is an expression: a distance is from one to another
        states = {s.name: f", on {s.snapshot}" for s in (first, *others)}
        when = f"at its largest up to {as_of}{states[first.name]} ({first.name})"
    told = [f"{amount(s.value, measured.unit)} by {s.name} ({states[s.name].removeprefix(', ')})" for s in others]
    also = f"; {plural_list(told)}" if told else ""
    return f"Measured {interval_text(measured)}{whole} {when}{also}"


def _state(source: SourceValue, as_of: str, survey: Survey) -> str:
    """Which day's state a value is of; the table of settlements knows every day, so an older one of it still stands."""
    if not source.snapshot:
        return ""
    daily = any(isinstance(c, Settlements) and c.name == source.name for c in survey.controls)
    if daily and _ONE_DAY(source.snapshot) and source.snapshot < as_of:
        return f", unchanged since {source.snapshot}"
    return f", state of {source.snapshot}"


_ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d").fullmatch


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
