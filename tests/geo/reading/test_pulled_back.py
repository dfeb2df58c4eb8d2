"""Armies that draw back from the line of contact leave a zone; one side alone, or a city that lies there, does not."""

from __future__ import annotations

import pytest

from geo.reading.reader import read


def bands(text: str) -> list[str]:
    return [m.territory for m in read(text).mentions if m.territory and m.territory.startswith("band(")]


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("Each army should pull back 15 kilometres from the line of contact.", "15 km"),
        ("Both sides would withdraw their guns 50 km away from the contact line.", "50 km"),
        ("All forces retreat 1.5 km from the current line of contact.", "1.5 km"),
    ],
)
def test_where_both_draw_back_there_is_a_zone(text: str, reach: str) -> None:
    assert bands(text) == [f'band(line("contact"), "{reach}")']


@pytest.mark.parametrize(
    "text",
    [
        "Russia should pull back 15 km from the line of contact.",
        "The city lies 15 km from the line of contact.",
        "Both sides fired from positions 15 km from the line of contact.",
        "Both sides should pull back 15 km from the city.",
    ],
)
def test_elsewhere_there_is_none(text: str) -> None:
    assert bands(text) == []
