"""The article against itself."""

from __future__ import annotations

import pytest

from geo import agreement
from geo.quantity import Basis, Quantity
from geo.reading import read
from geo.reading.types import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return read(text).figures


@pytest.mark.parametrize(
    "text",
    [
        "114,500 square km (44,600 square miles)",
        "just over 1 mile (1.6 km)",
        "just over 1 mile (2,000 m)",
        "about 10 miles (15 km)",
        "250 km (160 miles)",
        "0.1 percent and 0.1 percent",
    ],
)
def test_what_rounding_or_a_hedge_explains_agrees(text: str) -> None:
    one, other = figures(text)
    assert agreement.agree(one, other)


@pytest.mark.parametrize(
    "text", ["907 square km (305 square miles)", "1,000 sq km (620 sq miles)", "about 20 km (20 mi)"]
)
def test_what_neither_explains_disagrees(text: str) -> None:
    one, other = figures(text)
    assert not agreement.agree(one, other)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("7,463 sq km or 1.28 %", False),
        ("7,463 sq km or 1.24 %", True),
        ("116,165 sq km or 19.25 %", True),
        ("114,500 sq km or 19 %", True),
        ("8,435 sq km, less than 1.5 %", True),
        ("about 120,000 sq km, or approximately 20 %", True),
        ("114,500 sq km or 23 %", False),
    ],
)
def test_an_area_beside_its_share(text: str, good: bool) -> None:
    ukraine = Quantity(603_628, 603_205, 603_628, "km2", Basis("2025-01-01", 'country("ukraine")', ()))
    area, share = figures(text)
    assert agreement.ratio(area, share, ukraine)[0] is good


@pytest.mark.parametrize(
    ("total", "parts", "good"),
    [("500 sq km", "300 sq km and 200 sq km", True), ("500 sq km", "300 sq km and 350 sq km", False)],
)
def test_parts_and_their_total(total: str, parts: str, good: bool) -> None:
    assert agreement.total(figures(total)[0], figures(parts))[0] is good
