"""Packed files opened with care: a limit to what comes out, whatever the header says, and a sum that must fit."""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from geo.errors import InputError

MOST_BYTES = 1 << 30
"""No control file known unpacks to more: a year of VIINA's, the largest, to 700 MB."""
_CHUNK = 1 << 20
_BROKEN: tuple[type[Exception], ...] = (
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
)


def is_zip(path: Path) -> bool:
    """Whether a file begins as a ZIP archive does."""
    return _begins(path, b"PK\x03\x04", b"PK\x05\x06")


def is_gzip(path: Path) -> bool:
    """Whether a file begins as a gzip stream does."""
    return _begins(path, b"\x1f\x8b")


def gunzipped(path: Path, most: int = MOST_BYTES) -> bytes:
    """What a gzip file holds; raises :class:`InputError` where it is cut short, broken or longer than ``most``."""
    with _told(path), gzip.open(path) as stream:
        return _limited(cast(IO[bytes], stream), path.name, most)


def members(path: Path, most: int = MOST_BYTES) -> tuple[str, ...]:
    """The files in a ZIP archive, in its order; what macOS adds is not among them.

    Raises :class:`InputError` where the archive is broken, or says that it unpacks to more than ``most`` bytes.
    """
    with _told(path, ValueError), zipfile.ZipFile(path) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
    if sum(info.file_size for info in files) > most:
        raise InputError(f"{path.name}: unpacks to more than {most / 1e6:,.0f} MB. Take out what is needed by hand.")
    if astray := [i.filename for i in files if ".." in PurePosixPath(i.filename).parts or i.filename.startswith("/")]:
        raise InputError(f"{path.name}: {astray[0]!r} leads out of the archive. No honest one does.")
    return tuple(i.filename for i in files if not i.filename.startswith("__MACOSX/") and "/._" not in i.filename)


def member(path: Path, name: str, most: int = MOST_BYTES) -> bytes:
    """One file of a ZIP archive, its checksum verified; raises :class:`InputError` as :func:`members` does."""
    with opened(path, name) as stream:
        return _limited(stream, f"{path.name}, {name}", most)


@contextmanager
def opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    """One file of a ZIP archive to read on; raises :class:`InputError` for what breaks on the way."""
    with ExitStack() as stack:
        with _told(path, ValueError):
            stream = stack.enter_context(stack.enter_context(zipfile.ZipFile(path)).open(name))
        with _told(path):  # a ValueError from here on is the reader's own
            yield stream


def checked(path: Path, most: int = MOST_BYTES) -> tuple[str, ...]:
    """The files in a ZIP archive after each was unpacked once and its checksum found right."""
    names = members(path, most)
    left = most
    for name in names:
        left -= len(member(path, name, left))
    return names


def _limited(stream: IO[bytes], name: str, most: int) -> bytes:
    chunks, size = [], 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise InputError(f"{name}: unpacks to more than {most / 1e6:,.0f} MB. No control file is that long.")
        chunks.append(chunk)
    return b"".join(chunks)


@contextmanager
def _told(path: Path, *more: type[Exception]) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except KeyError as error:
        raise InputError(f"{path.name}: no such file in it ({error}).") from error
    except _BROKEN + more as error:
        raise InputError(f"{path.name}: cannot be unpacked ({error}): cut short or broken. Fetch it again.") from error


def _begins(path: Path, *marks: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4).startswith(marks)
    except OSError:
        return False
