"""``area``, ``length`` and ``share``: one territory, one number with its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import ContactlineError, UsageError
from layers.commands.dating import beyond, looked_at, remedy
from layers.commands.options import At, Boundaries, Controls, Expression, Force, Json, print_json, say, survey_of
from layers.commands.subject import check_output

if TYPE_CHECKING:
    from geo.algebra.evaluate import World
    from geo.algebra.nodes import Territory
    from geo.quantity import Quantity
    from geo.resolve import Resolved
    from geo.survey import Survey
    from geo.zone import Zone

    Measure = Callable[[Territory, Survey], Quantity]

app = typer.Typer()


@app.command(
    short_help="Measure an area in km².",
    epilog='Example: contactline area \'bank("dnipro", "right") & oblast("Kherson")\'',
)
def area(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure the area of a territory in km², with the interval its sources and definitions leave."""
    from geo import survey as measures

    _measure(expression, measures.area, survey_of(at, control, boundaries), at, as_json)


@app.command(
    short_help="Measure the length of a line in km.",
    epilog="Example: contactline length 'line(\"contact\")' --at 2025-01-20",
)
def length(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure the length of a line in km, with the interval that smoothing and sources leave."""
    from geo import survey as measures

    _measure(expression, measures.length, survey_of(at, control, boundaries), at, as_json)


@app.command(
    short_help="Measure a share of a whole in percent.",
    epilog='Example: contactline share \'controlled("russia") & country("ukraine")\' --of ukraine --at 2025-01-20',
)
def share(
    expression: Expression,
    of: Annotated[str, typer.Option("--of", metavar="EXPRESSION", help="The whole: a name or an expression.")],
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure a territory as a share of another: part and whole count the same waters."""
    from geo import survey as measures
    from geo.resolve import territory

    survey = survey_of(at, control, boundaries)
    whole = territory(of, survey.atlas)
    _measure(expression, lambda part, on: measures.share(part, whole, on), survey, at, as_json, whole)


@app.command(
    short_help="Lay a zone out by unit and by holder.",
    epilog='Example: contactline zone \'band(line("contact"), "15 km")\' --at 2025-05-06',
)
def zone(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="A file to write: .csv for a row a unit and holder, .json, or any ending of layers, cut the same way.",
        ),
    ] = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """Lay a zone out: its area by unit and by who holds it, its line, the settlements in it and the people listed."""
    from geo import survey as measures
    from geo.resolve import resolve
    from geo.zone import zone as laid_out
    from layers import tables, zones

    if output:
        from layers.zonefiles import ENDINGS

        check_output(output, ENDINGS, force=force)
    survey = survey_of(at, control, boundaries)
    asked = resolve(expression, survey.atlas)
    part = asked.territory
    survey = looked_at(survey, at, part)
    world = _held_world(part, survey, at)
    found = laid_out(part, world)
    whole = _compared(measures.area, part, survey, measures.area(part, survey))
    if output:
        typer.echo(str(_saved(found, whole, asked, world, output, force=force)))
    if as_json:
        print_json({**found.to_dict(), "quantity": whole.to_dict()})
    elif not output:
        tables.show(zones.table(found, whole), tables.notes(whole))


def _saved(found: Zone, whole: Quantity, asked: Resolved, world: World, path: Path, *, force: bool) -> Path:
    """The path of the file a zone was written to, with what its format cannot hold said."""
    from geo.algebra import nodes
    from layers.files import LIMITS
    from layers.origin import origin
    from layers.wanted import called
    from layers.zonefiles import save

    sources = (world.control,) if world.control else ()
    held = (nodes.Controlled("russia"),) if sources else ()
    cut = nodes.either([asked.territory, *held, nodes.Country("ukraine")])  # whose holders and units it is cut by
    credit = origin(cut, sources, world.atlas)
    written = save(found, whole, called(asked), credit, path, force=force)
    if (limit := LIMITS.get(path.suffix.lower())) and path.suffix.lower() != ".csv":
        say(limit)
    return written


def _held_world(part: Territory, survey: Survey, at: date | None) -> World:
    """The world to lay a zone out in: with its holders by the first source, where one covers the date."""
    from geo.algebra import nodes

    world, source = survey.worlds(part)[0], survey.covering[0]
    if world.control is None and source.first <= survey.at <= source.last:
        return survey.worlds(nodes.ContactLine())[0]
    if world.control is None:
        words = beyond(survey.at, survey.controls, "the day asked for" if at else "today")
        say(f"Who holds what is not stated: {words}. {remedy(survey.controls)}")
    return world


def _measure(
    expression: str, measure: Measure, survey: Survey, at: date | None, as_json: bool, whole: Territory | None = None
) -> None:
    from geo.resolve import territory
    from layers import tables

    part = territory(expression, survey.atlas)
    survey = looked_at(survey, at, part, *((whole,) if whole else ()))
    quantity = measure(part, survey)
    _refuse_pointless(quantity, part, survey)
    quantity = _compared(measure, part, survey, quantity)
    if as_json:
        print_json({"schema": "contactline/measure/1", "expression": str(part), "quantity": quantity.to_dict()})
    else:
        tables.show(tables.quantity(quantity))


def _refuse_pointless(quantity: Quantity, part: Territory, survey: Survey) -> None:
    """Raises :class:`UsageError` for the area or share of what can have none: a line, or a point."""
    from geo.algebra.evaluate import evaluate

    if quantity.high > 0 or quantity.unit == "km":
        return
    shape = evaluate(part, survey.worlds(part)[0]).geometry
    if not shape.is_empty and shape.area == 0:
        kind = "line" if shape.length else "point"
        raise UsageError(f"{part} is a {kind} and has no area. Ask for its unit, a band around it, or its length.")


def _compared(measure: Measure, part: Territory, survey: Survey, quantity: Quantity) -> Quantity:
    """The quantity with a note for every two sources whose own intervals do not meet; said on standard error too."""
    if len(survey.covering) < 2 or len({source.name for source in quantity.basis.sources}) < 2:
        return quantity
    sentences = _disagreements(measure, part, survey)
    for sentence in sentences:
        say(f"Warning: {sentence}")
    notes = (*quantity.basis.notes, *sentences)
    return replace(quantity, basis=replace(quantity.basis, notes=notes))


def _disagreements(measure: Measure, part: Territory, survey: Survey) -> tuple[str, ...]:
    """A sentence for every two sources whose own intervals do not meet, the widest gap first."""
    from itertools import combinations

    from geo.wording import amount, interval_text

    own: list[tuple[str, Quantity]] = []
    for source in survey.covering:
        try:
            own.append((source.name, measure(part, replace(survey, controls=(source,)))))
        except ContactlineError:  # what one source cannot measure has been said by the measure of all
            continue
    apart = [
        (abs(a.value - b.value), f"{one} says {interval_text(a)}, {other} {interval_text(b)}", a.unit)
        for (one, a), (other, b) in combinations(own, 2)
        if not a.interval.overlaps(b.interval)
    ]
    return tuple(
        f"{words}: {amount(gap, unit).replace('%', 'points')} apart, outside each other's intervals."
        for gap, words, unit in sorted(apart, reverse=True)
    )
