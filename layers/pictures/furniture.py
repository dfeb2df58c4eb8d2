"""What a reader needs to read a map: what the colours mean, how long a kilometre is, where on earth this lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

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


def legend(axes: Axes, layers: Sequence[Layer], sheet: Sheet) -> list[Artist]:
    """One line for each way an area or a line is drawn, in the words of its layer; returns what it put there."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: dict[str, Any] = {}
    for layer in layers:
        style = palette().style(layer.role)
        if style.kind == "point":
            continue
        for feature in layer.features:
            side = str(feature.properties.get("side", ""))
            colour = palette().colour(layer.role, side).light
            words = feature.name if side or style.role == "control-contested" else layer.title
            if style.role == "band" and "hypothetical" not in words:
                words += " (hypothetical)"
            if style.kind == "line":
                dash: Any = (0, tuple(float(d) for d in style.dash.split())) if style.dash else "-"
                handles[words] = Line2D([], [], color=style.line.light, linewidth=0.55 * style.weight, linestyle=dash)
            else:
                hatch = {"hatch": "////", "cross": "xxx", "dots": "..."}.get(style.fill)
                alpha = style.fill_opacity if style.fill == "solid" else 0.0
                face = (*_rgb(colour), alpha)
                handles[words] = Patch(facecolor=face, edgecolor=colour, hatch=hatch, linewidth=0.6)
    if not handles:
        return []
    box = axes.legend(
        handles.values(),
        handles,
        loc="upper right",
        prop={"family": plain()["family"], "size": 0.78 * sheet.text_pt},
        framealpha=0.88,
        edgecolor="none",
        borderaxespad=0.5,
        handlelength=1.8,
        labelcolor=INK,
    )
    for text in box.get_texts():
        text.set_parse_math(False)
    box.set_zorder(70)
    return [box]


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
    return put


def locator(figure: Figure, axes: Axes, countries: Sequence[Layer], projection: Projection) -> list[Artist]:
    """A small map of the surroundings with the window marked, where the window is a small part of a country."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    wide = east - west
    if wide > 900_000:
        return []
    box = axes.get_position()
    size = 0.2 * box.width
    inset = figure.add_axes(
        (box.x1 - size - 0.01, box.y0 + 0.012, size, size * 0.72 * figure.get_figwidth() / figure.get_figheight())
    )
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


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
