"""Reads a text: mentions, figures and claims in one pass over its words."""

from __future__ import annotations

from geo.reading import claims, figures
from geo.reading.dateline import dateline
from geo.reading.lexicon import Lexicon
from geo.reading.mentions import Grammar
from geo.reading.types import Reading


def read(text: str, lexicon: Lexicon | None = None, dated: str | None = None) -> Reading:
    """Everything ``text`` says about territory; offsets count Unicode code points of ``text`` as given.

    ``lexicon`` defaults to the embedded one; ``dated`` is the article's own date (ISO), else read from its head.
    """
    grammar = Grammar.of(lexicon or Lexicon.embedded())
    day = dated or dateline(text)
    page = grammar.find(text)
    measures = figures.find(page.scan)
    return Reading(
        text=text,
        mentions=tuple(finding.mention for finding in page.findings),
        claims=tuple(claims.find(page, measures, grammar.statements, day)),
        figures=tuple(measure.figure for measure in measures),
        dated=day,
    )
