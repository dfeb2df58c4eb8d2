"""The article's own words: its mentions underlined in their kind's colour, its claims marked by their verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from layers.html.escape import escape
from layers.html.style import slug
from layers.palette import palette

Span = tuple[int, int, int, Mapping[str, Any]]
"""start, end, number from 1, the row itself."""

_BUTTON = Markup(' role="button" tabindex="0"')


def marked(text: str, document: Mapping[str, Any], anchors: Mapping[str, str] | None = None) -> Markup:
    """``text`` as HTML; offsets of the first article of ``document`` count Unicode code points of ``text``.

    A mention whose expression ``anchors`` ties to a layer, and every claim, becomes a button; where they overlap the
    claim is the button and the mention stays underlined inside it. What the page needs to find it again stands in
    ``data-`` attributes.
    """
    rows = (document.get("articles") or [{}])[0]
    claims, mentions = _spans(rows.get("claims", ()), len(text)), _spans(rows.get("mentions", ()), len(text))
    edges = sorted({0, len(text), *(e for s in (*claims, *mentions) for e in s[:2])})
    pieces = []
    for start, end in pairwise(edges):
        claim, mention = _covering(claims, start, end), _covering(mentions, start, end)
        piece = escape(text[start:end])
        if mention:
            piece = _mention(piece, mention, anchors or {}, first=start == mention[0], button=claim is None)
        if claim:
            piece = _claim(piece, claim, first=start == claim[0], last=end == claim[1])
        pieces.append(piece)
    return Markup("").join(pieces)


def families(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and title of the families of mentions that an article has, in the palette's order."""
    rows = (document.get("articles") or [{}])[0].get("mentions", ())
    found = {palette().family(str(row.get("kind", ""))) for row in rows}
    return [(name, family.title) for name, family in palette().mentions.items() if name in found]


def _spans(rows: Any, length: int) -> list[Span]:
    numbered = enumerate(rows, start=1)
    return [(r["start"], r["end"], n, r) for n, r in numbered if 0 <= r.get("start", -1) < r.get("end", -1) <= length]


def _covering(spans: list[Span], start: int, end: int) -> Span | None:
    """The shortest span over a piece: a mention inside a longer one is the one that is meant."""
    over = [s for s in spans if s[0] <= start and end <= s[1]]
    return min(over, key=lambda s: s[1] - s[0], default=None)


def _mention(piece: Markup, span: Span, anchors: Mapping[str, str], *, first: bool, button: bool) -> Markup:
    row = span[3]
    kind, territory = str(row.get("kind", "")), str(row.get("territory") or "")
    said = " · ".join(filter(None, (kind, str(row.get("note") or ""))))
    known = territory in anchors
    marks = Markup(
        'class="mention m-{}{}" data-mention="{}" data-territory="{}" data-kind="{}" data-note="{}" title="{}"'
    ).format(
        Markup(palette().family(kind)),
        Markup("" if known else " unplaced"),
        span[2],
        *map(escape, (territory, kind, str(row.get("note") or ""), said)),
    )
    if not (button and known):
        return Markup("<span {}>{}</span>").format(marks, piece)
    return Markup("<span {}{}>{}</span>").format(marks, _BUTTON if first else "", piece)


def _claim(piece: Markup, span: Span, *, first: bool, last: bool) -> Markup:
    verdict = str(span[3].get("verdict", ""))
    known = verdict in palette().verdicts
    name = slug(verdict) if known else "none"
    sign = palette().verdicts[verdict].sign if known else "·"
    mark = Markup(' data-sign="{}"').format(escape(sign)) if last else Markup("")
    return Markup('<span class="claimed v-{}" data-claim="{}" data-kind="{}" title="{}"{}{}>{}</span>').format(
        Markup(name), span[2], escape(verdict), escape(verdict), _BUTTON if first else "", mark, piece
    )
