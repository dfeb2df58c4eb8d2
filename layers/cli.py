"""The command line: each command parses its words, calls one function, and prints what it returns."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.errors import ContactlineError, UsageError

if TYPE_CHECKING:
    from geo.check import Report
    from geo.reading.article import Article
    from geo.survey import Survey

app = typer.Typer(
    name="contactline",
    help="Territorial claims in articles, as dated geometry and checked figures.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
FAIL_ON_EXIT = 10
DEFAULT_MAP = Path("outputs/map.html")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a date: write YYYY-MM-DD, e.g. 2025-01-20") from error


At = Annotated[
    date | None, typer.Option("--at", parser=_day, metavar="DATE", help="The date the world is looked at, YYYY-MM-DD.")
]
Controls = Annotated[
    list[str] | None,
    typer.Option(
        "--control", metavar="NAME|PATH", help="A control source; repeat it for several, which make the interval."
    ),
]
Boundaries = Annotated[
    Path | None,
    typer.Option("--boundaries", metavar="PATH", help="A folder of boundary files instead of the embedded ones."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file that contactline did not make.")]
Expression = Annotated[
    str, typer.Argument(metavar="EXPRESSION", help='A known name ("Kursk incursion") or an expression.')
]


def _survey(at: date | None, controls: Sequence[str] | None, boundaries: Path | None = None) -> Survey:
    from geo.atlas import Atlas, embedded
    from geo.atlas.control import DEFAULT, control_source
    from geo.survey import Survey

    atlas = Atlas(boundaries) if boundaries else embedded()
    sources = tuple(control_source(spec, atlas) for spec in controls or [DEFAULT])
    return Survey(atlas, at or date.today(), sources)


def _print_json(document: dict[str, Any]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _say(words: str) -> None:
    """Words go to standard error; standard output is for data."""
    typer.echo(words, err=True)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"contactline {version('contactline')}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Territorial claims in articles, as dated geometry and checked figures."""


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
    loaded = _articles(articles, text)
    if html and len(loaded) > 1:
        raise UsageError("--html draws one article: check them one by one, or leave it out.")
    survey = _survey(at, control, boundaries)
    reports = [check_article(article, survey.atlas, survey.controls, at, date.today()) for article in loaded]
    result = document(reports)
    for report in reports:
        _say_date(report)
    if as_json:
        _print_json(result)
    else:
        for report in reports:
            tables.show(tables.claims(report))
    if html:
        _write_page(compose_report(reports[0], survey, result), html, force=force, out=not as_json)
    if any(checked.verdict in (fail_on or ()) for report in reports for checked in report.checked):
        raise typer.Exit(FAIL_ON_EXIT)


def compose_report(report: Report, survey: Survey, result: dict[str, Any]) -> Any:
    """The page of one article's report."""
    from geo.survey import Survey
    from layers import compose

    seen = Survey(survey.atlas, report.as_of, survey.controls)
    return compose.page(
        compose.headline(report.article), compose.mentioned(report), seen, report.as_of_from, report, result
    )


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

    survey, report, result, named = _things(things, at, control, boundaries)
    if report:
        page = compose_report(report, survey, result)
    else:
        origin = "option" if at else "today"
        page = compose.page(", ".join(n.title for n in named), named, survey, origin, None, {})
    _write_page(page, output, force=force, out=True)


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

    survey, report, _, named = _things(things, at, control, boundaries)
    made, missing = compose.drawn(named, survey, shown=True)
    extra = compose.front(survey) if report else ()
    for sentence in missing:
        _say(sentence)
    if not made and not extra:
        raise UsageError("There is nothing to write: none of this has an extent on that date.")
    for path in write((*extra, *made), output, force=force):
        typer.echo(str(path))


@app.command(epilog='Example: contactline area \'bank("dnipro", "right") & oblast("Kherson")\'')
def area(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure the area of a territory in km², with the interval its sources and definitions leave."""
    from geo import survey as measures

    _measure(expression, measures.area, _survey(at, control, boundaries), as_json)


@app.command(epilog="Example: contactline length 'line(\"contact\")' --at 2025-01-20")
def length(
    expression: Expression,
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure the length of a line in km, with the interval that smoothing and sources leave."""
    from geo import survey as measures

    _measure(expression, measures.length, _survey(at, control, boundaries), as_json)


@app.command(
    epilog='Example: contactline share \'controlled("russia") & country("ukraine")\' --of ukraine --at 2025-01-20'
)
def share(
    expression: Expression,
    of: Annotated[str, typer.Option("--of", metavar="EXPRESSION", help="The whole.")],
    at: At = None,
    control: Controls = None,
    boundaries: Boundaries = None,
    as_json: Json = False,
) -> None:
    """Measure a territory as a share of another: part and whole count the same waters."""
    from geo import survey as measures
    from geo.resolve import territory

    survey = _survey(at, control, boundaries)
    whole = territory(of, survey.atlas)
    _measure(expression, lambda part, on: measures.share(part, whole, on), survey, as_json)


def _measure(expression: str, measure: Any, survey: Survey, as_json: bool) -> None:
    from geo.resolve import territory
    from layers import tables

    part = territory(expression, survey.atlas)
    quantity = measure(part, survey)
    if as_json:
        _print_json({"schema": "contactline/measure/1", "expression": str(part), "quantity": quantity.to_dict()})
    else:
        tables.show(tables.quantity(quantity))


@app.command(epilog='Example: contactline resolve "left bank of the Dnipro in Kherson oblast"')
def resolve(
    phrase: str, at: At = None, control: Controls = None, boundaries: Boundaries = None, as_json: Json = False
) -> None:
    """Say which territory a phrase means, and what it is on the ground."""
    from geo.resolve import resolve as resolved
    from layers import tables

    survey = _survey(at, control, boundaries)
    document = tables.resolution(resolved(phrase, survey.atlas), survey)
    if as_json:
        _print_json(document)
    else:
        tables.show(tables.resolution_text(document))


@app.command(epilog="Example: contactline territories kherson")
def territories(
    query: Annotated[str, typer.Argument(help="Part of a name; all are listed without it.")] = "", as_json: Json = False
) -> None:
    """List the territories known by name, with their spellings and expressions."""
    from geo.reading.lexicon import Lexicon
    from layers import tables

    found = tables.matching(Lexicon.embedded(), query)
    if as_json:
        _print_json({"schema": "contactline/territories/1", "territories": [tables.entry(e) for e in found]})
    else:
        tables.show(tables.entries(found))


@app.command()
def doctor() -> None:
    """Say which versions and data this installation runs on, and whether anything is missing."""
    from layers import tables

    tables.show(tables.installation())


def _articles(paths: list[str] | None, text: str | None) -> list[Article]:
    from geo.reading.article import Article, load

    if text is not None and paths:
        raise UsageError("Give either articles or --text, not both.")
    if text is not None:
        return [Article(text=text, path="--text", title="", dated=None)]
    if not paths:
        raise UsageError("Nothing to check: name an article, or give a sentence with --text.")
    return [load(path) for path in paths]


def _things(
    things: list[str], at: date | None, control: Sequence[str] | None, boundaries: Path | None
) -> tuple[Survey, Report | None, dict[str, Any], tuple[Any, ...]]:
    """An article's mentions, or the territories named, and the survey they are looked at on."""
    from geo.check import check_article, document
    from geo.reading.article import load
    from geo.resolve import resolve as resolved
    from geo.survey import Survey
    from layers import compose

    survey = _survey(at, control, boundaries)
    files = [thing for thing in things if thing == "-" or Path(thing).is_file()]
    if files and len(things) > 1:
        raise UsageError("Give one article, or expressions: not both, and not several articles.")
    if files:
        report = check_article(load(files[0]), survey.atlas, survey.controls, at, date.today())
        _say_date(report)
        seen = Survey(survey.atlas, report.as_of, survey.controls)
        return seen, report, document([report]), compose.mentioned(report)
    found = tuple(resolved(thing, survey.atlas) for thing in things)
    if any(one.territory.dated for one in found):
        for source in survey.controls:
            source.snapshot(survey.at)  # what was asked for must be there: outside the dates covered this raises
    return survey, None, {}, tuple(compose.Named(r.territory, compose.called(r), " ".join(r.steps)) for r in found)


def _say_date(report: Report) -> None:
    origin = {
        "option": "as asked for",
        "article": "the article's own date",
        "today": "today: the article carries no date, give one with --at",
    }
    _say(f"{report.article.path}: as of {report.as_of}, {origin[report.as_of_from]}.")


def _write_page(page: Any, path: Path, *, force: bool, out: bool) -> None:
    from layers.credits import STATEMENTS
    from layers.files.guard import write_whole
    from layers.html.page import render

    for sentence in page.statements[len(STATEMENTS) :]:
        _say(sentence)
    text = render(page).encode("utf-8")
    if path == DEFAULT_MAP:
        path.parent.mkdir(exist_ok=True)  # the one folder nobody was asked to make
    write_whole(path, text, force=force)
    typer.echo(f"Map: {path}" if out else f"Map written to {path}", err=not out)


def main() -> None:
    """Run a command; errors of ours end it with their message and exit code, never with a traceback."""
    try:
        app()
    except ContactlineError as error:
        _say(f"contactline: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except Exception as error:
        if os.environ.get("CONTACTLINE_DEBUG"):
            raise
        _say(f"contactline: a bug, not your fault: {type(error).__name__}: {error}")
        _say("Set CONTACTLINE_DEBUG=1 and run it again to see where, and please report what that prints.")
        sys.exit(1)


if __name__ == "__main__":
    main()
