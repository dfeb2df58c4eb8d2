"""The legend of a printed map, in a strip below it: one entry for each way something is drawn in the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from layers.palette import palette
from layers.pictures.furniture import ELSEWHERE
from layers.pictures.ink import hatch_of, sample
from layers.pictures.seen import Seen, numbers_of, styles_of
from layers.pictures.sheet import INK, LETTER, MM_PT, Sheet, in_lines, plain
from layers.pictures.standing import hypothetical

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNHELD = "Unshaded within Ukraine: held by neither side"
BLANK = "Blank: neither land nor sea is drawn"
_HYPOTHETICAL = "(hypothetical)"
_BY_TITLE = ("occupied", "disagreement")
"""Roles whose features have names of their own on the map; the legend says what they are."""
_MOST_NAMES = 6
_MOST_COLUMNS = 3
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


def key(
    seen: Seen, sheet: Sheet, wide: float, *, unheld: bool = False, blank: bool = False, beside: bool = False
) -> Key | None:
    """The legend of what is seen, for ``wide`` (a part of the sheet's width); None where nothing needs one.

    ``unheld``: whether ground is seen that neither side holds, and that is no water; ``blank``: whether a part of the
    window is neither land nor sea of the boundaries that ship; ``beside``: in one column.
    """
    plain_ones = ((unheld, UNHELD, palette().land.light), (blank, BLANK, ELSEWHERE))
    entries = _entries(seen) | {words: _plain_patch(colour) for said, words, colour in plain_ones if said}
    if not entries:
        return None
    size = sheet.small_pt
    room = wide * sheet.width_mm * MM_PT / size
    columns = 1 if beside else max(1, min(_MOST_COLUMNS, len(entries), int(room / _LETTERS)))
    letters = int((room / columns - _HANDLE) / LETTER)
    words = tuple("\n".join(in_lines(one, letters)) for one in entries)
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


def _entries(seen: Seen) -> dict[str, Any]:
    """Words to what is drawn for them: who holds what, what was asked for by number, lines, borders.

    What is drawn alike shares an entry.
    """
    held: dict[str, Any] = {}
    asked: dict[str, Any] = {}
    alike: dict[str, list[str]] = {}
    handles: dict[str, Any] = {}
    numbers, styles, border = numbers_of(seen), styles_of(seen), ""
    for layer, features in seen:
        style = styles[layer.id]
        border = layer.title if layer.role == "country" and features else border
        if style.kind == "point" or style.group == "Base map":
            continue
        for feature in features:
            if layer.role.startswith("control-"):
                held.setdefault(feature.name, sample(style, str(feature.properties.get("side", ""))))
                continue
            words = layer.title if layer.role in _BY_TITLE else feature.name
            if hypothetical(layer) and _HYPOTHETICAL not in words:
                words = f"{words} {_HYPOTHETICAL}"
            words = ", ".join(filter(None, (words, str(feature.properties.get("drawn", "")))))
            if layer.id in numbers:
                asked[f"{numbers[layer.id]}  {words}"] = sample(style, "")
                continue
            alike.setdefault(layer.role, []).append(words)
            handles[layer.role] = sample(style, "")
    named = {role: (_together(list(dict.fromkeys(names))), handles[role]) for role, names in alike.items()}
    first = [named.pop(role) for role in _BY_TITLE if role in named]
    return {
        **held,
        **dict(first),
        **asked,
        **dict(named.values()),
        **({border: sample(palette().style("country"), "", line=True)} if border else {}),
    }


def _together(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return "; ".join(names[:_MOST_NAMES]) + (f"; and {more} more, named in the article" if more > 0 else "")


def _plain_patch(colour: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=colour, edgecolor="#8a867e", linewidth=0.6, hatch=hatch_of(None))
