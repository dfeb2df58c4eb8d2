"""KML 2.2 and KMZ: a folder a layer, the palette's colours, dates as time stamps, values as ExtendedData.

The format: https://www.ogc.org/standards/kml/. A KML fill has no hatch: hatched areas get a paler fill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as Xml

import shapely
from shapely.geometry.base import BaseGeometry

from layers.credits import ALWAYS
from layers.files.archive import pack
from layers.files.dot import NAME, SIDE, dot
from layers.files.fields import fields, text
from layers.files.grid import PLACES, on_grid
from layers.files.guard import XML_MARK
from layers.files.provenance import description
from layers.layer import Feature, Layer, Value
from layers.palette import palette

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_BALLOON = "$[description]"
"""A globe shows balloons as HTML: the description, which is escaped, and never the raw name and values."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def write(layers: Sequence[Layer], path: Path) -> None:
    """Writes one document in lon, lat on WGS84."""
    path.write_bytes(_document(layers))


def write_kmz(layers: Sequence[Layer], path: Path) -> None:
    """Writes the same document zipped, as ``doc.kml``, with the mark of a place where there is one."""
    marks = {NAME: dot()} if any(palette().style(layer.role).kind == "point" for layer in layers) else {}
    pack(path, {"doc.kml": _document(layers, icon=NAME), **marks})


def _document(layers: Sequence[Layer], icon: str = "") -> bytes:
    """The document; without an ``icon`` of its own a globe marks places with its pin, in the colour of the style."""
    root = Xml.Element("kml", xmlns=_NAMESPACE)
    root.append(Xml.Comment(XML_MARK))
    document = Xml.SubElement(root, "Document")
    _say(document, "name", "contactline")
    _say(document, "description", escape(" ".join(ALWAYS)))
    looks = dict.fromkeys((layer.role, _side(feature)) for layer in layers for feature in layer.features)
    for role, side in looks:
        _style(document, role, side, icon)
    for layer in layers:
        folder = Xml.SubElement(document, "Folder")
        _say(folder, "name", layer.title or layer.id)
        _say(folder, "visibility", str(int(layer.shown)))
        _say(folder, "description", escape(description(layer)))  # a globe shows it as HTML
        for feature in layer.features:
            _placemark(folder, layer, feature)
    out = BytesIO()
    Xml.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue()


def _side(feature: Feature) -> str:
    side = str(feature.properties.get("side", ""))
    return side if side in palette().sides else ""


def _look(role: str, side: str) -> str:
    return f"{role}-{side}" if side else role


def _style(parent: Xml.Element, role: str, side: str, picture: str) -> None:
    style, colour = palette().style(role), palette().colour(role, side).light
    element = Xml.SubElement(parent, "Style", id=_look(role, side))
    if style.kind == "point":
        icon = Xml.SubElement(element, "IconStyle")
        _say(icon, "color", _abgr(colour))
        _say(icon, "scale", f"{4 * style.radius / SIDE:.2f}" if picture else "0.5")
        if picture:
            _say(Xml.SubElement(icon, "Icon"), "href", picture)
    line = Xml.SubElement(element, "LineStyle")
    _say(line, "color", _abgr(colour if side else style.line.light))
    _say(line, "width", f"{style.weight:g}")
    fill = Xml.SubElement(element, "PolyStyle")
    _say(fill, "color", _abgr(colour, {"solid": style.fill_opacity, "none": 0.0}.get(style.fill, 0.2)))
    _say(Xml.SubElement(element, "BalloonStyle"), "text", _BALLOON)


def _placemark(folder: Xml.Element, layer: Layer, feature: Feature) -> None:
    mark = Xml.SubElement(folder, "Placemark")
    values = fields(layer, feature)
    _say(mark, "name", str(values.pop("name") or ""))
    _say(mark, "visibility", str(int(layer.shown)))
    _say(mark, "description", _told(feature.name, values))
    if _DAY.fullmatch(date := str(values.get("date") or "")):
        _say(Xml.SubElement(mark, "TimeStamp"), "when", date)
    _say(mark, "styleUrl", f"#{_look(layer.role, _side(feature))}")
    holder = Xml.SubElement(mark, "ExtendedData")
    for key, value in values.items():
        if value is not None:
            _say(Xml.SubElement(holder, "Data", name=key), "value", str(value))
    drawn = on_grid(feature.geometry)
    if not drawn.is_empty:
        _geometry(mark, shapely.orient_polygons(drawn, exterior_cw=False))


def _told(name: str, values: Mapping[str, Value]) -> str:
    """Name and values as the HTML of a balloon."""
    said = [f"<b>{escape(key)}</b>: {escape(str(value))}" for key, value in values.items() if value not in (None, "")]
    return "<br/>".join([f"<h3>{escape(name)}</h3>", *said])


def _geometry(parent: Xml.Element, shape: BaseGeometry) -> None:
    match shape.geom_type:
        case "Point":
            _say(Xml.SubElement(parent, "Point"), "coordinates", _coordinates(shape))
        case "LineString" | "LinearRing":
            line = Xml.SubElement(parent, shape.geom_type)
            if shape.geom_type == "LineString":
                _say(line, "tessellate", "1")
            _say(line, "coordinates", _coordinates(shape))
        case "Polygon":
            polygon = Xml.SubElement(parent, "Polygon")
            _say(polygon, "tessellate", "1")
            outer, *inner = shapely.get_rings([shape])
            _geometry(Xml.SubElement(polygon, "outerBoundaryIs"), outer)
            for ring in inner:
                _geometry(Xml.SubElement(polygon, "innerBoundaryIs"), ring)
        case _:
            several = Xml.SubElement(parent, "MultiGeometry")
            for part in shapely.get_parts(shape):
                _geometry(several, part)


def _coordinates(shape: BaseGeometry) -> str:
    rounded = shapely.get_coordinates(shape).round(PLACES) + 0.0
    return " ".join(f"{x},{y}" for x, y in rounded.tolist())


def _say(parent: Xml.Element, tag: str, words: str) -> None:
    Xml.SubElement(parent, tag).text = text(words)


def _abgr(colour: str, opacity: float = 1.0) -> str:
    """A colour as KML has it: opacity, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(255 * opacity):02x}{blue}{green}{red}".lower()
