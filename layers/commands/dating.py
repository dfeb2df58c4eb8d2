"""Which day a command looks at where ``--at`` is left out: that of the expressions themselves, else today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import DateError
from layers.commands.options import say

if TYPE_CHECKING:
    from geo.algebra.nodes import Territory
    from geo.atlas.control.types import ControlSource
    from geo.survey import Survey


def looked_at(survey: Survey, at: date | None, *territories: Territory, needed: bool = True) -> Survey:
    """The survey on the day meant: the one asked for, the latest of the expressions' own, or today; the second is said.

    Raises :class:`DateError` where today was never asked for, lies outside every source, and a territory needs one;
    not where nothing is ``needed`` of control.
    """
    if at is not None:
        return survey
    own = days_in(territories)
    if own:
        say(f"As of {max(own)}, the latest date in what is asked; --at gives another.")
        return replace(survey, at=max(own))
    if needed and any(one.dated for one in territories) and not covered(survey.at, survey.controls):
        raise DateError(f"no date is given, and {beyond(survey.at, survey.controls)}. {remedy(survey.controls)}")
    return survey


def introduced(name: str) -> str:
    """A control source as it is first spoken of: by its name, and of the one that ships, that it does."""
    from geo.atlas.control import DEFAULT

    return f"{name}, the table that ships" if name == DEFAULT else name


def days_in(territories: Sequence[Territory]) -> tuple[date, ...]:
    """The days that territories carry themselves; none where any part of them waits for a day to be given."""
    from geo.algebra import nodes

    rest = [one.replaced(lambda n: nodes.Everywhere() if isinstance(n, nodes.On) else None) for one in territories]
    if any(one.dated for one in rest):
        return ()
    walked = (node for one in territories for node in one.walk())
    return tuple(node.at for node in walked if isinstance(node, nodes.On) and node.of.dated)


def covered(day: date, controls: Sequence[ControlSource]) -> bool:
    """Whether any source speaks of a day."""
    return any(control.first <= day <= control.last for control in controls)


def beyond(day: date, controls: Sequence[ControlSource], name: str = "today") -> str:
    """A clause that says how a day that no source speaks of lies to the days they do speak of."""
    spans = "; ".join(f"{introduced(control.name)}: {control.first} to {control.last}" for control in controls)
    late, early = all(day > c.last for c in controls), all(day < c.first for c in controls)
    where = "after" if late else "before" if early else "outside"
    return f"{name}, {day}, lies {where} the control data ({spans})"


def remedy(controls: Sequence[ControlSource]) -> str:
    """The option that asks for the last day there is."""
    last = max(control.last for control in controls)
    return f"Add a date inside, e.g. --at {last} for the last day there is."
