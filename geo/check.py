"""An article in, its checked claims out; and the document of the contract that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from geo import verdict
from geo.atlas.atlas import Atlas
from geo.atlas.control.types import ControlSource
from geo.reading import Reading, read
from geo.reading.article import Article
from geo.reading.types import Claim, Figure, Mention, Number
from geo.showing import table
from geo.survey import Survey
from geo.verdict import Checked
from geo.wording import interval_text

SCHEMA = "contactline/check/1"
DateFrom = Literal["option", "article", "today"]


@dataclass(frozen=True)
class Report:
    """One article, the date it was looked at, what it names, and the verdict on each of its claims."""

    article: Article
    as_of: date
    as_of_from: DateFrom
    reading: Reading
    checked: tuple[Checked, ...]

    @property
    def claims(self) -> tuple[Checked, ...]:
        """The claims, each with its verdict; another name for ``checked``."""
        return self.checked

    def _repr_html_(self) -> str:
        rows = [
            (" ".join(c.claim.text.split()), interval_text(c.measured) if c.measured else "–", c.verdict, c.why)
            for c in self.checked
        ]
        return table(f"{self.article.path} as of {self.as_of}", ("figure", "measured", "verdict", "why"), rows)


def as_of(article: Article, at: date | None, today: date) -> tuple[date, DateFrom]:
    """The date an article is looked at, and where it comes from: asked for, its own, or today."""
    if at is not None:
        return at, "option"
    if article.dated:
        return date.fromisoformat(article.dated), "article"
    return today, "today"


def check_article(
    article: Article, atlas: Atlas, controls: tuple[ControlSource, ...], at: date | None, today: date
) -> Report:
    """Reads an article and checks every claim in it.

    Raises :class:`DateError` where a date that was asked for lies outside what every control source covers; a date the
    article brings along, or today, makes the claims that need control not checkable instead.
    """
    when, origin = as_of(article, at, today)
    if origin == "option":
        for control in Survey(atlas, when, controls).covering:
            control.snapshot(when)
    reading = read(article.text, dated=str(when))
    survey = Survey(atlas, when, controls)
    checked = tuple(verdict.check(claim, survey) for claim in reading.claims)
    return Report(article, when, origin, reading, checked)


def document(reports: Iterable[Report]) -> dict[str, Any]:
    """The JSON document of ``check``, as the contract has it."""
    return {"schema": SCHEMA, "articles": [_article(report) for report in reports]}


def _article(report: Report) -> dict[str, Any]:
    return {
        "path": report.article.path,
        "as_of": str(report.as_of),
        "as_of_from": report.as_of_from,
        "mentions": [_mention(mention) for mention in report.reading.mentions],
        "claims": [_checked(checked) for checked in report.checked],
        "unread": [_number(number) for number in report.reading.numbers if number.left_out],
        "warning": report.reading.warning,
    }


def _number(number: Number) -> dict[str, Any]:
    """A number that may be a figure of territory and was not understood."""
    return {key: getattr(number, key) for key in ("start", "end", "text", "kind", "note")}


def _mention(mention: Mention) -> dict[str, Any]:
    return {key: getattr(mention, key) for key in ("start", "end", "text", "kind", "territory", "note")}


def _checked(checked: Checked) -> dict[str, Any]:
    claim: Claim = checked.claim
    return {
        **{key: getattr(claim, key) for key in ("start", "end", "text", "kind", "part", "whole")},
        "quoted": _figure(claim.figure) if claim.figure else None,
        "measured": checked.measured.to_dict() if checked.measured else None,
        "verdict": checked.verdict,
        "why": checked.why,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    numbers = {key: round(getattr(figure, key), 6) for key in ("value", "low", "high")}
    bound = {"bound": figure.bound} if figure.bound else {}
    return {**numbers, "unit": figure.unit, "hedge": figure.hedge, **bound, "text": figure.text}
