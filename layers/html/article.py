"""The article's own words with its mentions underlined and its claims marked by their verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from layers.html.escape import escape
from layers.html.style import slug
from layers.palette import palette


def marked(text: str, document: Mapping[str, Any]) -> Markup:
    """``text`` as HTML; offsets of the first article of ``document`` count Unicode code points of ``text``."""
    articles = document.get("articles") or [{}]
    claims = _spans(articles[0].get("claims", ()), len(text))
    mentions = _spans(articles[0].get("mentions", ()), len(text))
    edges = sorted({0, len(text), *(e for s in (*claims, *mentions) for e in s[:2])})
    pieces = [_piece(text[a:b], _covering(claims, a, b), _covering(mentions, a, b)) for a, b in pairwise(edges)]
    return Markup("").join(pieces)


_Span = tuple[int, int, int, Mapping[str, Any]]


def _spans(rows: Any, length: int) -> list[_Span]:
    numbered = enumerate(rows, start=1)
    return [(r["start"], r["end"], n, r) for n, r in numbered if 0 <= r.get("start", -1) < r.get("end", -1) <= length]


def _covering(spans: list[_Span], start: int, end: int) -> _Span | None:
    return next((s for s in spans if s[0] <= start and end <= s[1]), None)


def _piece(text: str, claim: _Span | None, mention: _Span | None) -> Markup:
    piece = escape(text)
    if mention:
        kind = escape(str(mention[3].get("kind", "")))
        piece = Markup('<span class="mention" title="{}">{}</span>').format(kind, piece)
    if claim:
        verdict = str(claim[3].get("verdict", ""))
        known = slug(verdict) if verdict in palette().verdicts else "none"
        piece = Markup('<a class="claimed v-{}" href="#claim-{}" title="{}">{}</a>').format(
            Markup(known), claim[2], escape(verdict), piece
        )
    return piece
