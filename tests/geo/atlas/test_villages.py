"""Villages of the control table are found by name where the name alone says which."""

from __future__ import annotations

import pytest

from geo.algebra.nodes import Place
from geo.atlas import embedded
from geo.atlas.atlas import VILLAGE
from geo.errors import UnknownNameError
from geo.resolve import resolve


def test_a_village_without_a_namesake_is_a_place() -> None:
    village = embedded().place("Klishchiivka")
    assert (village.kind, village.unit) == (VILLAGE, "Donetsk")
    found = resolve("Klishchiivka", embedded())
    assert found.territory == Place("Klishchiivka")
    assert "not listed" in found.steps[0]


def test_of_namesakes_none_is_picked() -> None:
    names = [row.name for row in embedded().villages]
    settled = {row.name for row in (*embedded().settlements, *embedded().sites)}
    several = next(name for name in names if names.count(name) > 1 and name not in settled)
    with pytest.raises(UnknownNameError, match="villages are called"):
        embedded().place(several)


def test_a_town_comes_before_villages_of_its_name() -> None:
    assert embedded().place("Ivanivka").kind != VILLAGE


def test_almost_a_name_is_offered() -> None:
    with pytest.raises(UnknownNameError) as raised:
        resolve("Klischiivka", embedded())
    assert "Klishchiivka" in str(raised.value) + str(getattr(raised.value, "nearest", ""))
