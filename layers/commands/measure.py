"""``area``, ``length`` and ``share``: one territory, one number with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from layers.commands.options import At, Boundaries, Controls, Expression, Json, print_json, survey_of

if TYPE_CHECKING:
    from geo.survey import Survey

app = typer.Typer()


@app.command(epilog='Example: contactline area \'bank("dnipro", "right") & oblast("Kherson")\'')
def area(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure the area of a territory in km², with the interval its sources and definitions leave."""
    from geo import survey as measures

    _measure(expression, measures.area, survey_of(at, control, boundaries), as_json)


@app.command(epilog="Example: contactline length 'line(\"contact\")' --at 2025-01-20")
def length(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure the length of a line in km, with the interval that smoothing and sources leave."""
    from geo import survey as measures

    _measure(expression, measures.length, survey_of(at, control, boundaries), as_json)


@app.command(
    epilog='Example: contactline share \'controlled("russia") & country("ukraine")\' --of ukraine --at 2025-01-20'
)
def share(
    expression: Expression,
    of: Annotated[str, typer.Option("--of", metavar="EXPRESSION", help="The whole.")],
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
    _measure(expression, lambda part, on: measures.share(part, whole, on), survey, as_json)


@app.command(epilog='Example: contactline zone \'band(line("contact"), "15 km")\' --at 2025-05-06')
def zone(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Lay a zone out: its area by unit and by who holds it, its line, the settlements in it and the people listed."""
    from geo import survey as measures
    from geo.resolve import territory
    from geo.zone import zone as laid_out
    from layers import tables, zones

    survey = survey_of(at, control, boundaries)
    part = territory(expression, survey.atlas)
    found, whole = laid_out(part, survey.worlds(part)[0]), measures.area(part, survey)
    if as_json:
        print_json({**found.to_dict(), "quantity": whole.to_dict()})
    else:
        tables.show(zones.table(found, whole))


def _measure(expression: str, measure: Any, survey: Survey, as_json: bool) -> None:
    from geo.resolve import territory
    from layers import tables

    part = territory(expression, survey.atlas)
    quantity = measure(part, survey)
    if as_json:
        print_json({"schema": "contactline/measure/1", "expression": str(part), "quantity": quantity.to_dict()})
    else:
        tables.show(tables.quantity(quantity))
