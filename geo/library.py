"""The front of the library: an article's report, and a territory looked at on a date.

>>> import geo
>>> geo.territory("Kursk incursion").at("2025-01-20").area.unit
'km2'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from geo import survey as measures
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory
from geo.algebra.region import Region
from geo.atlas import embedded
from geo.atlas.control import DEFAULT, control_source
from geo.check import Report, check_article
from geo.quantity import Quantity
from geo.reading.article import load
from geo.resolve import resolve
from geo.showing import sketch, table
from geo.survey import Survey
from geo.wording import interval_text

Day = date | str


@dataclass(frozen=True)
class Known:
    """A territory by the name it was asked for."""

    name: str
    expression: Territory

    def at(self, day: Day, *controls: str) -> Seen:
        """The territory on a day (a date or ``YYYY-MM-DD``), by control sources given by name or path.

        Raises :class:`geo.errors.DateError` when measured outside what a source covers.
        """
        return Seen(self.name, self.expression, _survey(day, controls))


@dataclass(frozen=True)
class Seen:
    """A territory on a date, by one or more control sources."""

    name: str
    expression: Territory
    survey: Survey

    @cached_property
    def region(self) -> Region:
        """What it is on the ground, by the first control source."""
        return evaluate(self.expression, self._world)

    @property
    def area(self) -> Quantity:
        """Its area in km², with the interval over sources and definitions."""
        return measures.area(self.expression, self.survey)

    @property
    def length(self) -> Quantity:
        """Its length in km, where it is a line; raises :class:`geo.errors.UsageError` otherwise."""
        return measures.length(self.expression, self.survey)

    def share(self, of: str) -> Quantity:
        """Its area in percent of another territory's, given by name or expression."""
        return measures.share(self.expression, resolve(of, self.survey.atlas).territory, self.survey)

    @property
    def _world(self) -> World:
        return self.survey.worlds(self.expression)[0]

    def _repr_html_(self) -> str:
        measured = self.area if self.region.area_km2 else self.length if self.region.length_km else None
        rows = [("expression", self.expression), ("as of", self.survey.at)]
        rows += [(step.expression, f"{step.source} {step.dated} {step.note}".strip()) for step in self.region.lineage]
        if measured:
            rows.insert(0, (measured.unit, interval_text(measured)))
        return sketch(self.region.geometry, self.name) + table(self.name, ("", ""), rows)


def territory(name: str) -> Known:
    """A territory by any known name, a phrase, or an expression.

    Raises :class:`geo.errors.UnknownNameError` with the nearest names.
    """
    return Known(name, resolve(name, embedded()).territory)


def read_article(path: str, at: Day | None = None, *controls: str) -> Report:
    """An article (text, HTML or PDF; ``-`` for standard input) read, and every claim in it checked.

    ``at`` is the date it is looked at: its own where it carries one, else today. Raises
    :class:`geo.errors.InputError` for a file that cannot be read.
    """
    survey = _survey(at or date.today(), controls)
    asked = survey.at if at else None
    return check_article(load(path), survey.atlas, survey.controls, asked, date.today())


def _survey(day: Day, controls: Sequence[str]) -> Survey:
    when = date.fromisoformat(day) if isinstance(day, str) else day
    atlas = embedded()
    return Survey(atlas, when, tuple(control_source(spec, atlas) for spec in controls or (DEFAULT,)))
