"""``check``: an article's claims, measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    working,
)
from layers.commands.subject import (
    PAGES,
    articles_named,
    check_output,
    dated,
    report_page,
    unknown_ground,
    unmeasured,
    wishes_of,
    write_page,
)

if TYPE_CHECKING:
    from geo.check import Report
    from geo.survey import Survey

app = typer.Typer()
FAIL_ON_EXIT = 10
REVIEWS = (".json", ".jsonld")
"""Endings of a file of reviews."""


def _verdict_names() -> list[str]:
    from geo.intervals import VERDICTS

    return list(VERDICTS)


@app.command(
    short_help="Check the figures an article quotes.",
    epilog="Example: contactline check article.txt --at 2025-01-20 --html outputs/article.html",
)
def check(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE...", help="Text, HTML, PDF or .docx files, or - for standard input."),
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
        typer.Option(
            "--fail-on",
            metavar="VERDICT",
            autocompletion=_verdict_names,
            help="Exit with 10 where a claim has this verdict; repeatable, or several with commas between them.",
        ),
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
    from layers.claimreview import Publication
    from layers.claimreview import document as reviews
    from layers.commands.printed import show
    from layers.commands.report import report_text
    from layers.files.guard import write_whole

    failing = _verdicts(fail_on or ())
    if html:
        check_output(html, PAGES, force=force, option="--html")
    if not html and (first or last or tiles):
        raise UsageError("--from, --to and --tiles say how a map is drawn: give --html FILE with them.")
    if html and len(articles or ()) > 1:
        raise UsageError("--html draws one article: check them one by one, or leave it out.")
    told = (publisher, publisher_url, review_url, claim_author, claim_url)
    if any(told) and not claimreview:
        raise UsageError(
            "--publisher, --publisher-url, --review-url, --claim-author, --claim-url go with --claimreview."
        )
    if claimreview:
        check_output(claimreview, REVIEWS, force=force, option="--claimreview")
    publication = Publication(*told) if claimreview else None
    wishes = wishes_of(first, last, tiles)
    loaded = articles_named(articles, text)
    survey = survey_of(at, control, boundaries)
    reports = [check_article(article, survey.atlas, survey.controls, at, date.today()) for article in loaded]
    result = document(reports)
    for sentence in dict.fromkeys(s for report in reports for s in _to_say(report, survey, as_json=as_json)):
        say(sentence)
    if as_json:
        print_json(result)
    else:
        for report in reports:
            show(*report_text(report, survey.controls))
    if html:
        with working("drawing the map"):
            page = report_page(reports[0], survey, result, wishes)
        write_page(page, html, force=force, out=not as_json)
    if claimreview and publication:
        write_whole(claimreview, reviews(reports, publication), force=force)
        say(f"ClaimReview: {claimreview}")
    if any(checked.verdict in failing for report in reports for checked in report.checked):
        raise typer.Exit(FAIL_ON_EXIT)


def _verdicts(asked: Sequence[str]) -> frozenset[str]:
    """The verdicts named by --fail-on, in any letter case, with commas between several; refuses what is none."""
    from geo.intervals import VERDICTS

    words = [re.sub(r"[\s_-]+", " ", word).strip().casefold() for each in asked for word in each.split(",")]
    unknown = [word for word in words if word not in VERDICTS]
    if unknown:
        named = ", ".join(map(repr, unknown))
        raise UsageError(f"--fail-on takes one of: {', '.join(VERDICTS)}; not {named}. Several go with commas between.")
    return frozenset(words)


def _to_say(report: Report, survey: Survey, *, as_json: bool) -> Iterator[str]:
    """What goes beside the table or the document: the date, how the text was read, ground of unknown holder."""
    from geo.survey import Survey

    if as_json:
        yield from filter(None, (dated(report), unmeasured(report, survey.controls)))
    if warning := report.reading.warning:
        yield f"{report.article.path}: {warning}."
    if note := report.article.note:
        yield f"{report.article.path}: {note}"
    if report.checked:
        yield from unknown_ground(Survey(survey.atlas, report.as_of, survey.controls))
