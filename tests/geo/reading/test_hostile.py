"""A megabyte of text that was written to be slow: it must be read, and in time that grows with its length."""

from __future__ import annotations

import time

import pytest

from geo.reading import read

SIZE = 1_000_000
SLOWEST = 60.0  # seconds on a busy machine; what backtracks badly takes hours
PIECES = [
    "(",
    '."',
    "1",
    "1,000",
    "1 000 ",
    "a'",
    "Donetsk, Luhansk and ",
    "about 20 percent of the ",
    "(5 km, ",
    "Russia controls seized ",
    "e\u0301",
    "respectively 5 and ",
    "the size of the ",
    "total 5 in ",
    "between May and ",
    "twice times the ",
    "Kharkiv 5 km from ",
    "2025-01-20 ",
    "1 8.5 per cent of ",
    "Do\u00adnetsk ob\u00adlast ",
    "\u202e20 %\u202c ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_is_read(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    began = time.perf_counter()
    reading = read(text, dated="2025-08-20")
    assert reading.text == text
    assert time.perf_counter() - began < SLOWEST


def test_mentions_in_a_long_text_lie_where_they_say() -> None:
    text = "Filler words come first. " * 4000 + "Kherson oblast is named. " + "More words follow here. " * 4000
    (mention,) = read(text).mentions
    assert text[mention.start : mention.end] == "Kherson oblast"
