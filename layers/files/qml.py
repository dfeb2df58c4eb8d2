"""The palette as QGIS's own styles (QML): the least QGIS reads."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from layers.layer import Layer
from layers.palette import Palette, Style, palette, takes_side

_MM = 25.4 / 96  # a CSS pixel in millimetres (CSS Values 4, section 6.2)
_KINDS = {"area": ("fill", 2), "line": ("line", 1), "point": ("marker", 0)}
_BRUSHES = {"solid": "solid", "none": "no", "dots": "dense6", "cross": "diagonal_x"}


def qml(layer: Layer) -> str:
    """A QGIS style document for ``layer``: one symbol a side where the role takes sides, else one."""
    style, colours = palette().style(layer.role), palette()
    root = Xml.Element("qgis", version="3.28.0", styleCategories="Symbology|Labeling")
    sided = any(feature.properties.get("side") in colours.sides for feature in layer.features)
    sides = ["", *colours.sides] if takes_side(style.role) and sided else [""]
    if len(sides) > 1:
        renderer = Xml.SubElement(root, "renderer-v2", type="categorizedSymbol", attr="side", symbollevels="0")
        categories = Xml.SubElement(renderer, "categories")
        for number, side in enumerate(sides):
            label = side.title() or "not said"
            Xml.SubElement(categories, "category", symbol=str(number), value=side, label=label, render="true")
    else:
        renderer = Xml.SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0")
    symbols = Xml.SubElement(renderer, "symbols")
    for number, side in enumerate(sides):
        _symbol(symbols, str(number), style, side, colours)
    if style.label:
        _labelling(root, style, colours)
    return "<!DOCTYPE qgis>\n" + Xml.tostring(root, encoding="unicode")


def _symbol(parent: Xml.Element, name: str, style: Style, side: str, colours: Palette) -> None:
    kind, _ = _KINDS[style.kind]
    symbol = Xml.SubElement(parent, "symbol", name=name, type=kind, alpha="1")
    colour = colours.colour(style.role, side).light
    line = colour if side else style.line.light
    if style.kind == "point":
        size = _mm(2 * style.radius)
        _layer(symbol, "SimpleMarker", color=_rgb(colour), name="circle", size=size, outline_style="no")
    elif style.kind == "line":
        _layer(symbol, "SimpleLine", **_pen(style, line, "line_"))
    else:
        fill = _BRUSHES.get(style.fill) or _hatch(style)
        _layer(symbol, "SimpleFill", color=_rgb(colour, 0), style="no", **_pen(style, line, "outline_"))
        opacity = style.fill_opacity if style.fill == "solid" else 1.0
        _layer(symbol, "SimpleFill", color=_rgb(colour, opacity), style=fill, outline_style="no")


def _hatch(style: Style) -> str:
    return {0.0: "horizontal", 90.0: "vertical", 135.0: "f_diagonal"}.get(style.angle % 180, "b_diagonal")


def _pen(style: Style, colour: str, prefix: str) -> dict[str, str]:
    drawn = "dash" if style.dash else "solid"
    key = "line_color" if prefix == "line_" else "outline_color"
    width = {f"{prefix}width": _mm(style.weight), f"{prefix}width_unit": "MM"}
    return {key: _rgb(colour), f"{prefix}style": drawn, **width}


def _layer(symbol: Xml.Element, kind: str, **options: str) -> None:
    layer = Xml.SubElement(symbol, "layer", attrib={"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    holder = Xml.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        Xml.SubElement(holder, "Option", name=key, value=value, type="QString")


def _labelling(root: Xml.Element, style: Style, colours: Palette) -> None:
    labelling = Xml.SubElement(root, "labeling", type="simple")
    settings = Xml.SubElement(labelling, "settings", calloutType="simple")
    text = Xml.SubElement(
        settings, "text-style", fieldName="name", fontSize="8", fontSizeUnit="Point", textColor=_rgb(style.colour.light)
    )
    Xml.SubElement(text, "text-buffer", bufferDraw="1", bufferSize="0.6", bufferColor=_rgb(colours.land.light))


def _rgb(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def _mm(pixels: float) -> str:
    return f"{pixels * _MM:.3f}"
