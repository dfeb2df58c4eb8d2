"""How each role of a layer is drawn, read from data/palette.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from geo.data import data_path
from geo.errors import UsageError

Kind = Literal["area", "line", "point"]
Fill = Literal["solid", "hatch", "cross", "dots", "none"]


@dataclass(frozen=True)
class Colour:
    """One colour (``#rrggbb``) for light pages and one for dark ones."""

    light: str
    dark: str


@dataclass(frozen=True)
class Variant:
    """Another colour and dash for a role of which a map has several layers."""

    colour: Colour
    dash: str


@dataclass(frozen=True)
class Style:
    """How one role is drawn.

    ``weight``, ``radius`` and ``spacing`` are CSS pixels, ``angle`` degrees; ``dash`` is an SVG dash array.
    ``colour`` paints line and fill; ``line`` is set where the line differs. ``rank`` is the drawing order, low first.
    ``label`` names the class of labels the features get on a map ("" for none).
    """

    role: str
    title: str
    group: str
    kind: Kind
    rank: int
    colour: Colour
    line: Colour
    weight: float
    fill: Fill
    fill_opacity: float = 0.0
    dash: str = ""
    angle: float = 0.0
    spacing: float = 6.0
    radius: float = 3.0
    label: str = ""
    interactive: bool = True
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True)
class VerdictMark:
    """The sign and colour that go with a verdict's word, and its place in a sorted table, the worst first."""

    sign: str
    colour: Colour
    rank: int = 99


@dataclass(frozen=True)
class MentionFamily:
    """How mentions of some kinds are underlined: ``line`` is a CSS text-decoration-style."""

    title: str
    kinds: tuple[str, ...]
    colour: Colour
    line: str


@dataclass(frozen=True)
class Palette:
    """All styles by role, the sides' colours, the marks of verdicts and mentions, the order of the legend's headings.

    ``band_km`` are the reaches to each side, in km, that a page offers for bands.
    """

    groups: tuple[str, ...]
    land: Colour
    sea: Colour
    sides: Mapping[str, Colour]
    styles: Mapping[str, Style]
    verdicts: Mapping[str, VerdictMark]
    mentions: Mapping[str, MentionFamily]
    band_km: tuple[float, ...]

    def family(self, kind: str) -> str:
        """The family of a kind of mention; "other" for a kind no family lists."""
        return next((name for name, family in self.mentions.items() if kind in family.kinds), "other")

    def style(self, role: str) -> Style:
        """The style of ``role``; raises :class:`UsageError` for a role the palette does not know."""
        try:
            return self.styles[role]
        except KeyError:
            known = ", ".join(self.styles)
            raise UsageError(f"no style for the role {role!r}; data/palette.toml knows: {known}") from None

    def colour(self, role: str, side: str = "") -> Colour:
        """The colour of ``role``; areas of control take the colour of their side where one is given."""
        style = self.style(role)
        return self.sides[side] if takes_side(role) and side in self.sides else style.colour


def takes_side(role: str) -> bool:
    """Whether a role is drawn in the colour of a side."""
    return role.startswith("control-")


@lru_cache(maxsize=1)
def palette() -> Palette:
    """The palette that ships with contactline."""
    return read_palette(data_path("palette.toml").read_text(encoding="utf-8"))


def read_palette(text: str) -> Palette:
    """A palette from its TOML text."""
    table = tomllib.loads(text)
    return Palette(
        groups=tuple(table["page"]["groups"]),
        land=Colour(*table["page"]["land"]),
        sea=Colour(*table["page"]["sea"]),
        sides={name: Colour(*pair) for name, pair in table["side"].items()},
        styles={role: _style(role, row) for role, row in table["role"].items()},
        verdicts={
            word: VerdictMark(row["sign"], Colour(*row["colour"]), row["rank"])
            for word, row in table["verdict"].items()
        },
        mentions={
            name: MentionFamily(row["title"], tuple(row["kinds"]), Colour(*row["colour"]), row["line"])
            for name, row in table["mention"].items()
        },
        band_km=tuple(float(km) for km in table["page"]["band_km"]),
    )


def _style(role: str, row: Mapping[str, Any]) -> Style:
    colours = {"colour": Colour(*row["colour"]), "line": Colour(*row.get("line", row["colour"]))}
    variants = tuple(Variant(Colour(*one["colour"]), one["dash"]) for one in row.get("variants", ()))
    return Style(role=role, **{**row, **colours, "variants": variants})
