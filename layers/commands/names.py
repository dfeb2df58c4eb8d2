"""``resolve`` and ``territories``: what a phrase means, and which names are known."""

from __future__ import annotations

from typing import Annotated

import typer

from layers.commands.dating import looked_at
from layers.commands.options import At, Boundaries, Controls, Json, print_json, say, spoken, survey_of

app = typer.Typer()
Phrase = Annotated[
    str,
    typer.Argument(metavar="PHRASE", callback=spoken, help="Words as an article has them, or an expression."),
]


@app.command(
    short_help="Say which territory a phrase means.",
    epilog='Example: contactline resolve "left bank of the Dnipro in Kherson oblast"',
)
def resolve(
    phrase: Phrase,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Say which territory a phrase means, and what it is on the ground."""
    from geo.reading.lexicon import Lexicon
    from geo.resolve import drawable
    from geo.resolve import resolve as resolved
    from layers import tables

    survey = survey_of(at, control, boundaries)
    entry = Lexicon.embedded().lookup(phrase)
    if entry is not None and not drawable(entry, survey.atlas):
        document = tables.without_geometry(phrase, entry, survey)
    else:
        found = resolved(phrase, survey.atlas)
        proposed = found.entry is not None and found.entry.scenario is not None
        survey = looked_at(survey, at, found.territory, needed=not proposed)
        document = tables.resolution(found, survey)
    if as_json:
        print_json(document)
    else:
        tables.show(tables.resolution_text(document))


@app.command(
    short_help="List the territories known by name.", epilog="Example: contactline territories kherson --at 2025-01-20"
)
def territories(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Part of a name; all are listed without it.")] = "",
    at: At = None,
    control: Controls = None,
    as_json: Json = False,
) -> None:
    """List the territories known by name: size, dates, source, spellings. --at measures the dated ones too."""
    from geo.reading.lexicon import Lexicon
    from layers import listing, tables

    survey = survey_of(at, control)
    found = listing.matching(Lexicon.embedded(), query)
    if not found:
        near = Lexicon.embedded().nearest(query)
        say(f"No known name contains {query!r}." + (f" The nearest are: {', '.join(near)}." if near else ""))
    dated = at is not None
    if as_json:
        rows = [listing.entry(e, survey, dated=dated) for e in found]
        print_json({"schema": "contactline/territories/1", "territories": rows})
    elif found:
        tables.show(listing.entries(found, survey, dated=dated))
