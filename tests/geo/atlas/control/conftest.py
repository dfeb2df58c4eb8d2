"""Control files made by hand: boxes of our own in the formats of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    """Writes JSON (or a text as it stands) under a name into a folder of its own, which it hands back."""

    def written(name: str, content: Any) -> Path:
        path = tmp_path / "control" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return tmp_path / "control"

    return written
