"""Finds the territories a text names: rules of data, a template or a judgement each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from geo.reading import judgements, zones
from geo.reading.lexicon import Lexicon
from geo.reading.page import Finding, Judgement, Match, Page, Rule
from geo.reading.patterns import quoted_words
from geo.reading.statements import Statement
from geo.reading.templates import fill
from geo.reading.vocabulary import Scan, Vocabulary, table

_MACRO = re.compile(r"\$([a-z][a-z-]*)")


@dataclass(frozen=True)
class Grammar:
    """The rules of ``data/reading/grammar.toml`` over the words of one lexicon."""

    lexicon: Lexicon
    rules: tuple[Rule, ...] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    statements: tuple[Statement, ...] = field(repr=False)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Grammar:
        """The grammar of a lexicon, compiled once for each."""
        return _grammar(id(lexicon), lexicon)

    def find(self, text: str) -> Page:
        """The scanned text with all its mentions, in order of appearance."""
        page = Page(self.vocabulary.scan(text), self.lexicon)
        for rule in self.rules:
            for match in _matches(rule, page.scan):
                if page.free(match.first, match.last):
                    found = _judged(page, match)
                    if found is not None:
                        page.take(found)
        return page


@cache
def _grammar(_: int, lexicon: Lexicon) -> Grammar:
    written = table("grammar")
    macros = written["macro"]
    spelled = [_expanded(rule["pattern"], macros) for rule in written["rule"]]
    stated = table("claims")["statement"]
    vocabulary = Vocabulary(lexicon, quoted_words([*spelled, *(each["pattern"] for each in stated)]))
    rules = tuple(
        Rule(
            kind=rule["kind"],
            pattern=vocabulary.alphabet.compile(pattern),
            territory=rule.get("territory"),
            note=rule.get("note", ""),
            judgement=_judgement(rule["by"]) if "by" in rule else None,
        )
        for rule, pattern in zip(written["rule"], spelled, strict=True)
    )
    statements = tuple(Statement(each["predicate"], vocabulary.alphabet.compile(each["pattern"])) for each in stated)
    return Grammar(lexicon, rules, vocabulary, statements)


def _judgement(name: str) -> Judgement:
    judgement: Judgement = getattr(judgements, name, None) or getattr(zones, name)
    return judgement


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: macros[found[1]], pattern)
    return pattern


def _matches(rule: Rule, scan: Scan) -> Iterator[Match]:
    for found in rule.pattern.finditer(scan.codes):
        spans = {name: found.span(name) for name in rule.pattern.groupindex if found.span(name) != (-1, -1)}
        yield Match(rule, found.start(), found.end(), spans)


def _judged(page: Page, match: Match) -> Finding | None:
    if match.rule.judgement is not None:
        return match.rule.judgement(page, match)
    territory = fill(match.rule.territory, page, match) if match.rule.territory else None
    note = match.rule.note
    entries = [
        word.term.entry
        for first, last in match.spans.values()
        for word in page.scan.words[first:last]
        if word.term.entry
    ]
    if not note and len(entries) == 1:
        note = entries[0].note
    return page.finding(match, territory, note, members=tuple(entries))
