"""A page open in a real browser with the network cut, and all it asked for and complained of.

Chromium is found by the variable CONTACTLINE_CHROMIUM, else on the path; without one these tests are skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from layers.html.page import Page, render

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Seen:
    """A page open in a browser, and all it asked for and complained of."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def script(self, code: str) -> Any:
        return self.tab.evaluate(code)

    def centre(self) -> tuple[float, float]:
        place = self.script("(({lat, lng}) => [lng, lat])(contactline.map.getCenter())")
        return place[0], place[1]

    def until(self, code: str) -> None:
        """Waits until ``code`` is true (the page's policy forbids Playwright's own waiting, which evaluates text)."""
        for _ in range(600):
            if self.script(code):
                return
            self.tab.wait_for_timeout(50)
        raise AssertionError(f"in thirty seconds it did not come true: {code}; the map stands at {self.centre()}")

    def tab_named(self, name: str) -> None:
        self.tab.locator(f"#tab-{name}").click()

    def asked(self) -> list[str]:
        """What was asked of the network: the file itself is not of it."""
        return [url for url in self.requests if not url.startswith(("file:", "blob:"))]

    def path(self, layer: str, number: int = 0) -> str:
        """The outline of a feature as the map draws it now."""
        code = f"contactline.layers.get('{layer}').drawn.getLayers().find(t => t.feature.id === {number})"
        return str(self.script(f"{code}.getElement().getAttribute('d')"))

    def spot(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place lies on the screen."""
        x, y = self.script(
            f"(() => {{ const p = contactline.map.latLngToContainerPoint([{lat}, {lon}]);"
            "const r = contactline.map.getContainer().getBoundingClientRect(); return [p.x + r.x, p.y + r.y]; })()"
        )
        return x, y

    def until_in(self, box: tuple[float, float, float, float]) -> None:
        """Waits until the map's centre lies in a box (west, south, east, north)."""
        place = "contactline.map.getCenter()"
        west, south, east, north = box
        self.until(f"{west} < {place}.lng && {place}.lng < {east} && {south} < {place}.lat && {place}.lat < {north}")


def plain(text: str | None) -> str:
    """A text with ordinary spaces where no line may break."""
    return (text or "").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    contexts = []

    def opened(
        page: Page, viewport: dict[str, int] = DESKTOP, motion: str = "reduce", fragment: str = "", **options: Any
    ) -> Seen:
        file = tmp_path / "page.html"
        file.write_text(render(page), encoding="utf-8")
        context = browser.new_context(viewport=viewport, offline=True, reduced_motion=motion, **options)
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.tab.on("request", lambda request: seen.requests.append(request.url))
        seen.tab.on("console", lambda message: seen.complaints.append(message.text))
        seen.tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.tab.on("dialog", lambda dialog: (seen.complaints.append("dialog"), dialog.dismiss()))
        seen.tab.goto(file.as_uri() + fragment)
        seen.tab.wait_for_selector("html[data-ready]", state="attached", timeout=30_000)
        return seen

    yield opened
    for context in contexts:
        context.close()
