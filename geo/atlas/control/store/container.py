"""A stored series as bytes: what it is in a readable head, then its arrays, compressed; any damage is found out.

::

    contactline series 1 <sha256 of all that follows this line>
    {"name": ..., "first": ..., "arrays": [[name, type, shape, bytes], ...]}     one line of JSON: Header and arrays
    arrays one after another, each a zlib stream of little-endian numbers, in C order, byte by byte of the numbers
    (all first bytes, then all second bytes, ...), which compresses better

The same series gives the same bytes: no clock, keys sorted; ``imported`` is there only where SOURCE_DATE_EPOCH is set.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from geo.errors import InputError

VERSION = 1
_FIRST_LINE = re.compile(rb"contactline series (\d+) ([0-9a-f]{64})\n")
_FIRST_BYTES = 100
_LEVEL = 9  # against level 6: a tenth smaller, and no slower to read; lzma is a quarter smaller and ten times slower
_LARGEST = 1 << 31  # bytes of one array, so that a damaged head cannot ask for all memory there is

Arrays = dict[str, NDArray[Any]]


class Packed(Mapping[str, NDArray[Any]]):
    """The arrays of a stored series, each unpacked when it is asked for."""

    def __init__(self, path: Path, listing: Iterable[Any], body: bytes) -> None:
        self._path, self._body = path, body
        self._where: dict[str, tuple[np.dtype[Any], tuple[int, ...], int, int]] = {}
        self._unpacked: Arrays = {}
        end = 0
        for name, kind, shape, size in listing:
            self._where[name] = (np.dtype(kind), tuple(shape), end, end + size)
            end += size

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._unpacked:
            kind, shape, start, end = self._where[name]
            try:
                self._unpacked[name] = _unshuffled(self._body[start:end], kind, shape)
            except (ValueError, zlib.error, MemoryError) as error:
                raise damaged(self._path, error) from error
        return self._unpacked[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)


@dataclass(frozen=True)
class Header:
    """What a series is, whose, of which days, and how it came to be stored.

    ``inputs`` is the sha256 over the names and digests of the files it was read from, ``reader`` that of the embedded
    data and the version that read them; ``bytes`` is the size of the files; ``origin`` the folder, file or pull they
    came from; ``classes`` are side and class of each track.
    """

    name: str
    title: str
    licence: str
    format: str
    origin: str
    first: str
    last: str
    days: int
    classes: tuple[tuple[str, str], ...]
    report: tuple[str, ...]
    files: int
    bytes: int
    inputs: str
    reader: str
    abroad: bool = True
    imported: str = ""

    @property
    def span(self) -> tuple[date, date]:
        """First and last day."""
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


def write(path: Path, header: Header, arrays: Arrays) -> None:
    """Writes a series whole or not at all; raises :class:`InputError` where the folder cannot be written."""
    packed = {name: zlib.compress(_shuffled(array), _LEVEL) for name, array in arrays.items()}
    listing = [[name, array.dtype.str, array.shape, len(packed[name])] for name, array in arrays.items()]
    head = json.dumps(asdict(header) | {"arrays": listing}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body = head.encode() + b"\n" + b"".join(packed.values())
    first = f"contactline series {VERSION} {hashlib.sha256(body).hexdigest()}\n"
    make_room(path)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".contactline-") as room:
            fresh = Path(room) / path.name
            fresh.write_bytes(first.encode() + body)
            os.replace(fresh, path)
    except OSError as error:
        raise _not_written(path, error) from error


def make_room(path: Path) -> None:
    """Makes the folder a series goes to; raises :class:`InputError` where it cannot be had, or not be written in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot write {path}: {error.strerror or error}. Set CONTACTLINE_DATA to a folder that can be written."
    )


def read_header(path: Path) -> Header:
    """The head of a stored series alone, its arrays not looked at; raises :class:`InputError` where it is damaged."""
    try:
        with path.open("rb") as file:
            _check_first(path, file.readline(_FIRST_BYTES))
            return _header(json.loads(file.readline()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, error) from error


def read(path: Path) -> tuple[Header, Packed]:
    """A stored series; raises :class:`InputError` where it is damaged, or of a version not known here."""
    try:
        content = path.read_bytes()
        cut = content.index(b"\n") + 1
        if hashlib.sha256(memoryview(content)[cut:]).hexdigest() != _check_first(path, content[:cut]):
            raise ValueError("its checksum does not fit")
        end = content.index(b"\n", cut) + 1
        head = json.loads(content[cut:end])
        return _header(head), Packed(path, head["arrays"], content[end:])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> InputError:
    """The error for a stored series that cannot be read."""
    if isinstance(error, InputError):
        return error
    return InputError(f"the stored series {path} is damaged ({error}). Import it again with --force.")


def _check_first(path: Path, line: bytes) -> str:
    match = _FIRST_LINE.fullmatch(line)
    if not match:
        raise ValueError("it does not begin as a series does")
    if int(match[1]) != VERSION:
        raise InputError(
            f"the stored series {path} is of version {match[1].decode()}, this program reads version {VERSION}. "
            "Import it again with --force."
        )
    return match[2].decode()


def _header(head: Mapping[str, Any]) -> Header:
    values = {field.name: head[field.name] for field in fields(Header)}
    values["classes"] = tuple((str(side), str(cls)) for side, cls in head["classes"])
    values["report"] = tuple(map(str, head["report"]))
    header = Header(**values)
    assert header.span
    return header


def _shuffled(array: NDArray[Any]) -> bytes:
    """The bytes of an array, all first bytes first."""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).reshape(-1, array.itemsize).T.tobytes()


def _unshuffled(packed: bytes, kind: np.dtype[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """The array of such bytes; raises ValueError where they are not as many as its shape asks for."""
    size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
    if not 0 <= size < _LARGEST or kind.hasobject:
        raise ValueError("an array of impossible size")
    raw = zlib.decompress(packed, bufsize=size + 1)
    if len(raw) != size:
        raise ValueError("an array of another size than stated")
    columns = np.frombuffer(raw, np.uint8).reshape(kind.itemsize, -1)
    return cast(NDArray[Any], np.ascontiguousarray(columns.T).reshape(-1).view(kind).reshape(shape))
