"""``map`` and ``layers``: territories drawn, or written for a GIS."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.errors import UsageError
from layers.commands.options import At, Boundaries, Controls, Force, say
from layers.commands.subject import report_page, things_named, write_page

app = typer.Typer()


@app.command(
    "map", epilog='Example: contactline map \'band(line("contact"), "15 km")\' --at 2025-01-20 -o outputs/band.html'
)
def map_(
    things: Annotated[
        list[str], typer.Argument(metavar="ARTICLE|EXPRESSION...", help="An article, known names, or expressions.")
    ],
    at: At = None,
    control: Controls = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.html", help="Where the map goes.")] = Path(
        "outputs/map.html"
    ),
    boundaries: Boundaries = None,
    force: Force = False,
) -> None:
    """Draw an interactive map of an article or of territories: one file that needs no network."""
    from layers import compose

    survey, report, result, named = things_named(things, at, control, boundaries)
    if report:
        page = report_page(report, survey, result)
    else:
        origin = "option" if at else "today"
        page = compose.page(", ".join(n.title for n in named), named, survey, origin, None, {})
    write_page(page, output, force=force, out=True)


@app.command(epilog="Example: contactline layers article.txt --at 2025-01-20 -o outputs/article.gpkg")
def layers(
    things: Annotated[
        list[str], typer.Argument(metavar="ARTICLE|EXPRESSION...", help="An article, known names, or expressions.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where the layers go; the ending says the format: .gpkg, .geojson."
        ),
    ],
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    force: Force = False,
) -> None:
    """Write the territories of an article, or of expressions, as layers for a GIS or a report."""
    from layers import compose
    from layers.files import write

    survey, report, _, named = things_named(things, at, control, boundaries)
    made, missing = compose.drawn(named, survey, shown=True)
    extra = compose.front(survey) if report else ()
    for sentence in missing:
        say(sentence)
    if not made and not extra:
        raise UsageError("There is nothing to write: none of this has an extent on that date.")
    for path in write((*extra, *made), output, force=force):
        typer.echo(str(path))
