"""``resolve`` and ``territories``: what a phrase means, and which names are known."""

from __future__ import annotations

from typing import Annotated

import typer

from layers.commands.options import At, Boundaries, Controls, Json, print_json, survey_of

app = typer.Typer()


@app.command(epilog='Example: contactline resolve "left bank of the Dnipro in Kherson oblast"')
def resolve(
    phrase: str, at: At = None, control: Controls = None, boundaries: Boundaries = None, as_json: Json = False
) -> None:
    """Say which territory a phrase means, and what it is on the ground."""
    from geo.resolve import resolve as resolved
    from layers import tables

    survey = survey_of(at, control, boundaries)
    document = tables.resolution(resolved(phrase, survey.atlas), survey)
    if as_json:
        print_json(document)
    else:
        tables.show(tables.resolution_text(document))


@app.command(epilog="Example: contactline territories kherson")
def territories(
    query: Annotated[str, typer.Argument(help="Part of a name; all are listed without it.")] = "", as_json: Json = False
) -> None:
    """List the territories known by name, with their spellings and expressions."""
    from geo.reading.lexicon import Lexicon
    from layers import tables

    found = tables.matching(Lexicon.embedded(), query)
    if as_json:
        print_json({"schema": "contactline/territories/1", "territories": [tables.entry(e) for e in found]})
    else:
        tables.show(tables.entries(found))
