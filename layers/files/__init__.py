"""Layers as files for reports: one writer a format, chosen by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from geo.errors import UsageError
from layers.files.guard import made_by_us, write_whole
from layers.layer import Layer

__all__ = ["LIMITS", "WRITERS", "made_by_us", "write", "write_whole"]

Writer = Callable[[Sequence[Layer], Path], None]


def _writer(module: str, name: str = "write") -> Writer:
    """A writer that is imported, with the libraries it needs, when it writes: checking a figure needs none of them."""

    def written(layers: Sequence[Layer], path: Path) -> None:
        getattr(import_module(f"layers.files.{module}"), name)(layers, path)

    return written


WRITERS: Mapping[str, Writer] = {
    ".geojson": _writer("geojson"),
    ".json": _writer("geojson"),
    ".gpkg": _writer("geopackage"),
    ".fgb": _writer("flatgeobuf"),
    ".parquet": _writer("parquet"),
    ".kml": _writer("kml"),
    ".kmz": _writer("kml", "write_kmz"),
    ".zip": _writer("shapefile"),
    ".topojson": _writer("topojson"),
    ".csv": _writer("textual"),
}
"""Ending of a file's name to what writes layers to a path that is free to write to; a zip holds shapefiles."""

LIMITS: Mapping[str, str] = {
    ".zip": "A shapefile cuts field names to 10 characters and text to 254 bytes: README.txt inside says what was cut.",
    ".kml": "KML fills have no hatch: assessed, claimed and contested areas differ by colour, and by folder; places "
    "have the pin of the globe that shows them (in a .kmz a mark of their own).",
    ".kmz": "KML fills have no hatch: assessed, claimed and contested areas differ by colour, and by folder.",
    ".csv": "Text that a spreadsheet would run as a formula has an apostrophe in front; outlines are longer than a "
    "spreadsheet's cell (32,767 signs) holds. Say --datapackage to keep method and sources of the whole beside it.",
}
"""What a format cannot hold, to be said to whoever chose it."""


def write(layers: Sequence[Layer], path: Path | str, *, force: bool = False) -> list[Path]:
    """Writes ``layers`` to ``path`` in the format of its ending, and returns the paths of the files made.

    Raises :class:`UsageError` for an ending no writer knows or layers that share an id, :class:`InputError` where the
    folder is missing or cannot be written, :class:`OverwriteError` for a file that is not ours, unless ``force``.
    """
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"{path.name}: no writer for the ending {path.suffix!r}; known are {', '.join(WRITERS)}")
    if not layers:
        raise UsageError(f"{path.name}: there is no layer to write")
    ids = [layer.id.casefold() for layer in layers]
    if len(set(ids)) < len(ids):
        raise UsageError("two layers share an id; each needs its own name in a file")
    return [write_whole(path, lambda free: writer(layers, free), force=force)]
