"""An article's report as the terminal shows it: what was read, each figure and its verdict, what was only seen."""

from __future__ import annotations

from collections import Counter

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geo.atlas.control.types import ControlSource
from geo.check import Report
from geo.intervals import VERDICTS
from geo.wording import interval_text, plural_list
from layers.commands.dating import introduced
from layers.subjects import quoted, subject

DATED = {
    "option": "as asked for",
    "article": "the article's own date",
    "today": "today: the article carries no date, give one with --at",
}
"""Where the date of a report comes from, in words."""
_STYLES = {
    "holds": "green",
    "holds as rounded": "green",
    "overstated": "yellow",
    "understated": "yellow",
    "wrong": "red",
    "inconsistent": "red",
    "not checkable": "dim",
}
_KINDS_NAMED = 5
_PLACELESS_NAMED = 4


def report_text(report: Report, controls: tuple[ControlSource, ...]) -> tuple[RenderableType, ...]:
    """A report for print: heading, table of verdicts, what was seen and not judged, and the count of it all."""
    return tuple(filter(None, (heading(report, controls), claims(report), _unjudged(report), summary(report))))


def heading(report: Report, controls: tuple[ControlSource, ...]) -> RenderableType:
    """Which article, looked at on which date and how that was got, and by which sources of control."""
    from layers.commands.subject import unmeasured
    from layers.naming import headline

    names = plural_list([introduced(control.name) for control in controls])
    warning = unmeasured(report, controls)
    silent = [] if warning else [c for c in controls if not c.first <= report.as_of <= c.last]
    title = "The sentence given" if report.article.path == "--text" else headline(report.article)
    lines = [
        *([f"[red]{escape(warning)}[/red]", ""] if warning else []),
        f"[bold]{escape(title)}[/bold]",
        f"As of {report.as_of}, {DATED[report.as_of_from]}; control by {escape(names)}.",
        *(escape(f"{c.name} covers {c.first} to {c.last}: it says nothing of {report.as_of}.") for c in silent),
    ]
    return Text.from_markup("\n".join([*lines, ""]))


def claims(report: Report) -> RenderableType:
    """The verdict table of one article."""
    if not report.checked:
        said = "No territorial figure is quoted"
        return Text(f"{said} in English, the one language that is read." if report.reading.warning else f"{said}.")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), expand=True)
    columns = (("figure", 5, 12), ("what it is of", 5, 12), ("measured", 4, 11), ("verdict", 4, 12), ("why", 12, 20))
    for name, ratio, least in columns:
        table.add_column(name, ratio=ratio, min_width=least, overflow="fold", header_style="bold", vertical="top")
    for checked in report.checked:
        words = " ".join(checked.claim.text.split())
        table.add_row(
            f"“{escape(words)}”",
            escape(subject(checked)) + (f"\n[dim]quoted: {quoted(checked)}[/dim]" if checked.claim.figure else ""),
            interval_text(checked.measured) if checked.measured else "–",
            f"[{_STYLES[checked.verdict]}]{checked.verdict}[/]",
            escape(checked.why),
        )
    return table


def _unjudged(report: Report) -> RenderableType | None:
    """The numbers that may be figures of territory and of which no claim is made."""
    seen = [number for number in report.reading.numbers if number.left_out]
    if not seen:
        return None
    words = ", ".join(f"“{' '.join(number.text.split())}”" for number in seen)
    noun = "number was" if len(seen) == 1 else "numbers were"
    return Text(f"{len(seen)} {noun} seen and not read as a figure of territory: {words}.\n")


def summary(report: Report) -> RenderableType:
    """How many figures there are by verdict, and how many territories are named by kind; those without a place."""
    verdicts = Counter(checked.verdict for checked in report.checked)
    mentions = report.reading.mentions
    kinds = Counter(mention.kind for mention in mentions).most_common()
    counted = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in VERDICTS if verdicts[verdict])
    named = [f"{kind.replace('-', ' ')} {count}" for kind, count in kinds[:_KINDS_NAMED]]
    rest = sum(count for _, count in kinds[_KINDS_NAMED:])
    named += [f"other kinds {rest}"] if rest else []
    lines = [f"{_count(len(report.checked), 'figure')}: {counted}."] if report.checked else []
    territories = f"{len(mentions)} {'territory is' if len(mentions) == 1 else 'territories are'} named"
    lines += [territories + (f", by kind: {', '.join(named)}." if named else ".")]
    placeless = list(dict.fromkeys(" ".join(m.text.split()) for m in mentions if m.territory is None))
    if placeless:
        more = f" and {len(placeless) - _PLACELESS_NAMED} more" if len(placeless) > _PLACELESS_NAMED else ""
        quotes = ", ".join(f"“{words}”" for words in placeless[:_PLACELESS_NAMED])
        lines.append(f"Without a place of their own: {quotes}{more}; --json says why.")
    return Text("\n".join(lines))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
