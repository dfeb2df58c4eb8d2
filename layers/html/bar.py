"""The quoted interval and the measured one on a common scale, as a small drawing beside a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from layers.html.escape import escape

_IN_KM = {"m": 0.001, "km": 1.0}
_MARGIN = 6.0  # percent of the width kept free at each end

Ends = tuple[float, float, float]
"""low, value, high."""


def bars(document: Mapping[str, Any], count: int) -> list[Markup]:
    """A drawing for each claim of the document's first article; nothing where its claims are not the ``count`` rows."""
    claims = _claims(document)
    return [bar(claim) for claim in claims] if len(claims) == count else [Markup("")] * count


def gaps(document: Mapping[str, Any], count: int) -> list[str]:
    """:func:`gap` of each claim, as :func:`bars` counts them."""
    claims = _claims(document)
    return [f"{gap(claim):.6g}" for claim in claims] if len(claims) == count else ["-1"] * count


def _claims(document: Mapping[str, Any]) -> Any:
    return (document.get("articles") or [{}])[0].get("claims", ())


def bar(claim: Mapping[str, Any]) -> Markup:
    """What readers take the quoted figure to mean, what was measured, and each source by itself; empty without both."""
    quoted, measured = claim.get("quoted"), claim.get("measured")
    scales = _scales(quoted, measured)
    if scales is None or quoted is None or measured is None:
        return Markup("")
    (q_low, q, q_high), (m_low, m, m_high) = _ends(quoted, scales[0]), _ends(measured, scales[1])
    sources = _by_source(measured, scales[1])
    values = [value for found in sources.values() for value in found]
    low, high = min(q_low, m_low, *values), max(q_high, m_high, *values)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        return Markup("")

    def at(value: float) -> str:
        return f"{_MARGIN + (100 - 2 * _MARGIN) * (value - low) / (high - low):.2f}"

    whole = Markup(
        '<svg class="bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="axis" d="M0 8H100"/><path class="readers" d="M{at(q_low)} 8H{at(q_high)}"/>'
        f'<path class="said" d="M{at(q)} 2V14"/><path class="range" d="M{at(m_low)} 8H{at(m_high)}"/>'
        f'<path class="found" d="M{at(m)} 0V16"/></svg>'
    )
    return whole + Markup("").join(
        Markup(
            '<span class="by-source" aria-hidden="true"><span data-g>{}</span><svg class="bar" viewBox="0 0 100 10" '
            'preserveAspectRatio="none"><path class="axis" d="M0 5H100"/>'
            '<path class="one" d="M{} 5H{}{}"/></svg></span>'
        ).format(
            escape(name),
            Markup(at(min(found))),
            Markup(at(max(found))),
            Markup("".join(f"M{at(value)} 1V9" for value in sorted(set(found)))),
        )
        for name, found in sources.items()
    )


def gap(claim: Mapping[str, Any]) -> float:
    """How far the quoted figure lies from the measured one, as a part of it; -1 where one is missing."""
    quoted, measured = claim.get("quoted"), claim.get("measured")
    scales = _scales(quoted, measured)
    if scales is None or quoted is None or measured is None or not measured["value"]:
        return -1.0
    found = float(measured["value"]) * scales[1]
    return abs(float(quoted["value"]) * scales[0] - found) / abs(found)


def _by_source(measured: Mapping[str, Any], scale: float) -> dict[str, list[float]]:
    """The values each source gives, under whichever whole, by the source's name and state."""
    basis = measured.get("basis")
    rows = basis.get("sources", ()) if isinstance(basis, Mapping) else ()
    found: dict[str, list[float]] = {}
    for row in rows:
        if isinstance(row, Mapping) and isinstance(row.get("value"), float | int):
            name = " ".join(filter(None, (str(row.get("name", "")), str(row.get("snapshot") or ""))))
            found.setdefault(name, []).append(float(row["value"]) * scale)
    return found


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
