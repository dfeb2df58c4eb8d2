"""Every command and every line of Python in README.md, run as written (pipes apart) in an empty folder."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from layers import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
LINES = [line for _, block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("contactline ")]
PYTHON = [block for language, block in BLOCKS if language == "python"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the README's reader has: an article, a folder for outputs, no series imported yet."""
    shutil.copy(ROOT / "data" / "examples" / "armistice.txt", tmp_path / "article.txt")
    (tmp_path / "outputs").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTACTLINE_DATA", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(command.split(" | jq", maxsplit=1)[0], comments=True)
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert ended.value.code in ((0, 10) if "--fail-on" in words else (0,)), said.err
    if "-o" in words:
        assert (folder / words[words.index("-o") + 1]).stat().st_size > 0
    else:
        assert said.out.strip()


def test_the_python_of_the_readme_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in PYTHON:
        exec(compile(block, "README.md", "exec"), {})
    assert "Quantity(value=" in capsys.readouterr().out


def test_what_the_commands_take_is_made_before_they_run() -> None:
    install = next(line for line in LINES if "pip install" in line and "check" in line)
    made = next(line for line in LINES if line.startswith("cp "))
    _, source, target = shlex.split(made)
    assert (ROOT / source).is_file()
    assert source in install
    first = next(i for i, line in enumerate(LINES) if target in line)
    assert LINES[first] == made
    assert next(i for i, line in enumerate(LINES) if line.startswith("source .venv")) < LINES.index(COMMANDS[0])
    assert {word for c in COMMANDS for word in shlex.split(c, comments=True) if word.endswith(".txt")} == {target}


def test_the_readme_has_both() -> None:
    assert len(COMMANDS) > 12
    assert PYTHON
    assert all((ROOT / path).exists() for path in re.findall(r"\]\(([\w/.-]+)\)", README))
