"""``check``: an article's claims, measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import UsageError
from layers.commands.options import At, Boundaries, Controls, Force, Json, print_json, survey_of
from layers.commands.subject import articles_named, report_page, say_date, write_page

app = typer.Typer()
FAIL_ON_EXIT = 10


@app.command(epilog="Example: contactline check article.txt --at 2025-01-20 --html outputs/article.html")
def check(
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ARTICLE...", help="Text, HTML or PDF files, or - for standard input.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="SENTENCE", help="A sentence as it stands, instead of a file.")
    ] = None,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write an interactive map with the claims beside it."),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", metavar="VERDICT", help="Exit with 10 where a claim has this verdict; repeatable."),
    ] = None,
    force: Force = False,
) -> None:
    """Check every territorial figure an article quotes, and say what is measured instead."""
    from geo.check import check_article, document
    from geo.verdict import VERDICTS
    from layers import tables

    unknown = set(fail_on or ()) - set(VERDICTS)
    if unknown:
        raise UsageError(f"--fail-on takes one of: {', '.join(VERDICTS)}; not {', '.join(sorted(unknown))}.")
    loaded = articles_named(articles, text)
    if html and len(loaded) > 1:
        raise UsageError("--html draws one article: check them one by one, or leave it out.")
    survey = survey_of(at, control, boundaries)
    reports = [check_article(article, survey.atlas, survey.controls, at, date.today()) for article in loaded]
    result = document(reports)
    for report in reports:
        say_date(report)
    if as_json:
        print_json(result)
    else:
        for report in reports:
            tables.show(tables.claims(report))
    if html:
        write_page(report_page(reports[0], survey, result), html, force=force, out=not as_json)
    if any(checked.verdict in (fail_on or ()) for report in reports for checked in report.checked):
        raise typer.Exit(FAIL_ON_EXIT)
