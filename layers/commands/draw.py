"""``map`` and ``layers``: territories drawn, or written for a GIS."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import UsageError
from layers.commands.options import At, Boundaries, Controls, First, Force, Last, TileName, say, working
from layers.commands.picture import PICTURES, Size, save_picture, sheet
from layers.commands.subject import (
    PAGES,
    check_output,
    report_page,
    things_named,
    unknown_ground,
    wishes_of,
    with_statements,
    write_page,
)

app = typer.Typer()


@app.command(
    "map",
    short_help="Draw a map, as a page or for print.",
    epilog='Example: contactline map \'band(line("contact"), "15 km")\' --at 2025-01-20 -o outputs/band.html',
)
def map_(
    things: Annotated[
        list[str], typer.Argument(metavar="ARTICLE|EXPRESSION...", help="An article, known names, or expressions.")
    ],
    at: At = None,
    control: Controls = None,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where the map goes: .html to explore, .svg, .pdf or .png to print."
        ),
    ] = Path("outputs/map.html"),
    size: Size = "page",
    first: First = None,
    last: Last = None,
    tiles: TileName = None,
    boundaries: Boundaries = None,
    force: Force = False,
) -> None:
    """Draw a map of an article or of territories: interactive, one file that needs no network, or for print."""
    from layers import compose
    from layers.naming import headline

    check_output(output, (*PAGES, *PICTURES), force=force)
    wishes, paper = wishes_of(first, last, tiles), sheet(size)
    survey, report, result, named = things_named(things, at, control, boundaries)
    if output.suffix.lower() in PICTURES:
        from layers.pictures.compose import territory_map

        title = headline(report.article) if report else ", ".join(n.title for n in named)
        with working("drawing the map"):
            figure, missing = territory_map(title, named, survey, paper, report)
        save_picture(figure, output, (*missing, *unknown_ground(survey)), force=force)
        return
    with working("drawing the map"):
        if report:
            page = report_page(report, survey, result, wishes)
        else:
            origin = "option" if at or survey.at != date.today() else "today"
            page = compose.page(", ".join(n.title for n in named), named, survey, origin, None, {}, wishes)
            page = with_statements(page, unknown_ground(survey))
    write_page(page, output, force=force, out=True)


@app.command(
    short_help="Write layers for a GIS or a report.",
    epilog="Example: contactline layers article.txt --at 2025-01-20 -o outputs/article.gpkg",
)
def layers(
    things: Annotated[
        list[str], typer.Argument(metavar="ARTICLE|EXPRESSION...", help="An article, known names, or expressions.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where the layers go; the ending says the format: .gpkg, .geojson, .fgb, .parquet, .kml, .kmz, "
            ".topojson, .csv, or .zip for shapefiles.",
        ),
    ],
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    datapackage: Annotated[
        bool, typer.Option("--datapackage", help="Also write what the file holds, and whose it is, beside it.")
    ] = False,
    force: Force = False,
) -> None:
    """Write the territories of an article, or of expressions, as layers for a GIS or a report."""
    from layers import compose
    from layers.files import LIMITS, WRITERS, write
    from layers.files.datapackage import beside, describe
    from layers.files.guard import check_place

    check_output(output, tuple(WRITERS), force=force)
    if datapackage:
        check_place(beside(output), force=force)
    survey, report, _, named = things_named(things, at, control, boundaries)
    extra = compose.front(survey) if report else ()
    made, missing = compose.drawn(compose.not_among(named, extra), survey, shown=True)
    for sentence in (*missing, *unknown_ground(survey)):
        say(sentence)
    if not made and not extra:
        raise UsageError(f"There is nothing to write: none of this has an extent on {survey.at}. Try another --at.")
    for path in write((*extra, *made), output, force=force):
        typer.echo(str(path))
    if limit := LIMITS.get(output.suffix.lower()):
        say(limit)
    if datapackage:
        typer.echo(str(describe((*extra, *made), output, force=force)))
