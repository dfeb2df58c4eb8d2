"""The page's own script and style: small files in the order they build on each other."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent

SCRIPTS = (
    "core", "words", "map", "journey", "labels", "tabs", "article", "claims", "bands", "states", "time", "chart",
    "compare", "touch", "geodesic", "ruler", "download", "tools", "permalink", "start",
)  # fmt: skip
STYLES = ("page", "panel", "map", "touch", "print")


@lru_cache(maxsize=1)
def page_script() -> str:
    """Every file of ``script/``, one after the other."""
    return "\n".join(_read(f"script/{name}.js") for name in SCRIPTS)


@lru_cache(maxsize=1)
def page_style() -> str:
    """Every file of ``style/``, one after the other."""
    return "\n".join(_read(f"style/{name}.css") for name in STYLES)


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").strip()
