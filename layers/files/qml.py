"""The palette as QGIS's own styles (QML): the least QGIS reads."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from layers.layer import Layer
from layers.palette import Palette, Style, palette, takes_side

_MM = 25.4 / 96  # a CSS pixel in millimetres (CSS Values 4, section 6.2)
_KINDS = {"area": ("fill", 2), "line": ("line", 1), "point": ("marker", 0)}
_BRUSHES = {"solid": "solid", "none": "no", "dots": "dense6", "cross": "diagonal_x"}
_NAMED = ("Named territories", "Lines", "Bands")
"""Groups of the legend that hold what somebody asked for."""
_LONG_LINE = 28
"""Signs after which a label goes on in a new line."""
_PLACED = {
    "area": {"placement": "4", "dist": "0", "distUnits": "MM"},  # horizontal, within
    "line": {"placement": "2", "placementFlags": "10", "dist": "0.8", "distUnits": "MM"},  # along, above
    "point": {"placement": "6", "predefinedPositionOrder": "TR,TL,BR,BL,R,L", "dist": "1", "distUnits": "MM"},
}


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
    if labelled(layer):
        _labelling(root, style, colours)
    return "<!DOCTYPE qgis>\n" + Xml.tostring(root, encoding="unicode")


def labelled(layer: Layer) -> bool:
    """Whether a GIS writes names beside what it draws: where a map does, and for what was asked for by name."""
    style = palette().style(layer.role)
    return bool(style.label) or style.group in _NAMED


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
    """Labels as QGIS has them; what it takes for nought where it is not said (a weight, an opacity) is said."""
    labelling = Xml.SubElement(root, "labeling", type="simple")
    settings = Xml.SubElement(labelling, "settings", calloutType="simple")
    font = {"fontSize": "8", "fontSizeUnit": "Point", "fontWeight": "50", "textOpacity": "1"}
    written = {"fieldName": "name", "isExpression": "0", "allowHtml": "0", **font, "textColor": _rgb(style.line.light)}
    text = Xml.SubElement(settings, "text-style", written)
    halo = {"bufferDraw": "1", "bufferSize": "0.6", "bufferSizeUnits": "MM", "bufferOpacity": "1"}
    Xml.SubElement(text, "text-buffer", {**halo, "bufferColor": _rgb(colours.land.light), "bufferNoFill": "0"})
    Xml.SubElement(settings, "text-format", wrapChar="", autoWrapLength=str(_LONG_LINE), multilineAlign="1")
    Xml.SubElement(settings, "placement", _PLACED[style.kind])
    Xml.SubElement(settings, "rendering", obstacle=str(int(style.kind == "point")))  # names may stand on other ground


def _rgb(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def _mm(pixels: float) -> str:
    return f"{pixels * _MM:.3f}"
