"""The sheet a picture is set on: its size, its type, and the lines above and below."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET, FAINT = "#1d1d1d", "#55524d", "#d8d4cc"
FONT = "DejaVu Sans"
LINE = 1.32
"""Height of a line of text, in its size."""
LETTER = 0.56
"""Mean width of a letter of the font, in its size; bold ones are a tenth wider."""
LEAST_PT = 6.0
"""Smaller type than this no newspaper prints."""
MM_PT = 72 / 25.4
_BOLD = 1.1
_PAD_MM = 1.8
"""Room below the source lines, above them, and under the lines at the head."""
_NO_BREAK = "\u00a0"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOGETHER = re.compile(rf"(?<=\d) (?=(?:{_MONTHS}|km²?|m|miles?)\b|%)|(?<=©) ")
"""The spaces at which no line ends: between a number and its unit, a day and its month, © and whose it is."""


@dataclass(frozen=True)
class Sheet:
    """A size in millimetres, the size of its running text in points, and its resolution where it is made of pixels."""

    width_mm: float
    height_mm: float
    text_pt: float
    dpi: int = 300
    fixed: bool = False
    """Whether the height is part of the format: a chart with many rows leaves some out, else the sheet grows."""

    @property
    def small_pt(self) -> float:
        """The size of legends, scales and source lines, in points."""
        return max(LEAST_PT, 0.78 * self.text_pt)

    @property
    def name_pt(self) -> float:
        """The size of names on a map, in points."""
        return max(LEAST_PT, 0.85 * self.text_pt)

    def tall(self, height_mm: float) -> Sheet:
        """The same sheet with another height, where its format leaves that free."""
        return self if self.fixed else replace(self, height_mm=height_mm)


SIZES: Mapping[str, Sheet] = {
    "column": Sheet(88, 124, 7),
    "page": Sheet(180, 150, 8),
    "card": Sheet(1200 / 150 * 25.4, 630 / 150 * 25.4, 9, 150, fixed=True),
}
"""One column and two columns of a newspaper page at 300 dpi, and a card of 1,200 by 630 pixels for social media."""


@dataclass(frozen=True)
class Caption:
    """What stands around a picture: a title, a line under it, and the source lines at the foot."""

    title: str
    subtitle: str
    sources: tuple[str, ...]


def set_on(sheet: Sheet, caption: Caption) -> tuple[Figure, Axes]:
    """An empty figure with its caption set, and the axes left free for the picture."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(sheet.width_mm / 25.4, sheet.height_mm / 25.4), dpi=sheet.dpi, facecolor="white")
    height_pt = sheet.height_mm * MM_PT
    left = margin(sheet)
    top = 1 - left * sheet.width_mm / sheet.height_mm
    for words, size, weight, colour in (
        (caption.title, sheet.text_pt * 1.5, "bold", INK),
        (caption.subtitle, sheet.text_pt, "normal", QUIET),
    ):
        lines = wrapped(words, size * (_BOLD if weight == "bold" else 1), sheet)
        if any(lines):
            figure.text(
                left,
                top,
                "\n".join(lines),
                size=size,
                weight=weight,
                color=colour,
                va="top",
                linespacing=1.15,
                **plain(),
            )
            top -= (len(lines) * LINE + 0.35) * size / height_pt
    pad = _PAD_MM / sheet.height_mm
    foot = [line for source in caption.sources for line in wrapped(source, sheet.small_pt, sheet)]
    figure.text(left, pad, "\n".join(foot), size=sheet.small_pt, color=QUIET, va="bottom", linespacing=1.2, **plain())
    bottom = pad + len(foot) * sheet.small_pt * 1.25 / height_pt + pad
    return figure, figure.add_axes((left, bottom, 1 - 2 * left, top - pad - bottom))


def caption_mm(caption: Caption, sheet: Sheet) -> float:
    """How much of a sheet's height a caption takes."""
    lines = (
        (caption.title, sheet.text_pt * 1.5, _BOLD),
        (caption.subtitle, sheet.text_pt, 1.0),
        *((source, sheet.small_pt, 1.0) for source in caption.sources),
    )
    tall_pt = sum((len(wrapped(words, size * wider, sheet)) * LINE + 0.35) * size for words, size, wider in lines)
    return tall_pt / MM_PT + 2 * margin(sheet) * sheet.width_mm


def margin(sheet: Sheet) -> float:
    """The room left free at either side, as a part of the width."""
    return 0.025 if sheet.width_mm > sheet.height_mm else 0.035


def plain() -> dict[str, Any]:
    """How every text is set: never as a formula, in the one font that is embedded."""
    return {"family": FONT, "parse_math": False}


def wrapped(words: str, size_pt: float, sheet: Sheet, part: float = 1.0) -> list[str]:
    """Text in lines that fit ``part`` of the sheet's width between its margins, by the mean width of a letter."""
    room = sheet.width_mm * MM_PT * (1 - 2 * margin(sheet)) * part
    letters = max(8, int(room / (size_pt * LETTER)))
    return in_lines(words, letters)


def in_lines(words: str, letters: int) -> list[str]:
    """Text in lines of at most so many letters; none ends between a number and its unit."""
    kept = _TOGETHER.sub(_NO_BREAK, words)
    lines = [line for piece in kept.splitlines() or [""] for line in textwrap.wrap(piece, letters) or [""]]
    return [line.replace(_NO_BREAK, " ") for line in lines]
