"""A chart of an article's claims: what was quoted, as readers take it, against what is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from geo.verdict import Checked
from geo.wording import amount, interval_text
from layers.palette import palette
from layers.pictures.sheet import INK, QUIET, Caption, Sheet, plain, set_on
from layers.subjects import subject

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def charted(checked: Sequence[Checked]) -> list[Checked]:
    """The claims that have both a quoted figure and a measured one."""
    return [one for one in checked if one.claim.figure is not None and one.measured is not None]


def claims_chart(checked: Sequence[Checked], caption: Caption, sheet: Sheet) -> Figure:
    """One row a claim, each on its own scale: the quoted interval above, the measured one below."""
    rows = charted(checked)
    figure, axes = set_on(sheet, caption)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(rows), 0)
    axes.axis("off")
    for number, one in enumerate(rows):
        _row(axes, number, one, sheet)
    return figure


def _row(axes: Axes, number: int, one: Checked, sheet: Sheet) -> None:
    claim, measured = one.claim, one.measured
    assert claim.figure is not None
    assert measured is not None
    quoted = claim.figure
    scale = _scale([quoted.low, quoted.high, quoted.value, measured.low, measured.high, measured.value])
    mark = palette().verdicts[one.verdict]
    words = " ".join(claim.text.split())
    short = words if len(words) < 64 else words[:61] + "…"
    _say(axes, 0.0, number + 0.2, f"“{short}”", sheet.text_pt, INK)
    _say(axes, 1.0, number + 0.2, f"{mark.sign} {one.verdict}", sheet.text_pt, mark.colour.light, right=True)
    for up, label, low, value, high, colour in (
        (0.46, f"quoted {amount(quoted.value, quoted.unit)}", quoted.low, quoted.value, quoted.high, QUIET),
        (0.68, f"measured {interval_text(measured)}", measured.low, measured.value, measured.high, mark.colour.light),
    ):
        y = number + up
        axes.plot([scale(low), scale(high)], [y, y], color=colour, linewidth=3.2, alpha=0.45, solid_capstyle="butt")
        axes.plot([scale(value)], [y], marker="|", markersize=7, markeredgewidth=1.6, color=colour)
        _say(axes, 0.0, y, label, 0.82 * sheet.text_pt, colour)
    _say(axes, 0.0, number + 0.86, subject(one), 0.78 * sheet.text_pt, QUIET)
    axes.plot([0, 1], [number + 0.98] * 2, color="#d8d4cc", linewidth=0.4)


def _scale(values: list[float]) -> Callable[[float], float]:
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.08
    return lambda value: 0.46 + 0.52 * (value - low + room) / (high - low + 2 * room)


def _say(axes: Axes, x: float, y: float, words: str, size: float, colour: str, *, right: bool = False) -> None:
    axes.text(x, y, words, size=size, color=colour, ha="right" if right else "left", va="center", **plain())
