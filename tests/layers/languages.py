"""What a reader meets on a page, by sight or by ear, that is Latin letters where the page speaks another language.

Names and units that are written so everywhere are allowed, and what is quoted and marked as English: the article's own
words, the engine's sentences, titles and licences of sources, expressions.
"""

from __future__ import annotations

import re

from .browsing import Seen

ALLOWED = frozenset(
    [
        "contactline",
        "Leaflet",
        "BSD",
        "Clause",
        "Web",
        "Mercator",
        "WGS",
        "GeoJSON",
        "GeoNames",
        "OpenStreetMap",
        "Natural",
        "Earth",
        "ODbL",
        "CC",
        "BY",
        "ES",
        "DeepState",
        "deepstate",
        "daily",
        "nzz",
        "NZZ",
        "uacontrolmap",
        "isw",
        "viina",
    ]
)
QUOTED = (
    ".body, .said, .reason, .why, h1, cite, .told, .licence, .sources, dd, .by-source, .lines, .statements, .subtitle"
)
"""Where a text marked as English may stand."""

_COLLECT = """(quoted) => {
  const found = [];
  const english = (e) => { const at = e.closest("[lang]"); return at && at.lang === "en" && at.closest(quoted); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("script, style, noscript, #language") || english(e)) continue;
    const seen = e.closest("select, option, .sr-only") || e.checkVisibility({ visibilityProperty: true });
    if (seen) found.push(["text", node.data.trim()]);
  }
  const named = "[title], [aria-label], [aria-valuetext], [alt], [placeholder], optgroup";
  for (const e of document.querySelectorAll(named)) {
    if (english(e) && !e.matches(".body *")) continue;
    for (const name of ["title", "aria-label", "aria-valuetext", "alt", "placeholder", "label"]) {
      if (e.getAttribute(name)) found.push([name, e.getAttribute(name)]);
    }
  }
  return found;
}"""
_EXPRESSION = re.compile(r'[a-z]+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|"[^"]*"')
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


def left_in_latin(seen: Seen, *also: str) -> set[str]:
    """Words in Latin letters that are the page's own, each with where it was found."""
    found: list[list[str]] = seen.tab.evaluate(_COLLECT, QUOTED)
    return {
        f"{where}: {text}"
        for where, text in found
        if set(_WORD.findall(_EXPRESSION.sub(" ", text))) - ALLOWED - set(also)
    }
