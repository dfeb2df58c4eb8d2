"""Where stored series lie: in the user's data folder, a file each."""

from __future__ import annotations

import os
import re
from pathlib import Path

from geo.atlas.control.store.container import Header, read_header
from geo.errors import InputError, UsageError

ENDING = ".series"
_NAME = re.compile(r"(?!.*\.\.)[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
RESERVED = frozenset({"settlements"})
"""Names of what ships with the program."""


def data_folder() -> Path:
    """The folder for what the user imports and pulls: CONTACTLINE_DATA, else where the system keeps such data."""
    if named := os.environ.get("CONTACTLINE_DATA"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("contactline", appauthor=False)


def path_of(name: str, folder: Path | None = None) -> Path:
    """The file of a series; raises :class:`UsageError` for what cannot be the name of one."""
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise UsageError(
            f"{name!r} cannot be the name of a series: small letters, digits, dots, hyphens and underscores, at most "
            f"64, and not {', '.join(sorted(RESERVED))}. Choose another with --as."
        )
    return (folder or data_folder()) / "control" / f"{name}{ENDING}"


def name_from(path: Path) -> str:
    """The name a file or folder suggests."""
    bare = path.resolve().name if path.is_dir() else path.name.split(".")[0]
    return re.sub(r"[^a-z0-9._-]+", "-", bare.casefold()).strip("-._") or "series"


def stored_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of all stored series, sorted."""
    room = (folder or data_folder()) / "control"
    return tuple(sorted(file.name.removesuffix(ENDING) for file in room.glob(f"*{ENDING}") if file.is_file()))


def is_stored(name: str, folder: Path | None = None) -> bool:
    """Whether a series of that name is stored; what cannot be a name is none."""
    return bool(_NAME.fullmatch(name)) and name not in RESERVED and path_of(name, folder).is_file()


def catalogue(folder: Path | None = None) -> tuple[tuple[str, Header | InputError], ...]:
    """Name and head of every stored series; where it is damaged, the error that says so."""
    found: list[tuple[str, Header | InputError]] = []
    for name in stored_names(folder):
        try:
            found.append((name, read_header(path_of(name, folder))))
        except InputError as error:
            found.append((name, error))
    return tuple(found)
