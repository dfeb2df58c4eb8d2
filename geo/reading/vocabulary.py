"""Which classes each word and phrase has, and a text written as one character a word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, NamedTuple

from geo.data import data_path
from geo.reading.lexicon import Entry, Lexicon
from geo.reading.patterns import SENTENCE_END, Alphabet
from geo.reading.tokens import Token, sentence_ends, tokenise, words


@cache
def table(name: str) -> Mapping[str, Any]:
    """A vocabulary file of ``data/reading/``."""
    return tomllib.loads(data_path(f"reading/{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Term:
    """A word or phrase the vocabulary knows: its classes, the value it has in each, and the territory it names."""

    classes: frozenset[str]
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    entry: Entry | None = None


class Word(NamedTuple):
    """A token, or several that make one term."""

    start: int
    end: int
    norm: str
    term: Term
    number: bool


@dataclass(frozen=True)
class Scan:
    """A text as words and, in step with them, as one character a word."""

    text: str
    words: list[Word]
    codes: str

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First word and the one after the last, of each sentence."""
        spans, first = [], 0
        for i, code in enumerate(self.codes):
            if code == SENTENCE_END:
                spans.append((first, i))
                first = i + 1
        return spans

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of the sentence of each word."""
        return [n for n, (first, last) in enumerate(self.sentences) for _ in range(first, last + 1)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words ``first`` up to but without ``last`` stand in the text."""
        return self.words[first].start, self.words[last - 1].end


class Vocabulary:
    """All terms of a lexicon and of ``data/reading/vocabulary.toml``, ready to scan texts."""

    def __init__(self, lexicon: Lexicon, quoted: Iterable[str] = ()) -> None:
        self.alphabet = Alphabet()
        self.lexicon = lexicon
        self._abbreviations = frozenset(table("vocabulary")["abbreviations"])
        self._needs_capital = frozenset(table("vocabulary")["needs_capital"])
        self._plain = {sort: self._term({sort, "any-word"}) for sort in ("word", "number", "ordinal", "url", "mark", "suffix")}
        self._capital = self._term({"word", "capital", "any-word"})
        self._end = Term(frozenset(), SENTENCE_END)
        self._terms = self._collect(quoted)
        self._longest: dict[str, int] = {}
        for phrase in self._terms:
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def scan(self, text: str) -> Scan:
        """The words of ``text``, phrases joined, sentences ended."""
        tokens = tokenise(text)
        ends = set(sentence_ends(text, tokens, self._abbreviations))
        found: list[Word] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            length, term = self._match(tokens, i, ends) if token.norm in self._longest else (1, None)
            if term is not None and token.norm in self._needs_capital and not text[token.start].isupper():
                length, term = 1, None
            if term is None:
                term = self._bare(token, text)
            last = tokens[i + length - 1]
            norm = token.norm if length == 1 else " ".join(t.norm for t in tokens[i : i + length])
            found.append(Word(token.start, last.end, norm, term, token.sort == "number" and length == 1))
            i += length
            if i - 1 in ends:
                found.append(Word(last.end, last.end, "", self._end, False))
        return Scan(text, found, "".join(word.term.code for word in found))

    def _match(self, tokens: list[Token], i: int, ends: set[int]) -> tuple[int, Term | None]:
        longest = min(self._longest[tokens[i].norm], len(tokens) - i)
        for length in range(longest, 0, -1):
            term = self._terms.get(tuple(token.norm for token in tokens[i : i + length]))
            if term is not None and not any(k in ends for k in range(i, i + length - 1)):
                return length, term
        return 1, None

    def _bare(self, token: Token, text: str) -> Term:
        if token.sort == "word" and text[token.start].isupper():
            return self._capital
        return self._plain[token.sort]

    def _collect(self, quoted: Iterable[str]) -> dict[tuple[str, ...], Term]:
        classes: dict[tuple[str, ...], set[str]] = {}
        values: dict[tuple[str, ...], dict[str, str]] = {}
        entries: dict[tuple[str, ...], Entry] = {}
        for word in quoted:
            classes.setdefault(words(word.strip("'")), set()).add(word)
        listed = {**table("vocabulary")["class"], **table("vocabulary")["extra"]}
        for name, members in listed.items():
            for member in members:
                phrase = words(member)
                classes.setdefault(phrase, set()).add(name)
                if isinstance(members, dict):
                    values.setdefault(phrase, {})[name] = members[member]
        for entry in self.lexicon.entries:
            for spelling in (entry.id, *entry.names):
                phrase = words(spelling)
                if phrase and phrase not in entries:
                    entries[phrase] = entry
                    classes.setdefault(phrase, set()).update((entry.kind, *entry.classes, "named"))
                    if not entry.extra.get("metonym"):
                        classes[phrase].add("literal")
        return {
            phrase: replace(self._term({*names, "any-word"}), values=values.get(phrase, {}), entry=entries.get(phrase))
            for phrase, names in classes.items()
        }

    def _term(self, classes: set[str]) -> Term:
        frozen = frozenset(classes)
        return Term(frozen, self.alphabet.code(frozen))
