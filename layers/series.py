"""Histories as files: one writer a format, chosen by the ending of the file's name."""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import UsageError
from geo.history import History, Point, Whole
from layers.files.guard import write_whole
from layers.files.textual import still

COLUMNS = (
    *("date", "key", "value", "low", "high", "unit", "gained_km2", "lost_km2", "redrawn_km2", "source"),
    *("state", "net_km2", "whole", "whole_km2", "whole_source"),
)
_HEAD = ",".join(COLUMNS[:10])
_PNG_MARK = b"Software\x00contactline"


def write(history: History, path: Path, *, force: bool = False) -> Path:
    """Writes a history to ``path`` in the format of its ending, whole or not at all, and returns the path.

    Raises :class:`UsageError` for an ending no writer knows or a library not installed, :class:`InputError` where
    the folder is missing or cannot be written, :class:`OverwriteError` for a file that is not ours, unless ``force``.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"{path.name}: no history is written to {path.suffix!r}; known are {', '.join(WRITERS)}.")
    return write_whole(path, writer(history), force=force or _ours(path))


def _csv(history: History) -> bytes:
    """A row a point; on the first day of a series nothing is known to have changed."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for point in history.points:
        measured = (point.value, point.low, point.high, point.gained, point.lost, point.redrawn)
        value, low, high, *changed = map(_written, measured)
        key, source = still(point.key), still(history.control.name)
        row = [point.date, key, value, low, high, history.unit, *changed, source, state_of(history, point)]
        whole = whole_of(history, point)
        of = (_called(history, whole), _written(whole.km2), whole.source) if whole else ("", "", "")
        table.writerow([*row, _written(point.net), *map(still, of)])
    return text.getvalue().encode("utf-8")


def document(history: History) -> dict[str, Any]:
    """The JSON document of a history, with the day of the source's own state and the net change beside each value."""
    said = history.document()
    for row, point in zip(said["series"], history.points, strict=True):
        row["state"] = str(state_of(history, point))
        if point.net is not None:
            row["net"] = round(point.net, 6)
    return said


def state_of(history: History, point: Point) -> date:
    """The day of the source's own state that a point is measured on: the point's, or the last one before it."""
    days = history.control.dates
    return days[bisect_right(days, point.date) - 1]


def whole_of(history: History, point: Point) -> Whole | None:
    """What a point is a share of; None for an area or a length."""
    return next((one for one in history.wholes if one.key == point.key), None)


def _called(history: History, whole: Whole) -> str:
    """A whole by its name: the unit a series is told by, else what was asked for."""
    return str(history.whole) if whole.key == str(history.territory) else whole.key


def _written(number: float | None) -> str:
    return "" if number is None else f"{number:.6f}"


def _parquet(history: History) -> bytes:
    """The same columns with types, and the document's basis in the metadata under the key ``contactline``."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow: pip install '.[parquet]' in the clone, or pip install pyarrow."
        ) from error
    points, wholes = history.points, [whole_of(history, point) for point in history.points]
    values = (
        pa.array([point.date for point in points], pa.date32()),
        pa.array([point.key for point in points], pa.string()),
        *(pa.array([getattr(point, name) for point in points], pa.float64()) for name in ("value", "low", "high")),
        pa.array([history.unit] * len(points), pa.string()),
        pa.array([point.gained for point in points], pa.float64()),
        pa.array([point.lost for point in points], pa.float64()),
        pa.array([point.redrawn for point in points], pa.float64()),
        pa.array([history.control.name] * len(points), pa.string()),
        pa.array([state_of(history, point) for point in points], pa.date32()),
        pa.array([point.net for point in points], pa.float64()),
        pa.array([None if one is None else _called(history, one) for one in wholes], pa.string()),
        pa.array([None if one is None else one.km2 for one in wholes], pa.float64()),
        pa.array([None if one is None else one.source for one in wholes], pa.string()),
    )
    basis = {name: value for name, value in history.document().items() if name != "series"}
    said = json.dumps({"generator": "contactline", **basis}, ensure_ascii=False, separators=(",", ":"))
    out = io.BytesIO()
    table = pa.table(dict(zip(COLUMNS, values, strict=True)), metadata={"contactline": said})
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _png(history: History) -> bytes:
    from layers.chart import png

    return png(history)


def _html(history: History) -> bytes:
    from layers.chart import html

    return html(history)


WRITERS: Mapping[str, Callable[[History], bytes]] = {".csv": _csv, ".parquet": _parquet, ".png": _png, ".html": _html}


def _ours(path: Path) -> bool:
    """Whether a file is a history written here: tables have its columns, pictures name their maker."""
    try:
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError:
        return False
    return head.startswith(_HEAD.encode()) or (head.startswith(b"\x89PNG") and _PNG_MARK in head)
