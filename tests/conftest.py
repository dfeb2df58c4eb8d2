"""What all tests share: where the real data lies, where it is there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data to test on; it may not be redistributed, so a user has no such folder."""
    if not SHARED.is_dir():
        pytest.skip("the real data this test reads is not part of the project (no ../shared)")
    return SHARED


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
