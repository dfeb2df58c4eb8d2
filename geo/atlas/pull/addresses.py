"""Where control sources publish: ``data/control/addresses.toml``, read and planned out by day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from geo.data import data_path
from geo.errors import DateError, UnknownNameError, UsageError

FEW_DAYS = 31
"""How far back a first pull reaches where no date is given and no file has the whole series."""

Per = Literal["day", "year", "now", "whole", "once"]


@dataclass(frozen=True)
class File:
    """A file that is published: at which address, called what here, how large at most.

    ``url`` and ``name`` are templates with ``{day}``; ``file_day`` is the number of days from the day of the data to
    the day in the publisher's name.
    """

    per: Per
    url: str
    name: str
    megabytes: float
    file_day: int = 0


@dataclass(frozen=True)
class Address:
    """A source: its hosts, its terms in our words, and its files. ``last`` where the series has ended."""

    id: str
    title: str
    licence: str
    hosts: tuple[str, ...]
    page: str
    terms: str
    terms_page: str
    first: date
    files: tuple[File, ...]
    last: date | None = None
    always: tuple[date, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """One file to fetch. ``optional``: a day may be missing; ``grows``: what stands there changes with time.

    ``together``: it counts only with all others of its kind, as the layers of one day do.
    """

    url: str
    name: str
    megabytes: float
    optional: bool = False
    grows: bool = False
    together: bool = False


@cache
def addresses() -> Mapping[str, Address]:
    """All sources that can be pulled, by id."""
    with data_path("control/addresses.toml").open("rb") as file:
        rows = tomllib.load(file)["source"]
    return {row["id"]: _address(row) for row in rows}


def address(name: str) -> Address:
    """The source of that id; raises :class:`UnknownNameError` for others."""
    known = addresses()
    if name not in known:
        raise UnknownNameError(f"{name!r} is not a source that can be pulled.", list(known))
    return known[name]


def plan(source: Address, since: date | None, until: date | None, today: date) -> tuple[Wanted, ...]:
    """The files that give the days asked for, oldest first.

    Raises :class:`DateError` for days the source never published, :class:`UsageError` for dates the wrong way round or
    where only today's state is served.
    """
    last = min(source.last or today, today)
    if since and until and since > until:
        raise UsageError(f"--from {since} is after --to {until}. Turn them round.")
    if (since and since > last) or (until and until < source.first):
        raise DateError(f"{source.id} publishes {source.first} to {source.last or 'today'}. Choose days inside.")
    kinds = {file.per for file in source.files}
    if "now" in kinds:
        if (since or today) > today or (until or today) < today:
            raise UsageError(f"{source.id} serves only the state of today, {today}. Leave --from and --to out.")
        return tuple(_wanted(file, today) for file in source.files)
    if "whole" in kinds and since is until is None:
        return tuple(_wanted(file, today) for file in source.files if file.per == "whole")
    end = min(until or last, last)
    start = max(since or end - timedelta(FEW_DAYS - 1), source.first)
    return tuple(_dated(source, start, end, today))


def _dated(source: Address, start: date, end: date, today: date) -> Iterator[Wanted]:
    for file in source.files:
        if file.per == "year":
            for year in range(start.year, end.year + 1):
                yield _wanted(file, date(year, 1, 1), grows=year == today.year)
        elif file.per == "once":
            yield _wanted(file, today)
        elif file.per == "day":
            days = {start + timedelta(n) for n in range((end - start).days + 1)} | set(source.always)
            for day in sorted(days):
                yield _wanted(file, day + timedelta(file.file_day), optional=True)


def _wanted(file: File, day: date, *, optional: bool = False, grows: bool | None = None) -> Wanted:
    changing = file.per in ("now", "whole") if grows is None else grows
    url, name = file.url.format(day=day), file.name.format(day=day)
    return Wanted(url, name, file.megabytes, optional, changing, together=file.per == "now")


def _address(row: Mapping[str, Any]) -> Address:
    files = tuple(File(**file) for file in row["file"])
    plain = {key: value for key, value in row.items() if key != "file"}
    terms = " ".join(plain.pop("terms").split())
    hosts, always = tuple(plain.pop("hosts")), tuple(plain.pop("always", ()))
    return Address(**plain, terms=terms, hosts=hosts, always=always, files=files)
