"""How a style is set in print: fills, hatches that tell the sides apart in grey, dashes; on the map and in its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.palette import Style, palette, takes_side

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HATCHES = {0.0: "-----", 90.0: "|||||", 45.0: "/////", 135.0: "\\\\\\\\\\"}
_SIDES = {"russia": "//", "ukraine": "\\\\"}
"""Both sides alike, mirrored: on grey paper their colours are of one lightness."""
_DEEPER = 0.22
"""What was occupied before 2022 is a shade darker, on grey paper too."""
_DASH, _GAP = 0.7, 1.4
"""Of a page's dashes; and the widest gap, in the weight of the line."""
_WEIGHT = 0.55  # points of a printed line for a pixel of the page's


def hatch_of(style: Style | None, side: str = "") -> str | None:
    """The pattern of a style; what one side holds for certain has a fine one of its own."""
    if style is None:
        return None
    if style.role == "control-assessed":
        return _SIDES.get(side)
    if style.role == "occupied":
        return 2 * _SIDES["russia"]  # the lines of Russia's fill, twice as close: no lattice, as bands have
    return {"hatch": _HATCHES.get(style.angle % 180, "/////"), "cross": "xxxx", "dots": "....."}.get(style.fill)


def sample(style: Style, side: str, *, line: bool = False) -> Any:
    """What a legend shows for a style: a stroke for lines, a swatch for areas."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colour = palette().colour(style.role, side).light
    if line or style.kind == "line":
        return Line2D([], [], color=style.line.light, linewidth=_WEIGHT * style.weight, linestyle=_dash(style))
    face = _face(style, colour)
    if style.role == "occupied":
        below = palette().style("control-assessed")
        face = (*_over(_face(below, palette().colour(below.role, "russia").light), face), 1.0)
    hatch = hatch_of(style, side)
    if hatch and set(hatch) <= set("".join(_SIDES.values())):
        hatch *= 2  # a swatch is too small to show a wide pattern
        face = (*_over((1.0, 1.0, 1.0, 0.0), face), 1.0)  # in SVG a pattern is as clear as the veil under it
    return Patch(
        facecolor=face,
        edgecolor=_over(face, _faint(style, colour)) if hatch and face != "none" else _edge(style, colour, hatch),
        hatch=hatch,
        linewidth=max(0.6, min(1.0, _WEIGHT * style.weight)),
        linestyle=_dash(style) if not hatch else "-",
    )


def _edge(style: Style, colour: str, hatch: str | None) -> Any:
    return _faint(style, colour) if hatch else style.line.light


def ink(axes: Axes, plane: BaseGeometry, style: Style, side: str, rank: float, fine: float = 1.0) -> None:
    """Draws a geometry of the plane in a style; ``fine`` thins its lines for a small sheet."""
    colour = palette().colour(style.role, side).light
    line = colour if takes_side(style.role) and side else style.line.light
    looks: dict[str, Any] = {"zorder": rank, "linewidth": fine * _WEIGHT * style.weight, "linestyle": _dash(style)}
    if style.kind == "point":
        points = shapely.get_coordinates(plane)
        axes.scatter(points[:, 0], points[:, 1], s=(0.9 * style.radius) ** 2, color=colour, linewidths=0, zorder=rank)
    elif style.kind == "line":
        for part in shapely.get_parts(plane):
            axes.plot(*shapely.get_coordinates(part).T, color=line, solid_capstyle="round", **looks)
    else:
        _area(axes, plane, style, side, line, looks)


def _area(axes: Axes, plane: BaseGeometry, style: Style, side: str, line: str, looks: dict[str, Any]) -> None:
    from matplotlib.patches import PathPatch

    parts = areas(plane)
    if not parts:
        return
    path = _path(shapely.union_all(parts) if len(parts) > 1 else parts[0])
    colour = palette().colour(style.role, side).light
    if hatch := hatch_of(style, side):
        pattern = {"edgecolor": _faint(style, colour), "hatch": hatch, "linewidth": 0, "zorder": looks["zorder"]}
        axes.add_patch(PathPatch(path, facecolor="none", **pattern))
    axes.add_patch(PathPatch(path, facecolor=_face(style, colour), edgecolor=line, **looks))


def areas(plane: BaseGeometry) -> list[BaseGeometry]:
    """The polygons of a geometry of the plane, sound ones: to cut and to thin out areas can make their edges cross."""
    return [part for one in shapely.get_parts(plane) for part in _polygons(shapely.make_valid(one))]


def _polygons(geometry: BaseGeometry) -> list[BaseGeometry]:
    match geometry.geom_type:
        case "Polygon":
            return [] if geometry.is_empty else [geometry]
        case "MultiPolygon" | "GeometryCollection":
            return [part for one in shapely.get_parts(geometry) for part in _polygons(one)]
    return []


def _over(below: Any, above: Any) -> Any:
    """A veil above another one on white paper, as one colour."""
    colour = (1.0, 1.0, 1.0)
    for red, green, blue, part in (below, above):
        colour = tuple(part * new + (1 - part) * old for new, old in zip((red, green, blue), colour, strict=True))
    return colour


def _face(style: Style, colour: str) -> Any:
    from matplotlib.colors import to_rgba

    if style.role == "occupied":
        return to_rgba(colour, _DEEPER)
    filled = style.fill == "solid" and style.role != "mention"  # a veil would change the colours under it
    return to_rgba(colour, style.fill_opacity) if filled else "none"


def _faint(style: Style, colour: str) -> Any:
    from matplotlib.colors import to_rgba

    return to_rgba(colour, 0.4 if style.role in ("control-assessed", "occupied") else 0.7)


def _dash(style: Style) -> Any:
    """The dashes of a style, drawn together: on paper small outlines must close before a reader's eye."""
    if not style.dash:
        return "-"
    parts = [float(part) for part in style.dash.split()]
    return (0, tuple(min(part, _GAP) if n % 2 else _DASH * part for n, part in enumerate(parts)))


def _path(area: BaseGeometry) -> Any:
    from matplotlib.path import Path

    rings = shapely.get_rings(shapely.get_parts(area))
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))
