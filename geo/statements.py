"""Statements without a figure, tested on the map: held in full, surrounded, up to a border, along a line."""

from __future__ import annotations

from dataclasses import dataclass

from geo import relations
from geo import survey as measures
from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.errors import UsageError
from geo.quantity import Quantity
from geo.survey import Survey
from geo.wording import interval_text, plural_list

FULL_PERCENT = 99.5
"""A unit counts as fully held from this share on: below it, at least a settlement's surroundings are missing."""

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
    """Whether a statement holds, whether it comes close where it does not, why, and the quantity behind it."""

    holds: bool
    why: str
    close: bool = False
    measured: Quantity | None = None


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
    shares = [(member, measures.share(control & member, member, survey)) for member in nodes.members(group)]
    against, sentence = _contradicting(predicate, shares)
    listed = "; ".join(f"{_called(member)} {interval_text(held)}" for member, held in shares)
    source = shares[0][1].basis.sources[0]
    largest = max((held for _, held in shares), key=lambda held: held.value)
    why = f"Held by {side.title()} on {source.snapshot} ({source.name}): {listed}."
    if against:
        why = f"{plural_list([_called(member) for member in against])}: {sentence}. {why}"
    return Tested(not against, why, measured=largest)


def _contradicting(predicate: str, shares: list[tuple[Territory, Quantity]]) -> tuple[list[Territory], str]:
    """The members of a group that contradict what is said of all of them, and how they do."""
    if predicate == "all-held":
        return [m for m, held in shares if held.high < FULL_PERCENT], "not held in full"
    if predicate == "none-held":
        return [m for m, held in shares if held.low > 100 - FULL_PERCENT], "held in part"
    return [m for m, held in shares if held.low >= FULL_PERCENT], "held in full"


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
