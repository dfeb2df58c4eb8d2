"""The quoted interval and the measured one on a common scale, as a small drawing beside a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

_IN_KM = {"m": 0.001, "km": 1.0}
_MARGIN = 6.0  # percent of the width kept free at each end

Ends = tuple[float, float, float]
"""low, value, high."""


def bars(document: Mapping[str, Any], count: int) -> list[Markup]:
    """A drawing for each claim of the document's first article; nothing where its claims are not the ``count`` rows."""
    articles = document.get("articles") or [{}]
    claims = articles[0].get("claims", ())
    return [bar(claim) for claim in claims] if len(claims) == count else [Markup("")] * count


def bar(claim: Mapping[str, Any]) -> Markup:
    """What readers take the quoted figure to mean, what was measured, and both figures; empty without both."""
    quoted, measured = claim.get("quoted"), claim.get("measured")
    scales = _scales(quoted, measured)
    if scales is None or quoted is None or measured is None:
        return Markup("")
    (q_low, q, q_high), (m_low, m, m_high) = _ends(quoted, scales[0]), _ends(measured, scales[1])
    low, high = min(q_low, m_low), max(q_high, m_high)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        return Markup("")

    def at(value: float) -> str:
        return f"{_MARGIN + (100 - 2 * _MARGIN) * (value - low) / (high - low):.2f}"

    return Markup(
        '<svg class="bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="axis" d="M0 8H100"/><path class="readers" d="M{at(q_low)} 8H{at(q_high)}"/>'
        f'<path class="said" d="M{at(q)} 2V14"/><path class="range" d="M{at(m_low)} 8H{at(m_high)}"/>'
        f'<path class="found" d="M{at(m)} 0V16"/></svg>'
    )


def _scales(quoted: Any, measured: Any) -> tuple[float, float] | None:
    """What to multiply both by to have one unit; None where they cannot be set side by side."""
    rows = [row for row in (quoted, measured) if isinstance(row, Mapping)]
    if len(rows) < 2 or any(not isinstance(row.get(k), float | int) for row in rows for k in ("low", "value", "high")):
        return None
    one, other = (row.get("unit") for row in rows)
    if one == other:
        return 1.0, 1.0
    return (_IN_KM[one], _IN_KM[other]) if one in _IN_KM and other in _IN_KM else None


def _ends(row: Mapping[str, Any], scale: float) -> Ends:
    return float(row["low"]) * scale, float(row["value"]) * scale, float(row["high"]) * scale
