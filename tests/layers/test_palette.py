"""Colours computed, not looked at: contrast on the page, and distance for eyes that see fewer colours."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.errors import UsageError
from layers.palette import Colour, Style, palette, takes_side

ROLES = [
    "basemap-land",
    "basemap-sea",
    "country",
    "unit",
    "control-assessed",
    "control-claimed",
    "control-contested",
    "control-unknown",
    "contact-line",
    "band",
    "mention",
    "change-gain",
    "change-loss",
    "place",
    "river",
    "line",
    "disagreement",
    "occupied",
    "water",
]
THEMES = ("light", "dark")
PAPER = {"light": "#fffefb", "dark": "#191c20"}

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB (https://doi.org/10.1109/TVCG.2009.113).
VISION = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour: str) -> NDArray[np.float64]:
    """Linear RGB of ``#rrggbb`` (IEC 61966-2-1)."""
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIELAB (D65) of linear RGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = (to_xyz @ np.clip(rgb, 0, 1)) / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, vision: str) -> float:
    """CIE 1976 colour difference as that eye sees it."""
    seen = [lab(VISION[vision] @ linear(colour)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def of(colour: Colour, theme: str) -> str:
    return str(getattr(colour, theme))


@pytest.mark.parametrize("theme", THEMES)
def test_mentions_can_be_read_as_text_and_differ_by_line_or_colour(theme: str) -> None:
    families = palette().mentions.values()
    assert all(contrast(of(family.colour, theme), PAPER[theme]) >= 3.0 for family in families)
    for vision in VISION:
        for one, other in combinations(families, 2):
            apart = distance(of(one.colour, theme), of(other.colour, theme), vision) >= 20
            assert apart or one.line != other.line, (one.title, other.title, vision)


def test_no_kind_of_mention_belongs_to_two_families_and_an_unknown_one_is_other() -> None:
    kinds = [kind for family in palette().mentions.values() for kind in family.kinds]
    assert len(kinds) == len(set(kinds))
    assert palette().family("bank-of-river") == "water"
    assert palette().family("something new") == "other"


def test_there_are_bands_of_at_least_twelve_widths_from_one_to_fifty_km() -> None:
    widths = palette().band_km
    assert len(set(widths)) >= 12
    assert (min(widths), max(widths)) == (1, 50)


def test_every_role_has_a_style() -> None:
    assert set(palette().styles) == set(ROLES)


def test_an_unknown_role_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'nonsense'.*control-assessed"):
        palette().style("nonsense")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", [r for r in ROLES if not r.startswith("basemap") and r not in ("river", "water")])
def test_lines_stand_out_from_the_land(role: str, theme: str) -> None:
    assert contrast(of(palette().style(role).line, theme), of(palette().land, theme)) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
def test_the_sides_weigh_the_same_and_neither_is_red_or_green(theme: str) -> None:
    russia, ukraine = (of(palette().sides[side], theme) for side in ("russia", "ukraine"))
    assert abs(lab(linear(russia))[0] - lab(linear(ukraine))[0]) <= 6
    land = of(palette().land, theme)
    assert 0.8 <= contrast(russia, land) / contrast(ukraine, land) <= 1.25
    for side in (russia, ukraine):
        assert contrast(side, land) >= 3.0
        _, a, b = lab(linear(side))
        hue = np.degrees(np.arctan2(b, a)) % 360
        assert 40 <= hue <= 340, "red"
        assert not 100 <= hue <= 190, "green"


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_the_sides_differ_for_every_eye(theme: str, vision: str) -> None:
    russia, ukraine = (of(palette().sides[side], theme) for side in ("russia", "ukraine"))
    assert distance(russia, ukraine, vision) >= 40


def drawing(style: Style) -> tuple[object, ...]:
    """All that tells two roles apart without colour."""
    return style.kind, style.fill, style.angle, style.spacing, style.dash, style.weight


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_roles_differ_by_colour_or_by_pattern_for_every_eye(theme: str, vision: str) -> None:
    told = [palette().style(role) for role in ROLES if not role.startswith("basemap")]
    for one, other in combinations(told, 2):
        apart = distance(of(one.colour, theme), of(other.colour, theme), vision) >= 20
        assert apart or drawing(one) != drawing(other), (one.role, other.role)


@pytest.mark.parametrize("theme", THEMES)
def test_the_ways_of_one_role_differ_by_dash_and_by_colour(theme: str) -> None:
    style = palette().style("mention")
    ways = [(style.colour, style.dash), *((one.colour, one.dash) for one in style.variants)]
    assert len({dash for _, dash in ways}) == len(ways) >= 4, "by dash for every eye"
    assert all(contrast(of(colour, theme), of(palette().land, theme)) >= 3.0 for colour, _ in ways)
    assert all(distance(of(a, theme), of(b, theme), "full") >= 20 for (a, _), (b, _) in combinations(ways, 2))


def test_classes_of_control_differ_by_pattern_alone() -> None:
    classes = [palette().style(role) for role in ROLES if takes_side(role)]
    assert len({(style.fill, style.spacing, style.dash) for style in classes}) == len(classes) == 4


@pytest.mark.parametrize("theme", THEMES)
def test_verdicts_can_be_read_and_each_has_its_sign(theme: str) -> None:
    marks = palette().verdicts
    contract = ["holds", "holds as rounded", "overstated", "understated", "wrong", "inconsistent", "not checkable"]
    assert list(marks) == contract
    assert len({mark.sign for mark in marks.values()}) == len(marks)
    assert all(contrast(of(mark.colour, theme), PAPER[theme]) >= 4.5 for mark in marks.values())
