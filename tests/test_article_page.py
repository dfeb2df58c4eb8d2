"""The page of a real article in a real browser, the network cut: what it shows is what ``check --json`` says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "data" / "examples" / "armistice.txt"


def contactline(*words: str, cwd: Path) -> str:
    command = [sys.executable, "-m", "layers.cli", *words]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(cwd)}
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("article")
    document = json.loads(contactline("check", str(EXAMPLE), "--json", "--html", "page.html", cwd=folder))
    return folder / "page.html", document


def test_the_panel_matches_the_json_and_nothing_is_asked_of_the_network(
    browser: Any, made: tuple[Path, dict[str, Any]]
) -> None:
    page, document = made
    requests: list[str] = []
    complaints: list[str] = []
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)

    assert json.loads(tab.evaluate("document.getElementById('contactline-data').textContent")) == document
    claims = document["articles"][0]["claims"]
    rows = tab.locator(".claims tbody tr")
    assert rows.count() == len(claims) > 5
    for number, claim in enumerate(claims):
        assert rows.nth(number).locator(".text .said").inner_text() == " ".join(claim["text"].split())
        assert rows.nth(number).locator(".verdict b").inner_text() == claim["verdict"]
        assert claim["why"] in rows.nth(number).locator(".why").inner_text()
    for number in range(tab.locator(".claims tbody tr.goes button").count()):
        tab.locator(".claims tbody tr.goes button").nth(number).click()
    assert [url for url in requests if not url.startswith("file:")] == []
    assert complaints == []
    context.close()


def test_the_page_says_whose_view_it_draws_and_that_bands_are_hypothetical(made: tuple[Path, dict[str, Any]]) -> None:
    text = made[0].read_text(encoding="utf-8")
    for words in ("Crimea and Sevastopol are Ukraine", "Control is not sovereignty", "Bands are hypothetical"):
        assert words in text
    assert len(text.encode()) < 2_500_000
