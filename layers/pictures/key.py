"""The legend of a printed map, in a strip below it: one entry for each way something is drawn in the window."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from layers.layer import Feature, Layer
from layers.palette import Style, palette
from layers.pictures.sheet import INK, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Seen = Sequence[tuple[Layer, Sequence[Feature]]]
"""Layers with those of their features that lie in the window."""

UNHELD = "Unshaded within Ukraine: held by nobody (waters, reservoir)"
_MOST_NAMES = 6
_MOST_COLUMNS = 3
_HANDLE, _LETTER, _LINE = 3.6, 0.56, 1.42  # of the size: a swatch with its room, a letter, a line


@dataclass(frozen=True)
class Key:
    """Entries in columns: what is drawn, the words beside it in lines, and how tall the whole is in points."""

    handles: tuple[Any, ...]
    words: tuple[str, ...]
    columns: int
    size_pt: float
    height_pt: float


def key(seen: Seen, sheet: Sheet, wide: float) -> Key | None:
    """The legend of what is seen, for ``wide`` (a part of the sheet's width); None where nothing needs one."""
    entries = _entries(seen)
    if not entries:
        return None
    size = 0.78 * sheet.text_pt
    room = wide * sheet.width_mm / 25.4 * 72 / size
    columns = max(1, min(_MOST_COLUMNS, len(entries), int(room / 34)))
    letters = int((room / columns - _HANDLE) / _LETTER)
    words = tuple("\n".join(textwrap.wrap(one, letters)) for one in entries)
    each, more = divmod(len(words), columns)
    ends = [0, *accumulate(each + (n < more) for n in range(columns))]
    lines = max(sum(one.count("\n") + 1 for one in words[begin:end]) for begin, end in pairwise(ends))
    return Key(tuple(entries.values()), words, columns, size, (lines * _LINE + 1.3) * size)


def set_key(figure: Figure, axes: Axes, legend: Key) -> None:
    """Sets a legend right below the axes, where its room is free."""
    box = axes.get_position()
    put = figure.legend(
        legend.handles,
        legend.words,
        loc="upper left",
        bbox_to_anchor=(box.x0, box.y0 - 0.6 * legend.size_pt / (72 * figure.get_figheight())),
        ncols=legend.columns,
        prop={"family": plain()["family"], "size": legend.size_pt},
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.4,
        handlelength=1.8,
        columnspacing=1.2,
        labelcolor=INK,
    )
    for text in put.get_texts():
        text.set_parse_math(False)


def _entries(seen: Seen) -> dict[str, Any]:
    """Words to what is drawn for them; territories drawn alike share one entry, the first six of them by name."""
    handles: dict[str, Any] = {}
    alike: dict[str, list[str]] = {}
    unheld = False
    for layer, features in seen:
        style = palette().style(layer.role)
        if style.kind == "point" or (style.group == "Base map" and style.role != "water"):
            continue
        for feature in features:
            side = str(feature.properties.get("side", ""))
            words = feature.name if side or style.role == "control-contested" else layer.title
            if style.role == "water":
                unheld = True
            elif style.role in ("mention", "line"):
                alike.setdefault(style.role, []).append(words)
            else:
                words += " (hypothetical)" * (style.role == "band" and "hypothetical" not in words)
                handles[words] = _drawn(style, side)
    for role, names in alike.items():
        handles[_together(list(dict.fromkeys(names)))] = _drawn(palette().style(role), "")
    return handles | ({UNHELD: _plain_patch()} if unheld else {})


def _together(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return "; ".join(names[:_MOST_NAMES]) + (f"; and {more} more, named in the article" if more > 0 else "")


def _plain_patch() -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=palette().land.light, edgecolor="#8a867e", linewidth=0.6)


def _drawn(style: Style, side: str) -> Any:
    from matplotlib.colors import to_rgba
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colour = palette().colour(style.role, side).light
    if style.kind == "line":
        dash: Any = (0, tuple(float(d) for d in style.dash.split())) if style.dash else "-"
        return Line2D([], [], color=style.line.light, linewidth=0.55 * style.weight, linestyle=dash)
    hatch = {"hatch": "////", "cross": "xxx", "dots": "..."}.get(style.fill)
    face = to_rgba(colour, style.fill_opacity if style.fill == "solid" else 0.0)
    return Patch(facecolor=face, edgecolor=colour, hatch=hatch, linewidth=0.6)
