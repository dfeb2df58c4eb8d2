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

_LONGEST = 64
"""Signs of an id: what a tree of layers shows without cutting."""


def title(name: str, dated: str, measured: Quantity | None) -> str:
    """``Russian-held Kherson oblast (2025-03-03, 19,206 km²)``; of what has no date or no extent, what there is."""
    said = ", ".join(filter(None, (dated, amount(measured.value, measured.unit) if measured else "")))
    return f"{name} ({said})" if said else name


def slug(words: str, dated: str = "") -> str:
    """Words as an id: lower case, ``a`` to ``z``, digits and hyphens, cut between words; the date stays whole."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "layer"
    room = _LONGEST - (len(dated) + 1 if dated else 0)
    if len(found) > room:
        found = found[: room + 1].rpartition("-")[0] or found[:room]
    return f"{found}-{dated}" if dated else found


def ids(names: Iterable[tuple[str, str]], taken: Iterable[str] = ()) -> list[str]:
    """An id for each name and its date ("" for none), in order, none twice and none of those ``taken``."""
    there = set(taken)
    found = []
    for words, dated in names:
        base = one = slug(words, dated)
        number = 2
        while one in there:
            one, number = f"{base}-{number}", number + 1
        there.add(one)
        found.append(one)
    return found


def headline(article: Article) -> str:
    """An article's title where it has one of at least three words, else the name of its file."""
    words = [word for word in article.title.split() if any(c.isalpha() for c in word)]
    return article.title if len(words) >= 3 else f"Claims in {Path(article.path).name or 'a text'}"
