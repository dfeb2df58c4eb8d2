"""How wide a quoted number is meant: the published study of what readers take "about 20" to be.

The formula, its coefficients and their source stand in ``data/reading/hedges.toml``. The rule in three sentences:
a hedged number is as wide as the study says; a round number without a hedge is read as "about"; any other number
is read to its printed digits, so 18.57 is 18.565 to 18.575.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from geo.quantity import Interval
from geo.reading.numbers import last_digit, roundness
from geo.reading.tables import table
from geo.reading.tokens import words


@dataclass(frozen=True)
class Hedge:
    """A hedge as it stands in texts: what the study calls it, and the bound it sets ("", "min" or "max")."""

    studied: str
    bound: str


@cache
def hedges() -> Mapping[str, Hedge]:
    """Every hedge of ``data/reading/hedges.toml`` by its words, as vocabularies have them."""
    return {
        " ".join(words(phrase)): Hedge(listed["studied"], listed.get("bound", ""))
        for listed in table("hedges")["hedge"]
        for phrase in listed["words"]
    }


def nearly_all() -> float:
    """From how many percent on *nearly all* is said rightly."""
    return float(table("hedges")["rules"]["nearly_all"])


def width(value: Decimal, studied: str, round_to: int | None = None) -> float:
    """The median total width that readers give ``value`` under a hedge of the study; 0 for the number 0.

    Ferson et al. 2015; ``round_to`` is the power of ten the number is rounded to, where its digits do not show it.
    """
    if not value:
        return 0.0
    a, b, c, d, e, f, g, h, _sigma = table("hedges")["coefficients"][studied]
    z = math.log10(abs(value))
    r = roundness(value) if round_to is None else round_to
    five = 1 if round_to is None and last_digit(value) == 5 else 0
    return float(10 ** (a + b * z + c * r + d * five + e * z * r + f * z * five + g * r * five + h * z * r * five))


def interval(value: Decimal, hedge: str = "", round_to: int | None = None) -> Interval:
    """What readers take a number to mean, in the number's own unit.

    ``hedge`` is a hedge of the study, "exactly", or "" for none.
    """
    power = roundness(value) if round_to is None else round_to
    if not hedge and power > 0:
        hedge = table("hedges")["rules"]["round_as"]
    if hedge in table("hedges")["coefficients"]:
        half = width(value, hedge, round_to) / 2
    else:
        half = 10.0**power / 2 if power <= 0 else 0.5
    return Interval(float(value) - half, float(value) + half)
