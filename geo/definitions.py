"""The rules verdicts follow and the other definitions people measure by, read from ``data/definitions.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from geo.data import data_path


@dataclass(frozen=True)
class Definition:
    """Another way to count: ``part`` and ``whole`` are expressions around the claim's own."""

    id: str
    sentence: str
    part: str
    whole: str
    applies_to: str

    def applied(self, part: str, whole: str | None) -> tuple[str, str | None]:
        """The claim's part and whole by this definition."""
        words = {"part": part, "whole": whole or part}
        return self.part.format(**words), self.whole.format(**words) if whole else None


@dataclass(frozen=True)
class Rules:
    """The numbers and definitions behind verdicts; what each means stands in the data file."""

    wrong_beyond: float
    same_within: float
    definitions: tuple[Definition, ...]


@cache
def rules() -> Rules:
    """The rules that ship with the program."""
    table = tomllib.loads(data_path("definitions.toml").read_text(encoding="utf-8"))
    definitions = tuple(Definition(**row) for row in table["definition"])
    return Rules(table["wrong_beyond"], table["same_within"], definitions)
