"""A map as a newspaper sets it: an equal-area plane, areas by the palette, labels that leave each other room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.layer import Feature, Layer
from layers.palette import Style, palette, takes_side
from layers.pictures.furniture import locator, scale_bar
from layers.pictures.key import key, set_key
from layers.pictures.labels import Label, place_labels
from layers.pictures.projection import Projection, around
from layers.pictures.sheet import Caption, Sheet, set_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HATCHES = {0.0: "-----", 90.0: "|||||", 45.0: "/////", 135.0: "\\\\\\\\\\"}
_MARGIN = 0.08
_UNIT = re.compile(r'(?:unit|oblast)\("([^"]+)"\)')
_LEAST_M = 40_000.0
_FINEST_MM = 0.03
"""Detail on paper no printer sets (300 dpi are 0.08 mm) is left out; the figures are measured on the whole geometry."""


def map_picture(layers: Sequence[Layer], frame: Sequence[BaseGeometry], caption: Caption, sheet: Sheet) -> Figure:
    """A map of ``layers``, lowest rank first; ``frame`` (lon, lat on WGS84) is what must be seen whole."""
    figure, axes = set_on(sheet, caption)
    projection = around(list(frame))
    framed = [projection.plane(shape) for shape in frame]
    _look_at(framed, axes, figure)
    drawn = sorted(layers, key=lambda layer: palette().style(layer.role).rank)
    if legend := key(_seen(drawn, projection, axes), sheet, axes.get_position().width):
        _make_room(axes, figure, legend.height_pt)
        _look_at(framed, axes, figure)
        set_key(figure, axes, legend)
    named = _named(drawn)
    window = shapely.box(*axes.get_xlim()[:1], *axes.get_ylim()[:1], *axes.get_xlim()[1:], *axes.get_ylim()[1:])
    finest = _FINEST_MM * (window.bounds[2] - window.bounds[0]) / (sheet.width_mm * axes.get_position().width)
    axes.set_facecolor(palette().sea.light)
    labels: list[Label] = []
    for layer in drawn:
        style = palette().style(layer.role)
        for feature in layer.features:
            plane = shapely.simplify(_within(projection.plane(feature.geometry), window), finest)
            if plane.is_empty:
                continue
            if style.label != "place":
                _draw(axes, plane, style, feature)
            if style.label:
                cls = "named" if style.label == "unit" and feature.name in named else style.label
                labels.append(Label(feature.name, cls, plane, _weight(feature, plane)))
    put = [
        *scale_bar(axes, sheet),
        *locator(figure, axes, [layer for layer in layers if layer.role == "basemap-land"], projection),
    ]
    place_labels(axes, labels, sheet, put)
    return figure


def _seen(layers: Sequence[Layer], projection: Projection, axes: Axes) -> list[tuple[Layer, list[Feature]]]:
    """What of the layers lies in the window of the axes."""
    window = shapely.box(*axes.get_xlim()[:1], *axes.get_ylim()[:1], *axes.get_xlim()[1:], *axes.get_ylim()[1:])
    shapely.prepare(window)
    return [
        (layer, [one for one in layer.features if shapely.intersects(window, projection.plane(one.geometry))])
        for layer in layers
    ]


def _named(layers: Sequence[Layer]) -> set[str]:
    """The units that territories drawn by name are made of: a map of a unit bears its name."""
    written = [
        str(f.properties.get("expression", "")) for layer in layers if layer.role == "mention" for f in layer.features
    ]
    return {name for one in written for name in _UNIT.findall(one)}


def _make_room(axes: Axes, figure: Figure, height_pt: float) -> None:
    """Lifts the foot of the axes by ``height_pt``, for what stands below them; half of them is the most."""
    axes.set_aspect("auto")  # else the place asked for is one already narrowed to the old window
    box = axes.get_position()
    strip = min(height_pt / (72 * figure.get_figheight()), box.height / 2)
    axes.set_position((box.x0, box.y0 + strip, box.width, box.height - strip))


def _look_at(frame: list[BaseGeometry], axes: Axes, figure: Figure) -> None:
    """Sets the window: the frame and a margin, in the shape of the axes."""
    west, south, east, north = shapely.total_bounds(frame)
    box = axes.get_position()
    wide = box.width * figure.get_figwidth() / (box.height * figure.get_figheight())
    height = max((north - south) * (1 + 2 * _MARGIN), (east - west) * (1 + 2 * _MARGIN) / wide, _LEAST_M)
    x, y = (west + east) / 2, (south + north) / 2
    axes.set_xlim(x - height * wide / 2, x + height * wide / 2)
    axes.set_ylim(y - height / 2, y + height / 2)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_linewidth(0.4)
        side.set_color("#8a867e")


def _within(plane: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
    """What of a geometry is seen, with some to spare so that no cut edge shows."""
    around_it = shapely.buffer(window, 0.05 * (window.bounds[2] - window.bounds[0]), join_style="mitre")
    return shapely.clip_by_rect(plane, *around_it.bounds)


def _weight(feature: Feature, plane: BaseGeometry) -> float:
    people = feature.properties.get("listed_people")
    return float(people) if isinstance(people, int | float) else plane.area


def _draw(axes: Axes, plane: BaseGeometry, style: Style, feature: Feature) -> None:
    side = str(feature.properties.get("side", ""))
    colour = palette().colour(style.role, side).light
    line = colour if takes_side(style.role) and side else style.line.light
    looks: dict[str, Any] = {"zorder": style.rank, "linewidth": 0.55 * style.weight}
    if style.dash:
        dashes = [float(part) for part in style.dash.split()]
        looks["linestyle"] = (0, tuple(dashes))
    if style.kind == "point":
        points = shapely.get_coordinates(plane)
        axes.scatter(
            points[:, 0], points[:, 1], s=(0.9 * style.radius) ** 2, color=colour, linewidths=0, zorder=style.rank
        )
    elif style.kind == "line":
        for part in shapely.get_parts(plane):
            axes.plot(*shapely.get_coordinates(part).T, color=line, solid_capstyle="round", **looks)
    else:
        _area(axes, plane, style, colour, line, looks)


def _area(axes: Axes, plane: BaseGeometry, style: Style, colour: str, line: str, looks: dict[str, Any]) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import PathPatch

    parts = [part for part in shapely.get_parts(plane) if part.geom_type in ("Polygon", "MultiPolygon")]
    if not parts:
        return
    path = _path(shapely.union_all(parts) if len(parts) > 1 else parts[0])
    fill = to_rgba(colour, style.fill_opacity) if style.fill == "solid" else "none"
    if hatch := {"hatch": _HATCHES.get(style.angle % 180, "/////"), "cross": "xxxx", "dots": "....."}.get(style.fill):
        axes.add_patch(
            PathPatch(
                path, facecolor="none", edgecolor=to_rgba(colour, 0.6), hatch=hatch, linewidth=0, zorder=style.rank
            )
        )
    axes.add_patch(PathPatch(path, facecolor=fill, edgecolor=line, **looks))


def _path(area: BaseGeometry) -> Any:
    from matplotlib.path import Path

    rings = shapely.get_rings(shapely.get_parts(area))
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))
