"""From what people write to an expression: a written form, a known name, a phrase, or a place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo.algebra.nodes import Place, Territory
from geo.algebra.parse import looks_written, parse
from geo.atlas.atlas import VILLAGE, Atlas
from geo.atlas.official import official_figures
from geo.errors import UnknownNameError
from geo.reading import read
from geo.reading.lexicon import Entry, Lexicon

_OFFERED = 3


@dataclass(frozen=True)
class Resolved:
    """What a phrase was taken for: the expression, its kind, and how it was understood, step by step.

    ``entry`` is the known territory it names, where it is one.
    """

    phrase: str
    territory: Territory
    kind: str
    steps: tuple[str, ...]
    entry: Entry | None = None


def resolve(phrase: str, atlas: Atlas, lexicon: Lexicon | None = None) -> Resolved:
    """The territory a phrase means.

    Raises :class:`ExpressionError` for a written form that does not parse, :class:`UnknownNameError` with the
    nearest names for a phrase that nothing carries.
    """
    lexicon = lexicon or Lexicon.embedded()
    if looks_written(phrase):
        return Resolved(phrase, parse(phrase), "expression", ("read as the written form of an expression",))
    entry = lexicon.lookup(phrase)
    if entry is not None and entry.expression:
        note = f"known name of the entry {entry.id!r}" + (f": {entry.note}" if entry.note else "")
        return Resolved(phrase, parse(entry.expression), entry.kind, (note,), entry)
    if entry is not None and not drawable(entry, atlas):
        published = "; published: " + published_text(entry) if published_text(entry) else ""
        raise UnknownNameError(f"{entry.id} cannot be drawn ({entry.note or 'no geometry'}){published}.")
    mention = max(read(phrase, lexicon).mentions, key=lambda m: m.end - m.start, default=None)
    if mention and mention.territory and mention.end - mention.start >= 0.6 * len(phrase.strip()):
        steps = (f"read {mention.text!r} as {mention.kind}", *((mention.note,) if mention.note else ()))
        return Resolved(phrase, parse(mention.territory), mention.kind, steps)
    if not atlas.has_place(phrase):
        offered = dict.fromkeys([*atlas.spelled_like(phrase, 2), *lexicon.nearest(phrase)])
        raise UnknownNameError(f"Nothing known is called {phrase!r}.", list(offered)[:_OFFERED])
    place = atlas.place(phrase)
    step = f"settlement {place.name} in {place.unit}, {place.population:,} people, in the gazetteer"
    if place.kind == VILLAGE:
        step = f"village {place.name} in {place.unit}, of the settlement table; its people are not listed"
    return Resolved(phrase, Place(place.name), "city", (step,))


def territory(phrase: str, atlas: Atlas) -> Territory:
    """The expression a phrase means; raises as :func:`resolve` does."""
    return resolve(phrase, atlas).territory


def published_text(entry: Entry) -> str:
    """The published length, width and area of an entry in words; "" where none is known."""
    figures = [f for quantity in ("length", "width", "area") for f in official_figures(entry.id, quantity)]
    return ", ".join(f"{f.quantity} {f.value:,g} {f.unit.replace('km2', 'km²')}" for f in figures)


def drawable(entry: Entry, atlas: Atlas) -> bool:
    """False for what is named in reporting and has no geometry: no expression, and no settlement of that name."""
    return bool(entry.expression) or atlas.has_place(entry.id)


@cache
def named(lexicon: Lexicon) -> dict[str, str]:
    """Entry ids by the expression they stand for: what an expression is called.

    What somebody proposes is called by what it is, not by the proposal: a name of it stands only where it was typed.
    """
    names: dict[str, str] = {}
    for entry in lexicon.entries:
        if entry.expression and entry.scenario is None:
            names.setdefault(str(parse(entry.expression)), entry.id)
    return names
