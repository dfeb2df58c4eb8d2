"""Who holds what on a date, by one source: assessed, claimed and contested areas apart, both sides alike."""

from __future__ import annotations

from collections.abc import Iterable

import shapely

from geo.atlas.control.types import ControlClass, ControlSource, Holding, Side, Snapshot
from geo.measure.geodesic import area_km2
from layers.layer import Feature, Layer, Value

_WORDS = {
    "assessed": "Held (assessed)",
    "claimed": "Claimed",
    "contested": "Contested",
    "unknown": "Unknown",
    "liberated": "Retaken",
}
_ROLES = {
    "liberated": "control-assessed",
    "assessed": "control-assessed",
    "claimed": "control-claimed",
    "contested": "control-contested",
}


def build(
    control: ControlSource, snapshot: Snapshot, also: Iterable[tuple[Side, ControlClass]] = ()
) -> tuple[Layer, ...]:
    """One layer a class that has any area; a feature a side.

    ``also`` names sides and classes that have none on this date, but on others: they are there, and empty.
    """
    given = {(h.side, h.cls) for h in snapshot.holdings if not h.geometry.is_empty}
    empty = [Holding(side, cls, shapely.Polygon()) for side, cls in also if (side, cls) not in given]
    layers = []
    for cls, words in _WORDS.items():
        features = tuple(
            Feature(
                holding.geometry,
                _name(words, cls, holding.side),
                _facts(holding.side, cls, area_km2(holding.geometry), snapshot),
            )
            for holding in (*snapshot.holdings, *empty)
            if holding.cls == cls and (not holding.geometry.is_empty or holding in empty)
        )
        if features:
            layers.append(
                Layer(
                    f"control-{control.name}-{cls}",
                    f"{words} ({control.name})",
                    _ROLES.get(cls, "control-unknown"),
                    features,
                    control.title,
                    control.licence,
                    as_of=str(snapshot.dated),
                    note=" ".join(snapshot.notes),
                )
            )
    return tuple(layers)


def _name(words: str, cls: str, side: str) -> str:
    """What an area is called: "Held by Russia (assessed)"; of contested and unknown ground no holder is named."""
    if cls in ("contested", "unknown"):
        return words
    verb, *how = words.split(" (", 1)
    return " (".join((f"{verb} by {side.title()}", *how))


def _facts(side: str, cls: str, km2: float, snapshot: Snapshot) -> dict[str, Value]:
    facts: dict[str, Value] = {"class": cls, "area_km2": round(km2, 1)}
    if cls != "contested":
        facts["side"] = side
    else:
        facts["leans_to"] = side.title()
    if snapshot.error_percent is not None and cls == "assessed":
        below, above = _error_km2(side, snapshot)
        facts["area_km2_low"], facts["area_km2_high"] = round(km2 - below, 1), round(km2 + above, 1)
    return facts


def _error_km2(side: str, snapshot: Snapshot) -> tuple[float, float]:
    """How many km² a side's area may be too large and too small: one side's surplus is missing to the other."""
    error = snapshot.error_percent
    assert error is not None
    russian = area_km2(snapshot.held("russia"))
    too_much, too_little = russian * max(error.high, 0) / 100, russian * max(-error.low, 0) / 100
    return (too_much, too_little) if side == "russia" else (too_little, too_much)
