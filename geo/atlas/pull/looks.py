"""Whether a file that came is what was asked for: a publisher's trouble often comes as a page or a polite JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.atlas.control.archive import checked, is_gzip, is_zip
from geo.atlas.control.shapes import is_truncated
from geo.errors import InputError, SourceError

_SMALL = 1 << 20  # an answer that is only an error is no longer
_CHUNK = 1 << 20
_BUSY = frozenset({408, 429, 498, 499, 500, 502, 503, 504})
_POINTER = b"version https://git-lfs"
_JSON = (".json", ".geojson")


class Passing(Exception):
    """A trouble that may be over in a moment; ``wait`` is how many seconds the publisher asked for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def look(path: Path, name: str, kind: str, url: str, most: int) -> None:
    """Passes a file called ``name``, of the content type ``kind``, that unpacks to ``most`` bytes or fewer.

    Raises :class:`Passing` for a server that says it is busy, :class:`SourceError` for what is not the file asked for.
    """
    with path.open("rb") as file:
        head = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<" or kind.partition(";")[0].strip() in ("text/html", "application/xhtml+xml"):
        raise SourceError(f"{url}: a web page came, not data. Open it in a browser: it may say why.")
    if not head:
        raise Passing("an empty file came")
    if head.startswith(_POINTER):
        raise SourceError(f"{url}: a pointer to data came, not the data. Its address has changed.")
    if name.endswith(_JSON):
        _look_at_json(path, head, url)
    elif name.endswith(".gz"):
        _look_at_gzip(path, name, url, most)
    elif name.endswith((".zip", ".kmz")):
        _look_at_zip(path, url, most)


def _look_at_json(path: Path, head: bytes, url: str) -> None:
    if head[:1] not in (b"{", b"["):
        raise SourceError(f"{url}: no JSON came, but {head[:40]!r}.")
    if path.stat().st_size <= _SMALL:
        try:
            content = json.loads(path.read_bytes())
        except (ValueError, RecursionError) as error:
            raise Passing(f"JSON that cannot be read came ({error})") from error
        _look_for_trouble(content, url)
    elif is_truncated(path):
        raise Passing("JSON cut short came")


def _look_for_trouble(content: Any, url: str) -> None:
    """An error that came as a success, as ArcGIS gives it: ``{"error": {"code": 429, "message": ...}}``."""
    if not isinstance(content, Mapping):
        return
    error = content.get("error")
    if error:
        code, said = (error.get("code"), error.get("message")) if isinstance(error, Mapping) else (None, error)
        words = f"the publisher answered with an error, {code}: {str(said)[:200]}"
        if code in _BUSY:
            raise Passing(words)
        raise SourceError(f"{url}: {words}. The address may have changed.")
    properties = content.get("properties")
    more = properties.get("exceededTransferLimit") if isinstance(properties, Mapping) else None
    if more or content.get("exceededTransferLimit"):
        raise SourceError(f"{url}: the publisher gave only a part of the features. It cannot be used.")


def _look_at_gzip(path: Path, name: str, url: str, most: int) -> None:
    if not is_gzip(path):
        raise SourceError(f"{url}: no gzip file came.")
    size = 0
    try:
        with gzip.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise SourceError(f"{url}: {name} unpacks to more than {most:,} bytes. Nothing was kept.")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Passing(f"a broken gzip file came ({error})") from error


def _look_at_zip(path: Path, url: str, most: int) -> None:
    if not is_zip(path):
        raise SourceError(f"{url}: no ZIP archive came.")
    try:
        checked(path, most)
    except InputError as error:
        raise SourceError(f"{url}: {error} Nothing was kept.") from error
