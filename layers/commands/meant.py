"""What was meant by an option a command does not have: people bring the names of other programs and commands."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

_FILES = ("--output", "--html")
_MEANT = (
    (("--at", "--from", "--to"), "at date day on when as-of asof"),
    (("--from",), "from since start begin after first start-date"),
    (("--to",), "to until till end before last end-date"),
    (("--control",), "source sources data provider map-source by-source"),
    (_FILES, "out output outfile output-file file save save-as write html map page csv png svg pdf geojson gpkg o"),
    (("--of",), "whole total base out-of"),
    (("--force",), "overwrite replace yes f y"),
    (("--yes",), "force f no-input assume-yes"),
    (("--json",), "json format as-json output-format"),
    (("--boundaries",), "borders boundary units"),
    (("--by",), "group per each"),
    (("--as",), "name called title"),
    (("--text",), "sentence string input claim stdin"),
    (("--fail-on",), "fail strict exit-code"),
    (("--accept-terms",), "yes accept agree"),
)
"""Options, and the names they go by elsewhere; where a command has several of the options, all are told."""
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_TWO_DAYS = ("--from", "--to")


def explained(error: Any, command: str, options: Collection[str]) -> None:
    """Put what was meant into an error of usage, where it can be told; others are left as they are.

    ``options`` are those the command has.
    """
    if type(error).__name__ == "NoSuchOption":
        asked = str(getattr(error, "option_name", ""))
        if words := _instead(asked, command, options):
            error.possibilities = []
            error.message = f"No such option: {asked}. {words}"
    elif "unexpected extra argument" in str(getattr(error, "message", "")):
        error.message = f"{error.message.rstrip('.')}. {_surplus(error.message, command, options)}"


def _instead(asked: str, command: str, options: Collection[str]) -> str:
    """What to write instead of an option; "" where that cannot be told."""
    plain = asked.lstrip("-").casefold().replace("_", "-")
    for meant, names in _MEANT:
        there = [option for option in meant if option in options]
        if plain not in names.split():
            continue
        if meant == _FILES:
            return _file(command, options)
        if there:
            return _spanned(command, there)
    return ""


def _file(command: str, options: Collection[str]) -> str:
    if "--output" in options:
        return "A file is written with -o FILE; its ending says the format."
    if "--html" in options:
        return "A map is written with --html FILE.html, the document with --json > FILE."
    return f"{command} prints its answer: keep it with --json > FILE." if "--json" in options else ""


def _spanned(command: str, there: list[str]) -> str:
    if set(there) == set(_TWO_DAYS):
        return f"A {command} takes a span of days: --from DATE and --to DATE."
    return f"Did you mean {there[0]}?"


def _surplus(message: str, command: str, options: Collection[str]) -> str:
    """What is to be done with words that are too many."""
    if _DAY.search(message):
        return _instead("--at", command, options) if "--at" not in options else "A day goes with --at DATE."
    return 'Put a name of several words, or an expression, in quotes: "Kursk incursion".'
