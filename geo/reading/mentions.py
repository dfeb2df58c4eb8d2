"""Finds the territories a text names: rules of data, a template or a judgement each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from geo.reading import banks, frontlines, holdings, judgements, zones
from geo.reading.lexicon import Lexicon
from geo.reading.page import Finding, Judgement, Match, Page, Rule
from geo.reading.patterns import SENTENCE_END, needs, quoted_words
from geo.reading.scan import Scan
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
    needs: tuple[int, ...] = field(repr=False)
    """For each rule, what must stand in a sentence for it to match there, as bits."""
    serves: Mapping[str, int] = field(repr=False)
    """For each code, the needs that it serves, as bits."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Grammar:
        """The grammar of a lexicon, compiled once for each."""
        return _grammar(id(lexicon), lexicon)

    @steady()
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
        """For each rule, the sentences in which all that it cannot do without stands."""
        where: list[list[tuple[int, int]]] = [[] for _ in self.rules]
        served: dict[int, list[int]] = {0: []}
        sentences = iter(scan.sentences)
        bits = 0
        for code in self.telling.findall(scan.codes):
            if code != SENTENCE_END:
                bits |= self.serves[code]
                continue
            sentence = next(sentences)
            if bits not in served:
                served[bits] = [n for n, needed in enumerate(self.needs) if not needed & ~bits]
            for number in served[bits]:
                where[number].append(sentence)
            bits = 0
        return where

    @cached_property
    def telling(self) -> re.Pattern[str]:
        """The codes that serve any rule, and a sentence's end."""
        return re.compile(f"[{SENTENCE_END}{''.join(self.serves)}]")


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
            names=tuple(vocabulary.alphabet.compile(pattern).groupindex),
            needs=needs(pattern),
            territory=rule.get("territory"),
            note=rule.get("note", ""),
            judgement=_judgement(rule["by"]) if "by" in rule else None,
        )
        for rule, pattern in zip(written["rule"], spelled, strict=True)
    )
    statements = tuple(Statement(each["predicate"], vocabulary.alphabet.compile(each["pattern"])) for each in stated)
    numbered = {each: n for n, each in enumerate(dict.fromkeys(each for rule in rules for each in rule.needs))}
    serves: dict[str, int] = defaultdict(int)
    for each, n in numbered.items():
        for code in vocabulary.alphabet.having(each):
            serves[code] |= 1 << n
    bits = tuple(sum(1 << numbered[each] for each in rule.needs) for rule in rules)
    return Grammar(lexicon, rules, vocabulary, statements, bits, dict(serves))


def _judgement(name: str) -> Judgement:
    judgement: Judgement = next(getattr(module, name) for module in _JUDGING if hasattr(module, name))
    return judgement


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: macros[found[1]], pattern)
    return pattern


def _match(rule: Rule, found: re.Match[str]) -> Match:
    spans = {name: span for name in rule.names if (span := found.span(name)) != (-1, -1)}
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
