"""Names on a map: the heavier ones first, each where no other stands, in its own country or unit, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.palette import palette
from layers.pictures.sheet import INK, LETTER, LINE, QUIET, Sheet, plain

if TYPE_CHECKING:
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
_ROOM = 1.5  # pixels around a name
_PER_100_MM = {"named": 14, "asked": 8, "place": 16, "unit": 14, "country": 8}
"""How many names of a class 100 mm of width bear."""
_INSIDE = {"country": 0.88, "unit": 0.8}
"""The part of a name that lies on what it names, at least; what was asked for is named in any case."""
_HIDDEN, _OUTSIDE = 2.5, 8.0
"""What a line under its whole width costs a name, and to lie all outside of what it names. Abroad costs a town 1."""
_ACROSS = 4.0
_ABROAD = 0.6
"""The part of a town's name that may lie on another country."""
_HEAVIEST = 8
"""Towns for whose names the numbers of a map leave room."""
_GRID = 9
"""Points tried along and across an area for its name."""
_LEAST = 0.004
"""Of the window: less of an area seen than this bears no name."""


class Label(NamedTuple):
    """A name for a geometry of the plane; heavier ones come first within their class.

    ``short`` is written where ``words`` find no room; ``abroad`` is ground on which a town's name would mislead,
    ``across`` what the other side holds: it stands there only for want of room.
    """

    words: str
    cls: str
    plane: BaseGeometry
    weight: float
    short: str = ""
    abroad: BaseGeometry | None = None
    across: BaseGeometry | None = None


class _Spot(NamedTuple):
    """Where a name may stand: its box in pixels, what it hides (the less the better), and how it is set there."""

    cost: float
    box: Any
    at: tuple[float, float]
    right: int
    up: int


def place_labels(
    axes: Axes, labels: Sequence[Label], sheet: Sheet, boxes: Sequence[Any], lines: BaseGeometry | None = None
) -> list[Any]:
    """Sets the names that fit, and returns the room they take: none over another, none across the edge, not too many.

    Names keep off what stands there already (``boxes`` in pixels), and off ``lines`` (of the plane) where they can;
    a place whose name finds no room is left out, dot and all.
    """
    taken, towns = list(boxes), set[str]()
    heavy = _pixels(axes, lines) if lines is not None else shapely.Point()
    for cls in _ORDER:
        room = round(_PER_100_MM[cls] * sheet.width_mm / 100)
        for label in sorted((one for one in labels if one.cls == cls), key=lambda one: (-one.weight, one.words)):
            if cls == "unit" and label.short in towns:  # one name a map, not one on the other
                continue
            if room and (own := _set(axes, label, sheet, taken, heavy)):
                taken += own
                room -= 1
                towns |= {label.words} if cls == "place" else set()
    return taken


def kept_for_towns(axes: Axes, labels: Sequence[Label], sheet: Sheet) -> list[Any]:
    """The room in pixels in which the names of the heaviest towns are wanted, for numbers to keep off."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    window = shapely.box(west, south, east, north)
    towns = [one for one in labels if one.cls == "place" and shapely.intersects(window, one.plane)]
    point = sheet.dpi / 72
    found = []
    for town in sorted(towns, key=lambda one: (-one.weight, one.words))[:_HEAVIEST]:
        x, y = shapely.get_coordinates(_pixels(axes, town.plane))[0].tolist()
        wide, tall = LETTER * sheet.name_pt * len(town.words) * point, LINE * sheet.name_pt * point
        found.append(_extents(x - 2 * point, y - 2 * point, x + wide, y + tall))
    return found


def _set(axes: Axes, label: Label, sheet: Sheet, taken: list[Any], heavy: BaseGeometry) -> list[Any]:
    """Sets one name, and a place's dot, where it is free, and returns the room they take; nothing where it has none."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer: Any = FigureCanvasAgg(axes.figure.figure).get_renderer()  # type: ignore[no-untyped-call]
    window = axes.get_window_extent(renderer)
    seen = shapely.clip_by_rect(_pixels(axes, label.plane), window.x0, window.y0, window.x1, window.y1)
    dots = [_dot_box(seen, sheet)] if label.cls == "place" and not seen.is_empty else []
    if seen.is_empty or any(not _inside(one, window) or one.count_overlaps(taken) for one in dots):
        return []
    for words in filter(None, (label.words, label.short)):
        text = _text(axes, words, label, sheet)
        size = text.get_window_extent(renderer)
        spots = _beside(seen, label, size, sheet, axes) if dots else _within(seen, label, size, window)
        free = [one for one in spots if _inside(one.box, window) and not one.box.count_overlaps(taken)]
        if best := min((_weighed(one, heavy) for one in free), key=lambda one: one.cost, default=None):
            _move(text, best, axes)
            if dots:
                _dot(axes, best.at, sheet)
            return [best.box, *dots]
        text.remove()
    return []


def _text(axes: Axes, words: str, label: Label, sheet: Sheet) -> Any:
    from matplotlib.patheffects import withStroke

    look = dict(_LOOKS[label.cls])
    return axes.annotate(
        words,
        (sum(axes.get_xlim()) / 2, sum(axes.get_ylim()) / 2),
        xytext=(0, 0),
        textcoords="offset points",
        size=look.pop("size") * sheet.name_pt,
        zorder=60,
        path_effects=[withStroke(linewidth=1.6, foreground=palette().land.light)],
        **look,
        **plain(),
    )


def _beside(seen: BaseGeometry, label: Label, size: Any, sheet: Sheet, axes: Axes) -> Iterator[_Spot]:
    """The places around a town's dot for a name of a size, those that come first in print the cheapest."""
    point = sheet.dpi / 72
    x, y = shapely.get_coordinates(seen)[0].tolist()
    abroad, across = (None if one is None else _pixels(axes, one) for one in (label.abroad, label.across))
    for number, (right, up) in enumerate(_WAYS):
        left = x + 3 * right * point - (1 - right) / 2 * size.width
        foot = y + 2.5 * up * point - (1 - up) / 2 * size.height
        box = _box(left, foot, size)
        there = _part(box, abroad) if abroad is not None else 0.0
        other = _part(box, across) if across is not None else 0.0
        if there <= _ABROAD:
            yield _Spot(0.06 * number + there + _ACROSS * other, box, (x, y), right, up)


def _within(seen: BaseGeometry, label: Label, size: Any, window: Any) -> Iterator[_Spot]:
    """The places on an area for its name, the one deepest inside the cheapest."""
    if seen.area < _LEAST * window.width * window.height:
        return
    area = shapely.make_valid(shapely.simplify(seen, 2.0))
    deep = shapely.maximum_inscribed_circle(np.array([area]), tolerance=2.0)[0]
    x, y = shapely.get_coordinates(deep)[0].tolist()
    west, south, east, north = area.bounds
    spread = np.linspace(0.5 / _GRID, 1 - 0.5 / _GRID, _GRID)
    grid = [(west + right * (east - west), south + up * (north - south)) for right in spread for up in spread]
    shapely.prepare(area)
    least = _INSIDE.get(label.cls, 0.0)
    for at in [(x, y), *(one for one in grid if shapely.contains_xy(area, *one))]:
        box = _box(at[0] - size.width / 2, at[1] - size.height / 2, size)
        part = _part(box, area)
        if part >= least:
            away = float(np.hypot(at[0] - x, at[1] - y) / np.hypot(window.width, window.height))
            yield _Spot(_OUTSIDE * (1 - part) + 2 * away, box, (float(at[0]), float(at[1])), 0, 0)


def _weighed(spot: _Spot, heavy: BaseGeometry) -> _Spot:
    """A spot with what it hides of the map's lines: their length under the name, in the name's width."""
    hidden = shapely.clip_by_rect(heavy, spot.box.x0, spot.box.y0, spot.box.x1, spot.box.y1).length
    return spot._replace(cost=spot.cost + _HIDDEN * hidden / spot.box.width)


def _move(text: Any, spot: _Spot, axes: Axes) -> None:
    text.xy = tuple(axes.transData.inverted().transform(spot.at))
    text.xyann = (3 * spot.right, 2.5 * spot.up)
    text.set_horizontalalignment({1: "left", 0: "center", -1: "right"}[spot.right])
    text.set_verticalalignment({1: "bottom", 0: "center", -1: "top"}[spot.up])


def _box(left: float, foot: float, size: Any) -> Any:
    from matplotlib.transforms import Bbox

    return Bbox.from_bounds(left, foot, size.width, size.height).padded(_ROOM)


def _part(box: Any, area: BaseGeometry) -> float:
    """The part of a box that lies on an area."""
    inside = shapely.clip_by_rect(area, box.x0, box.y0, box.x1, box.y1)
    return float(inside.area / (box.width * box.height))


def _pixels(axes: Axes, plane: BaseGeometry) -> BaseGeometry:
    return shapely.transform(plane, lambda metres: np.asarray(axes.transData.transform(metres)))


def _inside(box: Any, window: Any) -> bool:
    """Whether a box lies within the frame, cut by no edge of it."""
    return bool(box.x0 > window.x0 and box.x1 < window.x1 and box.y0 > window.y0 and box.y1 < window.y1)


def _dot_box(seen: BaseGeometry, sheet: Sheet) -> Any:
    x, y = shapely.get_coordinates(seen)[0].tolist()
    half = 0.16 * sheet.name_pt * sheet.dpi / 72 + _ROOM
    return _extents(x - half, y - half, x + half, y + half)


def _extents(west: float, south: float, east: float, north: float) -> Any:
    from matplotlib.transforms import Bbox

    return Bbox.from_extents(west, south, east, north)


def _dot(axes: Axes, pixels: tuple[float, float], sheet: Sheet) -> None:
    where = axes.transData.inverted().transform(pixels)
    axes.plot(*where, marker="o", markersize=0.32 * sheet.name_pt, color=INK, markeredgewidth=0, zorder=59)
