"""Numbers that never travel alone: value, interval, unit and the basis they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Unit = Literal["percent", "km2", "km", "m", "count", "days", "km2/day", "people"]


@dataclass(frozen=True)
class Interval:
    """A closed interval, ``low <= high``."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"interval turned over: {self.low} > {self.high}")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def overlaps(self, other: Interval) -> bool:
        """True where the two intervals share at least one value."""
        return self.low <= other.high and other.low <= self.high

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


class Bounded(NamedTuple):
    """A number and the interval it lies in, ``low <= value <= high``, where many share one basis: a series, a table."""

    value: float
    low: float
    high: float

    def times(self, scale: float) -> Bounded:
        """The same in another unit."""
        return Bounded(*(scale * number for number in self))

    def over(self, *others: Bounded) -> Bounded:
        """This value, with the interval that spans others of the same."""
        every = (self, *others)
        return Bounded(self.value, min(one.low for one in every), max(one.high for one in every))


@dataclass(frozen=True)
class SourceValue:
    """What one source says of a quantity.

    ``snapshot`` is the ISO date of the state used; ``classes`` the control classes counted.
    """

    name: str
    snapshot: str
    classes: tuple[str, ...]
    value: float
    whole: str = ""
    note: str = ""


@dataclass(frozen=True)
class Basis:
    """Everything a reader needs to repeat or attack a number."""

    as_of: str
    part: str
    sources: tuple[SourceValue, ...]
    method: str = "geodesic, WGS84"
    whole: str = ""
    whole_km2: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """A measured number: ``low <= value <= high`` in ``unit``, and its basis."""

    value: float
    low: float
    high: float
    unit: Unit
    basis: Basis = field(repr=False)

    @property
    def interval(self) -> Interval:
        """``low..high`` as an interval."""
        return Interval(self.low, self.high)

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON form, rounded to what the unit can bear."""
        places = {"percent": 2, "km2": 1, "km": 2, "m": 1}.get(self.unit, 3)
        basis: dict[str, Any] = {"as_of": self.basis.as_of, "part": self.basis.part}
        if self.basis.whole:
            basis["whole"] = self.basis.whole
        if self.basis.whole_km2 is not None:
            basis["whole_km2"] = round(self.basis.whole_km2, 1)
        basis["method"] = self.basis.method
        basis["sources"] = [
            {
                "name": s.name,
                "snapshot": s.snapshot,
                "classes": list(s.classes),
                "value": round(s.value, places),
                **({"whole": s.whole} if s.whole else {}),
                **({"note": s.note} if s.note else {}),
            }
            for s in self.basis.sources
        ]
        if self.basis.notes:
            basis["notes"] = list(self.basis.notes)
        return {
            "value": round(self.value, places),
            "low": round(self.low, places),
            "high": round(self.high, places),
            "unit": self.unit,
            "basis": basis,
        }

    def _repr_html_(self) -> str:
        from geo.showing import table

        rows = [
            (s.name, s.snapshot, f"{s.value:,.2f}", ", ".join(filter(None, (s.whole, s.note))))
            for s in self.basis.sources
        ]
        interval = f"{self.value:,.2f} ({self.low:,.2f} to {self.high:,.2f}) {self.unit}"
        caption = f"{interval}, as of {self.basis.as_of}: {self.basis.part}"
        columns = ("source", "state of", self.unit, "of what, how counted")
        return table(caption, columns, rows, " ".join((self.basis.method, *self.basis.notes)))
