"""What the vocabulary knows of a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.reading.lexicon import Entry
from geo.reading.patterns import SENTENCE_END


@dataclass(frozen=True)
class Term:
    """A word or phrase the vocabulary knows: its classes, the value it has in each, and the territory it names."""

    classes: frozenset[str]
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    entry: Entry | None = field(default=None, hash=False)


class Word(NamedTuple):
    """A token, or several that make one term: what it says wherever it stands."""

    norm: str
    term: Term
    number: bool


NO_WORD = Word("", Term(frozenset(), SENTENCE_END), False)
"""What stands behind each sentence."""
