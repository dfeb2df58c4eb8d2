"""The pictures of README.md are what its own commands draw, small enough for a page, and not out of date."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layers import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = sorted(set(re.findall(r"\]\(docs/pictures/([\w.-]+\.png)\)", README)))
COMMANDS = {
    Path(shlex.split(line)[shlex.split(line).index("-o") + 1]).name: shlex.split(line)
    for line in README.splitlines()
    if line.startswith("contactline ") and " -o " in line
}
MOST_BYTES = 120_000
STALE = 0.06
"""Of the pixels: where more differ, what is drawn has changed; figures may move by a digit before that."""


def test_there_is_a_gallery() -> None:
    assert len(PICTURES) >= 4
    assert {path.name for path in (ROOT / "docs" / "pictures").iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_its_command_draws(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ROOT / "docs" / "pictures" / name
    assert kept.stat().st_size <= MOST_BYTES
    shutil.copy(ROOT / "data" / "examples" / "armistice.txt", tmp_path / "article.txt")
    (tmp_path / "outputs").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTACTLINE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "argv", COMMANDS[name])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    with Image.open(kept) as one, Image.open(tmp_path / "outputs" / name) as other:
        assert one.size == other.size
        apart = np.abs(np.asarray(one.convert("L"), float) - np.asarray(other.convert("L"), float)) > 40
    assert apart.mean() < STALE, f"docs/pictures/{name} is out of date: run {shlex.join(COMMANDS[name])} and copy it"
