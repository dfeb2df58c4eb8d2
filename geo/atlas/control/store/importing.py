"""Reading a file or folder with its adapter once, and keeping what it says."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from geo.atlas.atlas import Atlas
from geo.atlas.control.series import breaks
from geo.atlas.control.store.container import Header, make_room, read_header, write
from geo.atlas.control.store.place import name_from, path_of
from geo.atlas.control.store.stored import Stored
from geo.atlas.control.store.weaving import Loom
from geo.atlas.control.types import ControlSource, Snapshot
from geo.data import data_path
from geo.errors import InputError, OverwriteError

_BEHIND_A_READING = ("boundaries/units.geojson", "boundaries/countries.geojson", "control/published.toml")

_REFUSED = "not read: "
_READERS = 2  # more hardly help: the part inside Python's lock is then the longer one

Progress = Callable[[int, int], None]
"""Told after each day how many are done, of how many."""


@dataclass(frozen=True)
class Imported:
    """What an import did: the series as it is now, its file, and how many of its days were read anew."""

    header: Header
    path: Path
    read: int


def import_series(
    source: ControlSource,
    path: Path,
    atlas: Atlas,
    name: str | None = None,
    *,
    origin: str = "",
    folder: Path | None = None,
    force: bool = False,
    progress: Progress = lambda _done, _of: None,
) -> Imported:
    """Keeps what ``source`` reads from the file or folder ``path`` as a series called ``name``.

    Days already stored are not read again where their files are as they were and only later ones have come.
    Days whose files cannot be read are left out and listed in the report.
    Raises :class:`OverwriteError` where a series of that name came from elsewhere, or would lose days, unless
    ``force``; :class:`InputError` where no day can be read.
    """
    name = name or name_from(path)
    target = path_of(name, folder)
    there = _standing(target, force)
    origin = origin or path.resolve().name
    if there and not force:
        _refuse_strangers(there, name, origin, source)
    kept = _kept(there, source, path, target, atlas)
    if kept and there and kept.last == source.dates[-1]:
        return Imported(there, target, 0)
    make_room(target)
    loom = Loom(kept)
    refused = [line for line in there.report if line.startswith(_REFUSED)] if kept and there else []
    left = [day for day in source.dates if not kept or day > kept.last]
    for done, (day, reading) in enumerate(_read_ahead(source, left), start=1):
        try:
            state = reading.result()
            _check(state)
        except InputError as error:
            refused.append(f"{_REFUSED}{day}: {error}")
        else:
            loom.add(day, state.dated, state.holdings, state.notes)
        progress(done, len(left))
    if not loom.days:
        raise InputError(f"{path}: no day of it can be read. {next(iter(refused), '')}")
    files = _files(source, path)
    arrays, classes = loom.arrays()
    report: tuple[str, ...] = tuple(getattr(source, "report", tuple)())
    jumps = breaks(zip(loom.days, loom.held_km2, strict=True))
    header = Header(
        name=name,
        title=source.title,
        licence=source.licence,
        format=source.name,
        origin=origin,
        first=str(loom.days[0]),
        last=str(loom.days[-1]),
        days=len(loom.days),
        classes=classes,
        report=tuple(dict.fromkeys((*report, *jumps, *refused))),
        files=len(files),
        bytes=sum(file.stat().st_size for file in files),
        inputs=_digest(files),
        reader=_reader(),
        abroad=bool(getattr(source, "abroad", True)),
        imported=_today(),
    )
    write(target, header, arrays)
    return Imported(header, target, len(left))


def _read_ahead(source: ControlSource, days: Iterable[date]) -> Iterator[tuple[date, Future[Snapshot]]]:
    """Each day in order and its reading; the next are read meanwhile, which GEOS does outside Python's lock."""
    with ThreadPoolExecutor(_READERS) as readers:
        ahead: deque[tuple[date, Future[Snapshot]]] = deque()
        for day in days:
            ahead.append((day, readers.submit(source.snapshot, day)))
            if len(ahead) > _READERS:
                yield ahead.popleft()
        yield from ahead


def _check(state: Snapshot) -> None:
    """Raises where a coordinate is no number: it would not come back as itself."""
    areas = [holding.geometry for holding in state.holdings]
    if not np.isfinite(shapely.get_coordinates(areas)).all():
        raise InputError("a coordinate that is no number")


def _files(source: ControlSource, path: Path, until: date | None = None) -> list[Path]:
    """The files a source reads, those of days after ``until`` left out; every file there where it does not say."""
    days: dict[date, tuple[Path, ...]] | None = getattr(source, "files", None)
    if days is not None:
        named = {file for day, files in days.items() if not until or day <= until for file in files}
        return sorted({part for file in named for part in _parts(file)})
    return [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())


def _parts(file: Path) -> list[Path]:
    """A file and, of a shapefile, those that make it up."""
    if file.suffix.lower() != ".shp":
        return [file]
    return [part for part in file.parent.iterdir() if part.stem == file.stem and part.is_file()]


def _digest(files: Iterable[Path]) -> str:
    """The sha256 over the names and the content of files."""
    whole = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            whole.update(f"{file.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


def _standing(target: Path, force: bool) -> Header | None:
    """The head of the series that stands there; a damaged one only stands in the way without ``force``."""
    if not target.exists():
        return None
    try:
        return read_header(target)
    except InputError:
        if force:
            return None
        raise


def _refuse_strangers(there: Header, name: str, origin: str, source: ControlSource) -> None:
    """Raises where the series of that name is another one, or has days the new one lacks."""
    if (there.format, there.origin) != (source.name, origin):
        raise OverwriteError(
            f"a series called {name!r} is there already, {there.format} from {there.origin}; this is {source.name} "
            f"from {origin}. Choose another name with --as, or replace it with --force."
        )
    first, last = there.span
    if source.dates[0] > first or source.dates[-1] < last or len(source.dates) < there.days:
        raise OverwriteError(
            f"the series {name!r} has {there.days} days, {first} to {last}; this has {len(source.dates)}, "
            f"{source.dates[0]} to {source.dates[-1]}: days would be lost. Replace it with --force."
        )


def _kept(there: Header | None, source: ControlSource, path: Path, target: Path, atlas: Atlas) -> Stored | None:
    """The stored series, where its files are as they were and this program would read them the same."""
    if not there or there.reader != _reader() or there.format != source.name:
        return None
    if _digest(_files(source, path, there.span[1])) != there.inputs:
        return None
    try:
        return Stored(target, atlas)
    except InputError:
        return None


def is_current(header: Header) -> bool:
    """Whether this program would read the files the same way as the one that imported them."""
    return header.reader == _reader()


@cache
def _reader() -> str:
    """The sha256 over all that decides how a file is read: the adapters, and the data they go by."""
    whole = hashlib.sha256()
    for file in (*sorted(Path(__file__).parents[1].glob("*.py")), *map(data_path, _BEHIND_A_READING)):
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _today() -> str:
    """The day of SOURCE_DATE_EPOCH, where it is set: the clock would make other bytes of the same input."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return str(datetime.fromtimestamp(int(seconds), UTC).date()) if seconds.isdigit() else ""
