"""Which classes each word and phrase has, and a text written as one character a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from geo.reading.cuts import Cut, Found
from geo.reading.learned import (
    BRIEF,
    CLOSER,
    DIGITS,
    END,
    ENTRY,
    GOING_ON,
    HEAD,
    LEADING,
    POINT,
    SECOND,
    THOUSANDS,
    WORDY,
    Indices,
    Learned,
)
from geo.reading.lexicon import Entry, Lexicon
from geo.reading.patterns import Alphabet, quoted_words
from geo.reading.prospects import Prospects
from geo.reading.scan import Scan
from geo.reading.sentences import sentence_ends
from geo.reading.tables import table
from geo.reading.terms import Term, Word
from geo.reading.tokens import normalise, sort_of, words

_OPENERS = ("'a'", "'an'", "'all'", "'but'", "'in'", "'/'")  # words that numbers begin with
_SEPARATORS = ("','", "'and'", "'or'", "'&'", "'/'", "'('", "')'")
_ENDS, _CLOSERS = frozenset(".!?…"), frozenset("\"\u201d\u2019')]\u00bb")
_REMEMBERED = 200_000  # distinct pieces of text; past that they are forgotten and learnt anew
_NONE: Mapping[str, str] = {}
_SHORTEST_GUESS = 6  # letters; shorter names have too many neighbours
_NEAR, _APART = 80.0, 6.0  # rapidfuzz ratio: how alike a misspelling must be, and how much less alike any other unit


class Vocabulary:
    """All terms of a lexicon and of ``data/reading/vocabulary.toml``, ready to scan texts.

    ``patterns`` are those that will be looked for everywhere in a text; what they quote are terms too.
    """

    def __init__(self, lexicon: Lexicon, patterns: Sequence[str] = ()) -> None:
        self.alphabet = Alphabet()
        self.lexicon = lexicon
        self._abbreviations = frozenset(table("vocabulary")["abbreviations"])
        self._needs_capital = frozenset(table("vocabulary")["needs_capital"])
        self._plain = {
            sort: self._term({sort, "any-word"}) for sort in ("word", "number", "ordinal", "url", "mark", "suffix")
        }
        self._capital = self._term({"word", "capital", "any-word"})
        self._terms = self._collect([*quoted_words(patterns), *_SEPARATORS, *_OPENERS])
        self._unit_names = [
            phrase[0] for phrase, term in self._terms.items() if len(phrase) == 1 and "admin-unit" in term.classes
        ]
        self._guesses: dict[str, Term | None] = {}
        lengths: dict[tuple[str, ...], set[int]] = {}
        for phrase in self._terms:
            if len(phrase) > 1:
                lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._lengths = {pair: sorted(found, reverse=True) for pair, found in lengths.items()}
        self._heads = {head for head, _ in self._lengths}
        self._seconds = {second for _, second in self._lengths}
        self._learned = self._nothing()
        self._prospects = Prospects(self.alphabet, patterns)
        self._misspelt = self.alphabet.compiled[
            "capital ((?=oblast-word) | (?=separator admin-unit) | (?<=admin-unit separator capital))"
        ]

    def scan(self, text: str) -> Scan:
        """The words of ``text``, phrases joined, sentences ended."""
        if len(self._learned) > _REMEMBERED:
            self._learned = self._nothing()
        cut = Cut.of(text, self._learned)
        ends = sentence_ends(cut)
        joined = cut.joined(self._phrases(cut, ends))
        closed = joined.closed(np.searchsorted(joined.ends, cut.ends[ends - 1]) + 1)
        words = closed.words
        codes = self._spelled(closed.codes, words)
        return Scan(text, words, closed.starts.data, closed.ends.data, codes, self.alphabet, self._prospects)

    def _phrases(self, cut: Cut, ends: Indices) -> Found:
        """The phrases of a text, of those that begin with a word the longest; none goes on behind its sentence."""
        flags, learned, found = cut.flags, self._learned, Found()
        numbers, width = cut.numbers.tobytes(), cut.numbers.itemsize
        heads = np.flatnonzero((flags[:-1] & HEAD != 0) & (flags[1:] & SECOND != 0))
        pairs = cut.numbers[heads + 1].astype(np.int64) << 32 | cut.numbers[heads]
        limits = ends[np.searchsorted(ends, heads, "right")]
        lengths = map(learned.pairs.__getitem__, pairs.tolist())
        for first, some, limit in zip(heads.tolist(), lengths, limits.tolist(), strict=True):
            for length in some if first >= found.behind else ():
                if first + length <= limit:
                    number = learned.phrases[numbers[width * first : width * (first + length)]]
                    if number is not None:
                        found.add(first, length, number)
                        break
        return found

    def _nothing(self) -> Learned:
        return Learned(self._classified, self._phrase, lambda pair: self._lengths.get(pair, ()))

    def _phrase(self, norms: tuple[str, ...]) -> Word | None:
        term = self._terms.get(norms)
        return None if term is None else Word(" ".join(norms), term, False)

    def _classified(self, token: str) -> tuple[Word, int]:
        """What a token says, and what may begin or end with it."""
        norm, sort, upper = normalise(token), sort_of(token), token[0].isupper()
        proper = upper or norm not in self._needs_capital
        term = self._terms.get((norm,)) if proper else None
        if term is None:
            term = self._capital if sort == "word" and upper else self._plain[sort]
        flags = {
            HEAD: norm in self._heads and proper,
            SECOND: norm in self._seconds,
            END: token in _ENDS,
            POINT: token == ".",
            CLOSER: token in _CLOSERS,
            BRIEF: norm in self._abbreviations or (len(token) == 1 and token.isalpha()),
            GOING_ON: token[0].islower() or token[0] in ",;:)",
            ENTRY: token in (";", ":"),
            DIGITS: token.isdigit(),
            WORDY: sort in ("word", "mark"),
            LEADING: sort == "number" and token[-1].isdecimal(),
            THOUSANDS: token[:3].isdecimal(),
        }
        return Word(norm, term, sort == "number"), sum(flag for flag, true in flags.items() if true)

    def _spelled(self, codes: str, said: list[Word]) -> str:
        """An unknown name beside an oblast word or a known unit may be a unit misspelt: *the Donetck oblast*."""
        mended = {}
        for found in self._misspelt.finditer(codes):
            i = found.start()
            term = self._guess(said[i].norm)
            if term is not None:
                said[i] = said[i]._replace(term=term)
                mended[i] = term.code
        if not mended:
            return codes
        chars = list(codes)
        for i, code in mended.items():
            chars[i] = code
        return "".join(chars)

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

    def _collect(self, quoted: Iterable[str]) -> dict[tuple[str, ...], Term]:
        classes: dict[tuple[str, ...], set[str]] = {}
        values: dict[tuple[str, ...], dict[str, str]] = {}
        entries: dict[tuple[str, ...], Entry] = {}
        for word in quoted:
            classes.setdefault(words(word.strip("'")), set()).add(word)
        for word in _SEPARATORS:
            classes[words(word.strip("'"))].add("separator")
        zones = [entry for entry in self.lexicon.entries if entry.extra.get("near")]
        for entry in zones:
            for spelling in entry.extra["near"]:
                classes.setdefault(words(spelling), set()).add("cue")
        cues = {each for entry in zones for each in entry.classes}
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
                    if cues.intersection(entry.classes):
                        classes[phrase].add("cue")
                    if not entry.extra.get("metonym"):
                        classes[phrase].add("literal")
        for phrase, names in classes.items():
            if len(phrase) == 1 and sort_of(phrase[0]) == "number":
                names.add("number")  # *1953* tells of Korea, and counts square kilometres like any other
        return {
            phrase: self._term({*names, "any-word"}, values.get(phrase, _NONE), entries.get(phrase))
            for phrase, names in classes.items()
        }

    def _term(self, classes: set[str], values: Mapping[str, str] = _NONE, entry: Entry | None = None) -> Term:
        frozen = frozenset(classes)
        return Term(frozen, self.alphabet.code(frozen), values, entry)


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
        "sized": {name: str(km2) for name, km2 in table("sizes")["area"].items()},
    }
