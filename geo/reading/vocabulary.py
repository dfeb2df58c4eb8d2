"""Which classes each word and phrase has, and a text written as one character a word."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, NamedTuple

from geo.data import data_path
from geo.reading.lexicon import Entry, Lexicon
from geo.reading.patterns import SENTENCE_END, Alphabet
from geo.reading.tokens import Token, sentence_ends, tokenise, words

_SEPARATORS = frozenset({",", "and", "or", "&", "/", "(", ")"})
_SHORTEST_GUESS = 6  # letters; shorter names have too many neighbours
_NEAR, _APART = 80.0, 6.0  # rapidfuzz ratio: how alike a misspelling must be, and how much less alike any other unit


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
    entry: Entry | None = field(default=None, hash=False)


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

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word or term stands in the text."""
        return Counter(word.norm for word in self.words)

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
        self._plain = {
            sort: self._term({sort, "any-word"}) for sort in ("word", "number", "ordinal", "url", "mark", "suffix")
        }
        self._capital = self._term({"word", "capital", "any-word"})
        self._end = Term(frozenset(), SENTENCE_END)
        self._terms = self._collect(quoted)
        self._unit_names = [
            phrase[0] for phrase, term in self._terms.items() if len(phrase) == 1 and "admin-unit" in term.classes
        ]
        self._guesses: dict[str, Term | None] = {}
        lengths: dict[str, set[int]] = {}
        for phrase in self._terms:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def scan(self, text: str) -> Scan:
        """The words of ``text``, phrases joined, sentences ended."""
        tokens = tokenise(text)
        norms = [token.norm for token in tokens]
        ends = set(sentence_ends(text, tokens, self._abbreviations))
        found: list[Word] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            length, term = self._match(norms, i, ends) if token.norm in self._lengths else (1, None)
            if term is not None and token.norm in self._needs_capital and not text[token.start].isupper():
                length, term = 1, None
            if term is None:
                term = self._bare(token, text)
            last = tokens[i + length - 1]
            norm = token.norm if length == 1 else " ".join(norms[i : i + length])
            found.append(Word(token.start, last.end, norm, term, token.sort == "number" and length == 1))
            i += length
            if i - 1 in ends:
                found.append(Word(last.end, last.end, "", self._end, False))
        found = [self._spelled(found, i) if word.term is self._capital else word for i, word in enumerate(found)]
        return Scan(text, found, "".join(word.term.code for word in found))

    def _spelled(self, found: list[Word], i: int) -> Word:
        """An unknown name beside an oblast word or a known unit may be a unit misspelt: *the Donetck oblast*."""
        beside = {found[k].norm for k in (i - 1, i + 1) if 0 <= k < len(found)}
        classes: set[str] = set()
        for k in (i - 2, i - 1, i + 1, i + 2):
            if 0 <= k < len(found) and (abs(k - i) == 1 or beside & _SEPARATORS):
                classes |= found[k].term.classes
        following = found[i + 1].term.classes if i + 1 < len(found) else frozenset()
        if "oblast-word" not in following and not ("admin-unit" in classes and beside & _SEPARATORS):
            return found[i]
        term = self._guess(found[i].norm)
        return found[i]._replace(term=term) if term else found[i]

    def _guess(self, norm: str) -> Term | None:
        """The one unit whose spelling is nearest, if it is near and no other unit is nearly as near."""
        if len(norm) < _SHORTEST_GUESS:
            return None
        if norm not in self._guesses:
            from rapidfuzz import fuzz, process

            ranked = process.extract(norm, self._unit_names, scorer=fuzz.ratio, score_cutoff=_NEAR - _APART, limit=8)
            entries = {self._terms[name,].entry: score for name, score, _ in reversed(ranked)}
            best = self._terms[ranked[0][0],] if ranked and ranked[0][1] >= _NEAR else None
            rivals = [score for entry, score in entries.items() if best and entry is not best.entry]
            clear = best is not None and all(ranked[0][1] - score >= _APART for score in rivals)
            self._guesses[norm] = replace(best, values={"guess": norm}) if best and clear else None
        return self._guesses[norm]

    def _match(self, norms: list[str], i: int, ends: set[int]) -> tuple[int, Term | None]:
        for length in self._lengths[norms[i]]:
            term = self._terms.get(tuple(norms[i : i + length]))
            if term is not None and (length == 1 or not any(k in ends for k in range(i, i + length - 1))):
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
        for name, members in _listed().items():
            for member in members:
                phrase = words(member)
                classes.setdefault(phrase, set()).add(name)
                if isinstance(members, Mapping):
                    values.setdefault(phrase, {})[name] = members[member]
        for entry in self.lexicon.entries:
            for spelling in (entry.id, *entry.names) if entry.extra.get("prose", True) else ():
                phrase = words(spelling)
                # A name that begins with a number ("30-kilometre zone") is for asking; in prose it is a figure.
                if phrase and phrase not in entries and not phrase[0][0].isdigit():
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


def _listed() -> Mapping[str, Iterable[str]]:
    """Every word class of the data files: lists, and tables that give each word a value."""
    units, hedges = table("units"), table("hedges")
    return {
        **table("vocabulary")["class"],
        **table("vocabulary")["extra"],
        "unit": {word: unit["name"] for unit in units["unit"] for word in unit["words"]},
        "hedge": {word: hedge["studied"] for hedge in hedges["hedge"] for word in hedge["words"]},
        **{
            f"{name}-word": {word: str(n) for word, n in units[name].items()}
            for name in ("number", "part", "scale", "per")
        },
        "role": units["role"],
    }
