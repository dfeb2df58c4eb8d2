"""The rules verdicts follow and the other definitions people measure by, read from ``data/definitions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geo.data import data_path


@dataclass(frozen=True)
class Definition:
    """Another way to count: ``part`` and ``whole`` are expressions around the claim's own.

    ``{ground}`` stands for the ground of which the claim's part is what a side holds.
    """

    id: str
    sentence: str
    part: str
    whole: str
    applies_to: str

    @property
    def asks_ground(self) -> bool:
        """Whether it applies only to what a side holds of some ground."""
        return "{ground}" in self.part + self.whole

    def applied(self, part: str, whole: str | None, ground: str = "") -> tuple[str, str | None]:
        """The claim's part and whole by this definition."""
        words = {"part": part, "whole": whole or part, "ground": ground}
        return self.part.format(**words), self.whole.format(**words) if whole else None


@dataclass(frozen=True)
class Rules:
    """The numbers and definitions behind verdicts; what each means stands in the data file."""

    wrong_beyond: float
    wide_beyond: float
    same_within: float
    road: float
    front_length: float
    dated_within: tuple[str, int]
    ratings: Mapping[str, int]
    finest_km2: float
    source_floor: float
    front_error_km: float
    change_errors: tuple[tuple[int, float], ...]
    definitions: tuple[Definition, ...]


@cache
def rules() -> Rules:
    """The rules that ship with the program."""
    table = tomllib.loads(data_path("definitions.toml").read_text(encoding="utf-8"))
    definitions = tuple(Definition(**row) for row in table["definition"])
    errors = tuple((row["days"], row["km2"]) for row in table["change_error"])
    return Rules(
        wrong_beyond=table["wrong_beyond"],
        wide_beyond=table["wide_beyond"],
        same_within=table["same_within"],
        road=table["road"],
        front_length=table["front_length"],
        dated_within=(table["known_daily_since"], table["days_before"]),
        ratings=table["rating"],
        finest_km2=table["finest_km2"],
        source_floor=table["source_floor"],
        front_error_km=table["front_error_km"],
        change_errors=errors,
        definitions=definitions,
    )
