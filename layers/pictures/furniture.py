"""What a reader needs to read a map: how long a kilometre is, and where on earth this lies; each in a free corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from layers.layer import Layer
from layers.palette import palette
from layers.pictures.projection import Projection
from layers.pictures.sheet import INK, LETTER, MM_PT, QUIET, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ELSEWHERE = "#fbfaf8"
"""The colour of ground the embedded boundaries say nothing of: neither land nor sea is claimed there."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_KM_PER_MILE = 1.609344  # international mile, exact (1959)
_REACH_M = 850_000.0
_WIDE_M = 900_000.0
"""A map this wide shows where it lies by itself."""
_FLAT = 0.72
_MARK = "#a33f00"
_CORNERS = {"sw": (0, 0), "se": (1, 0), "nw": (0, 1), "ne": (1, 1)}


def scale_bar(axes: Axes, sheet: Sheet, keep: BaseGeometry, taken: list[BaseGeometry]) -> list[Artist]:
    """A bar in km and one in miles, true at the middle of the map (the plane keeps areas, and there lengths too)."""
    from matplotlib.patches import Rectangle

    point = _metres_per_point(axes)
    (west, east), size = axes.get_xlim(), sheet.small_pt
    bars = []
    for metres, unit, up in ((1000.0, "km", 1), (1000 * _KM_PER_MILE, "miles", -1)):
        number = max((n for n in _STEPS if n * metres <= 0.2 * (east - west)), default=1)
        bars.append((number * metres, f"{number} {unit}", up))
    wide = max(length + (LETTER * size * len(words) + 3) * point for length, words, _ in bars) + 8 * point
    room = _free_corner(axes, wide, 3.2 * size * point, keep, taken, ("sw", "se", "nw", "ne"))
    x, y = room.bounds[0] + 4 * point, (room.bounds[1] + room.bounds[3]) / 2
    ground = Rectangle(
        (room.bounds[0], room.bounds[1]), wide, 3.2 * size * point, facecolor="white", alpha=0.9, lw=0, zorder=64
    )
    put: list[Artist] = [axes.add_patch(ground)]
    for length, words, up in bars:
        put += axes.plot([x, x + length], [y, y], color=INK, linewidth=0.9, solid_capstyle="butt", zorder=65)
        put += axes.plot([x + length] * 2, [y, y + up * 3 * point], color=INK, linewidth=0.9, zorder=65)
        put.append(
            axes.annotate(
                words,
                (x + length, y),
                xytext=(2, up * 1.2),
                textcoords="offset points",
                va="bottom" if up > 0 else "top",
                size=size,
                color=INK,
                zorder=65,
                **plain(),
            )
        )
    return put


def locator(
    figure: Figure,
    axes: Axes,
    ground: Sequence[Layer],
    projection: Projection,
    sheet: Sheet,
    keep: BaseGeometry,
    taken: list[BaseGeometry],
) -> list[Artist]:
    """A small map of the surroundings with the window marked, where the window is a small part of a country."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    if not needs_locator(axes):
        return []
    wide, tall = locator_size(axes)
    room = _free_corner(axes, wide, tall, keep, taken, ("se", "ne", "nw", "sw"))
    box = axes.get_position()
    left = box.x0 + box.width * (room.bounds[0] - west) / (east - west)
    foot = box.y0 + box.height * (room.bounds[1] - south) / (north - south)
    inset = figure.add_axes((left, foot, box.width * wide / (east - west), box.height * tall / (north - south)))
    x, y = (west + east) / 2, (south + north) / 2
    seen = shapely.box(x - _REACH_M, y - _FLAT * _REACH_M, x + _REACH_M, y + _FLAT * _REACH_M)
    inset.set_facecolor(ELSEWHERE)
    home: tuple[float, str, BaseGeometry] = (0.0, "", shapely.Point())
    for layer in ground:
        land = layer.role == "basemap-land"
        for feature in layer.features:
            coarse = shapely.simplify(projection.plane(feature.geometry), 3000)
            near = shapely.clip_by_rect(coarse, *shapely.buffer(seen, _REACH_M / 4, join_style="mitre").bounds)
            for ring in shapely.get_rings(shapely.get_parts(near)):
                colours = (palette().land.light, QUIET) if land else (palette().sea.light, "none")
                inset.fill(*shapely.get_coordinates(ring).T, facecolor=colours[0], edgecolor=colours[1], linewidth=0.3)
            share = shapely.clip_by_rect(coarse, west, south, east, north).area
            home = max(home, (share, feature.name, shapely.clip_by_rect(coarse, *seen.bounds))) if land else home
    least = 0.05 * _REACH_M
    half, high = max((east - west) / 2, least), max((north - south) / 2, _FLAT * least)
    inset.fill([x - half, x + half, x + half, x - half], [y - high, y - high, y + high, y + high], fc="none", ec=_MARK)
    _name_country(inset, home[1], home[2], sheet, shapely.box(x - half, y - high, x + half, y + high))
    inset.set_xlim(seen.bounds[0], seen.bounds[2])
    inset.set_ylim(seen.bounds[1], seen.bounds[3])
    inset.set_xticks([])
    inset.set_yticks([])
    inset.set_zorder(80)
    for side in inset.spines.values():
        side.set_linewidth(0.4)
    return [inset]


def needs_locator(axes: Axes) -> bool:
    """Whether the window is so small a part of a country that a reader must be told where it lies."""
    west, east = axes.get_xlim()
    return east - west <= _WIDE_M


def locator_size(axes: Axes) -> tuple[float, float]:
    """Width and height of the inset in metres of the map: a fifth of the map wide, at most a third of it tall."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    wide = min(0.22 * (east - west), 0.33 * (north - south) / _FLAT)
    return wide, _FLAT * wide


def corner_is_free(axes: Axes, keep: BaseGeometry) -> bool:
    """Whether the inset, and beside it the scale bar, find corners in which nothing is hidden that was asked for."""
    boxes = [_corner(axes, *locator_size(axes), name) for name in _CORNERS]
    return sum(not keep.intersects(box) for box in boxes) >= 1 + needs_locator(axes)


def _name_country(inset: Axes, name: str, land: BaseGeometry, sheet: Sheet, window: BaseGeometry) -> None:
    """The name of the country the window lies in, where the inset has room for it beside the window."""
    from matplotlib.patheffects import withStroke

    step = _REACH_M / 60
    metres = 2 * _REACH_M / (inset.get_position().width * _inches(inset) * 72)  # to a point of paper
    half, tall = LETTER * sheet.small_pt * len(name) * metres / 2, 0.7 * sheet.small_pt * metres
    west, south, east, north = window.bounds
    free = land.difference(
        shapely.box(west - half - step, south - tall - step, east + half + step, north + tall + step)
    )
    if not name or free.is_empty:
        return
    x, y = (shapely.get_coordinates(window.centroid)[0]).tolist()
    room = shapely.box(x - _REACH_M + half, y - _REACH_M, x + _REACH_M - half, y + _REACH_M)
    inside = free.intersection(room)
    if inside.area > (4 * step) ** 2:
        where = shapely.get_coordinates(shapely.maximum_inscribed_circle(inside, tolerance=step))[0]
        inset.text(
            float(where[0]),
            float(where[1]),
            name,
            size=sheet.small_pt,
            color=INK,
            ha="center",
            va="center",
            path_effects=[withStroke(linewidth=1.4, foreground=palette().land.light)],
            **plain(),
        )


def _inches(axes: Axes) -> float:
    """The width of the figure that axes stand in."""
    return float(axes.figure.bbox.width / axes.figure.dpi)


def _metres_per_point(axes: Axes) -> float:
    west, east = axes.get_xlim()
    return float((east - west) / (axes.get_position().width * _inches(axes) * 72))


def _corner(axes: Axes, wide: float, tall: float, name: str) -> BaseGeometry:
    """A box of the map's plane in one of its corners."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    off = 1.5 * MM_PT * _metres_per_point(axes)
    right, up = _CORNERS[name]
    x = east - off - wide if right else west + off
    y = north - off - tall if up else south + off
    return shapely.box(x, y, x + wide, y + tall)


def _free_corner(
    axes: Axes, wide: float, tall: float, keep: BaseGeometry, taken: list[BaseGeometry], order: Sequence[str]
) -> BaseGeometry:
    """The first corner where nothing is hidden, else the one where least is; it is taken from then on."""
    boxes = [_corner(axes, wide, tall, name) for name in order]
    hidden = [keep.intersection(box).area + 1e3 * sum(box.intersection(one).area for one in taken) for box in boxes]
    taken.append(boxes[hidden.index(min(hidden))])
    return taken[-1]
