"""Where the embedded data lies, in a checkout and in a wheel alike."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_path(name: str = "") -> Path:
    """The path of an embedded data file, e.g. ``data_path("territories.toml")``.

    In a wheel the data lies inside the package (``geo/_data``), in a checkout beside it (``data``).
    """
    packaged = _HERE / "_data"
    root = packaged if packaged.is_dir() else _HERE.parent / "data"
    return root / name if name else root
