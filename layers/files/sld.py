"""The palette as Styled Layer Descriptors 1.1, which GeoServer, MapServer and QGIS read.

The format: OGC 05-078r4 (SLD 1.1) with OGC 05-077r4 (Symbology Encoding 1.1); sizes are pixels of 0.28 mm.
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from layers.files.qml import labelled
from layers.layer import Layer
from layers.palette import Palette, Style, palette, takes_side

_SPACES = {
    "xmlns": "http://www.opengis.net/sld",
    "xmlns:se": "http://www.opengis.net/se",
    "xmlns:ogc": "http://www.opengis.net/ogc",
    "version": "1.1.0",
}
_MARKS = {"cross": "x", "dots": "circle"}


def sld(layer: Layer, table: str) -> str:
    """A style document for the table of a layer: one rule a side where the role takes sides, else one."""
    style, colours = palette().style(layer.role), palette()
    root = Xml.Element("StyledLayerDescriptor", _SPACES)
    named = Xml.SubElement(root, "NamedLayer")
    _say(named, "se:Name", table)
    user = Xml.SubElement(named, "UserStyle")
    _say(user, "se:Name", table)
    features = Xml.SubElement(user, "se:FeatureTypeStyle")
    said = {str(feature.properties.get("side", "")) for feature in layer.features} & set(colours.sides)
    for side in [*sorted(said), ""] if takes_side(style.role) and said else [""]:
        rule = _rule(features, style, side, colours, alone=not said)
        if labelled(layer):
            _label(rule, style, colours)
    return Xml.tostring(root, encoding="unicode")


def _rule(parent: Xml.Element, style: Style, side: str, colours: Palette, *, alone: bool) -> Xml.Element:
    rule = Xml.SubElement(parent, "se:Rule")
    _say(rule, "se:Name", side.title() or style.title)
    if side:
        equal = Xml.SubElement(Xml.SubElement(rule, "ogc:Filter"), "ogc:PropertyIsEqualTo")
        _say(equal, "ogc:PropertyName", "side")
        _say(equal, "ogc:Literal", side)
    elif not alone:
        Xml.SubElement(rule, "se:ElseFilter")
    colour = colours.colour(style.role, side).light
    if style.kind == "point":
        graphic = Xml.SubElement(Xml.SubElement(rule, "se:PointSymbolizer"), "se:Graphic")
        _mark(graphic, "circle", colour, filled=True)
        _say(graphic, "se:Size", f"{2 * style.radius:g}")
    elif style.kind == "line":
        _stroke(Xml.SubElement(rule, "se:LineSymbolizer"), style, style.line.light)
    else:
        area = Xml.SubElement(rule, "se:PolygonSymbolizer")
        _fill(area, style, colour)
        _stroke(area, style, colour if side else style.line.light)
    return rule


def _label(rule: Xml.Element, style: Style, colours: Palette) -> None:
    label = Xml.SubElement(rule, "se:TextSymbolizer")
    _say(Xml.SubElement(label, "se:Label"), "ogc:PropertyName", "name")
    _parameter(Xml.SubElement(label, "se:Font"), "font-size", "11")
    placed = Xml.SubElement(label, "se:LabelPlacement")
    Xml.SubElement(placed, "se:LinePlacement" if style.kind == "line" else "se:PointPlacement")
    halo = Xml.SubElement(label, "se:Halo")
    _say(halo, "se:Radius", "1.5")
    _parameter(Xml.SubElement(halo, "se:Fill"), "fill", colours.land.light)
    _parameter(Xml.SubElement(label, "se:Fill"), "fill", style.line.light)


def _fill(parent: Xml.Element, style: Style, colour: str) -> None:
    if style.fill == "none":
        return
    fill = Xml.SubElement(parent, "se:Fill")
    if style.fill == "solid":
        _parameter(fill, "fill", colour)
        _parameter(fill, "fill-opacity", f"{style.fill_opacity:g}")
        return
    graphic = Xml.SubElement(Xml.SubElement(fill, "se:GraphicFill"), "se:Graphic")
    straight = {0.0: "horline", 90.0: "line", 135.0: "backslash"}.get(style.angle % 180, "slash")
    _mark(graphic, _MARKS.get(style.fill, straight), colour, filled=style.fill == "dots")
    _say(graphic, "se:Size", f"{style.spacing:g}" if style.fill != "dots" else f"{style.spacing / 2:g}")


def _mark(graphic: Xml.Element, shape: str, colour: str, *, filled: bool) -> None:
    mark = Xml.SubElement(graphic, "se:Mark")
    _say(mark, "se:WellKnownName", shape)
    if filled:
        _parameter(Xml.SubElement(mark, "se:Fill"), "fill", colour)
    else:
        _parameter(Xml.SubElement(mark, "se:Stroke"), "stroke", colour)


def _stroke(parent: Xml.Element, style: Style, colour: str) -> None:
    stroke = Xml.SubElement(parent, "se:Stroke")
    _parameter(stroke, "stroke", colour)
    _parameter(stroke, "stroke-width", f"{style.weight:g}")
    if style.dash:
        _parameter(stroke, "stroke-dasharray", style.dash)


def _parameter(parent: Xml.Element, name: str, value: str) -> None:
    Xml.SubElement(parent, "se:SvgParameter", name=name).text = value


def _say(parent: Xml.Element, tag: str, words: str) -> None:
    Xml.SubElement(parent, tag).text = words
