"""What reading finds: mentions of territories, figures, and claims that tie the two together."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Mention:
    """A span of text that names a territory; offsets count Unicode code points.

    ``territory`` is an expression in the written form, or None with the reason in ``note``.
    """

    start: int
    end: int
    text: str
    kind: str
    territory: str | None
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A number with a unit as quoted, and the interval its readers take it to mean.

    ``bound`` is "" for a plain figure, "min" for *at least / more than*, "max" for *at most / less than*.
    ``unit`` is one of the contract's units; ``value``, ``low`` and ``high`` are in that unit, ``printed`` is
    the number as it stands in the text in ``printed_unit`` (e.g. 2.5, "mile").
    """

    start: int
    end: int
    text: str
    value: float
    low: float
    high: float
    unit: str
    hedge: str = ""
    bound: str = ""
    printed: float | None = None
    printed_unit: str = ""

    def to(self, unit: str) -> Figure:
        """The same figure with a length in ``unit`` ("km" or "m"); any other figure as it is."""
        factor = {("m", "km"): 0.001, ("km", "m"): 1000.0}.get((self.unit, unit), 1.0)
        if factor == 1.0:
            return self
        return replace(self, value=self.value * factor, low=self.low * factor, high=self.high * factor, unit=unit)


@dataclass(frozen=True)
class Claim:
    """A figure (or a checkable statement) tied to what it is a figure of.

    ``kind`` is a claim kind of the contract. ``part`` and ``whole`` are expressions in the written form.
    ``figure`` is None for statements such as *does not fully control any of*.
    ``others`` holds further figures of the same thing: both halves of a conversion, the parts of a sum,
    or the same fact told a second time in the same article.
    ``as_of`` overrides the article's date where the sentence carries one of its own (ISO date).
    ``note`` says what reading could not settle; a claim with ``part`` None is not checkable, and says why here.
    ``predicate`` is what the claim says of its territory, ``actor`` who is said to do it ("russia", "ukraine", ""):
    ``holds``, ``gained``, ``lost``, ``retaken`` of a figure; ``proposed`` of a zone that does not exist yet;
    of a statement without a figure ``all-held``, ``not-all-held``, ``none-held``, to be tested on each member of
    the union ``part`` in turn.
    ``named`` is the known territory without geometry that the figure is of: what is published of it can be compared.
    """

    start: int
    end: int
    text: str
    kind: str
    part: str | None
    whole: str | None
    figure: Figure | None
    others: tuple[Figure, ...] = ()
    as_of: str | None = None
    note: str = ""
    predicate: str = ""
    actor: str = ""
    named: str = ""


@dataclass(frozen=True)
class Number:
    """A number that was seen and not read as a figure of territory.

    ``kind`` is what it seems to be one of: ``date``, ``time``, ``money``, ``people``, ``age``, ``duration``,
    ``reference`` (a page, a point of a list), ``name`` (*Su-34*), ``count`` (*42 drones*), ``other`` (*152 mm*); or,
    where a reader should know that it was left out, ``figure`` (it has a unit of ground or length, and no territory)
    or ``number``.
    """

    start: int
    end: int
    text: str
    kind: str
    note: str = ""

    @property
    def left_out(self) -> bool:
        """Whether it may be a figure of territory that was not understood."""
        return self.kind in ("figure", "number")


@dataclass(frozen=True)
class Reading:
    """All that was found in one text, in order of appearance.

    ``numbers`` are those that no claim speaks of; ``warning`` says where the text is not in English.
    """

    text: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...] = ()
    dated: str | None = None
    numbers: tuple[Number, ...] = ()
    warning: str = ""
