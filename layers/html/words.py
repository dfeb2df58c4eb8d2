"""What a page says in each of its languages, read from data/words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from geo.data import data_path
from layers.html.escape import escape


@dataclass(frozen=True)
class Words:
    """Texts by key (``words``), by what they are in English (``given``), and ``names`` of places, a text a language.

    ``patterns`` are like ``given``, with blanks; ``spoken`` are the pieces that expressions are said with.
    """

    languages: tuple[str, ...]
    titles: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    given: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, tuple[str, ...]]

    def english(self, key: str, **values: object) -> str:
        """A text in English, its ``{blanks}`` filled; raises :class:`KeyError` for a key the file does not have."""
        text = self.words[key][0]
        for blank, value in values.items():
            text = text.replace(f"{{{blank}}}", str(value))
        return text

    def document(self) -> dict[str, Any]:
        """Everything, as the page's script reads it."""
        return {
            "languages": self.languages,
            "words": dict(self.words),
            "given": dict(self.given),
            "names": dict(self.names),
            "patterns": dict(self.patterns),
        }


@lru_cache(maxsize=1)
def words() -> Words:
    """The words that ship with contactline."""
    table = tomllib.loads(data_path("words.toml").read_text(encoding="utf-8"))
    return Words(
        tuple(table["languages"]),
        tuple(table["titles"]),
        {key: tuple(texts) for key, texts in table["words"].items()},
        _with_english(table["given"]),
        {key: tuple(texts) for key, texts in table["names"].items()},
        _with_english(table["patterns"]),
        {key: tuple(texts) for key, texts in table["spoken"].items()},
    )


def _with_english(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """A table whose English is the key itself where none is written."""
    return {key: (texts[0] or key, *texts[1:]) for key, texts in table.items()}


def marked_word() -> Callable[..., Markup]:
    """For templates: a text that the page can say again in another language."""

    def word(key: str, **values: object) -> Markup:
        text = words().english(key, **values)
        blanks = Markup("").join(
            Markup(' data-{}="{}"').format(Markup(name), escape(str(value))) for name, value in values.items()
        )
        return Markup('<span data-w="{}"{}>{}</span>').format(Markup(key), blanks, escape(text))

    return word
