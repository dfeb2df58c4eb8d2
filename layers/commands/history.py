"""``history``: a territory on every day a control source speaks of, as a table, a file or a picture."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layers.commands.options import Boundaries, Expression, Force, Json, print_json, say
from layers.commands.options import _day as day

if TYPE_CHECKING:
    from rich.console import RenderableType

    from geo.history import History

app = typer.Typer()


@app.command(
    epilog="Example: contactline history 'controlled(\"russia\")' --by oblasts --from 2024-07-08 -o outputs/held.csv"
)
def history(
    expression: Expression,
    of: Annotated[str | None, typer.Option("--of", metavar="EXPRESSION", help="The whole, for shares of it.")] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="GROUP",
            help='A series for each member: "oblasts", or a group by name ("the four oblasts").',
        ),
    ] = None,
    first: Annotated[
        date | None,
        typer.Option("--from", parser=day, metavar="DATE", help="The first day; the source's own, if left out."),
    ] = None,
    last: Annotated[
        date | None,
        typer.Option("--to", parser=day, metavar="DATE", help="The last day; the source's own, if left out."),
    ] = None,
    control: Annotated[
        str | None,
        typer.Option("--control", metavar="NAME|PATH", help="The control source; the embedded table, if left out."),
    ] = None,
    boundaries: Boundaries = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A file to write: .csv, .parquet, .png or .html."),
    ] = None,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """Follow a territory through time: its area, share or length on every day, what was gained, lost and redrawn."""
    from geo.algebra.evaluate import World
    from geo.atlas import Atlas, embedded
    from geo.atlas.control import DEFAULT, control_source
    from geo.history import history as measured
    from geo.history import members_named
    from geo.resolve import territory
    from layers import series, tables

    atlas = Atlas(boundaries) if boundaries else embedded()
    source = control_source(control or DEFAULT, atlas)
    found = measured(
        territory(expression, atlas),
        World(atlas, first or source.first, source),
        last or source.last,
        whole=territory(of, atlas) if of else None,
        by=members_named(by, atlas),
        progress=_watched,
    )
    _say_gaps(found)
    if output:
        say(f"History written to {series.write(found, output, force=force)}")
    if as_json:
        print_json(found.document())
    elif not output:
        tables.show(_table(found))


def _watched(rows: Iterable[Any], count: int) -> Iterable[Any]:
    """The rows as they come, with a bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import track

    return track(rows, "measuring", total=count, console=Console(stderr=True), transient=True)


def _say_gaps(found: History) -> None:
    """Say which days are missing; the document lists them all."""
    if found.gaps:
        missing = sum(gap.days for gap in found.gaps)
        runs = [str(gap.first) if gap.days == 1 else f"{gap.first} to {gap.last}" for gap in found.gaps]
        more = f" and {len(runs) - _GAPS_SAID} more runs" if len(runs) > _GAPS_SAID else ""
        say(f"{missing} days have no state and are left out: {', '.join(runs[:_GAPS_SAID])}{more}.")


_GAPS_SAID = 6


def _table(found: History) -> RenderableType:
    """A row a series: first and last value, what changed between them, and when it was highest."""
    from rich.markup import escape
    from rich.table import Table

    from geo.wording import amount

    days = [point.date for point in found.points]
    table = Table(
        box=None,
        title=escape(f"{found.territory}{f' of {found.whole}' if found.whole else ''}"),
        title_justify="left",
        caption_justify="left",
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    changes = ("gained", "lost", "redrawn") if found.unit == "km2" else ()
    for name in ("series", str(min(days)), str(max(days)), *changes, "highest", "on"):
        table.add_column(name, overflow="fold", header_style="bold", justify="left" if name == "series" else "right")
    for key in found.keys:
        points = [point for point in found.points if point.key == key]
        top = max(points, key=lambda point: (point.value, -point.date.toordinal()))
        sums = [sum(getattr(point, name) or 0.0 for point in points) for name in changes]
        table.add_row(
            escape(key),
            amount(points[0].value, found.unit),
            amount(points[-1].value, found.unit),
            *(f"{km2:,.1f}" for km2 in sums),
            amount(top.value, found.unit),
            str(top.date),
        )
    basis = found.basis()
    source = basis["sources"][0]
    table.caption = escape(
        "\n".join([f"{source['title']}: {source['states']} states; {basis['method']}", *basis["notes"]])
    )
    return table
