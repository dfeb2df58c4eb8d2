"""KML and KMZ as My Maps and Google Earth write them: placemarks with their folders and colours, XML kept on a lead.

==================  ==================================================================================
KMZ                 a ZIP; ``doc.kml`` in it counts, else the first ``.kml``
``Folder``          nested; a placemark's folders are its property ``folder``, joined by `` / ``
``name``            with no-break spaces and line ends: made single spaces
``description``     often HTML in CDATA: as it stands, never shown by us
``ExtendedData``    ``Data`` and ``SimpleData``: properties by their names
``styleUrl``        to a ``Style``, or a ``StyleMap`` whose ``normal`` pair leads to one; ``fill`` is its PolyStyle
                    colour, AABBGGRR in the file, ``#rrggbb`` here
geometry            Polygon with holes, MultiGeometry nested; lon, lat[, height] on WGS84, always
==================  ==================================================================================

A file with a document type is refused (no KML has one, and entities are how XML is made to explode); so is one that
only links to a map. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas.control.archive import is_zip, member, members
from geo.atlas.control.shapes import Shape, finite, shape_of
from geo.errors import InputError

_MOST_BYTES = 200 << 20
_FEWEST_POINTS = 3


def read_kml(path: Path) -> tuple[Shape, ...]:
    """The placemarks of a KML or KMZ file.

    Their properties are ``name``, ``folder``, ``fill``, ``description`` and what their ExtendedData has.
    Raises :class:`InputError` naming the placemark that cannot be read.
    """
    root = _parsed(_text(path), path.name)
    found = list(_placemarks(root, ()))
    if not found and _all(root, "NetworkLink"):
        raise InputError(
            f"{path.name}: only a link to a map, not the map. Export it whole (in My Maps: without "
            '"keep data up to date").'
        )
    styles = _styles(root)
    return tuple(
        _shape(mark, folders, styles, f"{path.name}: placemark {number}")
        for number, (mark, folders) in enumerate(found, start=1)
    )


def plain(text: str | None) -> str:
    """A name with single spaces, whatever spaces and line ends it had."""
    return " ".join((text or "").split())


def _text(path: Path) -> bytes:
    if not is_zip(path):
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise InputError(f"{path.name}: longer than {_MOST_BYTES / 1e6:,.0f} MB. No control file is.")
            return path.read_bytes()
        except OSError as error:
            raise InputError(f"{path.name}: cannot be read ({error}).") from error
    names = [name for name in members(path, _MOST_BYTES) if name.lower().endswith(".kml")]
    if not names:
        raise InputError(f"{path.name}: a KMZ without a .kml in it.")
    return member(path, "doc.kml" if "doc.kml" in names else names[0], _MOST_BYTES)


def _parsed(text: bytes, source: str) -> Any:
    from lxml import etree

    # no_network and the rest keep libxml2 from opening or expanding anything; depth and text length have its limits
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        at_end = b"</kml>" not in text[-64:]
        raise InputError(f"{source}: {'cut short' if at_end else 'not KML'} ({error}). Fetch it again.") from error
    if root.getroottree().docinfo.doctype:
        raise InputError(f"{source}: has a document type, which no KML has. Export it anew.")
    if _tag(root) != "kml":
        raise InputError(f"{source}: not KML but <{_tag(root)}>.")
    return root


def _placemarks(node: Any, folders: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    for child in node:
        match _tag(child):
            case "Placemark":
                yield child, folders
            case "Folder":  # no deeper than libxml2 lets elements nest, 256
                yield from _placemarks(child, (*folders, plain(_child_text(child, "name"))))
            case "Document":
                yield from _placemarks(child, folders)


def _shape(mark: Any, folders: tuple[str, ...], styles: Mapping[str, str], where: str) -> Shape:
    name = plain(_child_text(mark, "name"))
    properties = {
        **_extended(mark),
        "name": name,
        "folder": " / ".join(folders),
        "description": _child_text(mark, "description"),
        "fill": _fill(mark) or styles.get(_child_text(mark, "styleUrl").strip().rpartition("#")[2], ""),
    }
    where = f"{where} ({name})" if name else where
    try:
        geometry = _geometry(mark)
    except (ValueError, shapely.GEOSException) as error:
        raise InputError(f"{where} cannot be read ({error}).") from error
    return shape_of(geometry, properties, where)


def _geometry(mark: Any) -> BaseGeometry | None:
    """The polygons of a placemark as one geometry; None where it has no geometry of any kind."""
    polygons = [_polygon(node) for node in mark.iter("{*}Polygon")]
    if polygons:
        return shapely.MultiPolygon([polygon for polygon in polygons if polygon is not None])
    kinds = ("Point", "LineString", "LinearRing", "MultiGeometry", "Track", "MultiTrack", "Model")
    return shapely.GeometryCollection() if any(_tag(child) in kinds for child in mark) else None


def _polygon(node: Any) -> shapely.Polygon | None:
    shells = [ring for outer in _all(node, "outerBoundaryIs") for ring in _rings(outer)]
    holes = [ring for inner in _all(node, "innerBoundaryIs") for ring in _rings(inner)]
    if len(shells) > 1:
        raise ValueError(f"{len(shells)} outer boundaries of one polygon")
    return shapely.Polygon(shells[0], holes) if shells else None


def _rings(boundary: Any) -> Iterator[list[tuple[float, float]]]:
    for node in boundary.iter("{*}coordinates"):
        words = re.sub(r"\s*,\s*", ",", node.text or "").split()
        points = finite([(float(lon), float(lat)) for lon, lat, *_ in (word.split(",") for word in words)])
        if len(set(points)) >= _FEWEST_POINTS:
            yield points


def _styles(root: Any) -> dict[str, str]:
    """Fill colours by the id of the style; a StyleMap has that of the style its ``normal`` pair leads to."""
    fills = {node.get("id"): _colour(node) for node in root.iter("{*}Style") if node.get("id")}
    for node in root.iter("{*}StyleMap"):
        pairs = {_child_text(pair, "key").strip(): pair for pair in _all(node, "Pair")}
        if node.get("id") and (normal := pairs.get("normal")) is not None:
            fills[node.get("id")] = _fill(normal) or fills.get(
                _child_text(normal, "styleUrl").strip().rpartition("#")[2], ""
            )
    return fills


def _fill(node: Any) -> str:
    """The fill colour of a style written inside a placemark or pair; empty where there is none."""
    return next((colour for child in node if _tag(child) == "Style" and (colour := _colour(child))), "")


def _colour(style: Any) -> str:
    for node in _all(style, "PolyStyle"):
        if match := re.fullmatch(r"[0-9a-f]{2}([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", _child_text(node, "color")):
            blue, green, red = match.groups()
            return f"#{red}{green}{blue}"
    return ""


def _extended(mark: Any) -> dict[str, str]:
    data = {node.get("name"): _child_text(node, "value") for node in mark.iter("{*}Data")}
    simple = {node.get("name"): (node.text or "").strip() for node in mark.iter("{*}SimpleData")}
    return {name: text for name, text in (data | simple).items() if name}


def _child_text(node: Any, tag: str) -> str:
    """The text of the first child of a name, CDATA or not, as it stands but for ends; colours in lower case anyway."""
    found = next((child for child in node if _tag(child) == tag), None)
    text = "".join(found.itertext()) if found is not None else ""
    return text.strip().lower() if tag == "color" else text.strip()


def _all(node: Any, tag: str) -> list[Any]:
    return list(node.iter(f"{{*}}{tag}"))


def _tag(node: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""
