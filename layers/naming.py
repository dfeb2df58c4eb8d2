"""What things are called: a layer by territory, date and measured value, its id as any tool can type it; an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from geo.quantity import Quantity
from geo.wording import amount

if TYPE_CHECKING:
    from geo.reading.article import Article

_LONGEST = 63
"""Signs of an id: PostgreSQL cuts longer names of tables, and a tree of layers shows so many."""


def title(name: str, dated: str, measured: Quantity | None) -> str:
    """``Russian-held Kherson oblast (2025-03-03, 19,206 km²)``; of what has no date or no extent, what there is."""
    day = "" if dated and name.endswith(dated) else dated
    said = ", ".join(filter(None, (day, amount(measured.value, measured.unit) if measured else "")))
    return f"{name} ({said})" if said else name


def slug(words: str, dated: str = "", number: int = 0) -> str:
    """Words as an id: lower case, ``a`` to ``z``, digits and hyphens, cut between words; date and number stay whole."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "layer"
    if dated:
        found = found.removesuffix(f"-{dated}")
    tail = "".join(f"-{part}" for part in (dated, number) if part)
    return _cut(found, _LONGEST - len(tail)) + tail


def _cut(words: str, room: int) -> str:
    """Words and hyphens, between words where there are several."""
    return words if len(words) <= room else words[: room + 1].rpartition("-")[0] or words[:room]


def ids(names: Iterable[tuple[str, str]], taken: Iterable[str] = ()) -> list[str]:
    """An id for each name and its date ("" for none), in order, none twice and none of those ``taken``."""
    there = set(taken)
    found = []
    for words, dated in names:
        wanted = (slug(words, dated, number) for number in (0, *range(2, len(there) + 3)))
        one = next(name for name in wanted if name not in there)
        there.add(one)
        found.append(one)
    return found


def headline(article: Article) -> str:
    """An article's headline where it has one of two words or more, else the name of its file."""
    words = [word for word in article.title.split() if any(c.isalpha() for c in word)]
    return article.title if len(words) > 1 else f"Claims in {Path(article.path).name or 'a text'}"
