"""Patterns over word classes: a text becomes one character a word, and a regular expression reads the sentence.

A pattern names classes (``side bank``), quotes words (``'of'``), captures (``river:river-line``), and uses
``( | ) ? * {m,n} (?= (?<=`` as regular expressions do; ``.`` is any word. No pattern crosses the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from geo.reading.kept import Kept
from geo.reading.tables import table

SENTENCE_END = "\n"
_FIRST_CODE = 0xE000
_NOTHING = r"[^\s\S]"
_PIECE = re.compile(
    r"(?:(?P<name>\w+):)?(?:(?P<word>'[^']+')|(?P<class>[a-z][a-z0-9-]*)|(?P<open>\((?!\?)))|(?P<other>\{[\d,]+\}|\(\?<?=|\S)"
)


def quoted_words(patterns: Iterable[str]) -> set[str]:
    """The words that stand in quotes in any of the patterns; each is a class of its own."""
    return {piece["word"] for pattern in patterns for piece in _PIECE.finditer(pattern) if piece["word"]}


class Alphabet:
    """Gives each set of classes that a word can have one character."""

    def __init__(self) -> None:
        self._codes: dict[frozenset[str], str] = {}
        self._having: dict[str, list[str]] = {}
        self._ranges = Kept[str, str](lambda wanted: _ranged(self._having.get(wanted, [])))
        self.compiled = Kept[str, re.Pattern[str]](lambda pattern: re.compile("".join(self._pieces(pattern))))
        """The regular expression of each pattern; a class that no word has matches nothing."""
        self.named = Kept[str, re.Pattern[str]](lambda name: self.compiled[table("claims")["pattern"][name]])
        """That of each pattern of ``data/reading/claims.toml``."""

    def code(self, classes: frozenset[str]) -> str:
        """The character of a set of classes, new or known."""
        if classes not in self._codes:
            code = self._codes[classes] = chr(_FIRST_CODE + len(self._codes))
            for each in classes:
                self._having.setdefault(each, []).append(code)
        return self._codes[classes]

    @property
    def last(self) -> int:
        """The highest code point of any character given so far."""
        return _FIRST_CODE + len(self._codes) - 1

    def _pieces(self, pattern: str) -> Iterator[str]:
        for piece in _PIECE.finditer(pattern):
            name = piece["name"]
            wanted = piece["word"] or piece["class"]
            if wanted:
                chars = self._ranges[wanted]
                yield f"(?P<{name}>{chars})" if name else chars
            elif piece["open"]:
                yield f"(?P<{name}>" if name else "(?:"
            else:
                yield piece["other"]

    def having(self, classes: frozenset[str]) -> frozenset[str]:
        """The characters of the words that have one of the classes."""
        return frozenset(code for each in classes for code in self._having.get(each, ()))


def _ranged(codes: Sequence[str]) -> str:
    """A set of characters, given in order, as regular expressions write it: *[a-df]*."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and ord(code) == ord(runs[-1][-1]) + 1:
            runs[-1][1:] = [code]
        else:
            runs.append([code])
    return f"[{''.join(map('-'.join, runs))}]" if runs else _NOTHING


def needs(pattern: str) -> frozenset[frozenset[str]]:
    """Sets of classes of each of which one must stand where the pattern matches."""
    pieces = list(_PIECE.finditer(pattern))
    found, end = _alternatives(pieces, 0)
    assert end == len(pieces), pattern
    return found


def _alternatives(pieces: list[re.Match[str]], at: int) -> tuple[frozenset[frozenset[str]], int]:
    """What one of several sequences needs: of each the rarest, together."""
    branches = []
    needed, at = _sequence(pieces, at)
    branches.append(needed)
    while at < len(pieces) and pieces[at]["other"] == "|":
        needed, at = _sequence(pieces, at + 1)
        branches.append(needed)
    if len(branches) == 1:
        return branches[0], at
    rarest = [min(branch, key=_rank, default=_ANYTHING) for branch in branches]
    return frozenset({frozenset().union(*rarest)}), at


def _sequence(pieces: list[re.Match[str]], at: int) -> tuple[frozenset[frozenset[str]], int]:
    """All that the members of a sequence cannot do without."""
    found: set[frozenset[str]] = set()
    while at < len(pieces) and pieces[at]["other"] not in ("|", ")"):
        piece = pieces[at]
        if piece["open"] or piece["other"] in ("(?=", "(?<="):
            needed, at = _alternatives(pieces, at + 1)
            at += 1
        else:
            wanted = piece["word"] or piece["class"]
            needed, at = frozenset({frozenset({wanted})} if wanted else ()), at + 1
        suffix = pieces[at]["other"] if at < len(pieces) else ""
        if suffix and (suffix in "?*" or suffix.startswith("{")):
            at += 1
            if not suffix.startswith("{1"):
                continue
        found |= needed
    return frozenset(found), at


_ANYTHING = frozenset({"any-word"})
# How common a class is in prose, roughly, in words of a thousand; what is not named here is rare.
_COMMON = {
    "any-word": 1000, "word": 600, "capital": 60, "'the'": 60, "'of'": 30, "','": 50, "'and'": 25, "'in'": 25,
    "'a'": 25, "'an'": 5,
    "'to'": 25, "'is'": 12, "'that'": 12, "'was'": 8, "'on'": 10, "'by'": 6, "'it'": 10, "number": 20, "actor": 25,
    "country": 20, "demonym": 20, "filler": 150, "joining": 150, "'-'": 10, "'for'": 10, "ground": 4, "not": 8,
    "front-lead": 60,
    "inner-locative": 30,
    "talk-word": 8, "piece": 4, "deed": 8, "held": 5, "compass": 4, "count": 5,
}  # fmt: skip


def _rank(classes: frozenset[str]) -> tuple[int, list[str]]:
    """Which of several needs is the rarest; of those as rare as each other, always the same."""
    return sum(_COMMON.get(each, 1) for each in classes), sorted(classes)
