"""A chart of a history: a stepped line a series with its interval as a band, gaps left open, events above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from math import isfinite
from typing import TYPE_CHECKING

from geo.algebra import nodes
from geo.history import History
from geo.wording import amount, digits
from layers.palette import palette
from layers.pictures.days import day_number, marks
from layers.pictures.ends import NAME, Series, set_end, set_names, spread
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

__all__ = ["heading", "history_chart", "history_page", "spread"]

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (5, 1.5, 1.5, 1.5)))
_MOST_SERIES = 12
"""More lines than this no eye keeps apart: those that end highest are drawn, and the picture says so."""
_METHOD = "Geodesic on WGS84. Control is not sovereignty."
_APART = "Contested areas are not in the band. "
_NO_INTERVAL = {"km": "No interval: the error of the source is measured for areas only."}
_VEIL, _FEW = 0.22, 3
"""How strong a band is, for so many series; more of them lie over one another."""
_FAR_ABOVE = 0.5
"""Of the highest value: an axis of values that never fall below this need not begin at zero."""
_AT_THE_END = 1.5
"""The last day's words may end where it stands: they reach half their width further to the left."""
_NARROW_MM = 120.0
_AXIS = 5.0
"""Of the size: what stands above and below the plot, unit, days, and room."""
_NUMBERS = 5.2  # of the size: the room the numbers beside the axis take
_RATIO = 0.46
"""Height of the plot with its axis, in the width of the sheet."""


def history_chart(history: History, sheet: Sheet, title: str = "", events: Sequence[Event] = ()) -> Figure:
    """The chart of a history; ``title`` says what was asked for, else the territory is described."""
    return _chart(history, sheet, title, events, _MOST_SERIES)


def _chart(history: History, sheet: Sheet, title: str, events: Sequence[Event], most: int) -> Figure:
    """The chart with at most so many series, and on a sheet of fixed height as many as their names find room."""
    series = _series(history, most)
    days = [day for one in series for day in one.days]
    first, last = day_number(min(days)), day_number(max(days))
    if first == last:  # a day stands in the middle
        first, last = first - 1, last + 1
    flags = flags_of(within(events, min(days), max(days)), first, last, _axis_pt(series, sheet), sheet)
    caption = _caption(history, series, flags, len(events), title)
    sheet = sheet.tall(caption_mm(caption, sheet) + (_RATIO * sheet.width_mm) + flags.height_pt(sheet) / MM_PT)
    room = sheet.height_mm * MM_PT - caption_mm(caption, sheet) * MM_PT - flags.height_pt(sheet)
    names = max(2, int((room - _AXIS * sheet.small_pt) / (NAME * sheet.small_pt)))
    if len(series) > names and most > names:
        return _chart(history, sheet, title, events, names)
    figure, axes = set_on(sheet, caption)
    _scaled(axes, series, sheet, flags)
    for one in series:
        at = [day_number(day) for day in one.days]
        veil = _VEIL if len(series) <= _FEW else _VEIL / 2
        axes.fill_between(at, one.lows, one.highs, step="post", alpha=veil, linewidth=0, color=one.colour, zorder=3)
        axes.plot(at, one.values, drawstyle="steps-post", linewidth=1.3, linestyle=one.dash, color=one.colour, zorder=3)
        set_end(axes, one)
    _unit(axes, history, sheet)
    if len(series) > 1:
        set_names(axes, series, sheet)
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
    by = ", by unit" if len(history.keys) > 1 and not history.whole else ""
    return words[:1].upper() + words[1:] + of + by


def _of(history: History) -> str:
    """The whole of the shares in words: what was asked for, or each unit where there are several."""
    return "each unit" if len(history.wholes) > 1 or history.whole is None else described(history.whole)


def _axis_pt(series: Sequence[Series], sheet: Sheet) -> float:
    """How wide the axis of days is, in points: what the numbers left of it and the names right of it leave."""
    return (1 - 2 * margin(sheet)) * sheet.width_mm * MM_PT - _NUMBERS * sheet.small_pt - _names_pt(series, sheet)


def _names_pt(series: Sequence[Series], sheet: Sheet) -> float:
    longest = max((len(one.key) for one in series), default=0)
    return longest * LETTER * sheet.small_pt + 14 if len(series) > 1 else sheet.small_pt


def _caption(history: History, series: Sequence[Series], flags: Flags, known: int, title: str) -> Caption:
    """Title, span and what the band is above; below, source with licence, what is missing, and the events' sources."""
    days = [point.date for point in history.points]
    missing = sum(gap.days for gap in history.gaps)
    left = len(history.keys) - len(series)
    banded = any(high > low for one in series for low, high in zip(one.lows, one.highs, strict=True))
    cut = _axis(series)[0] > 0
    said = (
        f"{min(days)} to {max(days)}." if min(days) < max(days) else "",
        _last_state(history) if len(series) == 1 else f"State of {max(days)}." if min(days) == max(days) else "",
        "Band: the error measured of the source." if banded and min(days) < max(days) else "",
        "" if banded else _NO_INTERVAL.get(history.unit, ""),
        "The axis does not begin at zero." if cut else "",
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


def _last_state(history: History) -> str:
    """The last state in words, with its interval: ``On 2025-01-20: 18.5 % (18.1 to 18.9).``"""
    last = history.points[-1]
    low, high = (last.value if bound is None else bound for bound in (last.low, last.high))
    bounds = f" ({digits(low, history.unit)} to {digits(high, history.unit)})" if high > low else ""
    return f"On {last.date}: {amount(last.value, history.unit)}{bounds}."


def _axis(series: Sequence[Series]) -> tuple[float, float]:
    """From where to where the axis of values runs: from zero, but for values that all lie far above it."""
    bounds = [n for one in series for numbers in (one.values, one.lows, one.highs) for n in numbers if isfinite(n)]
    low, high = min(bounds), max(bounds)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    return 0.0 if low <= _FAR_ABOVE * high else low - room, high + room if high else 1.0


def _series(history: History, count: int) -> list[Series]:
    """The series to draw, those that end highest where there are too many; colours told apart by dashes too."""
    last = {point.key: point.value for point in history.points}
    most = sorted(history.keys, key=lambda key: -last[key])[:count]
    keys = [key for key in history.keys if key in most]
    looks = zip(_colours(history, len(keys)), cycle(_DASHES), strict=False)
    return [Series(key, *_broken_at_gaps(history, key), *look) for key, look in zip(keys, looks, strict=False)]


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


def _scaled(axes: Axes, series: Sequence[Series], sheet: Sheet, flags: Flags) -> None:
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
    axes.set_ylim(*_axis(series))
    days = [day for one in series for day in one.days]
    few = 5 if sheet.width_mm < _NARROW_MM else 9
    per_day = width * wide_pt / (flags.last - flags.first)
    ticks = _apart(marks(min(days), max(days), few), per_day, size)
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


def _apart(ticks: Sequence[tuple[date, str]], per_day: float, size: float) -> list[tuple[date, str]]:
    """The marks of days whose words do not meet, the earlier ones first; the last is set left of its end."""
    kept: list[tuple[date, str]] = []
    for day, words in ticks:
        wide = LETTER * size * (len(words) + 1) * (_AT_THE_END if day == ticks[-1][0] else 1)
        if not kept or (day - kept[-1][0]).days * per_day > wide:
            kept.append((day, words))
    return kept


def _unit(axes: Axes, history: History, sheet: Sheet) -> None:
    """The unit above the axis."""
    of = f"% of {_of(history)}" if history.whole else {"km2": "km²"}.get(history.unit, history.unit)
    axes.annotate(
        of,
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
