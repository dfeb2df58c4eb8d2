"""What all tests share: where the real data lies, where it is there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data to test on; it may not be redistributed, so a user has no such folder."""
    if not SHARED.is_dir():
        pytest.skip("the real data this test reads is not part of the project (no ../shared)")
    return SHARED


class Ran(NamedTuple):
    """What a command left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command in this process as a shell would, in a folder of its own, without series imported before."""
    from layers import cli

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTACTLINE_DATA", str(tmp_path / "home"))
    monkeypatch.delenv("COLUMNS", raising=False)

    def command(*words: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["contactline", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return command


CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium: named by CONTACTLINE_CHROMIUM, else found on the path."""
    driver_of = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: pip install contactline[test]"
    )
    found = os.environ.get("CONTACTLINE_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.skip("no Chromium: install one, or name it in CONTACTLINE_CHROMIUM")
    with driver_of.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()
