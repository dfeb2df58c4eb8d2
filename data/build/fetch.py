"""Pinned registry packages: downloaded by pip and npm, verified by sha256, opened member by member."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("packages.toml")


@dataclass(frozen=True)
class Package:
    """One row of packages.toml."""

    key: str
    registry: str
    name: str
    version: str
    file: str
    sha256: str
    members: tuple[str, ...]
    licence: str
    attribution: str
    vintage: str


def packages() -> dict[str, Package]:
    """The pinned packages by key."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {key: Package(key=key, **{**row, "members": tuple(row["members"])}) for key, row in rows.items()}


def default_cache() -> Path:
    """Where downloads are kept between builds: the XDG cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "contactline" / "build"


def sha256(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _download(package: Package, cache: Path) -> None:
    pinned = f"{package.name}=={package.version}"
    commands = {
        "pypi": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                 "--dest", str(cache), pinned],
        "npm": ["npm", "pack", "--silent", "--pack-destination", str(cache), f"{package.name}@{package.version}"],
    }  # fmt: skip
    subprocess.run(commands[package.registry], check=True, stdout=sys.stderr)


def fetch(package: Package, cache: Path) -> Path:
    """The package file in the cache, downloaded when missing.

    Raises ValueError when its sha256 is not the pinned one: nothing is built from other bytes.
    """
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / package.file
    if not path.exists():
        _download(package, cache)
    found = sha256(path)
    if found != package.sha256:
        raise ValueError(f"{package.file}: sha256 is {found}, pinned is {package.sha256}; delete it from the cache")
    return path


def member(package: Package, cache: Path, index: int = 0) -> bytes:
    """The bytes of one of the package's listed members."""
    path, name = fetch(package, cache), package.members[index]
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(name)
    with tarfile.open(path) as archive:
        stream = archive.extractfile(name)
        if stream is None:
            raise ValueError(f"{package.file}: {name} is not a file")
        return stream.read()
