"""Writing a file whole or not at all, and never over a file contactline did not make."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from geo.errors import InputError, OverwriteError

HTML_MARK = '<meta name="generator" content="contactline">'
JSON_MARK = '"contactline":{"generator":"contactline"'
GPKG_MARK = "made_by_contactline"
XML_MARK = "made by contactline"
CSV_MARK = "contactline_layer"
ZIP_MARK = b"made by contactline"
PICTURE_MARK = b"made by contactline"

_HEAD = 8192  # bytes: most marks stand within the first lines of a file
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
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".contactline-") as room:
            fresh = Path(room) / target.name
            if callable(data):
                data(fresh)
            else:
                fresh.write_bytes(data)
            if target.exists():
                shutil.copymode(target, fresh)
            os.replace(fresh, target)
    except PermissionError as error:
        raise InputError(f"cannot write in {path.parent}: no permission; choose another folder with -o") from error
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}; choose another place with -o") from error
    return path


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
    if target.exists() and not force and not made_by_us(target):
        raise OverwriteError(f"{path} exists and was not made by contactline; choose another name, or say --force")


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


def _marked_gpkg(path: Path) -> bool:
    question = "SELECT count(*) FROM gpkg_metadata WHERE instr(metadata, ?)"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            return bool(file.execute(question, (GPKG_MARK,)).fetchone()[0])
    except sqlite3.Error:
        return False
