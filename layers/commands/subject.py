"""What a command is about: articles, or territories by name; and the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geo.errors import UsageError
from layers.commands.options import say, survey_of

if TYPE_CHECKING:
    from geo.check import Report
    from geo.reading.article import Article
    from geo.survey import Survey
    from layers.compose import Wishes

DEFAULT_MAP = Path("outputs/map.html")
PAGES = (".html", ".htm")
"""Endings of a page."""


def articles_named(paths: list[str] | None, text: str | None) -> list[Article]:
    """The articles to read: files, standard input, or one sentence."""
    from geo.reading.article import from_text, load

    if text is not None and paths:
        raise UsageError("Give either articles or --text, not both.")
    if text is not None:
        return [from_text(text, "--text")]
    if not paths:
        raise UsageError("Nothing to check: name an article, or give a sentence with --text.")
    return [load(path) for path in paths]


def things_named(
    things: list[str], at: date | None, control: Sequence[str] | None, boundaries: Path | None
) -> tuple[Survey, Report | None, dict[str, Any], tuple[Any, ...]]:
    """An article's mentions, or the territories named, and the survey they are looked at on."""
    from geo.check import check_article, document
    from geo.reading.article import load
    from geo.resolve import resolve as resolved
    from geo.survey import Survey
    from layers import compose

    survey = survey_of(at, control, boundaries)
    files = [thing for thing in things if thing == "-" or Path(thing).is_file()]
    if files and len(things) > 1:
        raise UsageError("Give one article, or expressions: not both, and not several articles.")
    if files:
        report = check_article(load(files[0]), survey.atlas, survey.controls, at, date.today())
        say_date(report)
        seen = Survey(survey.atlas, report.as_of, survey.controls)
        return seen, report, document([report]), compose.mentioned(report)
    found = tuple(resolved(thing, survey.atlas) for thing in things)
    if any(one.territory.dated for one in found):
        for source in survey.covering:
            source.snapshot(survey.at)  # what was asked for must be there: outside the dates covered this raises
    return survey, None, {}, tuple(compose.Named(r.territory, compose.called(r), " ".join(r.steps)) for r in found)


def say_date(report: Report) -> None:
    """Say which date an article is looked at, and where that date comes from."""
    origin = {
        "option": "as asked for",
        "article": "the article's own date",
        "today": "today: the article carries no date, give one with --at",
    }
    say(f"{report.article.path}: as of {report.as_of}, {origin[report.as_of_from]}.")


def wishes_of(first: date | None, last: date | None, tiles: str | None) -> Wishes:
    """What the options of a page ask for."""
    from layers.compose import Wishes
    from layers.tiles import tiles as provider

    return Wishes(first, last, provider(tiles) if tiles else None)


def report_page(report: Report, survey: Survey, result: dict[str, Any], wishes: Wishes) -> Any:
    """The page of one article's report."""
    from geo.survey import Survey
    from layers import compose

    seen = Survey(survey.atlas, report.as_of, survey.controls)
    return compose.page(
        compose.headline(report.article), compose.mentioned(report), seen, report.as_of_from, report, result, wishes
    )


def check_output(path: Path, endings: Sequence[str], *, force: bool) -> None:
    """Refuses a file that could not be written in the end, before any work: its ending, its folder, what stands there.

    Raises :class:`UsageError` for an ending that is none of ``endings``, else as :func:`check_place` does.
    """
    from layers.files.guard import check_place

    if path.suffix.lower() not in endings:
        named = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        raise UsageError(f"{path.name} has {named}: it says what is written, known are {', '.join(endings)}.")
    if path != DEFAULT_MAP or path.parent.exists():
        check_place(path, force=force)


def write_page(page: Any, path: Path, *, force: bool, out: bool) -> None:
    """Write a page whole, and say where; ``out`` when its path is the command's data."""
    from layers.credits import STATEMENTS
    from layers.files.guard import write_whole
    from layers.html.page import render

    for sentence in page.statements[len(STATEMENTS) :]:
        say(sentence)
    text = render(page).encode("utf-8")
    if path == DEFAULT_MAP:
        path.parent.mkdir(exist_ok=True)  # the one folder nobody was asked to make
    write_whole(path, text, force=force)
    typer.echo(f"Map: {path}" if out else f"Map written to {path}", err=not out)
