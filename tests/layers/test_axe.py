"""What axe-core finds wrong for people who cannot see, point or tell colours: nothing, on every tab, light and dark.

axe-core comes from npm into a temporary place, pinned; where npm cannot give it, these tests are skipped and say so.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from layers.html.page import Page

from .browsing import DESKTOP, PHONE, Seen

AXE = "axe-core@4.10.3"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("no npm: axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    try:
        subprocess.run([npm, "pack", AXE, "--silent"], cwd=folder, capture_output=True, check=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"npm does not give {AXE}: {error}")
    with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
        script = packed.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode("utf-8")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, open_page: Callable[..., Seen], axe: str, viewport: dict[str, int], scheme: str
) -> None:
    seen = open_page(page, viewport, color_scheme=scheme, bypass_csp=True)
    seen.tab.add_script_tag(content=axe)
    found = {}
    for name in ("article", "claims", "bands", "layers", "about"):
        seen.tab_named(name)
        found |= _violations(seen, name)
    seen.tab_named("layers")
    seen.tab.locator("button[data-go='band']").click()
    found |= _violations(seen, "popup")
    seen.tab.keyboard.press("Escape")  # on a phone a popup takes the tools' room
    seen.tab.locator("#compare").click()
    seen.tab.locator("#measure").click()
    found |= _violations(seen, "tools")
    seen.tab_named("article")
    seen.tab.locator("[data-claim='2']").first.click()
    found |= _violations(seen, "drawer")
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_page_tells_what_was_asked_for(
    page: Page, open_page: Callable[..., Seen], axe: str, scheme: str
) -> None:
    asked = replace(page, article=None, claims=(), document={}, about=("mention", "band", "line"))
    seen = open_page(asked, color_scheme=scheme, bypass_csp=True)
    seen.tab.add_script_tag(content=axe)
    assert seen.script("contactline.tabNow()") == "named"
    assert _violations(seen, "named") == {}


def _violations(seen: Seen, where: str) -> dict[str, list[str]]:
    code = (
        f"axe.run(document, {{runOnly: {RULES}}}).then(r => r.violations.map("
        "v => [v.id, v.nodes.map(n => n.html.slice(0, 200) + ' | ' + n.failureSummary)]))"
    )
    return {f"{where}: {rule}": nodes for rule, nodes in seen.script(code)}
