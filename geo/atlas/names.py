"""Finding a record by its name, and offering the nearest ones where there is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from geo.errors import UnknownNameError

T = TypeVar("T")


def folded(name: str) -> str:
    """A name as it is compared: no case, accents, apostrophes or doubled blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\s_-]+", " ", re.sub(r"['’ʼ`]", "", plain)).strip().casefold()


def levelled(name: str) -> str:
    """A folded name with ways of writing Cyrillic levelled: *Slovyansk* is *Sloviansk*, *Makiyivka* is *Makiivka*."""
    return re.sub(r"i+", "i", re.sub(r"[yj]", "i", folded(name)))


def pick(records: Mapping[str, T], name: str, what: str) -> T:
    """The record called ``name``; raises :class:`UnknownNameError` with the nearest names where there is none."""
    found = records.get(folded(name))
    if found is None:
        raise UnknownNameError(f"There is no {what} called {name!r}.", nearest(records, name))
    return found


def nearest(names: Iterable[str], name: str, count: int = 3) -> list[str]:
    """Up to ``count`` of ``names`` that look like ``name``, best first."""
    from rapidfuzz import fuzz, process

    return [match for match, *_ in process.extract(folded(name), list(names), scorer=fuzz.WRatio, limit=count)]
