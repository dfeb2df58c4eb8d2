"""A quantity as feature properties: the value under its unit's name, its interval beside it."""

from __future__ import annotations

from collections.abc import Iterable

from geo.algebra.region import Step
from geo.quantity import Bounded, Quantity
from geo.wording import amount
from layers.layer import Value

_PLACES = {"km2": 1, "km": 2, "percent": 2, "m": 1}


def figure(name: str, quantity: Quantity) -> dict[str, Value]:
    """``{"area_km2": 18.6, "area_km2_low": ..., "area_km2_high": ...}`` for ``name`` "area"."""
    key, places = f"{name}_{quantity.unit}", _PLACES.get(quantity.unit, 3)
    return {
        key: round(quantity.value, places),
        f"{key}_low": round(quantity.low, places),
        f"{key}_high": round(quantity.high, places),
    }


def bounded(key: str, number: Bounded, places: int = 1) -> dict[str, Value]:
    """The same of a number of a series, for a ``key`` that ends in its unit."""
    return {name: round(end, places) for name, end in zip((key, f"{key}_low", f"{key}_high"), number, strict=True)}


def lineage(steps: Iterable[Step]) -> str:
    """How a region came about, in one line."""
    return "; ".join(dict.fromkeys(" ".join(filter(None, (s.expression, "by", s.source, s.dated))) for s in steps))


def by_source(quantity: Quantity) -> dict[str, Value]:
    """What each source of control behind a figure gives, and by the state of which day, where there are several."""
    control = [source for source in quantity.basis.sources if source.snapshot and source.classes]
    first = {source.name: source for source in reversed(control)}
    if len(first) < 2:
        return {}
    told = [first[name] for name in dict.fromkeys(source.name for source in control)]
    return {
        "by_source": "; ".join(
            f"{source.name} {source.snapshot}: {amount(source.value, quantity.unit)}" for source in told
        )
    }
