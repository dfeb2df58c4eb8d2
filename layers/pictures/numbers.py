"""Numbers on a map for what its legend names: a disc beside the thing, a ring around what is too small to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.pictures.seen import SMALL_MM, reach
from layers.pictures.sheet import MM_PT, Sheet, plain

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_RING_MM = 1.2
_DISC = 0.95
"""Radius of a number's disc, in the size of its figures."""
_SPARE = 1.8
"""Room around a disc that stands on an area, in its radius: what it stands on must be seen."""
_OWN = 0.1
"""Of an area: less ground of its own than this has no room for its number."""
_POINTS = 9
"""Places tried along a line, a band or a large area."""
_OFF_PT = (11.0, 18.0, 27.0)
_WAYS = ((0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7), (1, 0), (-1, 0), (0, 1), (0, -1))


class Numbered(NamedTuple):
    """A geometry of the plane, its number in the legend, and the colour it is drawn in."""

    number: int
    plane: BaseGeometry
    colour: str


def set_numbers(axes: Axes, things: Sequence[Numbered], sheet: Sheet, boxes: Sequence[Any]) -> list[Any]:
    """Sets a number beside each thing, the smallest first, where it hides no other and none of ``boxes`` (pixels).

    Returns the room that numbers and rings take, in pixels.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer: Any = FigureCanvasAgg(axes.figure.figure).get_renderer()  # type: ignore[no-untyped-call]
    window = axes.get_window_extent(renderer)
    taken, own, done = list(boxes), list[Any](), list[BaseGeometry]()
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    per_mm = (east - west) / (axes.get_position().width * sheet.width_mm)
    seen = [one._replace(plane=shapely.clip_by_rect(one.plane, west, south, east, north)) for one in things]
    for one in sorted(seen, key=lambda one: (reach(one.plane), one.number)):
        if one.plane.is_empty:
            continue
        radius = reach(one.plane) / 2 + _RING_MM * per_mm if reach(one.plane) < SMALL_MM * per_mm else 0.0
        rings = _ring(axes, one, radius) if radius else []
        spots = _places(_its_own(one.plane, done), radius, _DISC * sheet.small_pt / MM_PT * per_mm)
        disc = _number(axes, one, sheet, spots, renderer, window, taken)
        found = [*(ring.get_window_extent(renderer) for ring in rings), _box(disc, sheet, renderer)]
        own += [*found, disc.get_window_extent(renderer)]  # its leader too
        taken.append(found[-1])
        done.append(one.plane)
    return own


def _its_own(plane: BaseGeometry, done: Sequence[BaseGeometry]) -> BaseGeometry:
    """Of an area the ground where nothing smaller lies that has its number: there a reader sees which one is meant."""
    if not plane.area:
        return plane
    rest = shapely.difference(shapely.make_valid(plane), shapely.union_all([shapely.make_valid(one) for one in done]))
    return rest if rest.area > _OWN * plane.area else plane


def _number(
    axes: Axes,
    one: Numbered,
    sheet: Sheet,
    spots: Iterator[tuple[float, float, float, float]],
    renderer: Any,
    window: Any,
    taken: Sequence[Any],
) -> Any:
    """The first disc that lies free within the frame; the last one tried where none does."""
    disc: Any = None
    for x, y, right, up in spots:
        if disc is not None:
            disc.remove()
        disc = axes.annotate(
            str(one.number),
            (x, y),
            xytext=(right, up),
            textcoords="offset points",
            ha="center",
            va="center",
            size=sheet.small_pt,
            color=one.colour,
            weight="bold",
            zorder=70,
            bbox={"boxstyle": "circle,pad=0.22", "facecolor": "white", "edgecolor": one.colour, "linewidth": 0.9},
            arrowprops={"arrowstyle": "-", "color": one.colour, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0},
            **plain(),
        )
        box = _box(disc, sheet, renderer)
        inside = box.x0 > window.x0 and box.x1 < window.x1 and box.y0 > window.y0 and box.y1 < window.y1
        if inside and not any(box.overlaps(other) for other in taken):
            break
    return disc


def _box(disc: Any, sheet: Sheet, renderer: Any) -> Any:
    """The room of a disc without its leader, in pixels."""
    from matplotlib.text import Text

    disc.update_positions(renderer)
    return Text.get_window_extent(disc, renderer).padded(0.5 * sheet.small_pt * sheet.dpi / 72)


def _places(plane: BaseGeometry, radius: float, disc: float) -> Iterator[tuple[float, float, float, float]]:
    """Points of a thing, or of the ring around it, and how far off them (points of paper) its number may stand.

    A number stands on an area that has room around a ``disc`` of that radius (metres), beside any other.
    """
    if radius:
        x, y = shapely.get_coordinates(shapely.centroid(shapely.box(*plane.bounds)))[0].tolist()
        ways = [(right / np.hypot(right, up), up / np.hypot(right, up)) for right, up in _WAYS]
        for off in _OFF_PT:
            yield from ((x + radius * right, y + radius * up, off * right, off * up) for right, up in ways)
        return
    spots = _spots(plane)
    if "Polygon" in plane.geom_type and _is_wide(plane):
        yield from ((x, y, 0.0, 0.0) for x, y in spots if _room_around(plane, x, y) > _SPARE * disc)
    yield from ((x, y, off * right, off * up) for off in _OFF_PT for x, y in spots for right, up in _WAYS)


def _spots(plane: BaseGeometry) -> list[tuple[float, float]]:
    """Points on a thing, spread over its length; of a wide area the one deepest inside first."""
    largest = max(shapely.get_parts(plane), key=lambda part: (part.area, part.length))
    line = largest.exterior if "Polygon" in largest.geom_type else largest
    along = shapely.line_interpolate_point(line, np.linspace(0.3, 1.2, _POINTS) % 1.0, normalized=True)
    spots = [(point.x, point.y) for point in along]
    if "Polygon" in largest.geom_type and _is_wide(largest):
        deep = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=reach(largest) / 50))[0]
        return [(float(deep[0]), float(deep[1])), *spots]
    return spots


def _room_around(area: BaseGeometry, x: float, y: float) -> float:
    """How far a point inside an area lies from its edge, in metres."""
    point = shapely.Point(x, y)
    return float(shapely.distance(point, shapely.boundary(area))) if shapely.intersects_xy(area, x, y) else 0.0


def _is_wide(plane: BaseGeometry) -> bool:
    """Whether an area is no mere strip: its mean width (twice its area by its outline) against its length."""
    return bool(2 * plane.area / (plane.length or 1.0) > 0.08 * reach(plane))


def _ring(axes: Axes, one: Numbered, radius: float) -> list[Artist]:
    """A ring around a small thing, light under its colour."""
    from matplotlib.patches import Circle

    middle = shapely.get_coordinates(shapely.centroid(shapely.box(*one.plane.bounds)))[0]
    at = (float(middle[0]), float(middle[1]))
    looks = (("white", 1.0 * MM_PT), (one.colour, 0.45 * MM_PT))
    return [
        axes.add_patch(Circle(at, radius, facecolor="none", edgecolor=colour, linewidth=width, zorder=57 + n))
        for n, (colour, width) in enumerate(looks)
    ]
