"""The page of a real article in a real browser, the network cut: what it shows is what ``check --json`` says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .layers.browsing import Seen
from .layers.languages import left_in_latin

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
    rows = tab.locator(".claims tr[data-number]")
    assert rows.count() == len(claims) > 5
    tab.locator("#tab-claims").click()
    for number, claim in enumerate(claims):
        assert rows.nth(number).locator(".text .said").inner_text() == " ".join(claim["text"].split())
        assert rows.nth(number).locator(".verdict b").inner_text() == claim["verdict"]
        assert claim["why"] in rows.nth(number).locator(".why").inner_text()
    for number in range(tab.locator(".claims tr.goes .text button").count()):
        tab.locator(".claims tr.goes .text button").nth(number).click()
    assert [url for url in requests if not url.startswith("file:")] == []
    assert complaints == []
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_are_kept_to_be_looked_at(
    browser: Any, made: tuple[Path, dict[str, Any]], size: tuple[int, int], scheme: str
) -> None:
    context = browser.new_context(
        offline=True, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto(made[0].as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)
    folder = ROOT / "outputs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("article", "claims", "bands", "layers", "about"):
        tab.locator(f"#tab-{name}").click()
        picture = tab.screenshot(path=folder / f"{name}-{size[0]}-{scheme}.png")
        assert len(picture) > 20_000, "an empty page is smaller than this"
    context.close()


def test_a_real_page_moves_through_time_and_changes_its_band(browser: Any, made: tuple[Path, dict[str, Any]]) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(made[0].as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)
    days = tab.evaluate("contactline.data.timeline.days")
    assert len(days) > 50
    held = "document.querySelector('.leaflet-overlay-pane path.r-control-assessed.side-russia').getAttribute('d')"
    outline, share = tab.evaluate(held), tab.locator("#course-now").text_content()
    tab.locator("#day").fill("0")
    assert tab.evaluate(held) != outline
    assert tab.locator("#course-now").text_content() != share
    tab.locator("#now").click()
    assert tab.evaluate(held) == outline
    assert tab.locator("#course-now").text_content() == share
    tab.locator("#tab-bands").click()
    totals = set()
    for number in range(tab.evaluate("contactline.data.bands.filter(band => !band.scenario).length")):
        tab.locator("#band-width").fill(str(number))
        totals.add(tab.locator("#band-table .total td").first.inner_text())
    assert len(totals) >= 12, "each width has an area of its own"
    context.close()


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_no_word_of_ours_is_left_in_english(browser: Any, made: tuple[Path, dict[str, Any]], language: str) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    seen = Seen(context.new_page())
    tab = seen.tab
    tab.goto(made[0].as_uri() + f"#lang={language}")
    tab.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)
    left: set[str] = set()
    for name in ("article", "claims", "bands", "layers", "about"):
        tab.locator(f"#tab-{name}").click()
        tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        left |= left_in_latin(seen)
        picture = ROOT / "outputs" / "screenshots" / f"{name}-{language}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=picture)
    tab.locator("#compare").click()
    left |= left_in_latin(seen)
    tab.locator("#measure").click()
    for _ in range(3):
        tab.locator("#ruler-add").click()
    left |= left_in_latin(seen)
    tab.keyboard.press("Escape")
    tab.locator("#tab-bands").click()
    for band in tab.evaluate("contactline.data.bands.map(band => band.id)"):
        tab.select_option("#band", band)
        left |= left_in_latin(seen)
    tab.locator("#tab-layers").click()
    for layer in tab.evaluate("Array.from(document.querySelectorAll('[data-go]'), b => b.dataset.go)"):
        tab.locator(f"[data-go='{layer}']").click()
        tab.evaluate("document.querySelectorAll('.popup details').forEach(d => { d.open = true; })")
        left |= left_in_latin(seen)
    tab.evaluate("contactline.setDay(0)")
    assert left | left_in_latin(seen) == set()
    context.close()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--tiles", "no such tiles", "--html", "a.html"], 4, "No tiles are called"),
        (["--from", "2024-01-01"], 2, "give --html"),
        (["--from", "2025-06-01", "--html", "a.html"], 3, "outside the window"),
    ],
)
def test_options_of_the_page_that_make_no_sense_are_refused(
    tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    command = [sys.executable, "-m", "layers.cli", "check", str(EXAMPLE), "--at", "2025-01-20", *words]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(tmp_path)}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert said in ran.stderr
    assert list(tmp_path.glob("*.html")) == []


def test_the_page_says_whose_view_it_draws_and_that_bands_are_hypothetical(made: tuple[Path, dict[str, Any]]) -> None:
    text = made[0].read_text(encoding="utf-8")
    for words in ("Crimea and Sevastopol are Ukraine", "Control is not sovereignty", "Bands are hypothetical"):
        assert words in text
    assert len(text.encode()) < 2_500_000
