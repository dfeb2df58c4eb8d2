"""Events above a chart, as flags on staffs: each title beside its day, none over another, no staff through a title."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from layers.pictures.days import day_number
from layers.pictures.events import Event
from layers.pictures.sheet import INK, LETTER, LINE, MM_PT, QUIET, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GAP_PT = 5.0
_WIDEST = 0.36
"""Of the axis: a longer title is set in several lines."""
_NARROWEST = 12
"""Letters: narrower titles break words."""
_DRAWN_OUT = (0.03, 0.06)
"""How much longer than the days drawn an axis may be."""
_MOST_LINES = 5
"""On a sheet of fixed height: more lines of titles would leave the chart no room."""


@dataclass(frozen=True)
class Flags:
    """Events with the row of each title (0 the lowest) and whether it stands left of its day; and the axis of days."""

    events: tuple[Event, ...]
    at: tuple[float, ...]
    rows_of: tuple[int, ...]
    leftward: tuple[bool, ...]
    first: float
    last: float

    titles: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many lines a row has: those of the longest title."""
        return max((title.count("\n") + 1 for title in self.titles), default=1)

    def height_pt(self, sheet: Sheet) -> float:
        """How tall all rows of titles are."""
        return (1 + max(self.rows_of, default=-1)) * self.lines * LINE * sheet.small_pt


def flags_of(events: Sequence[Event], first: float, last: float, wide_pt: float, sheet: Sheet) -> Flags:
    """The events set along an axis from ``first`` to ``last`` (day numbers), ``wide_pt`` points wide.

    The later titles stand left of their days, the earlier ones right, in as many lines as make the whole lowest; where
    nothing fits the axis is drawn out a little. Where that does not help, and on a sheet of fixed height until all are
    five lines high, those nearest to an earlier one are left out.
    """
    shown = list(events)
    letters = max(_NARROWEST, int(_WIDEST * wide_pt / (LETTER * sheet.small_pt)))
    while True:
        for end in (last, *(last + out * (last - first) for out in _DRAWN_OUT)):
            tried = [_wrapped(shown, part, first, end, wide_pt, sheet) for part in sorted(_widths(letters))]
            most_pt = _MOST_LINES * LINE * sheet.small_pt if sheet.fixed else float("inf")
            fits = [one for one in tried if one and one.height_pt(sheet) <= most_pt + _GAP_PT]
            if fits:
                return min(fits, key=lambda one: one.height_pt(sheet))
        gaps = [after.date - before.date for before, after in pairwise(shown)]
        del shown[gaps.index(min(gaps)) + 1 if gaps else 0]


def _widths(letters: int) -> set[int]:
    return {max(_NARROWEST, int(part * letters)) for part in (1.0, 0.7, 0.5, 0.35)}


def _wrapped(
    shown: Sequence[Event], letters: int, first: float, end: float, wide_pt: float, sheet: Sheet
) -> Flags | None:
    """The events with titles of lines of so many letters at most; None where they find no room."""
    at = [day_number(event.date) for event in shown]
    titles = ["\n".join(textwrap.wrap(event.title, letters, break_long_words=False)) for event in shown]
    points = [LETTER * 1.06 * sheet.small_pt * max(map(len, one.split("\n"))) + _GAP_PT for one in titles]
    found = _fewest(at, [one * (end - first) / wide_pt for one in points], first, end)
    if not found:
        return None
    rows, leftward = found
    return Flags(tuple(shown), tuple(at), tuple(rows), tuple(leftward), first, end, tuple(titles))


def _fewest(
    at: Sequence[float], wide: Sequence[float], first: float, last: float
) -> tuple[list[int], list[bool]] | None:
    """Rows and sides with the fewest rows, all titles within the axis; None where there are none such."""
    best: tuple[list[int], list[bool]] | None = None
    for split in range(len(at), -1, -1):
        leftward = [n >= split for n in range(len(at))]
        inside = all(x - w >= first if left else x + w <= last for x, w, left in zip(at, wide, leftward, strict=True))
        rows = rows_of(at, wide, leftward) if inside else None
        if rows is not None and (best is None or max(rows, default=0) < max(best[0], default=0)):
            best = rows, leftward
    return best


def rows_of(at: Sequence[float], wide: Sequence[float], leftward: Sequence[bool]) -> list[int] | None:
    """The lowest row for each title above those whose staffs or words it would meet; None where two need each other.

    A staff runs from the axis up to its own row: a title must stand above every staff that its words would cross.
    """
    spans = [(x - w, x) if left else (x, x + w) for x, w, left in zip(at, wide, leftward, strict=True)]
    rows = [-1] * len(at)
    below: list[set[int]] = [set() for _ in at]
    for n, (begin, end) in enumerate(spans):
        for m, (other_begin, other_end) in enumerate(spans):
            crossed = m != n and begin <= at[m] <= end
            met = m < n and begin < other_end and other_begin < end and n not in below[m]
            if crossed or met:
                below[n].add(m)
    for _ in at:
        for n, under in enumerate(below):
            if rows[n] < 0 and all(rows[m] >= 0 for m in under):
                rows[n] = 1 + max((rows[m] for m in under), default=-1)
    return rows if all(row >= 0 for row in rows) else None


def set_flags(axes: Axes, flags: Flags, sheet: Sheet) -> None:
    """Draws the events above the axes, a thin staff down through them at each day."""
    size, high_pt = sheet.small_pt, axes.get_position().height * sheet.height_mm * MM_PT
    for title, day, row, left in zip(flags.titles, flags.at, flags.rows_of, flags.leftward, strict=True):
        up = (2.2 + row * flags.lines * LINE) * size
        axes.plot(
            [day, day],
            [0, 1 + (up + (title.count("\n") * LINE + 1) * size) / high_pt],
            transform=axes.get_xaxis_transform(),
            clip_on=False,
            color=QUIET,
            linewidth=0.4,
            linestyle=(0, (3, 2)),
            zorder=2,
        )
        axes.annotate(
            title,
            (day, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(-2 if left else 2, up),
            textcoords="offset points",
            size=size,
            color=INK,
            ha="right" if left else "left",
            va="bottom",
            linespacing=1.1,
            annotation_clip=False,
            **plain(),
        )
