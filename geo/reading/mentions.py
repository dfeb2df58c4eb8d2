"""Finds the territories a text names: rules of data, a template or a judgement each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from geo.reading import banks, frontlines, holdings, judgements, zones
from geo.reading.lexicon import Lexicon
from geo.reading.page import Finding, Judgement, Match, Page, Rule
from geo.reading.statements import Statement
from geo.reading.steady import steady
from geo.reading.tables import table
from geo.reading.templates import fill
from geo.reading.vocabulary import Vocabulary

_JUDGING = (judgements, banks, holdings, frontlines, zones)
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

    @steady()
    def find(self, text: str) -> Page:
        """The scanned text with all its mentions, in order of appearance."""
        page = Page(self.vocabulary.scan(text), self.lexicon)
        for rule in self.rules:
            for match in page.scan.everywhere(rule.pattern):
                if page.free(*match.span()):
                    found = _judged(page, _match(rule, match))
                    if found is not None:
                        page.take(found)
        return page


@cache
def _grammar(_: int, lexicon: Lexicon) -> Grammar:
    written = table("grammar")
    macros = written["macro"]
    spelled = [_expanded(rule["pattern"], macros) for rule in written["rule"]]
    stated, sought = table("claims")["statement"], table("claims")["pattern"]
    vocabulary = Vocabulary(lexicon, [*spelled, *(each["pattern"] for each in stated), *sought.values()])
    rules = tuple(
        Rule(
            kind=rule["kind"],
            pattern=pattern,
            territory=rule.get("territory"),
            note=rule.get("note", ""),
            judgement=_judgement(rule["by"]) if "by" in rule else None,
        )
        for rule, pattern in zip(written["rule"], spelled, strict=True)
    )
    statements = tuple(Statement(each["predicate"], each["pattern"]) for each in stated)
    return Grammar(lexicon, rules, vocabulary, statements)


def _judgement(name: str) -> Judgement:
    judgement: Judgement = next(getattr(module, name) for module in _JUDGING if hasattr(module, name))
    return judgement


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: macros[found[1]], pattern)
    return pattern


def _match(rule: Rule, found: re.Match[str]) -> Match:
    spans = {name: span for name in found.re.groupindex if (span := found.span(name)) != (-1, -1)}
    return Match(rule, found.start(), found.end(), spans)


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
