"""``history``: a territory on every day a control source speaks of, as a table, a file or a chart."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layers.commands import picture
from layers.commands.helped import Helped
from layers.commands.options import Boundaries, Expression, Force, Json, control_names, print_json, say
from layers.commands.options import _day as day
from layers.commands.picture import PICTURES, Size

if TYPE_CHECKING:
    from rich.console import RenderableType

    from geo.algebra.evaluate import World
    from geo.algebra.nodes import Territory
    from geo.atlas.control.types import ControlSource
    from geo.history import History

app = typer.Typer()
app.add_typer(picture.app)  # the other command that draws a chart


@app.command(
    cls=Helped,
    short_help="Follow a territory through time.",
    epilog="Example: contactline history 'controlled(\"russia\")' --by oblasts --from 2024-07-08 -o outputs/held.csv",
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
        typer.Option(
            "--control",
            metavar="NAME|PATH",
            autocompletion=control_names,
            help="The control source; the embedded table, if left out.",
        ),
    ] = None,
    boundaries: Boundaries = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="A file to write: .csv, .parquet, .svg, .pdf, .png, .html."
        ),
    ] = None,
    size: Size = "page",
    datapackage: Annotated[
        bool, typer.Option("--datapackage", help="Also write beside a table what it holds, whose it is, its licence.")
    ] = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """Follow a territory through time: its area, share or length on every day, what was gained, lost and redrawn."""
    from geo.algebra.evaluate import World, evaluate
    from geo.algebra.nodes import either
    from geo.atlas import Atlas, embedded
    from geo.atlas.control import DEFAULT, control_source
    from geo.history import history as measured
    from geo.history import members_named
    from geo.resolve import resolve
    from geo.resolve import territory as territory_of
    from layers import compose, series, tables

    if output:
        _check(output, datapackage=datapackage, force=force)
    sheet = picture.sheet(size)
    atlas = Atlas(boundaries) if boundaries else embedded()
    source = control_source(control or DEFAULT, atlas)
    _refuse_outside(first, last, source)
    asked = resolve(expression, atlas)
    if not asked.territory.dated:  # it has no history; of a name that nothing carries that is said first
        evaluate(asked.territory, World(atlas, last or source.last))
    world = World(atlas, first or source.first, source)
    members = members_named(by, atlas)
    found = measured(
        asked.territory,
        world,
        last or source.last,
        whole=territory_of(of, atlas) if of else None,
        by=members,
        progress=_watched,
    )
    found = replace(found, notes=(*found.notes, *_held_by(found), *_unknown_ground(found)))
    _say_gaps(found)
    if output:
        where = asked.territory & either([unit for _, unit in members if unit]) if members else asked.territory
        _write(found, output, compose.called(asked), where, world, sheet, force=force, datapackage=datapackage)
    if as_json:
        print_json(series.document(found) | {"summary": summary(found)})
    elif not output:
        tables.show(_table(found))


def summary(found: History) -> list[dict[str, Any]]:
    """Of each series its ends, its highest day, and what was gained, lost, both together, and redrawn between them."""
    rows = []
    for key in found.keys:
        points = [point for point in found.points if point.key == key]
        top = max(points, key=lambda point: (point.value, -point.date.toordinal()))
        row: dict[str, Any] = {
            "key": key,
            "unit": found.unit,
            "from": {"date": str(points[0].date), "value": round(points[0].value, 6)},
            "to": {"date": str(points[-1].date), "value": round(points[-1].value, 6)},
            "highest": {"date": str(top.date), "value": round(top.value, 6)},
        }
        if found.unit == "km2":
            gained, lost, redrawn = (
                sum(getattr(point, name) or 0.0 for point in points) for name in ("gained", "lost", "redrawn")
            )
            changes = {"gained": gained, "lost": lost, "net": gained - lost, "redrawn": redrawn}
            row |= {f"{name}_km2": round(km2, 6) for name, km2 in changes.items()}
        rows.append(row)
    return rows


def _refuse_outside(first: date | None, last: date | None, source: ControlSource) -> None:
    """Raises :class:`DateError` for a span that lies wholly before or after what a source covers."""
    from geo.errors import DateError

    if (first and first > source.last) or (last and last < source.first):
        span = f"from {first or source.first} to {last or source.last}"
        raise DateError(f"{source.name} covers {source.first} to {source.last}, nothing {span}. Choose dates inside.")


def _check(output: Path, *, datapackage: bool, force: bool) -> None:
    """Refuses an ending nothing is written for, and a place that is taken, before anything is measured."""
    from geo.errors import UsageError
    from layers.commands.subject import check_library
    from layers.files.guard import check_place
    from layers.series import WRITERS, _ours

    endings = tuple(dict.fromkeys((*WRITERS, *PICTURES)))
    if output.suffix.lower() not in endings:
        raise UsageError(f"{output.name}: no history is written to {output.suffix!r}; known are {', '.join(endings)}.")
    if datapackage and output.suffix.lower() not in _TABLES:
        raise UsageError(f"--datapackage describes a table: write {' or '.join(_TABLES)} with it.")
    check_library(output)
    check_place(output, force=force or _ours(output))


def _write(
    found: History,
    path: Path,
    title: str,
    where: Territory,
    world: World,
    sheet: Any,
    *,
    force: bool,
    datapackage: bool,
) -> None:
    """Writes a history as its ending says, and says where, whose it is and under which licence.

    ``where`` is the territory cut to the members its series are told by: events elsewhere are none of it.
    """
    from layers import series
    from layers.files.guard import write_whole
    from layers.series_package import describe

    ending = path.suffix.lower()
    if ending in _TABLES:
        series.write(found, path, force=force)
        if datapackage:
            say(f"Described in {describe(found, path, force=force)}")
    else:
        from layers.pictures.events import events_on
        from layers.pictures.history import history_chart, history_page
        from layers.pictures.save import save

        days = [point.date for point in found.points]
        events = events_on(where, world.on(days[0]), min(days), max(days))
        if ending in PICTURES:
            save(history_chart(found, sheet, title, events), path, force=force or series._ours(path))
        else:
            write_whole(path, history_page(found, title, events), force=force)
    say(f"History written to {path}. Source: {found.control.title}; licence: {found.control.licence}.")
    for note in found.notes:
        say(note)


_TABLES = (".csv", ".parquet")


def _held_by(found: History) -> tuple[str, ...]:
    """What low and high hold and what they leave out, and where the first row's state is older than the row."""
    from layers.series import state_of

    if not any(point.low is not None for point in found.points):
        return ()
    first = found.points[0]
    state = state_of(found, first)
    older = f"The row of {first.date} is the source's state of {state}, unchanged until then."
    return (_INTERVAL, *((older,) if state != first.date else ()))


_INTERVAL = (
    "low and high hold the error measured of the source and how finely one source can tell; contested areas and other "
    "wholes are not in them: area and share count those too and may end wider."
)


def _unknown_ground(found: History) -> tuple[str, ...]:
    """What the source says of ground whose holder it does not know, on the first day of it among some of the span."""
    days = sorted({point.date for point in found.points})
    for one in days[:: max(1, len(days) // _DAYS_ASKED)]:
        state = found.control.snapshot(one)
        if any(h.cls == "unknown" and not h.geometry.is_empty for h in state.holdings):
            return tuple(f"{found.control.name}, {one}: {note}" for note in state.notes)
    return ()


_DAYS_ASKED = 24


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
    from layers.subjects import described

    days = [point.date for point in found.points]
    of = f", share of {described(found.whole)}" if found.whole else ""
    title = f"{described(found.territory)}{of}"
    table = Table(
        box=None,
        title=escape(title[:1].upper() + title[1:]),
        title_justify="left",
        caption_justify="left",
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    changes = ("gained", "lost", "net", "redrawn") if found.unit == "km2" else ()
    for name in ("series", str(min(days)), str(max(days)), *changes, "highest", "on"):
        table.add_column(name, overflow="fold", header_style="bold", justify="left" if name == "series" else "right")
    for row in summary(found):
        table.add_row(
            escape(described(found.territory) if row["key"] == str(found.territory) else row["key"]),
            amount(row["from"]["value"], found.unit),
            amount(row["to"]["value"], found.unit),
            *(f"{row[f'{name}_km2']:,.1f}" for name in changes),
            amount(row["highest"]["value"], found.unit),
            row["highest"]["date"],
        )
    basis = found.basis()
    source = basis["sources"][0]
    lines = [f"{source['title']}: {source['states']} states; {basis['method']}", f"Licence: {source['licence']}"]
    table.caption = escape("\n".join([*lines, *basis["notes"]]))
    return table
