"""Finding a record by its name, and offering the nearest ones where there is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from geo.errors import UnknownNameError

T = TypeVar("T")
_OFFERED = 3


def folded(name: str) -> str:
    """A name as it is compared: no case, accents, apostrophes or doubled blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\s_-]+", " ", re.sub(r"['’ʼ`]", "", plain)).strip().casefold()


def levelled(name: str) -> str:
    """A folded name with ways of writing Cyrillic levelled: *Slovyansk* is *Sloviansk*, *Makiyivka* is *Makiivka*."""
    return re.sub(r"i+", "i", re.sub(r"[yj]", "i", folded(name)))


def pick(records: Mapping[str, T], name: str, what: str, also: Iterable[str] = ()) -> T:
    """The record called ``name``; raises :class:`UnknownNameError` with the nearest names where there is none.

    Names are offered as the record has them, once each: any other spelling that came near is one of its own.
    ``also`` are names that may be meant and stand for no record.
    """
    found = records.get(folded(name))
    if found is None:
        near = nearest([*records, *also], name, 3 * _OFFERED)
        written = dict.fromkeys(_written(records.get(one, one), one) for one in near)
        raise UnknownNameError(f"There is no {what} called {name!r}.", list(written)[:_OFFERED])
    return found


def _written(record: object, key: str) -> str:
    """What a record is called: by its name, its id, or itself where it is a name."""
    found = record if isinstance(record, str) else getattr(record, "name", getattr(record, "id", key))
    return str(found)


def nearest(names: Iterable[str], name: str, count: int = _OFFERED) -> list[str]:
    """Up to ``count`` of ``names`` that look like ``name``, best first."""
    from rapidfuzz import fuzz, process

    return [match for match, *_ in process.extract(folded(name), list(names), scorer=fuzz.WRatio, limit=count)]
