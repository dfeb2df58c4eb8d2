"""What the commands share: their options, and how they speak to standard output and standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.days import day
from geo.errors import InputError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from geo.atlas.atlas import Atlas
    from geo.atlas.control.types import ControlSource
    from geo.survey import Survey


def _day(text: str) -> date:
    """The day of an option; raises what makes a command end with usage, and why."""
    try:
        return day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def spoken(words: str) -> str:
    """The words of an argument; refuses none at all, and more than anybody would type."""
    if not words.strip():
        raise typer.BadParameter('it is empty: give a name or an expression, e.g. "Kherson"')
    if len(words) > LONGEST:
        raise typer.BadParameter(f"it has {len(words):,} letters; {LONGEST:,} are the most that are read")
    return words


def control_names() -> list[str]:
    """The control sources a shell can complete: the table that ships and what was imported."""
    from geo.atlas.control import DEFAULT
    from geo.atlas.control.store import stored_names

    return [DEFAULT, *stored_names()]


LONGEST = 20_000
"""Letters of an expression or a phrase."""

At = Annotated[
    date | None,
    typer.Option(
        "--at",
        parser=_day,
        metavar="DATE",
        help="The day to look at, YYYY-MM-DD; if left out the article's own, the latest in an expression, or today.",
    ),
]
Controls = Annotated[
    list[str] | None,
    typer.Option(
        "--control",
        metavar="NAME|PATH",
        autocompletion=control_names,
        help="A control source, by name or as a file or folder; the embedded table, if left out. Repeat it for "
        "several: the interval then spans them.",
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
    str,
    typer.Argument(metavar="EXPRESSION", callback=spoken, help='A known name ("Kursk incursion") or an expression.'),
]


def survey_of(at: date | None, controls: Sequence[str] | None, boundaries: Path | None = None) -> Survey:
    """The survey a command's options ask for: what is embedded, and today, where they are silent."""
    from geo.atlas.control import DEFAULT
    from geo.survey import Survey

    atlas = atlas_of(boundaries)
    sources = tuple(source_of(spec, atlas) for spec in dict.fromkeys(controls or [DEFAULT]))
    return Survey(atlas, at or date.today(), sources)


def atlas_of(boundaries: Path | None) -> Atlas:
    """The embedded boundaries, or those of a folder; raises :class:`InputError` where there is no such folder."""
    from geo.atlas import Atlas, embedded

    if boundaries is None:
        return embedded()
    if not boundaries.is_dir():
        raise InputError(f"--boundaries {boundaries}: no such folder. Give one with files as in data/boundaries.")
    return Atlas(boundaries)


def source_of(spec: str, atlas: Atlas) -> ControlSource:
    """The control source an option names; raises as ``control_source`` does, and for what the system cannot open."""
    from geo.atlas.control import control_source

    if not spec.strip():
        raise UsageError("--control has no name: give that of a source (contactline control list) or a path.")
    try:
        return control_source(spec, atlas)
    except UnknownNameError as error:
        raise (_to_be_pulled(spec) or error) from error
    except (OSError, ValueError) as error:
        if isinstance(error, InputError | UsageError):
            raise
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise InputError(f"--control {spec}: cannot be read ({reason}). Give control data.") from error


def _to_be_pulled(spec: str) -> UnknownNameError | None:
    """What is said of a name that is that of a published source, or begins one, and was not fetched yet."""
    from geo.atlas.pull import addresses

    wanted = spec.strip().casefold()
    near = [name for name in addresses() if name.startswith(wanted) or wanted.startswith(name)] if wanted else []
    if not near:
        return None
    return UnknownNameError(f"{spec!r} is not on this machine. It is fetched by contactline control pull {near[0]}.")


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output; letters that its encoding does not have are escaped."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(document, ensure_ascii=plain, indent=2))


def say(words: str) -> None:
    """Words go to standard error; standard output is for data."""
    typer.echo(words, err=True)


@contextmanager
def watched(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while something long goes on, by calls with done and of; nothing where no terminal is."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life on standard error during what cannot count itself; nothing where no terminal is."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield
