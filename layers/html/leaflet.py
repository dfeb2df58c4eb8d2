"""The map itself, made by folium: controls and empty layers, so that nothing from outside is parsed as a template.

folium fetches Leaflet and seven other assets from the network, names everything by random numbers and parses its own
output as Jinja. Here Leaflet comes from the installed package XStatic-Leaflet, ids are counted, and folium gets to see
neither text nor geometry: both reach the page as data (page.py), and page.js puts them into the layers made here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import folium
from branca.element import Element, Figure
from xstatic.pkg import leaflet as packaged

from layers.html.geometry import Box, frame_of, view_of
from layers.layer import Layer
from layers.palette import palette


@dataclass(frozen=True)
class DrawnMap:
    """What folium made: the map's element, the script that fills it, and the JavaScript names of map and layers."""

    html: str
    script: str
    variable: str
    layer_variables: dict[str, str]
    view: Box
    frame: Box


def draw(layers: Sequence[Layer], about: Sequence[str] = ()) -> DrawnMap:
    """A Leaflet map of ``layers``, the first of the palette's ranks at the bottom; ``about`` are ids it opens on."""
    view = view_of(layers, about)
    frame = frame_of(view, layers)
    west, south, east, north = view
    base = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=5,  # page.js fits the view without the animation folium would start, which outlives a quick click
        tiles=None,
        control_scale=True,
        zoom_control="topleft",
        zoom_snap=0.25,
        max_bounds=True,
        min_lat=frame[1],
        max_lat=frame[3],
        min_lon=frame[0],
        max_lon=frame[2],
    )
    base.default_js, base.default_css = [], []  # on this map alone; folium's own lists belong to the class
    _count(base, 0)
    variables: dict[str, str] = {}
    for number, layer in enumerate(in_drawing_order(layers), start=1):
        drawn = _count(_geojson_layer(layer), number)
        drawn.add_to(base)
        variables[layer.id] = drawn.get_name()
    html, script = _rendered(base)
    return DrawnMap(html, script, base.get_name(), variables, view, frame)


def in_drawing_order(layers: Sequence[Layer]) -> list[Layer]:
    """``layers`` from the bottom of the map to the top."""
    return sorted(layers, key=lambda layer: palette().style(layer.role).rank)


def class_names(layer: Layer, side: object = "") -> str:
    """The CSS classes of a feature of ``layer``: its role, and the side that holds it where one is given.

    Ground of which nobody knows who holds it is drawn in no side's colour.
    """
    sided = f" side-{side}" if side in palette().sides and layer.role != "control-unknown" else ""
    several = f" n{layer.variant}" if layer.variant else ""
    return f"cl r-{layer.role}{sided}{several}"


def _geojson_layer(layer: Layer) -> folium.GeoJson:
    """An empty layer of its own name; page.js decodes its geometry into it."""
    style = palette().style(layer.role)
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": []},
        name=layer.id,
        show=layer.shown,
        smooth_factor=0.6,
        marker=folium.CircleMarker(radius=style.radius) if style.kind == "point" else None,
        interactive=style.interactive,
    )


def _count(element: Element, number: int) -> Element:
    """``element`` under a counted id in place of its random one (before anything refers to it)."""
    element._id = str(number)
    return element


def _rendered(base: folium.Map) -> tuple[str, str]:
    """The element and the script of a map; folium's header is left out, the page has its own."""
    figure = base.get_root()
    assert isinstance(figure, Figure)
    base.render()  # type: ignore[no-untyped-call]
    return figure.html.render().strip(), _tidy(figure.script.render())


def _tidy(script: str) -> str:
    """A script without the indentation and the blank lines folium leaves."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    """Leaflet's JavaScript, without the line that sends developer tools looking for a source map."""
    return re.sub(r"^//# sourceMappingURL=.*$", "", _asset("leaflet.js"), flags=re.MULTILINE).strip()


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Leaflet's style sheet without its pictures: they belong to controls and markers this page does not use."""
    return re.sub(r"url\([^)]*\)", "none", _asset("leaflet.css")).strip()


def _asset(name: str) -> str:
    return (Path(packaged.BASE_DIR) / name).read_text(encoding="utf-8")


LEAFLET_VERSION: str = packaged.VERSION
