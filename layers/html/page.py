"""The page a reader opens: article, map, claims, bands, legend and sources in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from geo.errors import UsageError
from layers.bands import BandChoice
from layers.files.guard import HTML_MARK
from layers.html.article import families, marked
from layers.html.assets import page_script, page_style
from layers.html.bar import bars, gaps
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
from layers.html.moving import bands_data, timeline_data
from layers.html.polyline import encoded
from layers.html.style import css, patterns, slug
from layers.html.words import marked_word, words
from layers.layer import Layer
from layers.palette import palette
from layers.tiles import Tiles
from layers.timeline import Timeline

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class ClaimRow:
    """One claim of an article beside its measurement, in words ready to be read.

    ``quoted`` and ``measured`` carry their units ("20 %", "18.57 % (18.1 to 19.4)"); ``basis`` names date, sources and
    method; ``anchor_layer`` is the id of the layer a click flies to, None where the claim has no place on the map;
    ``territory`` is the expression of what it is about, where there is one.
    """

    text: str
    of: str
    quoted: str
    measured: str
    verdict: str
    why: str
    anchor_layer: str | None = None
    basis: str = ""
    territory: str = ""


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
    offsets ``document["articles"][0]`` counts. ``anchors`` ties expressions to ids of layers. ``timeline`` moves the
    layers of its source's control through time; ``bands`` are what the layer ``band`` can be; with ``tiles`` the page
    asks the network for its background, without it for nothing.
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
    anchors: Mapping[str, str] = field(default_factory=dict)
    timeline: Timeline | None = None
    bands: tuple[BandChoice, ...] = ()
    tiles: Tiles | None = None


def render(page: Page) -> str:
    """``page`` as one HTML document; the same page gives the same bytes.

    Raises :class:`UsageError` where two layers share an id, a role is not in the palette, or something points to a
    layer that is not there.
    """
    _checked(page)
    drawn = draw(page.layers)
    scripts = {"leaflet": leaflet_script(), "folium": drawn.script, "page": page_script()}
    marks = palette().verdicts
    return _template().render(
        page=page,
        mark=Markup(HTML_MARK),
        policy=_policy(scripts.values(), page.tiles),
        scripts={name: Markup(code) for name, code in scripts.items()},
        styles=[Markup(leaflet_style()), Markup(css(palette())), Markup(page_style())],
        patterns=Markup(patterns(palette())),
        document=dict(page.document),
        bars=bars(page.document, len(page.claims)),
        gaps=gaps(page.document, len(page.claims)),
        ranks={word: mark.rank for word, mark in marks.items()},
        tally=_tally(page.claims),
        map_html=Markup(drawn.html),
        map_data=_map_data(page, drawn),
        groups=_legend(page.layers),
        roles={layer.id: (palette().style(layer.role), _swatches(layer)) for layer in page.layers},
        signs={word: (mark.sign, slug(word)) for word, mark in marks.items()},
        as_of=_long_date(page.as_of),
        article=marked(page.article, page.document, page.anchors) if page.article else "",
        families=families(page.document),
        tabs=_tabs(page),
        widths=[band for band in page.bands if not band.scenario],
        languages=list(zip(words().languages, words().titles, strict=True)),
        w=marked_word(),
        plain=words().english,
        leaflet_version=LEAFLET_VERSION,
        about=about,
        number=number,
    )


def _checked(page: Page) -> None:
    ids = [layer.id for layer in page.layers]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise UsageError(f"two layers of the map share the id {twice[0]!r}; give each its own")
    wanted = [*(c.anchor_layer for c in page.claims), *page.anchors.values(), *(["band"] if page.bands else [])]
    lost = [one for one in wanted if one is not None and one not in ids]
    if lost:
        raise UsageError(f"a claim points to the layer {lost[0]!r}, which is not among the map's: {', '.join(ids)}")


def _tabs(page: Page) -> list[str]:
    """What the panel holds, the first of them open."""
    there = {"article": page.article, "claims": page.claims, "bands": page.bands, "layers": True, "about": True}
    return [name for name, something in there.items() if something]


def _tally(claims: Sequence[ClaimRow]) -> list[tuple[str, int]]:
    """How many claims have which verdict, the worst first."""
    counted = Counter(claim.verdict for claim in claims)
    marks = palette().verdicts
    return sorted(counted.items(), key=lambda one: (marks[one[0]].rank if one[0] in marks else 99, one[0]))


def _map_data(page: Page, drawn: DrawnMap) -> dict[str, Any]:
    """What the page's script needs: which variable is which layer, what popups say, where names stand, what moves."""
    return {
        "map": drawn.variable,
        "frame": drawn.frame,
        "view": drawn.view,
        "as_of": page.as_of,
        "words": words().document(),
        "anchors": dict(page.anchors),
        "labels": labels(page.layers, drawn.view),
        "timeline": timeline_data(page.timeline, page.layers, drawn.frame) if page.timeline else None,
        "bands": bands_data(page.bands, drawn.frame),
        "tiles": asdict(page.tiles) if page.tiles else None,
        "layers": [_layer_data(layer, drawn) for layer in in_drawing_order(page.layers)],
    }


def _layer_data(layer: Layer, drawn: DrawnMap) -> dict[str, Any]:
    style = palette().style(layer.role)
    return {
        "id": layer.id,
        "variable": drawn.layer_variables[layer.id],
        "title": layer.title,
        "about": about(layer),
        "group": style.group,
        "kind": style.kind,
        "interactive": style.interactive,
        "features": [
            {
                "name": feature.name,
                "facts": facts(layer, feature),
                "expression": str(feature.properties.get("expression", "")),
                "classes": class_names(layer, feature.properties.get("side", "")),
                "geometry": encoded(shape),
            }
            for feature, shape in zip(layer.features, compact(layer, drawn.frame), strict=True)
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


def _policy(scripts: Any, tiles: Tiles | None) -> str:
    """The page's own law: these scripts and no other, no request to anywhere but for tiles that were asked for."""
    sums = (base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in sums)
    pictures = " ".join(["data:", *(tiles.origins if tiles else ())])
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src {pictures}; "
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
