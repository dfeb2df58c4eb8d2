"""The series of a history: how each is drawn, and where it ends: a dot with its bounds, and its name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from layers.pictures.days import day_number
from layers.pictures.sheet import INK, MM_PT, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = 1.2
"""The height of a name with its room, in its size."""
_LEADER: dict[str, Any] = {"arrowstyle": "-", "linewidth": 0.8, "shrinkB": 0, "relpos": (0, 0.5)}
"""From the left of a name, so that it runs through none."""


@dataclass(frozen=True)
class Series:
    """One series: days, values and bounds (NaN where there is none), and how it is drawn."""

    key: str
    days: list[date]
    values: list[float]
    lows: list[float]
    highs: list[float]
    colour: str
    dash: Any


def set_end(axes: Axes, one: Series) -> None:
    """The last state as a dot with its bounds: a step up on the last day, or a single day, shows nothing else."""
    at = [day_number(one.days[-1])]
    axes.plot(at * 2, [one.lows[-1], one.highs[-1]], color=one.colour, linewidth=1.0, zorder=4, clip_on=False)
    axes.plot(at, one.values[-1:], marker="o", markersize=3.2, color=one.colour, zorder=4, clip_on=False)


def set_names(axes: Axes, series: Sequence[Series], sheet: Sheet) -> None:
    """The name of each series beside its end, moved apart where ends lie close."""
    size = sheet.small_pt
    (low, high), box = axes.get_ylim(), axes.get_position()
    point = (high - low) / (box.height * sheet.height_mm * MM_PT)
    per_day = box.width * sheet.width_mm * MM_PT / (axes.get_xlim()[1] - axes.get_xlim()[0])
    ends = sorted(((_last(one), one) for one in series), key=lambda end: end[0])
    at = spread([end for end, _ in ends], NAME * size * point, low, high)
    for y, (end, one) in zip(at, ends, strict=True):
        axes.annotate(
            one.key,
            (day_number(one.days[-1]), end),
            xytext=(10 + per_day * (axes.get_xlim()[1] - day_number(one.days[-1])), (y - end) / point),
            textcoords="offset points",
            size=size,
            color=INK,
            va="center",
            arrowprops=_LEADER | {"color": one.colour, "linestyle": one.dash},
            annotation_clip=False,
            **plain(),
        )


def _last(one: Series) -> float:
    return next(value for value in reversed(one.values) if isfinite(value))


def spread(values: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Ascending places near to the values with ``apart`` between them, within the bounds if that is possible."""
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + apart if places else low))
    over = max(0.0, (places[-1] if places else high) - high)
    for number in range(len(places) - 1, -1, -1):
        limit = high if number == len(places) - 1 else places[number + 1] - apart
        places[number] = min(places[number], limit) if over else places[number]
    return places
