"""Which classes each word and phrase has, and a text written as one character a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from geo.reading.lexicon import Entry, Lexicon
from geo.reading.patterns import SENTENCE_END, Alphabet
from geo.reading.scan import NO_WORD, Piece, Scan, Term, Words
from geo.reading.tables import table
from geo.reading.tokens import STOPPING, ends_sentence, normalise, pieces, sort_of, words

_OPENERS = ("'a'", "'an'", "'all'", "'but'", "'in'", "'/'")  # words that numbers begin with
_SEPARATORS = ("','", "'and'", "'or'", "'&'", "'/'", "'('", "')'")
_LONGEST_SENTENCE = 250  # words; what runs on longer is no prose, and must not cost more than its length
_REMEMBERED = 200_000  # distinct pieces; past that they are forgotten and learnt anew
# What a piece may begin or end, as bits of its flag, which is one character: a phrase's first word and its second, what
# may end a sentence and a full stop that does so but behind what is brief and before what goes on.
_HEAD, _SECOND, _STOP, _POINT, _BRIEF, _GOING_ON = (1 << bit for bit in range(6))
_FIRST_FLAG = 0x4E00
_SHORTEST_GUESS = 6  # letters; shorter names have too many neighbours
_NEAR, _APART = 80.0, 6.0  # rapidfuzz ratio: how alike a misspelling must be, and how much less alike any other unit


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
        self._terms = self._collect([*quoted, *_SEPARATORS, *_OPENERS])
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
        self._known = _Known(self)
        self._phrase_heads = re.compile(f"{_flagged(_HEAD)}(?={_flagged(_SECOND)})")
        sure = f"(?<={_flagged(0, _BRIEF)}){_flagged(_POINT)}(?={_flagged(0, _GOING_ON)})"
        self._stops = re.compile(f"(?P<sure>{sure})|{_flagged(_STOP)}")
        self._misspelt = self.alphabet.compile(
            "capital ((?=oblast-word) | (?=separator admin-unit) | (?<=admin-unit separator capital))"
        )

    def scan(self, text: str) -> Scan:
        """The words of ``text``, phrases joined, sentences ended."""
        raw = pieces(text)
        if len(self._known) > _REMEMBERED:
            self._known.forget()
        marked = "".join(map(self._known.marks.__getitem__, raw))
        codes, flags = marked[::2], marked[1::2]
        lead = len(text) - len(text.lstrip()) if raw else 0
        starts = list(accumulate(map(len, raw), initial=lead))
        ends = list(self._ends(raw, flags))
        runs, offsets = [0], [0]
        marks: dict[int, tuple[int, Term]] = {}
        written: list[str] = []
        at = count = 0
        for begin, length, term in self._events(raw, flags, ends):
            if begin < at:
                continue
            written += (codes[at:begin], SENTENCE_END if term is None else term.code)
            count += begin - at
            marks[count] = (length, term or NO_WORD)
            count, at = count + 1, begin + length
            runs.append(count)
            offsets.append(at - count)
        said = Words(raw, self._known, starts, count, runs, offsets, marks)
        return Scan(text, said, self._spelled("".join(written), said), self.alphabet)

    def _ends(self, raw: list[str], flags: str) -> Iterator[int]:
        """The token behind each sentence, in order; a sentence that never ends is cut at its longest."""
        begun, last = 0, len(raw) - 1
        for found in self._stops.finditer(flags):
            i = found.start()
            if i >= last:
                break
            if not found.lastgroup and not self._breaks(raw[i]) and not ends_sentence(raw, i, self._abbreviations):
                continue
            while i + 1 - begun > _LONGEST_SENTENCE:
                begun += _LONGEST_SENTENCE
                yield begun
            begun = i + 1
            yield begun
        while len(raw) - begun > _LONGEST_SENTENCE:
            begun += _LONGEST_SENTENCE
            yield begun
        if raw:
            yield len(raw)

    @staticmethod
    def _breaks(piece: str) -> bool:
        """Whether a paragraph or an entry of a list ends with this token."""
        gap = piece[len(piece.rstrip()) :]
        return "\n" in gap and (gap.count("\n") > 1 or piece[0] in ";:")

    def _events(self, raw: list[str], flags: str, ends: list[int]) -> Iterator[tuple[int, int, Term | None]]:
        """Phrases and sentence ends in order: the token they begin at, how many they take, and the phrase's term."""
        heads = [found.start() for found in self._phrase_heads.finditer(flags)]
        pairs = zip(map(raw.__getitem__, heads), map(raw.__getitem__, map((1).__add__, heads)), strict=True)
        lengths = map(self._known.pairs.__getitem__, pairs)
        begun = [(begin, some) for begin, some in zip(heads, lengths, strict=True) if some]
        begun.append((len(raw), ()))
        limit = at = 0
        for end in ends:
            while (begin := begun[at][0]) < end:
                if begin >= limit and (phrase := self._phrase(raw, begin, end, begun[at][1])) is not None:
                    limit = begin + phrase[0]
                    yield begin, *phrase
                at += 1
            yield end, 0, None

    def lengths(self, one: str, other: str) -> Sequence[int]:
        """How long the phrases are that begin with these two tokens, the longest first."""
        return self._lengths.get((self._known[one].norm, self._known[other].norm), ())

    def _phrase(self, raw: list[str], i: int, end: int, lengths: Sequence[int]) -> tuple[int, Term] | None:
        """The longest phrase that begins with token ``i``, of one of ``lengths``, and ends with its sentence."""
        for length in lengths:
            if i + length <= end:
                term = self._terms.get(tuple([self._known[piece].norm for piece in raw[i : i + length]]))
                head = self._known[raw[i]]
                if term is not None and (head.upper or head.norm not in self._needs_capital):
                    return length, term
        return None

    def piece(self, raw: str) -> Piece:
        """A token with the space behind it, classified; its flag says what may begin or end with it."""
        token = raw.rstrip()
        norm, sort, upper = normalise(token), sort_of(token), token[0].isupper()
        term = self._terms.get((norm,))
        if term is None or (norm in self._needs_capital and not upper):
            term = self._capital if sort == "word" and upper else self._plain[sort]
        gap = raw[len(token) :]
        stops = bool(gap) and (token in STOPPING or gap.count("\n") > 1 or (token in ";:" and "\n" in gap))
        flag = _HEAD * (norm in self._heads) + _SECOND * (norm in self._seconds) + _STOP * stops
        flag += _POINT * (token == "." and stops)
        flag += _BRIEF * (norm in self._abbreviations or (len(token) == 1 and token.isalpha()) or token.isdigit())
        flag += _GOING_ON * (token[0].islower() or token[0] in ",;:)")
        return Piece(norm, len(token), sort, term, upper, term.code + chr(_FIRST_FLAG + flag))

    def _spelled(self, codes: str, said: Words) -> str:
        """An unknown name beside an oblast word or a known unit may be a unit misspelt: *the Donetck oblast*."""
        mended = {}
        for found in self._misspelt.finditer(codes):
            term = self._guess(said[found.start()].norm)
            if term is not None:
                said.put(found.start(), term)
                mended[found.start()] = term.code
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
        return {
            phrase: replace(self._term({*names, "any-word"}), values=values.get(phrase, {}), entry=entries.get(phrase))
            for phrase, names in classes.items()
        }

    def _term(self, classes: set[str]) -> Term:
        frozen = frozenset(classes)
        return Term(frozen, self.alphabet.code(frozen))


class _Known(dict[str, Piece]):
    """Every piece met so far; in ``marks`` how it is written, in ``pairs`` how long the phrases are that two begin."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.marks = _Marks(self)
        self.pairs = _Pairs(vocabulary)

    def __missing__(self, raw: str) -> Piece:
        self[raw] = self._vocabulary.piece(raw)
        return self[raw]

    def forget(self) -> None:
        """Empties all three tables."""
        self.clear()
        self.marks.clear()
        self.pairs.clear()


class _Marks(dict[str, str]):
    """The two characters by which each piece met so far is written."""

    def __init__(self, known: _Known) -> None:
        self._known = known

    def __missing__(self, raw: str) -> str:
        self[raw] = self._known[raw].mark
        return self[raw]


class _Pairs(dict[tuple[str, str], Sequence[int]]):
    """How long the phrases are that two pieces begin, for all that may begin one and were met so far."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __missing__(self, pair: tuple[str, str]) -> Sequence[int]:
        self[pair] = self._vocabulary.lengths(*pair)
        return self[pair]


def _flagged(bits: int, without: int = 0) -> str:
    """The flags, as a class of a regular expression, that have all of ``bits`` and none of ``without``."""
    flags = (flag for flag in range(1 << 6) if flag & bits == bits and not flag & without)
    return f"[{''.join(chr(_FIRST_FLAG + flag) for flag in flags)}]"


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
