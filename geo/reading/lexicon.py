"""The territories the program knows by name: spellings in, a written expression out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from geo.data import data_path
from geo.errors import InputError
from geo.reading.tokens import words

_LIKE = 45.0
"""How alike a name must be to be offered for one that is not known, of 100."""
_REFERENCE = re.compile(r"\{([^}]+)\}")
_KNOWN = {"id", "kind", "expression", "names", "note", "source", "classes", "scenario", "begin", "end"}


@dataclass(frozen=True)
class Scenario:
    """A zone that somebody proposed: who, on which day (ISO; a month where only that is known), on what terms."""

    proposer: str
    date: str
    terms: str


@dataclass(frozen=True)
class Entry:
    """One territory: what it is called and the expression it stands for.

    ``expression`` is None for a thing that is named in reporting but cannot be drawn; ``note`` says why.
    ``classes`` are word classes the grammar asks for besides the kind; ``extra`` holds what only some kinds have
    (``banks`` of a river, ``city`` of a unit that shares its name with its capital, ``cues`` of a meaning).
    ``scenario`` says whose proposal a zone is; ``begin`` and ``end`` (ISO dates, "" where open) when the thing was.
    """

    id: str
    kind: str
    expression: str | None
    names: tuple[str, ...]
    note: str = ""
    source: str = ""
    classes: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    scenario: Scenario | None = None
    begin: str = ""
    end: str = ""


@dataclass(frozen=True)
class Lexicon:
    """All entries; later entries of the same id replace earlier ones."""

    entries: tuple[Entry, ...]

    @classmethod
    @cache
    def embedded(cls) -> Lexicon:
        """The lexicon that ships with the program (``data/territories.toml``)."""
        return cls.load(data_path("territories.toml"))

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """The lexicon of a TOML file of ``[[territory]]`` tables; raises :class:`InputError` naming the entry."""
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8")).get("territory", [])
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(f"{path.name} cannot be read as a list of territories: {error}.") from error
        return cls(tuple(_entries(tables, path.name)))

    def with_entries(self, entries: Iterable[Entry]) -> Lexicon:
        """A new lexicon with more entries; one of a known id takes the place of the old one."""
        merged = {entry.id: entry for entry in self.entries}
        merged.update((entry.id, entry) for entry in entries)
        return Lexicon(tuple(merged.values()))

    def lookup(self, phrase: str) -> Entry | None:
        """The entry that carries ``phrase`` as its id or one of its names, whatever the case; None where none does."""
        key = _key(phrase)
        return self._index.get(key) or self._index.get(_without_article(key))

    def nearest(self, phrase: str, n: int = 3) -> list[str]:
        """Up to ``n`` known names that look most like ``phrase``, best first, one for each territory."""
        from rapidfuzz import process

        spoken = {" ".join(key): entry.id for key, entry in self._index.items()}
        asked = " ".join(_key(phrase))
        ranked = process.extract(asked, list(spoken), scorer=_likeness, limit=10 * n, score_cutoff=_LIKE)
        return list(dict.fromkeys(spoken[name] for name, *_ in ranked))[:n]

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by their ids."""
        return {entry.id: entry for entry in self.entries}

    def having(self, key: str) -> tuple[Entry, ...]:
        """The entries that say something under ``key``, such as ``near`` or ``banks``."""
        if key not in self._having:
            self._having[key] = tuple(entry for entry in self.entries if key in entry.extra)
        return self._having[key]

    @cached_property
    def _having(self) -> dict[str, tuple[Entry, ...]]:
        return {}

    @cached_property
    def _index(self) -> Mapping[tuple[str, ...], Entry]:
        index: dict[tuple[str, ...], Entry] = {}
        for entry in self.entries:
            for name in (entry.id, *entry.names):
                index.setdefault(_key(name), entry)
        return index


def _likeness(one: str, other: str, **_: Any) -> float:
    """How alike two names are, 0 to 100: letter by letter, or, a little less, in the words they share."""
    from rapidfuzz import fuzz

    return max(fuzz.ratio(one, other), 0.9 * fuzz.token_set_ratio(one, other))


def _key(phrase: str) -> tuple[str, ...]:
    return words(phrase.replace("-", " "))


def _without_article(key: tuple[str, ...]) -> tuple[str, ...]:
    return key[1:] if key[:1] == ("the",) else key


def _entries(tables: list[dict[str, Any]], where: str) -> Iterable[Entry]:
    spellings = {table["id"]: tuple(table.get("names", ())) for table in tables if "id" in table}
    for number, table in enumerate(tables, 1):
        missing = {"id", "kind"} - table.keys()
        if missing:
            raise InputError(
                f"{where}: territory {number} ({table.get('id', 'no id')}) lacks {', '.join(sorted(missing))}."
            )
        names = tuple(
            name for written in table.get("names", ()) for name in _spelled(written, spellings, where, table["id"])
        )
        yield Entry(
            id=table["id"],
            kind=table["kind"],
            expression=table.get("expression"),
            names=names,
            note=table.get("note", ""),
            source=table.get("source", ""),
            classes=tuple(table.get("classes", ())),
            extra={key: value for key, value in table.items() if key not in _KNOWN},
            scenario=_scenario(table.get("scenario"), where, table["id"]),
            begin=table.get("begin", ""),
            end=table.get("end", ""),
        )


def _scenario(table: dict[str, str] | None, where: str, entry: str) -> Scenario | None:
    if table is None:
        return None
    try:
        return Scenario(**table)
    except TypeError as error:
        raise InputError(f"{where}: the scenario of {entry} needs a proposer, a date and terms.") from error


def _spelled(written: str, spellings: Mapping[str, tuple[str, ...]], where: str, entry: str) -> Iterable[str]:
    """``{Kursk} incursion`` stands for one name in each spelling of Kursk."""
    found = _REFERENCE.search(written)
    if found is None:
        return (written,)
    if found[1] not in spellings:
        raise InputError(f"{where}: {entry} is spelled after {found[1]!r}, which is no territory.")
    return tuple(written.replace(found[0], name, 1) for name in (found[1], *spellings[found[1]]))
