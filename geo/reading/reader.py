"""Reads a text: mentions, figures and claims in one pass over its words."""

from __future__ import annotations

from geo.reading import claims, figures
from geo.reading.dateline import dateline
from geo.reading.invisible import Seen, has_unseen
from geo.reading.language import language
from geo.reading.lexicon import Lexicon
from geo.reading.mentions import Grammar
from geo.reading.types import Reading
from geo.reading.unread import unread


def read(text: str, lexicon: Lexicon | None = None, dated: str | None = None) -> Reading:
    """Everything ``text`` says about territory; offsets count Unicode code points of ``text`` as given.

    ``lexicon`` defaults to the embedded one; ``dated`` is the article's own date (ISO), else read from its head.
    """
    if has_unseen(text):
        seen = Seen.of(text)
        return seen.back(read(seen.text, lexicon, dated))
    grammar = Grammar.of(lexicon or Lexicon.embedded())
    day = dated or dateline(text)
    page = grammar.find(text)
    measures = figures.find(page.scan)
    said = tuple(claims.find(page, measures, grammar.statements, day))
    return Reading(
        text=text,
        mentions=tuple(finding.mention for finding in page.findings),
        claims=said,
        figures=tuple(measure.figure for measure in measures),
        dated=day,
        numbers=tuple(unread(page, measures, said)),
        warning=language(text),
    )
