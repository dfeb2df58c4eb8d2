"""The palette as CSS and SVG patterns, so that map, legend and print share one drawing of every role."""

from __future__ import annotations

from collections.abc import Iterator

from layers.palette import Palette, Style, takes_side


def css(colours: Palette) -> str:
    """Rules for every role, side and verdict; colours are custom properties that dark mode redefines."""
    names = dict(_colour_names(colours))
    light = "".join(f"--{name}:{pair[0]};" for name, pair in names.items())
    dark = "".join(f"--{name}:{pair[1]};" for name, pair in names.items())
    rules = [f":root{{{light}}}", f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"]
    for style in colours.styles.values():
        rules += _rules(style, colours)
    rules += [f".v-{slug(word)}{{color:var(--v-{slug(word)})}}" for word in colours.verdicts]
    for name, family in colours.mentions.items():
        rules.append(f".m-{name}{{text-decoration:underline {family.line} var(--m-{name})}}")
    return "\n".join(rules)


def patterns(colours: Palette) -> str:
    """One SVG holding the pattern of each hatched or dotted role, for each side where it takes one."""
    drawn = [
        _pattern(style, side)
        for style in colours.styles.values()
        if style.fill in {"hatch", "cross", "dots"}
        for side in _sides(style, colours)
    ]
    return f'<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>{"".join(drawn)}</defs></svg>'


def slug(word: str) -> str:
    """A word of the palette as a CSS name."""
    return word.replace(" ", "-")


def _colour_names(colours: Palette) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "land", (colours.land.light, colours.land.dark)
    yield "sea", (colours.sea.light, colours.sea.dark)
    for side, colour in colours.sides.items():
        yield f"side-{side}", (colour.light, colour.dark)
    for style in colours.styles.values():
        yield f"r-{style.role}", (style.colour.light, style.colour.dark)
        yield f"l-{style.role}", (style.line.light, style.line.dark)
        for n, variant in enumerate(style.variants, start=1):
            yield f"r-{style.role}-{n}", (variant.colour.light, variant.colour.dark)
    for name, family in colours.mentions.items():
        yield f"m-{name}", (family.colour.light, family.colour.dark)
    for word, mark in colours.verdicts.items():
        yield f"v-{slug(word)}", (mark.colour.light, mark.colour.dark)


def _rules(style: Style, colours: Palette) -> Iterator[str]:
    for side in _sides(style, colours):
        selector = f".cl.r-{style.role}" + (f".side-{side}" if side else "")
        line = f"var(--side-{side})" if side else f"var(--l-{style.role})"
        rule = f"stroke:{line};stroke-width:{style.weight};stroke-opacity:1;"
        rule += f"stroke-dasharray:{style.dash or 'none'};stroke-linejoin:round;"
        yield f"{selector}{{{rule}{_fill(style, side)}}}"
    for n, variant in enumerate(style.variants, start=1):
        paint = f"var(--r-{style.role}-{n})"
        yield f".cl.r-{style.role}.n{n}{{stroke:{paint};stroke-dasharray:{variant.dash};fill:{paint}}}"


def _fill(style: Style, side: str) -> str:
    if style.fill == "none":
        # an area without a fill is still to be picked by a click inside it
        return "fill:transparent" if style.kind == "area" and style.interactive else "fill:none"
    if style.fill == "solid":
        return f"fill:{_paint(style, side)};fill-opacity:{style.fill_opacity}"
    return f"fill:url(#{_pattern_id(style, side)});fill-opacity:1"


def _pattern(style: Style, side: str) -> str:
    step, paint = style.spacing, _paint(style, side)
    if style.fill == "dots":
        dot = round(step / 4, 2)
        marks = f'<circle cx="{step / 2}" cy="{step / 2}" r="{dot}" style="fill:{paint}"/>'
    else:
        marks = f'<path d="M0 {step / 2}H{step}" style="stroke:{paint};stroke-width:1.1;fill:none"/>'
        if style.fill == "cross":
            marks += f'<path d="M{step / 2} 0V{step}" style="stroke:{paint};stroke-width:.5;fill:none"/>'
    veil = f'<rect width="{step}" height="{step}" style="fill:{paint};fill-opacity:.1"/>'
    return (
        f'<pattern id="{_pattern_id(style, side)}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({-style.angle})">{veil}{marks}</pattern>'
    )


def _pattern_id(style: Style, side: str) -> str:
    return f"p-{style.role}" + (f"-{side}" if side else "")


def _paint(style: Style, side: str) -> str:
    return f"var(--side-{side})" if side else f"var(--r-{style.role})"


def _sides(style: Style, colours: Palette) -> tuple[str, ...]:
    return ("", *colours.sides) if takes_side(style.role) else ("",)
