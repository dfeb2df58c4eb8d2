"""A history as a picture: a line a series, gaps left open, and under it what the numbers stand on."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from geo.errors import UsageError
from geo.history import History

_TITLES = {"km2": "km²", "percent": "% of the whole", "km": "km"}
_MOST_SERIES = 12
"""More lines than this no eye keeps apart: those that end highest are drawn, and the picture says so."""


def png(history: History) -> bytes:
    """A PNG of 1600 x 900 pixels; raises :class:`UsageError` where matplotlib is not installed."""
    return _drawn(history, "png", dpi=160, metadata={"Software": "contactline"})


def svg(history: History) -> bytes:
    """The same as SVG, the same bytes for the same history; raises :class:`UsageError` as :func:`png` does."""
    return _drawn(history, "svg", metadata={"Date": None, "Creator": "contactline"})


def html(history: History) -> bytes:
    """The picture in a page of its own that needs no network."""
    from markupsafe import escape

    from layers.files.guard import HTML_MARK

    picture = svg(history).decode("utf-8")
    title = escape(_title(history))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{HTML_MARK}<title>{title}</title>'
        "<style>body{margin:2rem auto;max-width:72rem;font-family:system-ui,sans-serif}svg{width:100%;height:auto}"
        f"</style></head><body><h1>{title}</h1>\n{picture[picture.index('<svg') :]}\n</body></html>\n"
    ).encode()


def _drawn(history: History, kind: str, **how: Any) -> bytes:
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("Pictures need matplotlib: install it with pip install 'contactline[charts]'.") from error
    with mpl.rc_context({"svg.hashsalt": "contactline", "svg.fonttype": "path", "font.size": 9}):
        figure = Figure(figsize=(10, 5.625), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        for key in _shown(history):
            axes.plot(*_broken_at_gaps(history, key), label=key, linewidth=1.4)
        axes.set_ylabel(_TITLES[history.unit])
        axes.set_title(_title(history), loc="left", fontsize=11, wrap=True)
        axes.grid(visible=True, linewidth=0.3)
        if len(history.keys) > 1:
            axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
        figure.supxlabel(_foot(history), fontsize=7, x=0.01, ha="left", wrap=True)
        out = io.BytesIO()
        figure.savefig(out, format=kind, **how)
    return out.getvalue()


def _shown(history: History) -> list[str]:
    """The series to draw, those that end highest where there are too many."""
    last = {point.key: point.value for point in history.points}
    order = sorted(history.keys, key=lambda key: -last[key])[:_MOST_SERIES]
    return [key for key in history.keys if key in order]


def _broken_at_gaps(history: History, key: str) -> tuple[list[Any], list[float]]:
    """Dates and values of a series, a hole wherever days are missing: no line is drawn across them."""
    days: list[Any] = []
    values: list[float] = []
    holes = {gap.last + timedelta(1) for gap in history.gaps}
    for point in history.points:
        if point.key == key:
            if point.date in holes and days:
                days.append(point.date)
                values.append(float("nan"))
            days.append(point.date)
            values.append(point.value)
    return days, values


def _title(history: History) -> str:
    of = f", of {history.whole}" if history.whole else ""
    return f"{history.territory}{of}"


def _foot(history: History) -> str:
    """Source, days and method, and what was left out."""
    days = [point.date for point in history.points]
    missing = sum(gap.days for gap in history.gaps)
    left = len(history.keys) - len(_shown(history))
    return " · ".join(
        filter(
            None,
            (
                f"Source: {history.control.title}, {min(days)} to {max(days)}",
                f"{missing} days without a state, left open" if missing else "",
                f"{left} smaller series not drawn" if left else "",
                "geodesic, WGS84; control is not sovereignty; contactline",
            ),
        )
    )
