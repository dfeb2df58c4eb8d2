"""What the commands share: their options, and how they speak to standard output and standard error."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from geo.survey import Survey


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a date: write YYYY-MM-DD, e.g. 2025-01-20") from error


At = Annotated[
    date | None, typer.Option("--at", parser=_day, metavar="DATE", help="The date the world is looked at, YYYY-MM-DD.")
]
Controls = Annotated[
    list[str] | None,
    typer.Option(
        "--control", metavar="NAME|PATH", help="A control source; repeat it for several, which make the interval."
    ),
]
Boundaries = Annotated[
    Path | None,
    typer.Option("--boundaries", metavar="PATH", help="A folder of boundary files instead of the embedded ones."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file that contactline did not make.")]
First = Annotated[
    date | None,
    typer.Option(
        "--from", parser=_day, metavar="DATE", help="Where the map's time slider begins; else a year before its date."
    ),
]
Last = Annotated[
    date | None,
    typer.Option("--to", parser=_day, metavar="DATE", help="Where it ends; else a year after its date."),
]
TileName = Annotated[
    str | None,
    typer.Option(
        "--tiles", metavar="NAME", help="Online tiles by their xyzservices name; only then does a map send requests."
    ),
]
Expression = Annotated[
    str, typer.Argument(metavar="EXPRESSION", help='A known name ("Kursk incursion") or an expression.')
]


def survey_of(at: date | None, controls: Sequence[str] | None, boundaries: Path | None = None) -> Survey:
    """The survey a command's options ask for: what is embedded, and today, where they are silent."""
    from geo.atlas import Atlas, embedded
    from geo.atlas.control import DEFAULT, control_source
    from geo.survey import Survey

    atlas = Atlas(boundaries) if boundaries else embedded()
    sources = tuple(control_source(spec, atlas) for spec in controls or [DEFAULT])
    return Survey(atlas, at or date.today(), sources)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def say(words: str) -> None:
    """Words go to standard error; standard output is for data."""
    typer.echo(words, err=True)
