"""The page a reader opens: map, claims, legend, sources and statements in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from geo.errors import UsageError
from layers.files.guard import HTML_MARK
from layers.html.article import marked
from layers.html.bar import bars
from layers.html.escape import escape, link
from layers.html.facts import about, facts, number
from layers.html.geometry import compact
from layers.html.labels import labels
from layers.html.leaflet import (
    LEAFLET_VERSION,
    DrawnMap,
    class_names,
    draw,
    in_drawing_order,
    leaflet_script,
    leaflet_style,
)
from layers.html.polyline import encoded
from layers.html.style import css, patterns, slug
from layers.layer import Layer
from layers.palette import palette

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class ClaimRow:
    """One claim of an article beside its measurement, in words ready to be read.

    ``quoted`` and ``measured`` carry their units ("20 %", "18.57 % (18.1 to 19.4)"); ``basis`` names date, sources and
    method; ``anchor_layer`` is the id of the layer a click flies to, None where the claim has no place on the map.
    """

    text: str
    of: str
    quoted: str
    measured: str
    verdict: str
    why: str
    anchor_layer: str | None = None
    basis: str = ""


@dataclass(frozen=True)
class SourceRow:
    """A source the page draws on: its name, licence, date or version, what it was used for, and its address."""

    name: str
    licence: str
    date: str
    used_for: str
    url: str = ""


@dataclass(frozen=True)
class Page:
    """Everything a page shows; all text is untrusted.

    ``as_of`` is an ISO date or "", ``as_of_from`` where it came from (``option``, ``article``, ``today`` or words of
    the caller's); ``document`` is what ``check --json`` prints, embedded as it stands; ``article`` is the text whose
    offsets ``document["articles"][0]`` counts.
    """

    title: str
    subtitle: str
    as_of: str
    as_of_from: str
    layers: tuple[Layer, ...]
    claims: tuple[ClaimRow, ...] = ()
    statements: tuple[str, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    article: str | None = None
    document: Mapping[str, Any] = field(default_factory=dict)


def render(page: Page) -> str:
    """``page`` as one HTML document; the same page gives the same bytes.

    Raises :class:`UsageError` where two layers share an id, a role is not in the palette, or a claim names a layer
    that is not there.
    """
    _checked(page)
    drawn = draw(page.layers)
    scripts = {"leaflet": leaflet_script(), "folium": drawn.script, "page": _own("page.js")}
    return _template().render(
        page=page,
        mark=Markup(HTML_MARK),
        policy=_policy(scripts.values()),
        scripts={name: Markup(code) for name, code in scripts.items()},
        styles=[Markup(leaflet_style()), Markup(css(palette())), Markup(_own("page.css"))],
        patterns=Markup(patterns(palette())),
        document=dict(page.document),
        bars=bars(page.document, len(page.claims)),
        map_html=Markup(drawn.html),
        map_data=_map_data(page, drawn),
        groups=_legend(page.layers),
        roles={layer.id: (palette().style(layer.role), _swatches(layer)) for layer in page.layers},
        signs={word: (mark.sign, slug(word)) for word, mark in palette().verdicts.items()},
        as_of=_long_date(page.as_of),
        article=marked(page.article, page.document) if page.article else "",
        layer_ids={layer.id for layer in page.layers},
        leaflet_version=LEAFLET_VERSION,
        about=about,
        number=number,
    )


def _checked(page: Page) -> None:
    ids = [layer.id for layer in page.layers]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise UsageError(f"two layers of the map share the id {twice[0]!r}; give each its own")
    lost = [c.anchor_layer for c in page.claims if c.anchor_layer is not None and c.anchor_layer not in ids]
    if lost:
        raise UsageError(f"a claim points to the layer {lost[0]!r}, which is not among the map's: {', '.join(ids)}")


def _map_data(page: Page, drawn: DrawnMap) -> dict[str, Any]:
    """What page.js needs: which variable is which layer, what popups say, where names stand."""
    return {
        "map": drawn.variable,
        "frame": drawn.frame,
        "view": drawn.view,
        "labels": labels(page.layers, drawn.view),
        "layers": [
            {
                "id": layer.id,
                "variable": drawn.layer_variables[layer.id],
                "title": layer.title,
                "about": about(layer),
                "interactive": palette().style(layer.role).interactive,
                "features": [
                    {
                        "name": feature.name,
                        "facts": facts(layer, feature),
                        "classes": class_names(layer, feature.properties.get("side", "")),
                        "geometry": encoded(shape),
                    }
                    for feature, shape in zip(layer.features, compact(layer, drawn.frame), strict=True)
                ],
            }
            for layer in in_drawing_order(page.layers)
        ],
    }


def _legend(layers: Sequence[Layer]) -> dict[str, list[Layer]]:
    """Layers by heading, in the palette's order; under each the shown before the hidden, the top of the map first."""
    groups: dict[str, list[Layer]] = {group: [] for group in palette().groups}
    top_down = in_drawing_order(layers)[::-1]
    for layer in sorted(top_down, key=lambda layer: not layer.shown):
        groups[palette().style(layer.role).group].append(layer)
    return {group: found for group, found in groups.items() if found}


def _swatches(layer: Layer) -> list[tuple[str, str]]:
    """(CSS classes, name of the side) for each way the features of a layer are drawn."""
    sides = dict.fromkeys(str(f.properties.get("side", "")) for f in layer.features) or {"": None}
    known = [side if side in palette().sides else "" for side in sides]
    return [(class_names(layer, side), side.title()) for side in dict.fromkeys(known)]


def _long_date(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B} {day.year}"


def _policy(scripts: Any) -> str:
    """The page's own law: these scripts and no other, no request to anywhere."""
    sums = (base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in sums)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        finalize=escape,  # every value a template prints passes here, whether its author thought of it or not
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,  # so that a macro counts as ours
    )
    environment.filters["link"] = link
    return environment.get_template("page.html.jinja")


def _own(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").strip()
