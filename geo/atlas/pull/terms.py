"""Terms are shown and accepted once; where they change, once more."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from geo.atlas.control.store.place import data_folder
from geo.atlas.pull.addresses import Address
from geo.errors import InputError


def terms_accepted(source: Address, folder: Path | None = None) -> bool:
    """Whether the user has accepted these terms, word for word."""
    return _accepted(folder).get(source.id) == _digest(source)


def accept_terms(source: Address, folder: Path | None = None) -> None:
    """Notes that the user has; raises :class:`InputError` where the data folder cannot be written."""
    file = _file(folder)
    noted = _accepted(folder) | {source.id: _digest(source)}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(noted, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot write {file}: {error.strerror or error}. Set CONTACTLINE_DATA to a folder that can be written."
        ) from error


def _accepted(folder: Path | None) -> dict[str, str]:
    try:
        noted = json.loads(_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _file(folder: Path | None) -> Path:
    return (folder or data_folder()) / "terms.json"


def _digest(source: Address) -> str:
    return hashlib.sha256(f"{source.licence}\n{source.terms}".encode()).hexdigest()
