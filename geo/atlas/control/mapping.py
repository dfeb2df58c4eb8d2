"""A mapping file: in a few lines of TOML, what somebody's map of control is called, and what its words mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, cast, get_args

from geo.atlas.control.dates import day_in
from geo.atlas.control.types import ControlClass, Side
from geo.errors import InputError

Rest = Literal["ukraine", "russia", "unknown"]
Meaning = tuple[Side, ControlClass] | None
"""Whose ground of which class; None for what is left out on purpose."""

LEAVE_OUT = "leave out"
_EXAMPLE = '"assessed russia", "contested russia", "claimed ukraine" or "leave out"'


@dataclass(frozen=True)
class Dating:
    """Where the day of a feature stands: the same for all, in the file's name, or in a field; then moved by days."""

    constant: date | None = None
    name: re.Pattern[str] | None = None
    field: str = ""
    format: str = ""
    shift: timedelta = timedelta()

    def of_name(self, file: Path) -> date | None:
        """The day of a whole file; None where its name says none."""
        if self.constant:
            return self.constant
        if self.name is None or not (match := self.name.search(file.stem)):
            return None
        groups = match.groupdict()
        try:
            if groups.keys() >= {"year", "month", "day"}:
                day: date | None = date(int(groups["year"]), int(groups["month"]), int(groups["day"]))
            elif self.format:
                day = datetime.strptime(match[0], self.format).date()
            else:
                day = day_in(match[0])
        except ValueError:
            return None
        return day + self.shift if day else None

    def of_value(self, value: Any) -> date:
        """The day a field's value says; raises ValueError where it says none."""
        if self.format in ("ms", "s"):
            seconds = float(value) / (1000 if self.format == "ms" else 1)
            day = datetime.fromtimestamp(seconds, UTC).date()
        elif self.format:
            day = datetime.strptime(str(value).strip(), self.format).date()
        else:
            text = str(int(value) if isinstance(value, float) else value).strip()
            day = date.fromisoformat(text if text.isdigit() else text[:10].replace("/", "-"))
        return day + self.shift


@dataclass(frozen=True)
class Mapping:
    """What a mapping file says; see docs/control-sources.md for its keys."""

    path: Path
    name: str
    title: str
    licence: str
    files: tuple[str, ...]
    dating: Dating
    layer: str
    crs: str
    geometry: str
    rest: Rest
    field: str
    everything: tuple[Meaning] | None
    words: Table[str, Meaning]
    patterns: tuple[tuple[re.Pattern[str], Meaning], ...]

    def meaning(self, word: str) -> Meaning | Literal["unknown"]:
        """What a word stands for; "unknown" for one the file does not list."""
        if self.everything:
            return self.everything[0]
        plain = folded(word)
        if plain in self.words:
            return self.words[plain]
        return next((meaning for pattern, meaning in self.patterns if pattern.search(plain)), "unknown")


def read_mapping(path: Path) -> Mapping:
    """A mapping file; raises :class:`InputError` naming the key that is missing, unknown or wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path.name}: not a TOML file ({error}).") from error
    table = _Keys(path.name, content)
    classes, dates = table.table("class"), table.table("date")
    rest = table.text("rest", "ukraine")
    if rest not in get_args(Rest):
        raise table.wrong("rest", 'is who holds what the map does not show: "ukraine", "russia" or "unknown"')
    everything = classes.text("all", "")
    found = Mapping(
        path,
        table.text("name"),
        table.text("title"),
        table.text("licence"),
        table.texts("files"),
        _dating(dates),
        table.text("layer", ""),
        table.text("crs", ""),
        table.text("geometry", ""),
        cast(Rest, rest),
        classes.text("field", ""),
        (_meaning(classes, "all", everything),) if everything else None,
        {folded(word): _meaning(classes, f"words.{word}", text) for word, text in classes.pairs("words").items()},
        tuple(
            (_pattern(classes, f"patterns.{text}", text), _meaning(classes, f"patterns.{text}", meaning))
            for text, meaning in classes.pairs("patterns").items()
        ),
    )
    if bool(found.everything) == bool(found.field):
        raise classes.wrong("field", 'names the field of the class; for a map of one class: all = "assessed russia"')
    if found.field and not (found.words or found.patterns):
        raise classes.wrong("words", f"says what the words of {found.field!r} mean: word = {_EXAMPLE}")
    for keys in (table, classes, dates):
        keys.refuse_others()
    return found


def folded(word: str) -> str:
    """A word without capitals and odd spaces."""
    return " ".join(word.casefold().split())


class _Keys:
    """A table of the file whose keys are taken out one by one; what is left at the end is misspelt."""

    def __init__(self, where: str, content: dict[str, Any], prefix: str = "") -> None:
        self.where, self.content, self.prefix = where, content, prefix
        self.known: set[str] = set()

    def wrong(self, key: str, why: str) -> InputError:
        return InputError(f"{self.where}: {self.prefix}{key} {why}.")

    def take(self, key: str) -> Any:
        self.known.add(key)
        return self.content.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "is missing" if value is None else "is not a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        many = [value] if isinstance(value, str) else value
        if not isinstance(many, list) or not many or not all(isinstance(item, str) and item for item in many):
            raise self.wrong(key, 'is the name of the data beside it, or a pattern: files = "maps/*.geojson"')
        return tuple(many)

    def table(self, key: str) -> _Keys:
        value = self.take(key)
        if not isinstance(value, dict):
            raise self.wrong(key, f"is missing: write a table [{key}]")
        return _Keys(self.where, value, f"{self.prefix}{key}.")

    def pairs(self, key: str) -> dict[str, str]:
        value = self.take(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise self.wrong(key, f"is a table of word = {_EXAMPLE}")
        return value

    def refuse_others(self) -> None:
        if others := sorted(self.content.keys() - self.known):
            raise self.wrong(others[0], f"is no key of a mapping; there are: {', '.join(sorted(self.known))}")


def _dating(keys: _Keys) -> Dating:
    constant, name = keys.take("constant"), keys.text("name", "")
    of_field, form, shift = keys.text("field", ""), keys.text("format", ""), keys.take("shift")
    if [bool(constant), bool(name), bool(of_field)].count(True) != 1:
        raise keys.wrong("field", "or name or constant: give exactly one of them, to say where the day stands")
    if constant and (not isinstance(constant, date) or isinstance(constant, datetime)):
        raise keys.wrong("constant", "is no day: write 2024-05-31, without quotes")
    if shift is not None and (not isinstance(shift, int) or isinstance(shift, bool) or abs(shift) > 366):
        raise keys.wrong("shift", "is a number of days, -1 where a file is made the day after the one it shows")
    pattern = _pattern(keys, "name", name) if name else None
    return Dating(constant, pattern, of_field, form, timedelta(days=shift or 0))


def _meaning(keys: _Keys, key: str, text: str) -> Meaning:
    if folded(text) == LEAVE_OUT:
        return None
    match folded(text).split():
        case [cls, side] if cls in get_args(ControlClass) and side in get_args(Side):
            return cast(Side, side), cast(ControlClass, cls)
    raise keys.wrong(key, f"is {text!r}, not {_EXAMPLE}")


def _pattern(keys: _Keys, key: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise keys.wrong(key, f"is no regular expression ({error})") from error
