"""What the page's script needs of the map: which variable is which layer, what popups say, where names stand."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from layers.html.facts import about, facts
from layers.html.geometry import compact
from layers.html.labels import labels
from layers.html.leaflet import DrawnMap, class_names, in_drawing_order
from layers.html.moving import bands_data, timeline_data
from layers.html.polyline import encoded
from layers.html.spoken import Names, Said, plain_title, said
from layers.html.words import words
from layers.layer import Feature, Layer
from layers.palette import palette

if TYPE_CHECKING:
    from layers.html.page import Page


def map_data(page: Page, drawn: DrawnMap, units: Names) -> dict[str, Any]:
    """Layers, labels, time and bands of a page as JSON; what is said in several languages is a list of texts."""
    return {
        "map": drawn.variable,
        "frame": drawn.frame,
        "view": drawn.view,
        "as_of": page.as_of,
        "words": words().document(),
        "anchors": dict(page.anchors),
        "labels": labels(page.layers, drawn.view),
        "timeline": timeline_data(page.timeline, page.layers, drawn.frame, units) if page.timeline else None,
        "course": _course(page),
        "bands": bands_data(page.bands, drawn.frame, units),
        "tiles": asdict(page.tiles) if page.tiles else None,
        "groups": palette().groups,
        "layers": [_layer_data(layer, drawn, units) for layer in in_drawing_order(page.layers)],
    }


def _course(page: Page) -> int:
    """The number of the course a page opens on: of what was asked for where it is followed, else of Ukraine."""
    asked = {f.properties.get("expression") for layer in page.layers if layer.id in page.about for f in layer.features}
    courses = page.timeline.courses if page.timeline else ()
    return next((n for n, course in enumerate(courses) if course.place.expression in asked), 0)


def title_of(layer: Layer, units: Names) -> Said:
    """A layer's title, in every language where its one feature says what it is."""
    title = plain_title(layer.title)
    if len(layer.features) != 1:
        return title
    return said(title, str(layer.features[0].properties.get("expression", "")), units)


def _own_names(feature: Feature) -> Said | None:
    """A feature's name in every language, where it brings them all along."""
    codes = words().languages[1:]
    if not all(feature.properties.get(f"name_{code}") for code in codes):
        return None
    return [feature.name, *(str(feature.properties[f"name_{code}"]) for code in codes)]


def _layer_data(layer: Layer, drawn: DrawnMap, units: Names) -> dict[str, Any]:
    style = palette().style(layer.role)
    return {
        "id": layer.id,
        "variable": drawn.layer_variables[layer.id],
        "title": title_of(layer, units),
        "about": about(layer),
        "as_of": layer.as_of,
        "group": style.group,
        "rank": style.rank,
        "kind": style.kind,
        "interactive": style.interactive,
        "features": [
            {
                "name": _own_names(feature) or said(feature.name, str(feature.properties.get("expression", "")), units),
                "facts": facts(layer, feature),
                "expression": str(feature.properties.get("expression", "")),
                "classes": class_names(layer, feature.properties.get("side", "")),
                "geometry": encoded(shape),
            }
            for feature, shape in zip(layer.features, compact(layer, drawn.frame), strict=True)
        ],
    }
