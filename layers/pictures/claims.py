"""A chart of an article's claims: what was quoted, as readers take it, against what is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.reading.types import Figure as Figured
from geo.verdict import Checked
from geo.wording import digits, interval_text
from layers.palette import palette
from layers.pictures.sheet import (
    FAINT,
    INK,
    LETTER,
    LINE,
    MM_PT,
    QUIET,
    Caption,
    Sheet,
    caption_mm,
    plain,
    set_on,
    wrapped,
)
from layers.subjects import quoted, subject

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_QUOTE = 0.7
"""The part of the width a quote may take; its verdict stands beside it."""
_LABELS = 0.58
"""The part of the width the labels of bars may take at most."""
_MOST_LINES = 4
_SPARE_MM = 2.0
_PER = {("m", "km"): 1e-3, ("km", "m"): 1e3}
"""What one of the quoted unit is in the measured one, where they differ: a bar has one scale."""


@dataclass(frozen=True)
class _Row:
    """A claim as it is set: lines of the quote, of what it is about, and the labels of its two bars."""

    one: Checked
    quote: tuple[str, ...]
    about: tuple[str, ...]
    labels: tuple[str, str]

    def height_pt(self, sheet: Sheet) -> float:
        """How tall the row is with the room below it."""
        return LINE * (len(self.quote) * sheet.text_pt + (len(self.about) + 2.3) * sheet.small_pt) + sheet.text_pt


def charted(checked: Sequence[Checked]) -> list[Checked]:
    """The claims that have both a quoted figure and a measured one."""
    return [one for one in checked if one.claim.figure is not None and one.measured is not None]


def uncharted(checked: Sequence[Checked]) -> str:
    """A sentence on the claims that a chart leaves out; "" where it has all."""
    left = len(checked) - len(charted(checked))
    return f"Not charted, as nothing is measured against them: {left} of {len(checked)} claims." if left else ""


def without_bounds(checked: Sequence[Checked]) -> str:
    """Why some measured figures of a chart bear no interval; "" where all do."""
    bare = any("(" not in interval_text(one.measured) for one in charted(checked) if one.measured)
    return "A figure without an interval is one whose bounds, so rounded, read the same." if bare else ""


def claims_height_mm(checked: Sequence[Checked], caption: Caption, sheet: Sheet) -> float:
    """How tall a sheet must be for all the claims of a chart and its caption."""
    rows = sum(row.height_pt(sheet) for row in _rows(checked, sheet))
    return caption_mm(caption, sheet) + rows / MM_PT + _SPARE_MM


def claims_chart(checked: Sequence[Checked], caption: Caption, sheet: Sheet) -> Figure:
    """One row a claim, each on its own scale: the quoted interval as an open bar, the measured one filled.

    On a sheet of fixed height the worst are shown and the others counted. Raises :class:`InputError` where no claim
    has both a quoted and a measured figure.
    """
    rows = _rows(checked, sheet)
    if not rows:
        raise InputError("There is nothing to chart: no claim has both a quoted figure and a measured one.")
    figure, axes = set_on(sheet, caption)
    box = axes.get_position()
    wide, tall = box.width * sheet.width_mm * MM_PT, box.height * sheet.height_mm * MM_PT
    shown = _that_fit(rows, tall - 1.5 * sheet.text_pt, sheet) if sheet.fixed else rows
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    y = 0.0
    bars_from = min(_LABELS * wide, max(len(words) for row in shown for words in row.labels) * LETTER * sheet.small_pt)
    for row in shown:
        _set(axes, row, y, bars_from + sheet.text_pt, wide, sheet)
        y += row.height_pt(sheet)
    if left := len(rows) - len(shown):
        words = f"and {left} more claim{'s' * (left > 1)}, none worse than these"
        _say(axes, 0.0, y + 0.4 * sheet.text_pt, words, sheet.small_pt, QUIET)
    return figure


def _rows(checked: Sequence[Checked], sheet: Sheet) -> list[_Row]:
    return [_row(one, sheet) for one in charted(checked)]


def _row(one: Checked, sheet: Sheet) -> _Row:
    assert one.claim.figure is not None
    assert one.measured is not None
    quote = wrapped(f"“{' '.join(one.claim.text.split())}”", sheet.text_pt, sheet, _QUOTE)
    if len(quote) > _MOST_LINES:
        quote = [*quote[: _MOST_LINES - 1], f"{quote[_MOST_LINES - 1].rstrip('.,; ”')} …”"]
    labels = (
        f"quoted {quoted(one)}{_taken(one.claim.figure)}",
        f"{'published' if one.claim.named else 'measured'} {interval_text(one.measured)}",
    )
    return _Row(one, tuple(quote), tuple(wrapped(subject(one), sheet.small_pt, sheet)), labels)


def _taken(figure: Figured) -> str:
    """The interval readers take a quoted figure to mean; a bound has none, and says so by its sign."""
    low, high = digits(figure.low, figure.unit), digits(figure.high, figure.unit)
    return "" if figure.bound or low == high else f" ({low} to {high})"


def _that_fit(rows: Sequence[_Row], tall_pt: float, sheet: Sheet) -> list[_Row]:
    """The worst claims that fit a height, in the order of the text."""
    shown: list[_Row] = []
    for row in sorted(rows, key=lambda row: palette().verdicts[row.one.verdict].rank):
        if shown and sum(other.height_pt(sheet) for other in (*shown, row)) > tall_pt:
            break
        shown.append(row)
    return [row for row in rows if row in shown]


def _set(axes: Axes, row: _Row, top: float, bars_from: float, wide: float, sheet: Sheet) -> None:
    claim, measured = row.one.claim, row.one.measured
    assert claim.figure is not None
    assert measured is not None
    figure = claim.figure
    mark = palette().verdicts[row.one.verdict]
    colour = mark.colour.light
    _say(axes, 0.0, top, "\n".join(row.quote), sheet.text_pt, INK)
    _say(axes, wide, top, f"{mark.sign} {row.one.verdict}", sheet.text_pt, colour, right=True)
    y = top + LINE * len(row.quote) * sheet.text_pt
    _say(axes, 0.0, y, "\n".join(row.about), sheet.small_pt, QUIET)
    y += LINE * len(row.about) * sheet.small_pt
    one = _PER.get((figure.unit, measured.unit), 1.0)
    said = (figure.low * one, figure.value * one, figure.high * one)
    ends = {"min": (said[1],), "max": (said[1],)}.get(figure.bound, said)
    scale = _scale((*ends, measured.low, measured.value, measured.high), bars_from, wide)
    at = [scale(number) for number in said]
    at = {"min": [at[1], at[1], wide], "max": [bars_from, at[1], at[1]]}.get(figure.bound, at)
    for words, places, ink, filled in (
        (row.labels[0], at, QUIET, False),
        (row.labels[1], [scale(number) for number in (measured.low, measured.value, measured.high)], colour, True),
    ):
        _say(axes, 0.0, y, words, sheet.small_pt, ink)
        _bar(axes, places, y + 0.62 * sheet.small_pt, sheet, ink, filled, "" if filled else figure.bound)
        y += 1.15 * LINE * sheet.small_pt
    foot = top + row.height_pt(sheet) - 0.5 * sheet.text_pt
    axes.plot([0, wide], [foot, foot], color=FAINT, linewidth=0.4)


def _bar(axes: Axes, at: Sequence[float], middle: float, sheet: Sheet, ink: str, filled: bool, bound: str = "") -> None:
    """An interval as a bar, open or filled, and its value as a stroke across; a bound has no end on its other side."""
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    low, value, high = at
    half = 0.3 * sheet.small_pt
    top, foot = middle - half, middle + half
    if bound:
        far, near = (high, low) if bound == "min" else (low, high)
        axes.plot([far, near, near, far], [top, top, foot, foot], color=ink, linewidth=0.6)
    else:
        face = to_rgba(ink, 0.35) if filled else "none"
        axes.add_patch(Rectangle((low, top), high - low, 2 * half, facecolor=face, edgecolor=ink, linewidth=0.6))
    axes.plot([value, value], [middle - 1.5 * half, middle + 1.5 * half], color=ink, linewidth=1.4)


def _scale(values: Sequence[float], begin: float, end: float) -> Callable[[float], float]:
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.04
    return lambda value: begin + (end - begin) * (value - low + room) / (high - low + 2 * room)


def _say(axes: Axes, x: float, y: float, words: str, size: float, colour: str, *, right: bool = False) -> None:
    axes.text(
        x, y, words, size=size, color=colour, ha="right" if right else "left", va="top", linespacing=1.15, **plain()
    )
