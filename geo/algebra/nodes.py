"""The algebra of territories: frozen expressions that say what is meant, before any geometry is looked at.

``str(expression)`` is the written form and :func:`geo.algebra.parse` its inverse. Expressions combine with
``|`` (either), ``&`` (both) and ``-`` (without).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Territory:
    """Base of all expressions."""

    def __or__(self, other: Territory) -> Territory:
        return Either(self, other)

    def __and__(self, other: Territory) -> Territory:
        return Both(self, other)

    def __sub__(self, other: Territory) -> Territory:
        return Without(self, other)

    def parts(self) -> tuple[Territory, ...]:
        """The expressions this one is made of, in order."""
        values = (getattr(self, f.name) for f in fields(self))
        return tuple(value for value in values if isinstance(value, Territory))

    def walk(self) -> Iterator[Territory]:
        """This expression and all it is made of, outermost first."""
        yield self
        for part in self.parts():
            yield from part.walk()

    def replaced(self, change: Callable[[Territory], Territory | None]) -> Territory:
        """This expression with every part for which ``change`` gives another one replaced by it, outermost first."""
        other = change(self)
        if other is not None:
            return other
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        parts = {name: v.replaced(change) for name, v in values.items() if isinstance(v, Territory)}
        return replace(self, **parts) if parts else self

    @property
    def dated(self) -> bool:
        """True where the region depends on who holds what, and so on the date and the control source."""
        return any(isinstance(node, Controlled | Contested | ContactLine | Lost | Gained) for node in self.walk())


@dataclass(frozen=True)
class Unit(Territory):
    """An administrative unit by its English name: an oblast, Crimea, Sevastopol, Kyiv City."""

    name: str
    oblast: bool = False

    def __str__(self) -> str:
        return f'{"oblast" if self.oblast else "unit"}("{self.name}")'


@dataclass(frozen=True)
class Country(Territory):
    """A country within its recognised borders."""

    name: str

    def __str__(self) -> str:
        return f'country("{self.name}")'


@dataclass(frozen=True)
class Controlled(Territory):
    """What a side holds, as its control source assesses it; claimed and contested areas are kept apart.

    Of Russia that is what it holds within Ukraine's recognised borders; of Ukraine what it holds of its own, and of
    Russia's. Bays, limans and reservoirs count as held by nobody.
    """

    side: str

    def __str__(self) -> str:
        return f'controlled("{self.side}")'


@dataclass(frozen=True)
class Contested(Territory):
    """What neither side holds for certain."""

    def __str__(self) -> str:
        return "contested()"


@dataclass(frozen=True)
class Everywhere(Territory):
    """The whole earth: what an expression could at most be, in place of what somebody holds."""

    def __str__(self) -> str:
        return "everywhere()"


@dataclass(frozen=True)
class Bank(Territory):
    """The land of Ukraine on one bank of a river, seen downstream."""

    river: str
    side: Literal["left", "right"]

    def __str__(self) -> str:
        return f'bank("{self.river}", "{self.side}")'


@dataclass(frozen=True)
class Line(Territory):
    """A fixed line: a river's centreline, a demarcation line."""

    name: str

    def __str__(self) -> str:
        return f'line("{self.name}")'


@dataclass(frozen=True)
class ContactLine(Territory):
    """The line of contact at the date, the Ukrainian-held side on its left."""

    def __str__(self) -> str:
        return 'line("contact")'


@dataclass(frozen=True)
class Parallel(Territory):
    """A circle of latitude in degrees, north positive."""

    latitude: float

    def __str__(self) -> str:
        return f'parallel("{abs(self.latitude):g}{"S" if self.latitude < 0 else "N"}")'


@dataclass(frozen=True)
class Border(Territory):
    """The land border two countries share."""

    one: str
    other: str

    def __str__(self) -> str:
        return f'border("{self.one}", "{self.other}")'


@dataclass(frozen=True)
class Band(Territory):
    """Everything within ``left_m`` metres left of a line and ``right_m`` metres right of it."""

    line: Territory
    left_m: float
    right_m: float

    @property
    def width_m(self) -> float:
        """The nominal width, both sides together, in metres."""
        return self.left_m + self.right_m

    def __str__(self) -> str:
        left, right = metres_text(self.left_m), metres_text(self.right_m)
        return f'band({self.line}, "{left}")' if left == right else f'band({self.line}, left="{left}", right="{right}")'


@dataclass(frozen=True)
class On(Territory):
    """An expression as it stood on another date."""

    of: Territory
    at: date

    def __str__(self) -> str:
        return f'on({self.of}, "{self.at}")'


@dataclass(frozen=True)
class Lost(Territory):
    """What a side held on ``since`` and no longer holds."""

    side: str
    since: date

    def __str__(self) -> str:
        return f'lost("{self.side}", since="{self.since}")'


@dataclass(frozen=True)
class Gained(Territory):
    """What a side holds that it did not hold on ``since``."""

    side: str
    since: date

    def __str__(self) -> str:
        return f'gained("{self.side}", since="{self.since}")'


@dataclass(frozen=True)
class Peak(Territory):
    """The largest extent an expression has had up to the date."""

    of: Territory

    def __str__(self) -> str:
        return f"peak({self.of})"


@dataclass(frozen=True)
class Land(Territory):
    """An expression without internal waters: lagoons, limans, bays behind spits, reservoirs."""

    of: Territory

    def __str__(self) -> str:
        return f"land({self.of})"


@dataclass(frozen=True)
class Sea(Territory):
    """A sea by its English name."""

    name: str

    def __str__(self) -> str:
        return f'sea("{self.name}")'


@dataclass(frozen=True)
class Water(Territory):
    """A named internal water: the Sivash, a liman, a reservoir."""

    name: str

    def __str__(self) -> str:
        return f'water("{self.name}")'


@dataclass(frozen=True)
class Place(Territory):
    """A settlement as a point, by its name in the gazetteer."""

    name: str

    def __str__(self) -> str:
        return f'place("{self.name}")'


@dataclass(frozen=True)
class Either(Territory):
    """Set union."""

    left: Territory
    right: Territory

    def __str__(self) -> str:
        return f"{_bracketed(self.left, Both, Either, Without, first=True)} | {_bracketed(self.right, Both)}"


@dataclass(frozen=True)
class Both(Territory):
    """Set intersection."""

    left: Territory
    right: Territory

    def __str__(self) -> str:
        return f"{_bracketed(self.left, Both, Without, first=True)} & {_bracketed(self.right)}"


@dataclass(frozen=True)
class Without(Territory):
    """Set difference."""

    left: Territory
    right: Territory

    def __str__(self) -> str:
        return f"{_bracketed(self.left, Without, first=True)} - {_bracketed(self.right)}"


def _bracketed(term: Territory, *bare: type[Territory], first: bool = False) -> str:
    """A term of an operator, in brackets where leaving them out would change its meaning (Python's precedence)."""
    compound = isinstance(term, Either | Both | Without)
    return f"({term})" if compound and not isinstance(term, bare) else str(term)


def metres_text(metres: float) -> str:
    """A length as the written form has it: ``2 km``, ``250 m``."""
    return f"{metres / 1000:g} km" if metres == 0 or metres >= 1000 else f"{metres:g} m"


def either(territories: list[Territory]) -> Territory:
    """The union of one or more expressions."""
    first, *rest = territories
    for territory in rest:
        first = first | territory
    return first


def members(territory: Territory) -> tuple[Territory, ...]:
    """The terms of a union, left to right; anything else is its own only member."""
    if isinstance(territory, Either):
        return members(territory.left) + members(territory.right)
    return (territory,)


def with_contested(territory: Territory) -> Territory:
    """The expression with contested areas counted as held, by whichever side it asks for."""

    def widened(node: Territory) -> Territory | None:
        match node:
            case Without(left, Controlled() as held):  # one after the other: the first is known, the second is small
                return Without(Without(with_contested(left), held), Contested())
            case Controlled():
                return Either(node, Contested())
        return None

    return territory.replaced(widened)


def widest(territory: Territory) -> Territory:
    """What an expression could at most be, whoever holds what; the peak of that is that."""

    def widened(node: Territory) -> Territory | None:
        match node:
            case Controlled() | Contested():
                return Everywhere()
            case Peak(of):
                return widest(of)
        return None

    return territory.replaced(widened)


def lies_in(part: Territory, whole: Territory) -> bool:
    """Whether a part lies in a whole by the way they are written; where it does not, only the map can tell."""
    if part == whole:
        return True
    match part, whole:
        case Either(left, right), _:
            return lies_in(left, whole) and lies_in(right, whole)
        case Without(left, taken), Without(of, less) if taken == less:
            return lies_in(left, of)
        case Both(left, right), _:
            return lies_in(left, whole) or lies_in(right, whole)
        case ((Without(of, _) | Land(of)), _):
            return lies_in(of, whole)
        case ((On(of) | Peak(of)), (Unit() | Country())):  # ground that is the same on every date
            return lies_in(of, whole)
    return False
