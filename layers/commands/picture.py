"""``chart``, and what commands that print pictures share: the sizes to choose from, and how a picture is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import UsageError
from layers.commands.helped import Helped
from layers.commands.options import At, Boundaries, Controls, Force, say, survey_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from layers.pictures.sheet import Sheet

app = typer.Typer()
PICTURES = (".svg", ".pdf", ".png")


def size_names() -> list[str]:
    """The sizes a shell can complete."""
    from layers.pictures.sheet import SIZES

    return list(SIZES)


Size = Annotated[
    str,
    typer.Option(
        "--size",
        metavar="SIZE",
        autocompletion=size_names,
        help="Of a picture: column (88 mm), page (180 mm), or card (1200 by 630 pixels).",
    ),
]


@app.command(
    cls=Helped,
    short_help="Chart an article's claims for print.",
    epilog="Example: contactline chart article.txt --at 2025-01-20 -o outputs/claims.pdf",
)
def chart(
    article: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="A text, HTML, PDF or .docx file, or - for standard input."),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where the chart goes: .svg, .pdf or .png.")
    ] = Path("outputs/claims.svg"),
    text: Annotated[
        str | None, typer.Option("--text", metavar="SENTENCE", help="A sentence as it stands, instead of a file.")
    ] = None,
    at: At = None,
    control: Controls = None,
    size: Size = "page",
    boundaries: Boundaries = None,
    force: Force = False,
) -> None:
    """Chart an article's claims for print: each quoted figure against the measured one, with both intervals."""
    from geo.check import check_article
    from geo.survey import Survey
    from layers.commands.subject import articles_named, check_output, dated, unmeasured
    from layers.naming import headline
    from layers.pictures.compose import chart_of

    check_output(output, PICTURES, force=force)
    articles = articles_named(article, text)
    if len(articles) > 1:
        raise UsageError("A chart is of one article: chart them one by one.")
    survey = survey_of(at, control, boundaries)
    report = check_article(articles[0], survey.atlas, survey.controls, at, date.today())
    for sentence in filter(None, (dated(report), unmeasured(report, survey.controls))):
        say(sentence)
    seen = Survey(survey.atlas, report.as_of, survey.controls)
    figure = chart_of(headline(report.article), report.checked, seen, sheet(size))
    save_picture(figure, output, (), force=force)


def sheet(size: str) -> Sheet:
    """The sheet of a size; raises :class:`UsageError` for a size there is none of."""
    from layers.pictures.sheet import SIZES

    if size not in SIZES:
        raise UsageError(f"--size takes one of: {', '.join(SIZES)}; not {size!r}.")
    return SIZES[size]


def save_picture(figure: Figure, path: Path, missing: Iterable[str], *, force: bool) -> None:
    """Writes a picture, says what could not be drawn, and prints its path."""
    from layers.pictures.save import save

    for sentence in missing:
        say(sentence)
    typer.echo(str(save(figure, path, force=force)))
