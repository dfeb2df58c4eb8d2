"""The sheet a picture is set on: its size, its type, and the lines above and below."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET = "#1d1d1d", "#55524d"
FONT = "DejaVu Sans"
_MM = 1 / 25.4
_LINE = 1.32  # height of a line of text in its size


@dataclass(frozen=True)
class Sheet:
    """A size in millimetres, the size of its running text in points, and its resolution where it is made of pixels."""

    width_mm: float
    height_mm: float
    text_pt: float
    dpi: int = 300


SIZES: Mapping[str, Sheet] = {
    "column": Sheet(88, 105, 6.5),
    "page": Sheet(180, 150, 8),
    "card": Sheet(1200 / 300 * 25.4 * 2, 675 / 300 * 25.4 * 2, 9, 150),
}
"""One column and two columns of a newspaper page, and a card of 1,200 by 675 pixels for social media."""


@dataclass(frozen=True)
class Caption:
    """What stands around a picture: a title, a line under it, and the source lines at the foot."""

    title: str
    subtitle: str
    sources: tuple[str, ...]


def set_on(sheet: Sheet, caption: Caption) -> tuple[Figure, Axes]:
    """An empty figure with its caption set, and the axes left free for the picture."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(sheet.width_mm * _MM, sheet.height_mm * _MM), dpi=sheet.dpi, facecolor="white")
    height_pt = sheet.height_mm * _MM * 72
    margin = 0.025 if sheet.width_mm > sheet.height_mm else 0.035
    top = 1 - margin * sheet.width_mm / sheet.height_mm
    for words, size, weight, colour in (
        (caption.title, sheet.text_pt * 1.5, "bold", INK),
        (caption.subtitle, sheet.text_pt, "normal", QUIET),
    ):
        lines = wrapped(words, size, sheet, margin)
        figure.text(margin, top, "\n".join(lines), size=size, weight=weight, color=colour, va="top", **plain())
        top -= len(lines) * size * _LINE / height_pt + 0.004
    small = sheet.text_pt * 0.78
    foot = [line for source in caption.sources for line in wrapped(source, small, sheet, margin)]
    figure.text(margin, 0.012, "\n".join(foot), size=small, color=QUIET, va="bottom", linespacing=1.2, **plain())
    bottom = 0.012 + len(foot) * small * 1.25 / height_pt + 0.012
    box = (margin, bottom, 1 - 2 * margin, top - 0.012 - bottom)
    return figure, figure.add_axes(box)


def plain() -> dict[str, Any]:
    """How every text is set: never as a formula, in the one font that is embedded."""
    return {"family": FONT, "parse_math": False}


def wrapped(words: str, size_pt: float, sheet: Sheet, margin: float = 0.03) -> list[str]:
    """Text in lines that fit the sheet, by the mean width of a letter of the font (0.56 of its size)."""
    letters = int(sheet.width_mm * (1 - 2 * margin) * _MM * 72 / (size_pt * 0.56))
    return [line for part in words.splitlines() or [""] for line in textwrap.wrap(part, letters) or [""]]
