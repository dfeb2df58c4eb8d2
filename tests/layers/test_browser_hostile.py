"""Articles nobody would write: scripts, right to left, 200 kB, 300 claims, none; the page stays whole and quick."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from layers.html.page import ClaimRow, Page

from .browsing import PHONE, Seen

READY_SECONDS = 1.5
"""What the page's own thread works until it is ready: what it takes on a machine with nothing else to do."""

SCRIPT = "<script>document.title='pwned'</script><img src=x onerror=alert(1)>"
LONG = "Донаудампфшифф" * 60


def with_claims(page: Page, text: str, count: int, words: str = "20 %") -> Page:
    """``page`` with an article of its own and ``count`` claims in it."""
    step = max(1, len(text) // max(count, 1))
    claims = [
        {"start": n * step, "end": n * step + min(8, step), "text": words, "verdict": "holds", "kind": "share"}
        for n in range(count)
    ]
    rows = tuple(
        ClaimRow(words, f"share {n}", "20 %", "18.6 %", "holds", f"why {words}", "held-a") for n in range(count)
    )
    document: dict[str, Any] = {"articles": [{"mentions": [], "claims": claims}]}
    return dataclasses.replace(page, article=text, claims=rows, document=document)


def worked(seen: Seen) -> float:
    """Seconds the page's thread works from the start of a navigation until it is ready."""
    session = seen.tab.context.new_cdp_session(seen.tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        return next(
            m["value"] for m in session.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration"
        )

    seen.tab.reload()
    seen.tab.wait_for_selector("html[data-ready]", state="attached")
    return spent()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (SCRIPT * 20, 3),
        ("רוסיה מחזיקה בחמישית מאוקראינה. " * 30 + "\u202eevil\u202c", 5),
        ("word " * 40_000, 10),
        ("The front moved. " * 2_000, 300),
        ("Nothing is said of ground.", 0),
        (LONG * 4, 2),
    ],
    ids=["script", "right to left", "200 kB", "300 claims", "no claims", "long words"],
)
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_an_article_nobody_would_write(
    page: Page, open_page: Callable[..., Seen], text: str, count: int, size: dict[str, int] | None
) -> None:
    made = with_claims(page, text, count, LONG if text.startswith(LONG) else "20 %")
    seen = open_page(made, **({"viewport": size} if size else {}))
    assert seen.complaints == []
    assert seen.asked() == []
    assert seen.tab.title() == "A title"
    for name in ("claims", "article"):
        seen.tab_named(name)
        assert seen.script("document.documentElement.scrollWidth <= innerWidth"), name
    assert seen.script("document.querySelectorAll('img, .body script, [onerror]').length") == 0
    assert seen.tab.locator(".claims tbody tr[data-number]").count() == count
    if not count:
        seen.tab_named("claims")
        assert seen.tab.locator(".claims .none").is_visible()
        assert not seen.script("document.querySelector('.claims table, #sort')"), "an empty table is not shown"
    seen.tab.select_option("#language", "uk")
    assert seen.complaints == []


@pytest.mark.parametrize(("text", "count"), [("word " * 40_000, 10), ("The front moved. " * 2_000, 300)])
def test_it_stays_quick(page: Page, open_page: Callable[..., Seen], text: str, count: int) -> None:
    assert worked(open_page(with_claims(page, text, count))) <= READY_SECONDS


def test_names_of_layers_are_text(page_with: Callable[[str], Page], open_page: Callable[..., Seen]) -> None:
    seen = open_page(page_with(" <b>bold</b> {a} {{7*7}} $&"))
    for language in ("uk", "ru", "en"):
        seen.tab.select_option("#language", language)
        seen.tab_named("layers")
        assert "<b>bold</b> {a} {{7*7}} $&" in seen.tab.locator("#panel-layers").inner_text()
    assert seen.script("document.querySelectorAll('main b b, .name b').length") == 0
    assert seen.complaints == []


@pytest.mark.parametrize(
    "fragment",
    [
        "#vs=d:0~d:0~NaN&lang=uk",
        "#vs=~~&day=2025-01-27&day=2025-01-13",
        "#c=48,36,99",
        "#c=-999,1e9,-5",
        "#" + "on=" + "~".join(["band"] * 5000),
        "#" + "%F0%9F" * 2000,
        "#of=constructor&band=__proto__&tab=__proto__&lang=constructor",
        "#claim-0",
        "#claim-1%00",
    ],
)
def test_any_address_leaves_the_page_whole(page: Page, open_page: Callable[..., Seen], fragment: str) -> None:
    seen = open_page(page, fragment=fragment)
    assert seen.complaints == []
    lat, lng, zoom = seen.script("(c => [c.lat, c.lng, contactline.map.getZoom()])(contactline.map.getCenter())")
    assert -90 < lat < 90
    assert -180 <= lng <= 180
    assert 0 <= zoom <= 22
    seen.script("location.hash = '#tab=layers'")
    seen.until("contactline.tabNow() === 'layers'")
    assert seen.complaints == []
