"""A source fetched file by file into the user's data folder, every file's checksum and the terms noted beside them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.atlas.control.store.container import read_header
from geo.atlas.control.store.place import data_folder, is_stored, path_of
from geo.atlas.pull.addresses import Address, Wanted, plan
from geo.atlas.pull.fetch import Fetched, Fetcher, Limits, Missing
from geo.atlas.pull.terms import terms_accepted
from geo.errors import InputError, SourceError, UsageError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pulled:
    """What a pull did: where the files lie, how many came, were there already, or are not published."""

    files: Path
    fetched: int
    there: int
    missing: tuple[str, ...]


def pull(
    source: Address,
    since: date | None,
    until: date | None,
    today: date,
    *,
    limits: Limits | None = None,
    folder: Path | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Pulled:
    """Fetches what a source publishes of some days; what is here already and does not grow is not fetched again.

    Raises :class:`UsageError` before its terms are accepted, :class:`SourceError` where a file is out of reach or
    nothing of these days is published. What has arrived by then is kept, and gone on with the next time.
    """
    if not terms_accepted(source, folder):
        raise UsageError(
            f"{source.id}: its terms are not accepted yet. {source.terms} See {source.terms_page}. "
            "Say --accept-terms once if you agree."
        )
    wanted = plan(source, since, until, today)
    room = (folder or data_folder()) / "pulled" / source.id
    files, coming = room / "files", room / "coming"
    try:
        files.mkdir(parents=True, exist_ok=True)
        coming.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot write in {room}: {error.strerror or error}. Set CONTACTLINE_DATA to a folder that can be written."
        ) from error
    record = Record(room / "pulled.json", source)
    fetcher = Fetcher(frozenset(source.hosts), limits or Limits())
    missing: list[str] = []
    waiting: list[tuple[Wanted, Fetched]] = []
    fetched = there = 0
    try:
        for done, one in enumerate(wanted, start=1):
            got = _got(one, record.known(one, files), fetcher, coming)
            if got is None:
                missing.append(one.name)
            elif not got.fresh:
                there += 1
            elif one.together:
                waiting.append((one, got))
            else:
                fetched += 1
                record.take(one, got, coming, files)
            progress(done, len(wanted))
        for one, got in waiting:
            record.take(one, got, coming, files)
    finally:
        record.save()
    fetched += len(waiting)
    if not fetched and not there:
        raise SourceError(
            f"{source.id}: nothing of these days is published ({len(missing)} files asked for, first {missing[0]}). "
            f"Look at {source.page}."
        )
    return Pulled(files, fetched, there, tuple(missing))


def _got(one: Wanted, known: Fetched | None, fetcher: Fetcher, coming: Path) -> Fetched | None:
    """A file as it came, or as it is known; None where it is not published, and need not be."""
    if known and not one.grows:
        return known
    try:
        return fetcher.fetch(one.url, coming / one.name, int(one.megabytes * 1e6), known)
    except Missing:
        if one.optional:
            return None
        raise


def newest_known(source: Address, name: str, folder: Path | None = None) -> date | None:
    """The last day of what was pulled under a name before; None where nothing was, or days do not matter."""
    if any(file.per == "now" for file in source.files) or not is_stored(name, folder):
        return None
    return read_header(path_of(name, folder)).span[1]


class Record:
    """``pulled.json``: the source, its licence and terms, and for each file its address, checksum and size."""

    def __init__(self, path: Path, source: Address) -> None:
        self.path = path
        self._about = {"source": source.id, "title": source.title, "licence": source.licence, "terms": source.terms}
        self._files: dict[str, dict[str, Any]] = _read(path)

    def known(self, one: Wanted, files: Path) -> Fetched | None:
        """What is noted of a file that is here, of the size noted, from the same address."""
        row = self._files.get(one.name)
        here = files / one.name
        if not row or row["url"] != one.url or not here.is_file() or here.stat().st_size != row["bytes"]:
            return None
        return Fetched(row["sha256"], row["bytes"], row["etag"], fresh=False)

    def take(self, one: Wanted, got: Fetched, coming: Path, files: Path) -> None:
        """Puts a file that has come in its place, and notes it."""
        os.replace(coming / one.name, files / one.name)
        row = asdict(got)
        del row["fresh"]
        self._files[one.name] = {"url": one.url, **row}

    def save(self) -> None:
        """Writes the record whole."""
        record = self._about | {"files": self._files}
        fresh = self.path.with_suffix(".fresh")
        fresh.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(fresh, self.path)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {name: row for name, row in files.items() if {"url", "sha256", "bytes", "etag"} <= row.keys()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
