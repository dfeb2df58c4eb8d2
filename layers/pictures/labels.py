"""Names on a map: the heavier ones first, each where no other stands, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.palette import palette
from layers.pictures.sheet import INK, QUIET, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_LOOKS: dict[str, dict[str, Any]] = {
    "place": {"size": 1.0, "color": INK},
    "unit": {"size": 1.0, "color": QUIET, "style": "italic"},
    "named": {"size": 1.12, "color": INK, "style": "italic"},
    "asked": {"size": 1.0, "color": palette().style("mention").colour.light, "style": "italic"},
    "country": {"size": 1.16, "color": QUIET, "weight": "bold"},
}
"""How a class of names is set; sizes in the sheet's size for names."""
_ORDER = ("named", "country", "asked", "place", "unit")
_WAYS = ((1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1))
_ABOVE_AND_BELOW = ((0, 0), (0, 4), (0, -4))
_ROOM = 1.5  # points between names
_PER_100_MM = {"named": 14, "asked": 8, "place": 16, "unit": 14, "country": 8}
"""How many names of a class 100 mm of width bear."""


class Label(NamedTuple):
    """A name for a geometry of the plane; heavier ones come first within their class."""

    words: str
    cls: str
    plane: BaseGeometry
    weight: float


def place_labels(
    axes: Axes, labels: Sequence[Label], sheet: Sheet, free_of: Sequence[Artist], boxes: Sequence[Any] = ()
) -> list[Any]:
    """Sets the names that fit, and returns the room they take: none over another, none across the edge, not too many.

    Names keep off what stands there already (``free_of``, ``boxes`` in pixels); a place whose name finds no room is
    left out, dot and all.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer: Any = FigureCanvasAgg(axes.figure.figure).get_renderer()  # type: ignore[no-untyped-call]
    window = axes.get_window_extent(renderer)
    taken = [*(artist.get_tightbbox(renderer) for artist in free_of), *boxes]
    for cls in _ORDER:
        room = round(_PER_100_MM[cls] * sheet.width_mm / 100)
        for label in sorted((one for one in labels if one.cls == cls), key=lambda one: (-one.weight, one.words)):
            if room and (own := _set(axes, label, sheet, renderer, window, taken)):
                taken += own
                room -= 1
    return taken


def _set(axes: Axes, label: Label, sheet: Sheet, renderer: Any, window: Any, taken: list[Any]) -> list[Any]:
    """Sets one name, and a place's dot, where it is free, and returns the room they take; nothing where it has none."""
    from matplotlib.patheffects import withStroke

    look = dict(_LOOKS[label.cls])
    size = look.pop("size") * sheet.name_pt
    point = label.cls == "place"
    where = shapely.get_coordinates(label.plane if point else _middle(label.plane, axes))[:1]
    if not len(where):
        return []
    for right, up in _WAYS if point else _ABOVE_AND_BELOW if label.cls == "country" else ((0, 0),):
        text = axes.annotate(
            label.words,
            tuple(where[0]),
            xytext=(right * 3, up * 2.5),
            textcoords="offset points",
            ha={1: "left", 0: "center", -1: "right"}[right],
            va="center" if up == 0 else "bottom" if up > 0 else "top",
            size=size,
            zorder=60,
            path_effects=[withStroke(linewidth=1.6, foreground=palette().land.light)],
            **look,
            **plain(),
        )
        box = text.get_window_extent(renderer).padded(_ROOM)
        if _inside(box, window) and not any(box.overlaps(other) for other in taken):
            dot = _dot(axes, where[0], sheet) if point else []
            marks = [mark.get_window_extent(renderer).padded(_ROOM) for mark in dot]
            if all(_inside(mark, window) and not any(mark.overlaps(other) for other in taken) for mark in marks):
                return [box, *marks]
            for mark in dot:
                mark.remove()
        text.remove()
    return []


def _inside(box: Any, window: Any) -> bool:
    """Whether a box lies within the frame, cut by no edge of it."""
    return bool(box.x0 > window.x0 and box.x1 < window.x1 and box.y0 > window.y0 and box.y1 < window.y1)


def _dot(axes: Axes, where: Any, sheet: Sheet) -> list[Any]:
    return axes.plot(*where, marker="o", markersize=0.32 * sheet.name_pt, color=INK, markeredgewidth=0, zorder=59)


def _middle(plane: BaseGeometry, axes: Axes) -> BaseGeometry:
    """A point well inside the part of an area that is seen."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    seen = shapely.clip_by_rect(plane, west, south, east, north)
    if seen.is_empty or seen.area < 0.004 * (east - west) * (north - south):
        return shapely.Point()
    step = (east - west) / 100
    circles = shapely.maximum_inscribed_circle(np.array([shapely.simplify(seen, step / 2)]), tolerance=step)
    return shapely.Point(shapely.get_coordinates(circles)[0])
