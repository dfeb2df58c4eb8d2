"""Statements without a figure, tested on the map: held in full, surrounded, up to a border, along a line."""

from __future__ import annotations

from dataclasses import dataclass

from geo import relations
from geo import survey as measures
from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.definitions import rules
from geo.errors import UsageError
from geo.quantity import Quantity
from geo.survey import Survey
from geo.wording import interval_text, plural_list

FULL_PERCENT = 99.5
"""A unit may be called fully held from this share on: below it, at least a settlement's surroundings are missing."""

ALL_PERCENT = 99.95
"""From here on a share reads 100.0 %: nothing is left that the other side is shown to hold."""

ALONG_KM = 5.0
"""A line runs along another where it stays within this distance of it."""

AT_BORDER_KM, NEAR_BORDER_KM = 3.0, 10.0
"""A side has reached a border where what it holds comes within the first; from the second on it has not."""

MEETING_KM = 1.0
"""Two territories meet where they come as near as this: finer than that the outlines are not."""

CLOSED, OPEN = 0.95, 0.6
"""A place is surrounded where so much of a ring around it is held by a side; below the second it is not."""


@dataclass(frozen=True)
class Tested:
    """Whether a statement holds, whether it comes close where it does not, why, and the quantity behind it.

    ``rounded`` where it holds by what readers take it to mean, and not to the letter.
    """

    holds: bool
    why: str
    close: bool = False
    measured: Quantity | None = None
    rounded: bool = False


def tested(predicate: str, actor: str, part: Territory, whole: Territory | None, survey: Survey) -> Tested:
    """A statement's predicate on its territories; raises :class:`UsageError` for one that has no test."""
    side = actor or "russia"
    match predicate:
        case "all-held" | "not-all-held" | "none-held":
            return _held(predicate, side, part, survey)
        case "surrounded":
            return _surrounded(side, part, survey)
        case "reached" if whole is not None:
            return _reached(side, whole, survey)
        case "touches" | "apart" if whole is not None:
            return _touching(predicate, part, whole, survey)
        case "along" if whole is not None:
            return _along(part, whole, survey)
    raise UsageError(f"there is no test yet for a statement of the kind {predicate!r}")


def _held(predicate: str, side: str, group: Territory, survey: Survey) -> Tested:
    """*Does not fully control any of*, *controls all of*, *none of*: the share held of each member of the group."""
    control = nodes.Controlled(side)
    shares = {_called(member): measures.share(control & member, member, survey) for member in nodes.members(group)}
    basis = next(iter(shares.values())).basis
    listed = "; ".join(f"{name} {interval_text(held)}" for name, held in shares.items())
    against, nearly = _judged(predicate, shares)
    off = [name for name in against if not _near(predicate, shares[name])]
    said = [f"{plural_list(against)}: {_AGAINST[predicate]}."] if against else []
    if off and predicate == "all-held":
        said.append(f"'All' is off by more than {100 * rules().wrong_beyond:.0f} % of what is measured.")
    said += [f"{plural_list(nearly)}: {_NEARLY[predicate]}."] if nearly else []
    said.append(f"Held by {side.title()} on {basis.as_of} ({basis.sources[0].name}): {listed}.")
    largest = max(shares.values(), key=lambda held: held.value)
    rounded = bool(nearly) and predicate != "not-all-held"
    return Tested(not against, " ".join(said), not off, largest, rounded)


def _judged(predicate: str, shares: dict[str, Quantity]) -> tuple[list[str], list[str]]:
    """The members that contradict what is said of all of them, and those of which it is true but for a little.

    What is denied is taken to the letter: where the interval stays below 100 %, something is not held.
    """
    if predicate == "all-held":
        against = [name for name, held in shares.items() if held.high < FULL_PERCENT]
        nearly = [name for name, held in shares.items() if FULL_PERCENT <= held.high < ALL_PERCENT]
    elif predicate == "none-held":
        against = [name for name, held in shares.items() if held.low > 100 - FULL_PERCENT]
        nearly = [name for name, held in shares.items() if 100 - ALL_PERCENT < held.low <= 100 - FULL_PERCENT]
    else:
        full = {name: held for name, held in shares.items() if held.low >= FULL_PERCENT}
        against = [name for name, held in full.items() if held.high >= ALL_PERCENT]
        nearly = [name for name in full if name not in against]
    return against, nearly


_AGAINST = {
    "all-held": f"not held in full, which a unit may be called from {FULL_PERCENT:g} % on",
    "none-held": f"held in part; up to {100 - FULL_PERCENT:g} % would pass as none",
    "not-all-held": f"held in full: at least {FULL_PERCENT:g} %, and what is measured reaches 100 %",
}
_NEARLY = {
    "all-held": f"not quite all is held, which passes for all from {FULL_PERCENT:g} % on",
    "none-held": f"a little is held, which passes for none up to {100 - FULL_PERCENT:g} %",
    "not-all-held": "nearly all is held, but what is measured stays below 100 %: true to the letter, though from"
    f" {FULL_PERCENT:g} % on a unit may also be called held in full",
}


def _near(predicate: str, held: Quantity) -> bool:
    """Whether *all* is off by no more than a figure may be that is not called wrong."""
    return predicate == "all-held" and 100 - held.high <= rules().wrong_beyond * held.value


def _surrounded(side: str, place: Territory, survey: Survey) -> Tested:
    if not isinstance(place, nodes.Place | nodes.Unit):
        raise UsageError("only of a town can it be measured whether it is surrounded")
    held = relations.surrounding(place, side, survey)
    why = f"{side.title()} holds {held:.0%} of a ring around {place.name} on {survey.at}."
    return Tested(held >= CLOSED, why, held > OPEN)


def _reached(side: str, ground: Territory, survey: Survey) -> Tested:
    apart, world = relations.side_to(side, ground, survey)
    name = world.control.name if world.control else ""
    where = "holds ground in it or at its edge" if not apart else f"comes within {apart:.3g} km of it"
    why = f"What {side.title()} holds {where}, as of {survey.at} ({name})."
    return Tested(apart <= AT_BORDER_KM, why, apart < NEAR_BORDER_KM)


def _touching(predicate: str, one: Territory, other: Territory, survey: Survey) -> Tested:
    apart = relations.distance(one, other, survey)
    meets = apart.value <= MEETING_KM
    if MEETING_KM < apart.value < NEAR_BORDER_KM:
        raise UsageError(f"the two come within {apart.value:.2g} km of each other: too near to say whether they meet")
    why = "The two meet." if meets else f"They are {apart.value:,.0f} km apart where they are nearest."
    return Tested(meets == (predicate == "touches"), why, measured=apart)


def _along(one: Territory, other: Territory, survey: Survey) -> Tested:
    near, of = relations.along_km(one, other, ALONG_KM, survey)
    why = f"{near:,.0f} of its {of:,.0f} km run within {ALONG_KM:g} km of it."
    return Tested(near >= ALONG_KM, why)


def _called(territory: Territory) -> str:
    return getattr(territory, "name", str(territory))
