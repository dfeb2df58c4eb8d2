"""A chart of a history: a stepped line a series with its interval as a band, gaps left open, events above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from math import isfinite
from typing import TYPE_CHECKING, Any

from geo.algebra import nodes
from geo.history import History
from layers.palette import palette
from layers.pictures.days import day_number, marks
from layers.pictures.events import Event, within
from layers.pictures.flags import Flags, flags_of, set_flags
from layers.pictures.save import as_bytes
from layers.pictures.sheet import (
    FAINT,
    INK,
    LETTER,
    MM_PT,
    QUIET,
    SIZES,
    Caption,
    Sheet,
    caption_mm,
    margin,
    plain,
    set_on,
)
from layers.subjects import described

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (5, 1.5, 1.5, 1.5)))
_MOST_SERIES = 12
"""More lines than this no eye keeps apart: those that end highest are drawn, and the picture says so."""
_METHOD = "Geodesic on WGS84. Control is not sovereignty."
_APART = "Contested areas are not in the band. "
_NARROW_MM = 120.0
_NUMBERS = 5.2  # of the size: the room the numbers beside the axis take
_RATIO = 0.46
"""Height of the plot with its axis, in the width of the sheet."""


@dataclass(frozen=True)
class _Series:
    """One series: days, values and bounds (NaN where there is none), and how it is drawn."""

    key: str
    days: list[date]
    values: list[float]
    lows: list[float]
    highs: list[float]
    colour: str
    dash: Any


def history_chart(history: History, sheet: Sheet, title: str = "", events: Sequence[Event] = ()) -> Figure:
    """The chart of a history; ``title`` says what was asked for, else the territory is described."""
    series = _series(history)
    days = [day for one in series for day in one.days]
    first = day_number(min(days))
    last = max(day_number(max(days)), first + 1)
    flags = flags_of(within(events, min(days), max(days)), first, last, _axis_pt(series, sheet), sheet)
    caption = _caption(history, series, flags, len(events), title)
    sheet = sheet.tall(caption_mm(caption, sheet) + (_RATIO * sheet.width_mm) + flags.height_pt(sheet) / MM_PT)
    figure, axes = set_on(sheet, caption)
    _scaled(axes, series, sheet, flags)
    for one in series:
        at = [day_number(day) for day in one.days]
        axes.fill_between(at, one.lows, one.highs, step="post", alpha=0.22, linewidth=0, color=one.colour, zorder=3)
        axes.plot(at, one.values, drawstyle="steps-post", linewidth=1.3, linestyle=one.dash, color=one.colour, zorder=3)
    _unit(axes, history, sheet)
    if len(series) > 1:
        _names(axes, series, sheet)
    set_flags(axes, flags, sheet)
    return figure


def history_page(history: History, title: str = "", events: Sequence[Event] = ()) -> bytes:
    """The chart in a page of its own that needs no network."""
    from markupsafe import escape

    from layers.files.guard import HTML_MARK

    picture = as_bytes(history_chart(history, SIZES["page"], title, events), "svg").decode("utf-8")
    words = escape(heading(history, title))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{HTML_MARK}<title>{words}</title>'
        "<style>body{margin:2rem auto;max-width:72rem}svg{width:100%;height:auto}</style></head>"
        f"<body><main>\n{picture[picture.index('<svg') :]}\n</main></body></html>\n"
    ).encode()


def heading(history: History, title: str = "") -> str:
    """What a history is of, in words: the territory, and what of it is measured."""
    words = title or described(history.territory)
    what = {"km": "length"}.get(history.unit, "area")
    of = f", share of {_of(history)}" if history.whole else f", {what}" * (what not in words.split())
    return words[:1].upper() + words[1:] + of


def _of(history: History) -> str:
    """The whole of the shares in words: what was asked for, or each unit where there are several."""
    return "each unit" if len(history.wholes) > 1 or history.whole is None else described(history.whole)


def _axis_pt(series: Sequence[_Series], sheet: Sheet) -> float:
    """How wide the axis of days is, in points: what the numbers left of it and the names right of it leave."""
    return (1 - 2 * margin(sheet)) * sheet.width_mm * MM_PT - _NUMBERS * sheet.small_pt - _names_pt(series, sheet)


def _names_pt(series: Sequence[_Series], sheet: Sheet) -> float:
    longest = max((len(one.key) for one in series), default=0)
    return longest * LETTER * sheet.small_pt + 14 if len(series) > 1 else sheet.small_pt


def _caption(history: History, series: Sequence[_Series], flags: Flags, known: int, title: str) -> Caption:
    """Title, span and what the band is above; below, source with licence, what is missing, and the events' sources."""
    days = [point.date for point in history.points]
    missing = sum(gap.days for gap in history.gaps)
    left = len(history.keys) - len(series)
    banded = any(high > low for one in series for low, high in zip(one.lows, one.highs, strict=True))
    said = (
        f"{min(days)} to {max(days)}.",
        "Band: the error measured of the source." if banded else "",
        f"{missing} day{'s' * (missing > 1)} without a state, left open." if missing else "",
        f"{left} smaller series not drawn." if left else "",
        f"Events without room: {known - len(flags.events)}." if known > len(flags.events) else "",
    )
    control = history.control
    named = "; ".join(dict.fromkeys(event.source for event in flags.events))
    sources = (
        f"Control: {control.title} ({control.licence}). {_METHOD} {_APART * banded}Chart: contactline.",
        f"Events: {named}." if named else "",
    )
    return Caption(heading(history, title), " ".join(filter(None, said)), tuple(filter(None, sources)))


def _series(history: History) -> list[_Series]:
    """The series to draw, those that end highest where there are too many; colours told apart by dashes too."""
    last = {point.key: point.value for point in history.points}
    most = sorted(history.keys, key=lambda key: -last[key])[:_MOST_SERIES]
    keys = [key for key in history.keys if key in most]
    looks = zip(_colours(history, len(keys)), cycle(_DASHES), strict=False)
    return [_Series(key, *_broken_at_gaps(history, key), *look) for key, look in zip(keys, looks, strict=False)]


def _colours(history: History, count: int) -> list[str]:
    """One series in the colour of the side that holds it; several in the palette's dark ones, told apart by dashes."""
    if count == 1:
        sides = [node.side for node in history.territory.walk() if isinstance(node, nodes.Controlled)]
        return [palette().sides[sides[0]].light if sides else palette().style("mention").colour.light]
    return list(islice(cycle(family.colour.light for family in palette().mentions.values()), count))


def _broken_at_gaps(history: History, key: str) -> tuple[list[date], list[float], list[float], list[float]]:
    """Days, values and bounds of a series, a hole wherever days are missing: nothing is drawn across them."""
    nothing = float("nan")
    rows: list[tuple[date, float, float, float]] = []
    holes = {gap.last + timedelta(1): gap.first for gap in history.gaps}
    for point in history.points:
        if point.key == key:
            if point.date in holes and rows:
                rows.append((holes[point.date], nothing, nothing, nothing))
            low, high = (point.value if bound is None else bound for bound in (point.low, point.high))
            rows.append((point.date, point.value, low, high))
    days, values, lows, highs = (list(column) for column in zip(*rows, strict=True))
    return days, values, lows, highs


def _scaled(axes: Axes, series: Sequence[_Series], sheet: Sheet, flags: Flags) -> None:
    """Sets limits, ticks and grid: dates as ISO, room above for events, at the right for the names of series."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    box = axes.get_position()
    size = sheet.small_pt
    high_pt, wide_pt = sheet.height_mm * MM_PT, sheet.width_mm * MM_PT
    left, foot = _NUMBERS * size / wide_pt, 2 * size / high_pt
    head = (flags.height_pt(sheet) + 2.2 * size) / high_pt
    width = _axis_pt(series, sheet) / wide_pt
    least = 0.2 if sheet.fixed else 0.05
    axes.set_position((box.x0 + left, box.y0 + foot, width, max(box.height - foot - head, least)))
    axes.set_xlim(flags.first, flags.last)
    bounds = [n for one in series for numbers in (one.values, one.lows, one.highs) for n in numbers if isfinite(n)]
    low, high = min(bounds), max(bounds)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    axes.set_ylim(0.0 if low <= 3 * room else low - room, high + room)
    first = min(day for one in series for day in one.days)
    few = 5 if sheet.width_mm < _NARROW_MM else 9
    ticks = marks(first, first + timedelta(flags.last - flags.first), few)
    axes.set_xticks([day_number(day) for day, _ in ticks], [words for _, words in ticks])
    half = 0.5 * LETTER * size * max((len(words) for _, words in ticks), default=0)
    for (day, _), text in zip(ticks, axes.get_xticklabels(), strict=True):
        if (flags.last - day_number(day)) * width * wide_pt / (flags.last - flags.first) < half - size:
            text.set_horizontalalignment("right")
    floor, top = axes.get_ylim()
    axes.set_yticks([tick for tick in MaxNLocator(6).tick_values(floor, top) if floor <= tick <= top])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.tick_params(length=2.5, width=0.5, color=QUIET, labelsize=size, labelcolor=INK, pad=2)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set(family=plain()["family"])
    axes.grid(visible=True, axis="y", linewidth=0.4, color=FAINT)
    for name, side in axes.spines.items():
        side.set_visible(name == "bottom")
        side.set_linewidth(0.5)
        side.set_color(QUIET)


def _unit(axes: Axes, history: History, sheet: Sheet) -> None:
    """The unit above the axis; where it does not begin at zero, that too."""
    of = f"% of {_of(history)}" if history.whole else {"km2": "km²"}.get(history.unit, history.unit)
    cut = "" if axes.get_ylim()[0] == 0 else "; the axis does not begin at zero"
    axes.annotate(
        of + cut,
        (0, 1),
        xycoords="axes fraction",
        xytext=(-4.6 * sheet.small_pt, 0.9 * sheet.small_pt),
        textcoords="offset points",
        size=sheet.small_pt,
        color=QUIET,
        va="bottom",
        zorder=9,
        bbox={"facecolor": "white", "linewidth": 0, "pad": 0.4},
        **plain(),
    )


def _names(axes: Axes, series: Sequence[_Series], sheet: Sheet) -> None:
    """The name of each series beside its end, moved apart where ends lie close."""
    size = sheet.small_pt
    (low, high), box = axes.get_ylim(), axes.get_position()
    point = (high - low) / (box.height * sheet.height_mm * MM_PT)
    ends = sorted(((_last(one), one) for one in series), key=lambda end: end[0])
    at = spread([end for end, _ in ends], 1.2 * size * point, low, high)
    for y, (end, one) in zip(at, ends, strict=True):
        axes.annotate(
            one.key,
            (axes.get_xlim()[1], end),
            xytext=(10, (y - end) / point),
            textcoords="offset points",
            size=size,
            color=INK,
            va="center",
            arrowprops={"arrowstyle": "-", "color": one.colour, "linewidth": 0.8, "linestyle": one.dash, "shrinkB": 0},
            annotation_clip=False,
            **plain(),
        )


def _last(one: _Series) -> float:
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
