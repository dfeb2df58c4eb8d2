"""The legend of a printed map, in a strip below it: one entry for each way something is drawn in the window."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from layers.layer import Feature, Layer
from layers.palette import palette
from layers.pictures.ink import hatch_of, sample
from layers.pictures.narrow import seen_wide
from layers.pictures.sheet import INK, LETTER, MM_PT, Sheet, plain
from layers.pictures.standing import hypothetical

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Seen = Sequence[tuple[Layer, Sequence[Feature]]]
"""Layers with those of their features that lie in the window."""

UNHELD = "Unshaded within Ukraine: held by neither side"
_HYPOTHETICAL = "(hypothetical)"
_BY_TITLE = ("disagreement", "occupied")
"""Roles whose features have names of their own on the map; the legend says what they are."""
_MOST_NAMES = 6
_MOST_COLUMNS = 3
NUMBERED = ("mention", "line", "band", "change-gain", "change-loss")
"""Roles of what was asked for or is claimed; a map numbers them."""
_MOST_NUMBERS = 8
_LETTERS = 34
"""A column of fewer letters than this breaks words."""
_HANDLE, _LINE = 3.6, 1.42  # of the size: a swatch with its room, a line


@dataclass(frozen=True)
class Key:
    """Entries in columns: what is drawn, the words beside it in lines, and how tall the whole is in points."""

    handles: tuple[Any, ...]
    words: tuple[str, ...]
    columns: int
    size_pt: float
    height_pt: float


def key(seen: Seen, sheet: Sheet, wide: float, *, unheld: bool = False, beside: bool = False) -> Key | None:
    """The legend of what is seen, for ``wide`` (a part of the sheet's width); None where nothing needs one.

    ``unheld``: whether ground is seen that neither side holds, and that is no water; ``beside``: in one column.
    """
    entries = _entries(seen) | ({UNHELD: _plain_patch()} if unheld else {})
    if not entries:
        return None
    size = sheet.small_pt
    room = wide * sheet.width_mm * MM_PT / size
    columns = 1 if beside else max(1, min(_MOST_COLUMNS, len(entries), int(room / _LETTERS)))
    letters = int((room / columns - _HANDLE) / LETTER)
    words = tuple("\n".join(textwrap.wrap(one, letters)) for one in entries)
    each, more = divmod(len(words), columns)
    ends = [0, *accumulate(each + (n < more) for n in range(columns))]
    lines = max(sum(one.count("\n") + 1 for one in words[begin:end]) for begin, end in pairwise(ends))
    return Key(tuple(entries.values()), words, columns, size, (lines * _LINE + 1.3) * size)


def set_key(figure: Figure, axes: Axes, legend: Key, *, beside: bool = False) -> None:
    """Sets a legend right below the axes, or right of them, where its room is free."""
    box = axes.get_position()
    gap = legend.size_pt / 72
    under = (box.x0, box.y0 - 0.6 * gap / figure.get_figheight())
    put = figure.legend(
        legend.handles,
        legend.words,
        loc="upper left",
        bbox_to_anchor=(box.x1 + gap / figure.get_figwidth(), box.y1) if beside else under,
        ncols=legend.columns,
        prop={"family": plain()["family"], "size": legend.size_pt},
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.4,
        handlelength=2.2,
        handleheight=1.0,
        columnspacing=1.2,
        labelcolor=INK,
    )
    for text in put.get_texts():
        text.set_parse_math(False)


def numbers_of(seen: Seen) -> dict[str, int]:
    """Numbers by the id of a layer, for what was asked for; none where it is one thing, or too many for a map."""
    ids = [layer.id for layer, features in seen if layer.role in NUMBERED and features]
    return {one: n for n, one in enumerate(ids, start=1)} if 1 < len(ids) <= _MOST_NUMBERS else {}


def _entries(seen: Seen) -> dict[str, Any]:
    """Words to what is drawn for them, in the order they are drawn; what is drawn alike shares an entry."""
    handles: dict[str, Any] = {}
    alike: dict[str, list[str]] = {}
    numbers, border = numbers_of(seen), ""
    for layer, features in seen:
        style = palette().style(layer.role)
        border = layer.title if layer.role == "country" and features else border
        if style.kind == "point" or style.group == "Base map":
            continue
        for feature in features:
            side = str(feature.properties.get("side", ""))
            if layer.role.startswith("control-"):
                handles.setdefault(feature.name, sample(style, side))
            else:
                words = layer.title if layer.role in _BY_TITLE else feature.name
                if hypothetical(layer) and _HYPOTHETICAL not in words:
                    words = f"{words} {_HYPOTHETICAL}"
                narrow = str(feature.properties.get("drawn", ""))
                words = f"{words}, {narrow}" if narrow else words
                if layer.id in numbers:
                    handles[f"{numbers[layer.id]}  {words}"] = sample(seen_wide(style) if narrow else style, "")
                    continue
                alike.setdefault(layer.role, []).append(words)
    for role, names in alike.items():
        handles[_together(list(dict.fromkeys(names)))] = sample(palette().style(role), "")
    return handles | ({border: sample(palette().style("country"), "", line=True)} if border else {})


def _together(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return "; ".join(names[:_MOST_NAMES]) + (f"; and {more} more, named in the article" if more > 0 else "")


def _plain_patch() -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=palette().land.light, edgecolor="#8a867e", linewidth=0.6, hatch=hatch_of(None))
