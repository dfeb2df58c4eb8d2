"""Wholes: the territory that a figure is a share or a part of, and the name in the text that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Page

WHOLES = (
    "anaphora",
    "admin-unit",
    "group-of-oblasts",
    "group",
    "salient",
    "country",
    "denominator",
    "control-share",
    "macro-region",
    "bank-of-river",
)


@dataclass(frozen=True)
class Whole:
    """What a figure is a share of: the expression, the words it ends at, and the entry if it is one.

    ``loose`` where the figure stands *in* it rather than being one *of* it; ``assumed`` where the text does not say it.
    """

    expression: str | None
    last: int
    entry: Entry | None = None
    note: str = ""
    kind: str = ""
    loose: bool = False
    assumed: bool = False


def called_now(whole: Whole, day: str | None) -> Whole:
    """*79 % of the Donetsk People's Republic*, said after the annexation: of all that the name is used for since."""
    entry = whole.entry
    if entry is None or "called_now" not in entry.extra or (day or "") < str(entry.extra["called_since"]):
        return whole
    note = f"the name is taken as in use since {entry.extra['called_since']}: of the whole oblast"
    return replace(whole, expression=str(entry.extra["called_now"]), note=note)


def covering(page: Page, index: int) -> Finding | None:
    """The finding that word ``index`` belongs to."""
    known = next(page.before(index + 1), None)
    return known if known is not None and known.first <= index < known.last else None


def each_of(page: Page, last: int, whole: Whole | None) -> list[Whole | None]:
    """*75 % of each of the Zaporizhzhia and Kherson regions*: every one of them; else the whole as it is."""
    words = page.scan.words
    known = covering(page, whole.last - 1) if whole and whole.expression else None
    if whole is None or known is None or len(known.members) < 2:
        return [whole]
    if "each" not in [word.norm for word in words[last : known.first]]:
        return [whole]
    return [Whole(each.expression, whole.last, each, each.note, each.kind) for each in known.members]


def ground_of(known: Finding) -> str | None:
    """The ground of which a control share is the part that is held; None where it is not known."""
    terms = [entry.expression for entry in known.members if entry.expression]
    return " | ".join(dict.fromkeys(terms)) or None
