"""What a command is about: articles, or territories by name; and the page that shows them."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geo.errors import ContactlineError, InputError, UnknownNameError, UsageError
from layers.commands.dating import beyond, covered, looked_at, remedy
from layers.commands.options import say, survey_of

if TYPE_CHECKING:
    from geo.atlas.control.types import ControlSource
    from geo.check import Report
    from geo.reading.article import Article
    from geo.resolve import Resolved
    from geo.survey import Survey
    from layers.wishes import Wishes

DEFAULT_MAP = Path("outputs/map.html")
PAGES = (".html", ".htm")
"""Endings of a page."""
_ENDING = re.compile(r"\.\w{1,7}$")
_SENTENCE = 200  # characters of a sentence that stand as a map's title
MUCH_UNKNOWN_KM2 = 6000.0
"""A hundredth of Ukraine: of less, the notes of a measure tell; of more, whoever draws or checks anything is told."""


def articles_named(paths: list[str] | None, text: str | None) -> list[Article]:
    """The articles to read: files, standard input, or one sentence."""
    from geo.reading.article import from_text, load

    if text is not None and paths:
        raise UsageError("Give either articles or --text, not both.")
    if text is not None:
        sentence = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        return [replace(from_text(sentence, "--text"), title=" ".join(sentence.split())[:_SENTENCE])]
    if not paths:
        raise UsageError("Nothing to check: name an article, or give a sentence with --text.")
    if "-" in paths and sys.stdin.isatty():
        say("Reading standard input; end it with Ctrl-D.")
    for path in paths:
        if " " in path.strip() and not _ENDING.search(path) and not _is_there(path):
            short = path if len(path) <= _SENTENCE else f"{path[:_SENTENCE]} …"
            raise InputError(f"{short!r} is no file. A sentence is checked with --text, a file by its name.")
    return [load(path) for path in paths]


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # longer than a file's name can be, or none at all
        return False


def things_named(
    things: list[str], at: date | None, control: Sequence[str] | None, boundaries: Path | None
) -> tuple[Survey, Report | None, dict[str, Any], tuple[Any, ...]]:
    """An article's mentions, or the territories named, and the survey they are looked at on."""
    from geo.check import check_article, document
    from geo.resolve import resolve as resolved
    from geo.survey import Survey
    from layers import compose

    survey = survey_of(at, control, boundaries)
    files = [thing for thing in things if _is_article(thing)]
    if files and len(things) > 1:
        raise UsageError("Give one article, or expressions: not both, and not several articles.")
    if files:
        article = articles_named(files, None)[0]
        report = check_article(article, survey.atlas, survey.controls, at, date.today())
        for sentence in filter(None, (dated(report), unmeasured(report, survey.controls))):
            say(sentence)
        seen = Survey(survey.atlas, report.as_of, survey.controls)
        return seen, report, document([report]), compose.mentioned(report)
    found = tuple(resolved(thing, survey.atlas) for thing in things)
    survey = looked_at(survey, at, *(one.territory for one in found))
    if any(one.territory.dated for one in found):
        for source in survey.covering:
            source.snapshot(survey.at)  # what was asked for must be there: outside the dates covered this raises
    _refuse_empty(found, survey)
    return survey, None, {}, tuple(compose.Named(r.territory, compose.called(r), " ".join(r.steps)) for r in found)


def _is_article(thing: str) -> bool:
    """Whether a word on the command line is a file to read; raises where it can only have been meant as one."""
    if thing == "-" or thing.lower().startswith(("http://", "https://")):
        return True
    path = Path(thing)
    try:
        if path.is_file():
            return True
        folder = path.is_dir()
    except OSError:  # longer than a file's name can be
        return False
    if folder and os.sep in thing:
        raise InputError(f"{thing} is a folder; give the article file itself.")
    if not folder and path.suffix.lower() in _ARTICLES and "(" not in thing:
        raise InputError(f"{thing}: no such file. Give the path of the article, or a territory by name or expression.")
    return False


_ARTICLES = (".txt", ".md", ".html", ".htm", ".mhtml", ".pdf", ".docx", ".doc", ".odt", ".rtf")


def _refuse_empty(found: Sequence[Resolved], survey: Survey) -> None:
    """Raises :class:`UsageError` where nothing of what was asked for is anywhere on the date."""
    failed: list[ContactlineError] = []
    reasons = [_why_empty(one, survey, failed) for one in found]
    if not all(reasons):
        return
    words = "\n".join(dict.fromkeys(filter(None, reasons)))
    if failed and len(failed) == len(found):
        raise type(failed[0])(words)
    raise UsageError(words)


def _why_empty(asked: Resolved, survey: Survey, failed: list[ContactlineError]) -> str:
    """Why a territory has no extent on a date, and what to ask instead; "" where it has one.

    Raises :class:`UnknownNameError` for a name in an expression that nothing carries: what was meant is not known.
    """
    from geo.algebra.evaluate import evaluate

    try:
        if any(not evaluate(asked.territory, world).geometry.is_empty for world in survey.worlds(asked.territory)):
            return ""
    except UnknownNameError:
        raise
    except ContactlineError as error:
        failed.append(error)
        return str(error)
    entry = asked.entry
    lasted = " to ".join(filter(None, (entry.begin, entry.end))) if entry else ""
    known = f" It is known for {lasted}: give a date inside with --at." if lasted else " Give another date with --at."
    when = f" on {survey.at}" if asked.territory.dated else ""
    advice = known if asked.territory.dated else " Its parts do not overlap: see each with contactline resolve."
    return f"Nothing to draw: {asked.phrase} has no extent{when}.{advice}"


def unknown_ground(survey: Survey) -> tuple[str, ...]:
    """A sentence for each source that does not know who held much of the ground on the survey's date, and why."""
    from geo.measure.geodesic import area_km2

    told = []
    for source in survey.covering:
        if not source.first <= survey.at <= source.last:
            continue
        snapshot = source.snapshot(survey.at)
        km2 = sum(area_km2(h.geometry) for h in snapshot.holdings if h.cls == "unknown")
        if km2 >= MUCH_UNKNOWN_KM2:
            why = "; ".join(note for note in snapshot.notes if "unknown" in note)
            told.append(
                f"{source.name}: who held {km2:,.0f} km² on {survey.at} is unknown" + (f": {why}" if why else ".")
            )
    return tuple(told)


def dated(report: Report) -> str:
    """Which date an article is looked at, and where that date comes from."""
    from layers.commands.report import DATED

    return f"{report.article.path}: as of {report.as_of}, {DATED[report.as_of_from]}."


def unmeasured(report: Report, controls: Sequence[ControlSource]) -> str:
    """A sentence where no source speaks of the day of an article that quotes figures, and none or few are measured."""
    if not report.checked or covered(report.as_of, controls):
        return ""
    some = any(checked.measured for checked in report.checked)
    what = "Figures of who holds what could not be measured" if some else "No figure could be measured"
    if report.as_of_from == "today":
        return f"{what}: no date is given, and {beyond(report.as_of, controls)}. {remedy(controls)}"
    return f"{what}: {beyond(report.as_of, controls, 'the day of the article')}. --at gives another day."


def wishes_of(first: date | None, last: date | None, tiles: str | None) -> Wishes:
    """What the options of a page ask for."""
    from layers.tiles import tiles as provider
    from layers.wishes import Wishes

    if first and last and first > last:
        raise UsageError(f"From {first} to {last} is no span of days: name the earlier day first.")
    return Wishes(first, last, provider(tiles) if tiles else None)


def report_page(report: Report, survey: Survey, result: dict[str, Any], wishes: Wishes) -> Any:
    """The page of one article's report."""
    from geo.survey import Survey
    from layers import compose
    from layers.naming import headline

    seen = Survey(survey.atlas, report.as_of, survey.controls)
    page = compose.page(
        headline(report.article), compose.mentioned(report), seen, report.as_of_from, report, result, wishes
    )
    return with_statements(page, unknown_ground(seen))


def check_output(path: Path, endings: Sequence[str], *, force: bool, option: str = "-o") -> None:
    """Refuses a file that could not be written in the end, before any work: its ending, its folder, what stands there.

    Raises :class:`UsageError` for an ending that is none of ``endings``, :class:`InputError` for a folder that is
    missing or cannot be written in, :class:`OverwriteError` for a file contactline did not make, unless ``force``.
    """
    from layers.files.guard import check_place

    known = ", ".join(endings)
    if not path.name or path.is_dir():
        raise UsageError(f"{option} {path} is a folder: add a file name to it, ending in one of {known}.")
    if path.suffix.lower() not in endings:
        named = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        raise UsageError(f"{path.name} has {named}: it says what is written, known are {known}.")
    check_library(path)
    if path == DEFAULT_MAP and not path.parent.exists():
        return
    check_place(path, force=force)
    try:
        tempfile.TemporaryFile(dir=path.resolve().parent, prefix=".contactline-").close()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot write in {path.parent}: {reason}. Choose another folder with {option}.") from error


def check_library(path: Path) -> None:
    """Refuses a file whose format asks for a library that is not installed, before any work; says how to get it."""
    if path.suffix.lower() == ".parquet" and find_spec("pyarrow") is None:
        raise UsageError(
            f"{path.name}: Parquet needs pyarrow, which is an extra: pip install '.[parquet]' in the clone, or "
            "pip install pyarrow."
        )


def with_statements(page: Any, sentences: Iterable[str]) -> Any:
    """A page that also says these sentences."""
    return replace(page, statements=(*page.statements, *sentences))


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
