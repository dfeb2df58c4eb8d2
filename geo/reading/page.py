"""A scanned text and what has been found on it so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geo.reading.lexicon import Entry, Lexicon
from geo.reading.scan import Scan, Word
from geo.reading.types import Claim, Figure, Mention

_BRACKETS = {")": "(", "]": "["}


class Finding(NamedTuple):
    """A mention, the words it spans, and the entries it is made of; ``listed`` where the text names them one by one."""

    mention: Mention
    first: int
    last: int
    members: tuple[Entry, ...] = ()
    listed: bool = False


@dataclass(frozen=True)
class Dated:
    """A date phrase: words ``first`` up to ``last``, the period it names, and the word that leads it in."""

    first: int
    last: int
    begin: str
    end: str
    lead: str


class Match(NamedTuple):
    """Where a rule's pattern matched: words ``first`` up to ``last``, and what it captured."""

    rule: Rule
    first: int
    last: int
    spans: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Rule:
    """One rule of the grammar: a pattern over word classes, and what it makes of a match."""

    kind: str
    pattern: str
    territory: str | None = None
    note: str = ""
    judgement: Judgement | None = None


@dataclass
class Page:
    """The words of a text and the findings so far; no two findings share a word.

    ``dates`` are the date phrases of the sentences that were asked for them, by the sentence's first word; ``asides``
    the parts of them that speak of something else than the main clause.
    """

    scan: Scan
    lexicon: Lexicon
    findings: list[Finding] = field(default_factory=list)
    listed: list[Finding] = field(default_factory=list)
    dates: dict[int, list[Dated]] = field(default_factory=dict)
    asides: dict[int, list[Any]] = field(default_factory=dict)
    _firsts: list[int] = field(default_factory=list)
    _taken: bytearray = field(default_factory=bytearray)
    _telling: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._taken = bytearray(len(self.scan.words))

    def free(self, first: int, last: int) -> bool:
        """True where none of these words belongs to a finding."""
        return last > first and self._taken.find(1, first, last) < 0

    def take(self, finding: Finding) -> None:
        """Adds a finding; its words are taken."""
        self._taken[finding.first : finding.last] = b"\1" * (finding.last - finding.first)
        if finding.listed:
            self.listed.append(finding)
        at = bisect_left(self._firsts, finding.first)
        self._firsts.insert(at, finding.first)
        self.findings.insert(at, finding)

    def finding(
        self,
        match: Match,
        territory: str | None,
        note: str = "",
        *,
        kind: str | None = None,
        members: tuple[Entry, ...] = (),
        listed: bool = False,
    ) -> Finding:
        """A finding over the words of a match."""
        start, end = self.scan.span(match.first, match.last)
        text = self.scan.text[start:end]
        mention = Mention(start, end, text, kind or match.rule.kind, territory, note)
        return Finding(mention, match.first, match.last, members, listed)

    def claim(
        self,
        kind: str,
        first: int,
        last: int,
        part: str | None,
        whole: str | None,
        figure: Figure | None,
        others: tuple[Figure, ...] = (),
        note: str = "",
    ) -> Claim:
        """A claim over words ``first`` up to ``last``, with the bracket that closes behind them."""
        start, end = self.scan.span(first, last)
        closing = self.scan.words[last].norm if last < len(self.scan.words) else ""
        if closing in _BRACKETS and _BRACKETS[closing] in self.scan.text[start:end]:
            end += 1
        return Claim(start, end, self.scan.text[start:end], kind, part, whole, figure, others, None, note)

    def words(self, match: Match, name: str) -> list[Word]:
        """The words that a match captured under ``name``; none where it did not."""
        first, last = match.spans.get(name, (0, 0))
        return self.scan.words[first:last]

    def sentence(self, index: int) -> tuple[int, int]:
        """First word and the one after the last of the sentence that word ``index`` stands in."""
        return self.scan.sentences[self.scan.sentence_at(index)]

    def sentence_words(self, index: int) -> list[Word]:
        """The words of the sentence that word ``index`` stands in."""
        first, last = self.sentence(index)
        return self.scan.words[first:last]

    def cues(self, first: int, last: int) -> list[tuple[int, Entry]]:
        """The words from ``first`` up to ``last`` that tell which zone is spoken of, and the zone they tell."""
        here = [(i, self.scan.words[i]) for i in self.scan.having("cue", first, last)]
        return [(i, entry) for i, word in here for entry in self._told_by(word)]

    def _told_by(self, word: Word) -> list[Entry]:
        """The zones that a word tells of."""
        said = word.norm, word.term.entry.id if word.term.entry else ""
        if said not in self._telling:
            self._telling[said] = [zone for zone in self.lexicon.having("near") if _is_cue(word, zone)]
        return self._telling[said]

    def before(self, index: int) -> Iterator[Finding]:
        """Findings that end at or before word ``index``, the nearest first."""
        return (self.findings[i] for i in range(bisect_left(self._firsts, index) - 1, -1, -1))

    def after(self, index: int) -> Iterator[Finding]:
        """Findings that begin at or after word ``index``, the nearest first."""
        return (self.findings[i] for i in range(bisect_left(self._firsts, index), len(self.findings)))

    def within(self, first: int, last: int) -> list[Finding]:
        """Findings that begin at word ``first`` or behind it and before word ``last``, in order."""
        return self.findings[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]


def _is_cue(word: Word, entry: Entry) -> bool:
    named = word.term.entry
    return word.norm in entry.extra["near"] or bool(named and set(named.classes) & set(entry.classes))


Judgement = Callable[[Page, Match], Finding | None]
