"""Finds the territories a text names: rules of data, a template or a judgement each."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from geo.reading import frontlines, judgements, zones
from geo.reading.lexicon import Lexicon
from geo.reading.page import Finding, Judgement, Match, Page, Rule
from geo.reading.patterns import anchors, quoted_words
from geo.reading.scan import Scan
from geo.reading.statements import Statement
from geo.reading.tables import table
from geo.reading.templates import fill
from geo.reading.vocabulary import Vocabulary

_JUDGING = (judgements, frontlines, zones)
_MACRO = re.compile(r"\$([a-z][a-z-]*)")


@dataclass(frozen=True)
class Grammar:
    """The rules of ``data/reading/grammar.toml`` over the words of one lexicon."""

    lexicon: Lexicon
    rules: tuple[Rule, ...] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    statements: tuple[Statement, ...] = field(repr=False)
    needed: dict[str, int] = field(repr=False)
    """For each code, the rules it may be an anchor of, as bits."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Grammar:
        """The grammar of a lexicon, compiled once for each."""
        return _grammar(id(lexicon), lexicon)

    def find(self, text: str) -> Page:
        """The scanned text with all its mentions, in order of appearance."""
        page = Page(self.vocabulary.scan(text), self.lexicon)
        codes = page.scan.codes
        for rule, sentences in zip(self.rules, self._where(page.scan), strict=True):
            for first, last in sentences:
                for match in rule.pattern.finditer(codes, first, last):
                    if page.free(*match.span()):
                        found = _judged(page, _match(rule, match))
                        if found is not None:
                            page.take(found)
        return page

    def _where(self, scan: Scan) -> list[list[tuple[int, int]]]:
        """For each rule, the sentences in which one of the words it cannot do without stands."""
        where: list[list[tuple[int, int]]] = [[] for _ in self.rules]
        for sentence in scan.sentences:
            wanted = 0
            for code in self.needed.keys() & scan.codes[slice(*sentence)]:
                wanted |= self.needed[code]
            for number in _numbers(wanted):
                where[number].append(sentence)
        return where


@cache
def _numbers(bits: int) -> tuple[int, ...]:
    """The places of the bits that are set."""
    return tuple(n for n in range(bits.bit_length()) if bits >> n & 1)


@cache
def _grammar(_: int, lexicon: Lexicon) -> Grammar:
    written = table("grammar")
    macros = written["macro"]
    spelled = [_expanded(rule["pattern"], macros) for rule in written["rule"]]
    stated, sought = table("claims")["statement"], table("claims")["pattern"]
    vocabulary = Vocabulary(lexicon, quoted_words([*spelled, *(each["pattern"] for each in stated), *sought.values()]))
    rules = tuple(
        Rule(
            kind=rule["kind"],
            pattern=vocabulary.alphabet.compile(pattern),
            anchors=anchors(pattern),
            territory=rule.get("territory"),
            note=rule.get("note", ""),
            judgement=_judgement(rule["by"]) if "by" in rule else None,
        )
        for rule, pattern in zip(written["rule"], spelled, strict=True)
    )
    statements = tuple(Statement(each["predicate"], vocabulary.alphabet.compile(each["pattern"])) for each in stated)
    needed: dict[str, int] = defaultdict(int)
    for number, rule_ in enumerate(rules):
        for code in vocabulary.alphabet.having(rule_.anchors):
            needed[code] |= 1 << number
    return Grammar(lexicon, rules, vocabulary, statements, dict(needed))


def _judgement(name: str) -> Judgement:
    judgement: Judgement = next(getattr(module, name) for module in _JUDGING if hasattr(module, name))
    return judgement


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: macros[found[1]], pattern)
    return pattern


def _match(rule: Rule, found: re.Match[str]) -> Match:
    spans = {name: found.span(name) for name in rule.pattern.groupindex if found.span(name) != (-1, -1)}
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
