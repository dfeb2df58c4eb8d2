"""A map as a newspaper sets it: an equal-area plane, areas by the palette, labels that leave each other room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from layers.layer import Feature, Layer
from layers.palette import palette
from layers.pictures.calm import calmed
from layers.pictures.furniture import ELSEWHERE, corner_is_free, locator, scale_bar
from layers.pictures.ink import areas, ink
from layers.pictures.key import Key, key, set_key
from layers.pictures.labels import Label, kept_for_towns, place_labels
from layers.pictures.narrow import NARROW_MM, is_narrow, mean_width
from layers.pictures.numbers import Numbered, set_numbers
from layers.pictures.projection import around
from layers.pictures.seen import Drawn, Seen, numbers_of, on_plane, seen, styles_of, uncovered
from layers.pictures.sheet import MM_PT, Caption, Sheet, set_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

_MARGINS = (0.08, 0.16, 0.26)
"""Free room around what is framed, tried in turn until the furniture hides nothing of it."""
_UNIT = re.compile(r'(?:unit|oblast)\("([^"]+)"\)')
_ONE_UNIT = re.compile(r'(?:unit|oblast|country)\("[^"]+"\)')
_LEAST_M = 40_000.0
_FINEST_MM = 0.03
"""Detail on paper no printer sets (300 dpi are 0.08 mm) is left out; the figures are measured on the whole geometry."""
_BESIDE = 0.33
"""The part of a wide sheet that a legend beside the map takes."""
_WIDE_SHEET = 1.6
_BLANK = 0.01
"""Of the window: more ground than this that is neither land nor sea is worth a word in the legend."""
_GROUNDS = ("basemap-land", "control-assessed")
"""Countries, and what each side holds: a town's name stands on its own ground."""
_OBSTACLES = ("country", "contact-line", "line", "mention", "band")
"""Roles whose lines no name should hide."""
_BORDER_RANK = 13.5
"""Borders lie over who holds what, and under what was named."""
_LONGEST_NAME = 34
_LEGEND = 0.45
"""Of the room between the captions: a sheet whose legend needs more grows taller, if its format lets it."""
_TALLEST = 2.2
_FULL_WIDTH_MM = 180.0
_COAST_M = 6000.0
"""Seas are drawn this much wider, under the land: coasts of two data sets leave slivers between them."""


def map_picture(
    layers: Sequence[Layer],
    frame: Sequence[BaseGeometry],
    caption: Caption,
    sheet: Sheet,
    *,
    unheld: bool = False,
    names: Sequence[Layer] = (),
) -> Figure:
    """A map of ``layers``, lowest rank first; ``frame`` (lon, lat on WGS84) is what must be seen whole.

    ``unheld``: whether ground is seen that neither side holds, for the legend to say so; ``names``: layers that are
    not drawn, whose units bear their names.
    """
    figure, axes = set_on(sheet, caption)
    projection = around(list(frame))
    framed = [projection.plane(shape) for shape in frame]
    things = on_plane(sorted(layers, key=_rank), projection)
    whole = axes.get_position()
    keep = _kept_free(framed, axes, figure)

    def legend_for(wide: float, *, beside: bool = False) -> Key | None:
        return key(_seen(things, axes), sheet, wide, unheld=unheld, blank=_is_blank(things, axes), beside=beside)

    beside = _fits_beside(legend_for(whole.width * _BESIDE, beside=True), sheet, whole)
    if beside:
        axes.set_aspect("auto")
        axes.set_position((whole.x0, whole.y0, (1 - _BESIDE) * whole.width, whole.height))
        keep = _kept_free(framed, axes, figure)
    room, wide = 0.0, whole.width * (_BESIDE if beside else 1)
    legend = legend_for(wide, beside=beside)
    while legend and legend.height_pt > room and not beside:  # its room changes the window, and that what it names
        room = legend.height_pt
        _make_room(axes, figure, whole, room)
        keep = _kept_free(framed, axes, figure)
        legend = legend_for(wide)
    short_mm = (legend.height_pt - _LEGEND * whole.height * sheet.height_mm * MM_PT) / MM_PT if legend else 0.0
    if short_mm > 0 and not beside and not sheet.fixed and sheet.height_mm < _TALLEST * sheet.width_mm:
        taller = sheet.tall(sheet.height_mm + short_mm + 1)
        return map_picture(layers, frame, caption, taller, unheld=unheld, names=names)
    if legend:
        set_key(figure, axes, legend, beside=beside)
    axes.set_facecolor(ELSEWHERE)
    labels, marked, lines = _inked(axes, things, names, sheet)
    ground = [layer for layer in layers if layer.role in ("basemap-sea", "basemap-land")]
    taken: list[BaseGeometry] = []
    locator(figure, axes, ground, projection, sheet, keep, taken)
    scale_bar(axes, sheet, keep, taken)
    _set_names(axes, labels, marked, sheet, taken, lines)
    return figure


def _inked(
    axes: Axes, things: Sequence[Drawn], names: Sequence[Layer], sheet: Sheet
) -> tuple[list[Label], list[Numbered], BaseGeometry]:
    """Draws all things, and returns what is to be written on them, what is to be numbered, and lines to keep off."""
    window, found = _window(axes), _seen(things, axes)
    numbers, styles = numbers_of(found), styles_of(found)
    paper_m = _metres_per_mm(axes)
    fine = min(1.0, (sheet.width_mm / _FULL_WIDTH_MM) ** 0.5)
    named = _named([*(thing.layer for thing in things), *names])
    several = sum(thing.layer.role in ("mention", "line") for thing in things) > 1
    ground = [
        replace(one, plane=shapely.simplify(_within(one.plane, window), paper_m / 5))
        for one in things
        if one.layer.role in ("basemap-land", "control-assessed")
    ]
    labels: list[Label] = []
    marked: list[Numbered] = []
    lines: list[BaseGeometry] = []
    for thing in things:
        layer, feature = thing.layer, thing.feature
        plane = shapely.simplify(_within(thing.plane, window), _FINEST_MM * paper_m)
        if plane.is_empty:
            continue
        if palette().style(layer.role).label != "place":
            style = styles[layer.id]
            drawn_as = _as_drawn(thing, things, plane, window, paper_m)
            ink(axes, drawn_as, style, str(feature.properties.get("side", "")), _rank(layer), fine)
        if layer.id in numbers:
            marked.append(Numbered(numbers[layer.id], plane, styles[layer.id].line.light))
        if layer.role in _OBSTACLES:
            lines += shapely.get_rings(areas(plane)).tolist() if plane.area else shapely.get_parts(plane).tolist()
        if layer.role == "basemap-land" and shapely.contains(plane, window):
            continue  # the inset names the country that is everywhere
        labels += _labels(thing, plane, named, ground, several=several and not numbers)
    return labels, marked, shapely.GeometryCollection(lines)


def _set_names(
    axes: Axes,
    labels: Sequence[Label],
    marked: Sequence[Numbered],
    sheet: Sheet,
    taken: Sequence[BaseGeometry],
    lines: BaseGeometry,
) -> None:
    """Names of units asked for first, then the numbers of the legend, then all other names."""
    from matplotlib.transforms import Bbox

    furniture = [axes.transData.transform_bbox(Bbox.from_extents(*one.bounds)) for one in taken]
    asked = [one for one in labels if one.cls == "named" or one.weight == inf]
    first = place_labels(axes, asked, sheet, furniture, lines)
    discs = set_numbers(axes, marked, sheet, [*first, *kept_for_towns(axes, labels, sheet)])
    others = [one for one in labels if one.cls != "named" and one.weight != inf]
    place_labels(axes, others, sheet, [*first, *discs], lines)


def _as_drawn(
    thing: Drawn, things: Sequence[Drawn], plane: BaseGeometry, window: BaseGeometry, paper_m: float
) -> BaseGeometry:
    """A geometry of the plane as it is drawn: bands where no narrower one lies, wider where too narrow to be seen.

    Seas run under the coast.
    """
    if is_narrow(thing.layer, plane, paper_m):
        return shapely.buffer(plane, (NARROW_MM * paper_m - mean_width(plane)) / 2)
    if thing.layer.role == "mention":
        return calmed(plane, paper_m)
    if thing.layer.role == "basemap-sea":
        return shapely.buffer(plane, _COAST_M)
    return _within(uncovered(thing, things), window) if thing.layer.role == "band" else plane


def _labels(
    thing: Drawn, plane: BaseGeometry, named: set[str], ground: Sequence[Drawn], *, several: bool
) -> Iterator[Label]:
    """What is written on a feature: its name, and of what was asked for beside other things the title."""
    layer, feature = thing.layer, thing.feature
    style = palette().style(layer.role)
    words = str(feature.properties.get("label", feature.name))
    if style.label and layer.role not in ("country", "occupied"):
        cls = "named" if style.label == "unit" and feature.name in named else style.label
        town = style.label == "place"
        away = [_not_around(plane, [one for one in ground if one.layer.role == role]) for role in _GROUNDS if town]
        yield Label(words, cls, plane, _weight(feature, plane), feature.name, *away)
    written = str(feature.properties.get("expression", ""))
    if several and layer.role == "mention" and not _ONE_UNIT.fullmatch(written) and len(words) <= _LONGEST_NAME:
        yield Label(words, "asked", plane, -plane.area)  # the smallest first: the large one has room elsewhere


def _not_around(town: BaseGeometry, grounds: Sequence[Drawn]) -> BaseGeometry | None:
    """What of some grounds a town does not lie in; None for one that lies in none of them, as on a coast."""
    others = [one.plane for one in grounds if not shapely.intersects(one.plane, town)]
    if len(others) == len(grounds):
        return None
    return shapely.GeometryCollection([part for one in others for part in shapely.get_parts(one)])


def _rank(layer: Layer) -> float:
    return _BORDER_RANK if layer.role == "country" else palette().style(layer.role).rank


def _kept_free(framed: list[BaseGeometry], axes: Axes, figure: Figure) -> BaseGeometry:
    """Sets the window so that the furniture finds free corners, where it can; what is to be kept free of it."""
    keep: BaseGeometry = shapely.Point()
    for margin in _MARGINS:
        _look_at(framed, axes, figure, margin)
        west, _, east, _ = _window(axes).bounds
        step = (east - west) / 150
        keep = shapely.union_all([shapely.buffer(shapely.simplify(one, step), step) for one in framed])
        if corner_is_free(axes, keep):
            break
    return keep


def _window(axes: Axes) -> BaseGeometry:
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return shapely.box(west, south, east, north)


def _seen(things: Sequence[Drawn], axes: Axes) -> Seen:
    return seen(things, _window(axes), _metres_per_mm(axes))


def _is_blank(things: Sequence[Drawn], axes: Axes) -> bool:
    """Whether a part of the window is neither land nor sea of the boundaries that ship."""
    window = _window(axes)
    known = [
        shapely.make_valid(shapely.clip_by_rect(one.plane, *window.bounds))
        for one in things
        if one.layer.role in ("basemap-sea", "basemap-land", "water")
    ]
    return bool(shapely.difference(window, shapely.union_all(known)).area > _BLANK * window.area)


def _metres_per_mm(axes: Axes) -> float:
    """Metres of the plane on a millimetre of paper."""
    west, _, east, _ = _window(axes).bounds
    wide_mm = axes.get_position().width * axes.figure.figure.get_figwidth() * 25.4
    return float((east - west) / wide_mm)


def _named(layers: Sequence[Layer]) -> set[str]:
    """The units that territories drawn by name are made of: a map of a unit bears its name."""
    written = [
        str(f.properties.get("expression", "")) for layer in layers if layer.role == "mention" for f in layer.features
    ]
    return {name for one in written for name in _UNIT.findall(one)}


def _fits_beside(legend: Key | None, sheet: Sheet, box: Bbox) -> bool:
    """Whether the legend stands beside the map: on a wide sheet, where it is no taller than the map."""
    wide = sheet.width_mm > _WIDE_SHEET * sheet.height_mm
    return legend is not None and wide and legend.height_pt < 0.95 * box.height * sheet.height_mm * MM_PT


def _make_room(axes: Axes, figure: Figure, box: Bbox, height_pt: float) -> None:
    """Lifts the foot of the axes' box by ``height_pt``, for what stands below them; half of it is the most."""
    axes.set_aspect("auto")  # else the place asked for is one already narrowed to the old window
    strip = min(height_pt / (72 * figure.get_figheight()), box.height / 2)
    axes.set_position((box.x0, box.y0 + strip, box.width, box.height - strip))


def _look_at(frame: list[BaseGeometry], axes: Axes, figure: Figure, margin: float) -> None:
    """Sets the window: the frame and a margin, in the shape of the axes."""
    axes.set_aspect("auto")
    west, south, east, north = shapely.total_bounds(frame)
    box = axes.get_position()
    wide = box.width * figure.get_figwidth() / (box.height * figure.get_figheight())
    height = max((north - south) * (1 + 2 * margin), (east - west) * (1 + 2 * margin) / wide, _LEAST_M)
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
    if "Point" in plane.geom_type and feature.properties.get("expression"):  # asked for by its name
        return inf
    people = feature.properties.get("listed_people")
    return float(people) if isinstance(people, int | float) else plane.area
