"""The vocabulary files of ``data/reading/``, each read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from geo.data import data_path


@cache
def table(name: str) -> Mapping[str, Any]:
    """A vocabulary file of ``data/reading/``."""
    return tomllib.loads(data_path(f"reading/{name}.toml").read_text(encoding="utf-8"))
