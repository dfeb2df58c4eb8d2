"""What a reader needs to read a map: how long a kilometre is, and where on earth this lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely

from layers.layer import Layer
from layers.palette import palette
from layers.pictures.projection import Projection
from layers.pictures.sheet import INK, QUIET, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_KM_PER_MILE = 1.609344  # international mile, exact (1959)


def scale_bar(axes: Axes, sheet: Sheet) -> list[Artist]:
    """A bar in km and one in miles, true at the middle of the map (the plane keeps areas, and there lengths too)."""
    put: list[Artist] = []
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    wide = east - west
    x, y = west + 0.03 * wide, south + 0.045 * (north - south)
    for metres, unit, up in ((1000.0, "km", 1), (1000 * _KM_PER_MILE, "miles", -1)):
        number = max((n for n in _STEPS if n * metres <= 0.22 * wide), default=1)
        length = number * metres
        put += axes.plot([x, x + length], [y, y], color=INK, linewidth=0.9, solid_capstyle="butt", zorder=65)
        tick = 0.008 * (north - south)
        axes.plot([x + length] * 2, [y, y + up * tick], color=INK, linewidth=0.9, zorder=65)
        words = axes.annotate(
            f"{number} {unit}",
            (x + length, y),
            xytext=(2, up * 1.5),
            textcoords="offset points",
            va="bottom" if up > 0 else "top",
            size=0.72 * sheet.text_pt,
            color=INK,
            zorder=65,
            **plain(),
        )
        put.append(words)
    return [*put, _backing(axes, put)]


def _backing(axes: Axes, put: Sequence[Artist]) -> Artist:
    """A pale ground behind what was put on the axes, so that it is read over any map."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import Bbox

    renderer = FigureCanvasAgg(axes.figure.figure).get_renderer()  # type: ignore[no-untyped-call]
    taken = Bbox.union([artist.get_window_extent(renderer) for artist in put])
    room = taken.padded(0.15 * taken.height).transformed(axes.transData.inverted())
    ground = Rectangle(
        (room.x0, room.y0), room.width, room.height, facecolor="white", alpha=0.8, linewidth=0, zorder=64
    )
    return axes.add_patch(ground)


def locator(figure: Figure, axes: Axes, countries: Sequence[Layer], projection: Projection) -> list[Artist]:
    """A small map of the surroundings with the window marked, where the window is a small part of a country."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    wide = east - west
    if wide > 900_000:
        return []
    box = axes.get_position()
    tall = 0.72 * figure.get_figwidth() / figure.get_figheight()
    size = min(0.2 * box.width, 0.32 * box.height / tall)
    inset = figure.add_axes((box.x1 - size - 0.01, box.y0 + 0.012, size, size * tall))
    reach = 850_000.0
    x, y = (west + east) / 2, (south + north) / 2
    window = shapely.box(x - 1.5 * reach, y - 1.5 * reach, x + 1.5 * reach, y + 1.5 * reach)
    for layer in countries:
        for feature in layer.features:
            near = shapely.clip_by_rect(shapely.simplify(projection.plane(feature.geometry), 3000), *window.bounds)
            for ring in shapely.get_rings(shapely.get_parts(near)):
                inset.fill(
                    *shapely.get_coordinates(ring).T, facecolor=palette().land.light, edgecolor=QUIET, linewidth=0.25
                )
    inset.fill(
        [west, east, east, west], [south, south, north, north], facecolor="none", edgecolor="#a33f00", linewidth=0.8
    )
    inset.set_xlim(x - reach, x + reach)
    inset.set_ylim(y - 0.72 * reach, y + 0.72 * reach)
    inset.set_facecolor(palette().sea.light)
    inset.set_xticks([])
    inset.set_yticks([])
    inset.set_zorder(80)
    for side in inset.spines.values():
        side.set_linewidth(0.4)
    return [inset]
