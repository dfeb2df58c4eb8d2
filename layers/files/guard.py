"""Writing a file whole or not at all, and never over a file contactline did not make."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn

from geo.errors import ContactlineError, InputError, OverwriteError

HTML_MARK = '<meta name="generator" content="contactline">'
JSON_MARK = '"contactline":{"generator":"contactline"'
GPKG_MARK = "made_by_contactline"
XML_MARK = "made by contactline"
CSV_MARK = "contactline_layer"
ZIP_MARK = b"made by contactline"
PICTURE_MARK = b"made by contactline"

_HEAD = 8192  # bytes: most marks stand within the first lines of a file
_ROOM = 1 << 20  # bytes: on a disk with less than that, what failed to be written failed for want of room
_TAIL = 262144  # bytes: Parquet keeps its metadata at the end, a zip its comment
_BINARY_MARK = b'{"generator":"contactline"'


def write_whole(path: Path, data: bytes | Callable[[Path], None], *, force: bool = False) -> Path:
    """Writes ``data`` to ``path`` (or lets it write to the path it is given) and returns the path.

    The file is made in a folder beside its place and moved there in one step, so a reader sees the old file or the new
    one, never half of either. Raises :class:`InputError` where the folder is missing or cannot be written, and
    :class:`OverwriteError` where a file stands that contactline did not make, unless ``force``.
    """
    target = Path(path).resolve()
    _refuse(path, target, force)
    try:
        with _ended_in_order(), tempfile.TemporaryDirectory(dir=target.parent, prefix=".contactline-") as room:
            fresh = Path(room) / target.name
            _fill(fresh, data)
            if target.exists():
                shutil.copymode(target, fresh)
            os.replace(fresh, target)
    except PermissionError as error:
        raise InputError(f"cannot write in {path.parent}: no permission; choose another folder with -o") from error
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}; choose another place with -o") from error
    return path


def _fill(fresh: Path, data: bytes | Callable[[Path], None]) -> None:
    """Makes the file; where the disk is full, says so in the system's words, whatever words a library has for it."""
    if not callable(data):
        fresh.write_bytes(data)
        return
    try:
        data(fresh)
    except (ContactlineError, OSError):
        raise
    except Exception as error:
        if shutil.disk_usage(fresh.parent).free < _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """While a file is made, a request to end ends the program as an error does: what is half made is cleared away.

    A caller's own handlers stay, and a thread other than the main one can set none.
    """
    requests = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [request for request in requests if signal.getsignal(request) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        ours = []

    def end(request: int, _frame: object) -> NoReturn:
        for one in ours:
            signal.signal(one, signal.SIG_IGN)  # once is enough: clearing away is not to be stopped
        raise SystemExit(128 + request)

    for request in ours:
        signal.signal(request, end)
    try:
        yield
    finally:
        for request in ours:
            signal.signal(request, signal.SIG_DFL)


def check_place(path: Path, *, force: bool = False) -> None:
    """Raises what :func:`write_whole` would for this place, before any work is done."""
    _refuse(path, Path(path).resolve(), force)


def _refuse(path: Path, target: Path, force: bool) -> None:
    folder = target.parent
    if not folder.exists():
        raise InputError(f"cannot write {path}: the folder {path.parent} does not exist; create it first")
    if not folder.is_dir():
        raise InputError(f"cannot write {path}: {path.parent} is a file, not a folder")
    if target.is_dir():
        raise InputError(f"cannot write {path}: it is a folder; add a file name to it")
    if target.exists() and not target.is_file():
        raise InputError(f"cannot write {path}: it is not a regular file")
    if _is_being_changed(target):
        raise InputError(
            f"cannot write {path}: changes wait beside it ({target.name}-wal or -journal), as a program has it open or"
            " was stopped while it had; close it there, or choose another name with -o"
        )
    if target.exists() and not force and not made_by_us(target):
        raise OverwriteError(
            f"{path} exists and was not made by contactline, or was changed since; choose another name, or say --force"
        )


def made_by_us(path: Path) -> bool:
    """Whether a file carries contactline's mark; an empty file is nobody's loss, and counts as ours."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read()
    except OSError:
        return False
    if head.startswith(b"SQLite format 3\x00"):
        return _marked_gpkg(path)
    if head.startswith(b"PK"):
        return tail.endswith(ZIP_MARK)
    if head.startswith(b"PAR1"):
        return _BINARY_MARK in tail
    if head.startswith(b"fgb"):
        return _BINARY_MARK in head
    if head.startswith((b"%PDF", b"\x89PNG")):
        return PICTURE_MARK in head or PICTURE_MARK in tail
    if head.startswith(b"<?xml") and b"<svg" in head:
        return PICTURE_MARK in head
    if head.startswith(b"<?xml"):
        return f"<!--{XML_MARK}-->".encode() in head
    return not head or head.startswith(CSV_MARK.encode()) or HTML_MARK.encode() in head or JSON_MARK.encode() in head


def _is_being_changed(path: Path) -> bool:
    """Whether changes to a database wait beside it: SQLite would carry them into whatever file stands there next."""
    return any(one.exists() and one.stat().st_size for one in (path.with_name(f"{path.name}-{n}") for n in _WAITING))


_WAITING = ("wal", "journal")
"""What SQLite puts behind the name of a database for changes not yet in it: sqlite.org/tempfiles.html."""


def _marked_gpkg(path: Path) -> bool:
    """Whether every table and style is as we wrote it: what somebody added, or changed since, is theirs."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            tables, others, times = file.execute(_TABLES, (GPKG_MARK,)).fetchone()
            return bool(tables) and not others and times == 1 and not file.execute(_STYLES).fetchone()[0]
    except sqlite3.Error:
        return False


_TABLES = """SELECT count(*), sum(table_name NOT IN (
  SELECT r.table_name FROM gpkg_metadata_reference r JOIN gpkg_metadata m ON m.id = r.md_file_id
  WHERE instr(m.metadata, ?) UNION SELECT 'layer_styles')), count(DISTINCT last_change) FROM gpkg_contents"""
"""All tables, those of others, and the times of their last change: one, as we write it, until a GIS changes a table."""
_STYLES = "SELECT count(*) FROM layer_styles WHERE owner IS NOT 'contactline'"
