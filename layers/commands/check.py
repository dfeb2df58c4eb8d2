"""``check``: an article's claims, measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import UsageError
from layers.commands.options import (
    At,
    Boundaries,
    Controls,
    First,
    Force,
    Json,
    Last,
    TileName,
    print_json,
    say,
    survey_of,
)
from layers.commands.subject import PAGES, articles_named, check_output, report_page, say_date, wishes_of, write_page

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
    claimreview: Annotated[
        Path | None,
        typer.Option("--claimreview", metavar="FILE", help="Also write schema.org ClaimReview JSON-LD, one per claim."),
    ] = None,
    publisher: Annotated[
        str, typer.Option("--publisher", metavar="NAME", help="Who reviews: with --claimreview.")
    ] = "",
    publisher_url: Annotated[
        str, typer.Option("--publisher-url", metavar="URL", help="The reviewer's own page: with --claimreview.")
    ] = "",
    review_url: Annotated[
        str, typer.Option("--review-url", metavar="URL", help="The page the review stands on: with --claimreview.")
    ] = "",
    claim_author: Annotated[
        str, typer.Option("--claim-author", metavar="NAME", help="Whose claims they are: with --claimreview.")
    ] = "",
    claim_url: Annotated[
        str, typer.Option("--claim-url", metavar="URL", help="Where the claims stand, if online: with --claimreview.")
    ] = "",
    first: First = None,
    last: Last = None,
    tiles: TileName = None,
    force: Force = False,
) -> None:
    """Check every territorial figure an article quotes, and say what is measured instead."""
    from geo.check import check_article, document
    from geo.verdict import VERDICTS
    from layers import tables
    from layers.claimreview import Publication
    from layers.claimreview import document as reviews
    from layers.files.guard import write_whole

    unknown = set(fail_on or ()) - set(VERDICTS)
    if unknown:
        raise UsageError(f"--fail-on takes one of: {', '.join(VERDICTS)}; not {', '.join(sorted(unknown))}.")
    if html:
        check_output(html, PAGES, force=force)
    if not html and (first or last or tiles):
        raise UsageError("--from, --to and --tiles say how a map is drawn: give --html FILE with them.")
    told = (publisher, publisher_url, review_url, claim_author, claim_url)
    if any(told) and not claimreview:
        raise UsageError(
            "--publisher, --publisher-url, --review-url, --claim-author, --claim-url go with --claimreview."
        )
    publication = Publication(*told) if claimreview else None
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
        wishes = wishes_of(first, last, tiles)
        write_page(report_page(reports[0], survey, result, wishes), html, force=force, out=not as_json)
    if claimreview and publication:
        write_whole(claimreview, reviews(reports, publication), force=force)
        say(f"ClaimReview: {claimreview}")
    if any(checked.verdict in (fail_on or ()) for report in reports for checked in report.checked):
        raise typer.Exit(FAIL_ON_EXIT)
