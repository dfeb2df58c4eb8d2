"""``control``: the sources that are there, what is in one, and how to get more."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import InputError, UnknownNameError, UsageError
from layers.commands.options import Json, print_json, say, watched
from layers.commands.options import _day as day

if TYPE_CHECKING:
    from geo.atlas.control import ControlSource
    from geo.atlas.control.store import Imported
    from geo.atlas.pull import Address, Limits

app = typer.Typer(
    help="Control sources: which there are, what is in them, and how to get more.",
    epilog="Example: contactline control show settlements",
    no_args_is_help=True,
    rich_markup_mode=None,
)

As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="What to call the series from now on.")]
Replace = Annotated[bool, typer.Option("--force", help="Replace another series of that name.")]


@app.command("list", short_help="List the sources there are.", epilog="Example: contactline control list")
def list_(as_json: Json = False) -> None:
    """List the sources that ship, are imported, and can be pulled."""
    from rich.markup import escape

    from layers import sources, tables

    rows = [row | {"path": _place(row["name"]) if row["state"] in _KEPT else None} for row in sources.listing()]
    if as_json:
        print_json({"schema": "contactline/control-list/1", "sources": rows})
        return
    tables.show(sources.listing_table(rows))
    places = sorted({str(Path(row["path"]).parent) for row in rows if row["path"]})
    tables.show(*(escape(f"\nImported series lie in {place}.") for place in places))


@app.command(
    short_help="Say what a source covers, and its terms.", epilog="Example: contactline control show deepstate-daily"
)
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|PATH", help="A source by name, or a file or folder.")],
    as_json: Json = False,
) -> None:
    """Say what a source covers, what is missing in it, on what terms it is, and where it came from."""
    from rich.markup import escape

    from layers import sources, tables

    document = sources.description(name)
    if document["state"] in _KEPT:
        document["path"] = _place(document["name"])
    if as_json:
        print_json({"schema": "contactline/control-show/1", **document})
        return
    classes = {"classes": [_in_words(words) for words in document["classes"]]} if "classes" in document else {}
    tables.show(sources.description_text(document | classes))
    if path := document.get("path"):
        tables.show(escape(f"lies in  {path}, {document['bytes'] / 1e6:.2f} MB"))
        tables.show(escape(f"undo     contactline control remove {document['name']}"))


_KEPT = ("imported", "damaged")
_WORDS = {
    "assessed": "held by {side}, as assessed",
    "claimed": "claimed by {side}",
    "contested": "contested, leaning to {side}",
    "unknown": "of unknown holder, on the side of {side}",
    "liberated": "retaken by {side}",
}


def _in_words(holding: str) -> str:
    """A side and class of control ("russia: assessed") as a reader would say it."""
    side, _, cls = holding.partition(": ")
    return _WORDS[cls].format(side=side.title()) if cls in _WORDS else holding


def _place(name: str) -> str:
    from geo.atlas.control.store import path_of

    return str(path_of(name))


@app.command(
    "import",
    short_help="Keep dated files as a series.",
    epilog="Example: contactline control import path/to/deepstate-daily --as deepstate-daily",
)
def import_(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file or folder in a format that is read.")],
    name: As = None,
    force: Replace = False,
) -> None:
    """Keep a file or a folder of dated files as a series: read once, small, and quick to use by its name."""
    from geo.atlas import embedded
    from geo.atlas.control import file_source

    if not path.exists():
        raise InputError(f"{path}: no such file or folder. Give the path of what is to be imported.")
    _keep(file_source(path, embedded()), path, name, "", force)


@app.command(
    "remove",
    short_help="Remove an imported series.",
    epilog="Example: contactline control remove deepstate-daily --yes",
)
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An imported series; control list names them.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
) -> None:
    """Remove an imported series; the files it was read from stay where they are."""
    from geo.atlas.control import DEFAULT
    from geo.atlas.control.store import is_stored, path_of, stored_names

    if name == DEFAULT:
        raise UsageError(f"{name} ships with the program and stays.")
    if not is_stored(name):
        known = stored_names()
        raise UnknownNameError(f"No series is imported as {name!r}" + ("." if known else "; none is."), known)
    path = path_of(name)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"Nothing was removed: say --yes to remove {name} without being asked.")
        if not typer.confirm(f"Remove {name} ({path}, {path.stat().st_size / 1e6:.2f} MB)?", err=True):
            raise UsageError("Nothing was removed.")
    try:
        path.unlink()
    except OSError as error:
        raise InputError(f"cannot remove {path}: {error.strerror or error}.") from error
    typer.echo(f"Removed: {name} ({path})")


@app.command(
    "pull",
    short_help="Fetch a published source.",
    epilog="Example: contactline control pull deepstate-daily --from 2025-01-01 --to 2025-01-31",
)
def pull_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A source that can be pulled; control list names them.")],
    since: Annotated[
        date | None, typer.Option("--from", parser=day, metavar="DATE", help="The first day; what is new, if left out.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="DATE", help="The last day; today, if left out.")
    ] = None,
    called: As = None,
    accept: Annotated[
        bool, typer.Option("--accept-terms", help="You have read the source's terms and agree; asked once.")
    ] = False,
    force: Replace = False,
) -> None:
    """Fetch a source from its published address, and keep it as a series."""
    from geo.atlas.pull import address

    fetch(address(name), since, until, called, accept=accept, force=force)


def fetch(
    source: Address,
    since: date | None,
    until: date | None,
    name: str | None = None,
    *,
    accept: bool = False,
    force: bool = False,
    limits: Limits | None = None,
) -> None:
    """Asks for the terms, fetches what is new of a source, and keeps it under ``name``, else under its own."""
    from geo.atlas import embedded
    from geo.atlas.control import file_source
    from geo.atlas.pull import newest_known, pull

    _agree(source, accept)
    name = name or source.id
    since = since or newest_known(source, name)
    with watched(f"fetching {source.id}") as progress:
        pulled = pull(source, since, until, date.today(), limits=limits, progress=progress)
    missing = f", {len(pulled.missing)} not published" if pulled.missing else ""
    say(f"{source.id}: {pulled.fetched} files fetched, {pulled.there} already there{missing}.")
    _keep(file_source(pulled.files, embedded()), pulled.files, name, f"pull {source.id}", force)


def _keep(source: ControlSource, path: Path, name: str | None, origin: str, force: bool) -> None:
    from geo.atlas import embedded
    from geo.atlas.control.store import import_series

    with watched(f"reading {source.name}") as progress:
        kept = import_series(source, path, embedded(), name, origin=origin, force=force, progress=progress)
    typer.echo(_summary(kept))
    for line in kept.header.report:
        say(line)


def _summary(kept: Imported) -> str:
    header = kept.header
    size = kept.path.stat().st_size
    return (
        f"{header.name}: {header.days} days, {header.first} to {header.last}; {kept.read} read now; "
        f"{size / 1e6:.2f} MB, {header.bytes / size:.1f} times smaller than its files."
    )


def _agree(source: Address, accept: bool) -> None:
    """Shows the terms and asks, unless they were accepted before; raises UsageError where nobody can be asked."""
    from geo.atlas.pull import accept_terms, terms_accepted

    if terms_accepted(source):
        return
    say(f"{source.title}\n{source.terms}\nLicence: {source.licence}. In full: {source.terms_page}")
    if not accept:
        if not sys.stdin.isatty():
            raise UsageError(f"The terms of {source.id} are not accepted yet. Say --accept-terms if you agree to them.")
        if not typer.confirm("Do you agree?", err=True):
            raise UsageError(f"Nothing was fetched: the terms of {source.id} were not accepted.")
    accept_terms(source)
