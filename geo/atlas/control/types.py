"""What every control source gives: a dated snapshot of who holds what, by class, kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import shapely
from shapely.geometry.base import BaseGeometry

from geo.quantity import Interval

Side = Literal["russia", "ukraine"]
ControlClass = Literal["assessed", "claimed", "contested", "unknown", "liberated"]

_HELD: tuple[ControlClass, ...] = ("assessed", "liberated")


@dataclass(frozen=True)
class Holding:
    """One class of control by one side; ``geometry`` is areal, lon/lat on WGS84, with internal waters."""

    side: Side
    cls: ControlClass
    geometry: BaseGeometry


@dataclass(frozen=True)
class Snapshot:
    """The state one source gives for one date.

    ``as_of`` is the date asked for, ``dated`` the date of the state used (earlier inside a gap, and a note says so).
    ``error_percent`` is the measured error of the source's areas as an interval in percent of the area,
    None where the source is a published map (its error is not known to us).
    """

    source: str
    as_of: date
    dated: date
    holdings: tuple[Holding, ...]
    error_percent: Interval | None = None
    notes: tuple[str, ...] = ()

    def held(self, side: str) -> BaseGeometry:
        """What is assessed as held by a side, ground it retook included; claimed, contested and unknown is not."""
        return _united([h.geometry for h in self.holdings if h.side == side and h.cls in _HELD])

    def contested(self) -> BaseGeometry:
        """What neither side holds for certain."""
        return _united([h.geometry for h in self.holdings if h.cls == "contested"])


def _united(areas: list[BaseGeometry]) -> BaseGeometry:
    """The union of areas; a single one is handed back as it is, a union would only copy it slowly."""
    return areas[0] if len(areas) == 1 else shapely.union_all(areas)


class ControlSource(Protocol):
    """A named source of snapshots that covers ``first..last``.

    ``snapshot`` raises :class:`geo.errors.DateError` outside that range.
    """

    name: str
    title: str
    licence: str
    first: date
    last: date

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates of distinct states, ascending."""
        ...

    def changes(self, within: BaseGeometry) -> tuple[date, ...]:
        """The days on which anything changes inside an area (lon, lat on WGS84), ascending; more days do no harm."""
        ...

    def unit_error_points(self, unit: str, at: date) -> Interval | None:
        """The measured error of the share of a unit that is held, in points of the unit; None where unknown."""
        ...

    def snapshot(self, at: date) -> Snapshot:
        """The state on ``at``."""
        ...
