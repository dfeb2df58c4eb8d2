"""The page a reader opens: article, map, claims, bands, legend and sources in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from layers.html.basis import Line, basis, claims_of, unread
from layers.html.escape import escape, link
from layers.html.facts import about, figures_first, number, shares
from layers.html.leaflet import (
    LEAFLET_VERSION,
    class_names,
    draw,
    in_drawing_order,
    leaflet_script,
    leaflet_style,
)
from layers.html.mapdata import map_data, title_of
from layers.html.spoken import Names, Said, said, subject_said, unit_names
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
    ``territory`` is the expression of what it is about, where there is one; ``published`` says that the atlas has no
    geometry of it, and ``measured`` is what others publish.
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
    published: bool = False


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
    asks the network for its background, without it for nothing. ``about`` are the ids of the layers it was asked for,
    where it was asked for any: it opens on them and tells their figures first.
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
    about: tuple[str, ...] = ()


def render(page: Page) -> str:
    """``page`` as one HTML document; the same page gives the same bytes.

    Raises :class:`UsageError` where two layers share an id, a role is not in the palette, or something points to a
    layer that is not there.
    """
    _checked(page)
    drawn = draw(page.layers, page.about)
    scripts = {"leaflet": leaflet_script(), "folium": drawn.script, "page": page_script()}
    marks = palette().verdicts
    units = unit_names(page.layers)
    timeline = page.timeline
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
        map_data=map_data(page, drawn, units),
        groups=_legend(page.layers),
        roles={layer.id: (palette().style(layer.role), _swatches(layer)) for layer in page.layers},
        signs={word: (mark.sign, slug(word)) for word, mark in marks.items()},
        titles={layer.id: title_of(layer, units) for layer in page.layers},
        courses=[said(c.place.title, c.place.expression, units) for c in timeline.courses] if timeline else [],
        subjects=_subjects(page, units),
        bases=_bases(page),
        unread=unread(page.document),
        foreign=_mostly_latin(page.article or ""),
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
        figures_first=figures_first,
        named=[layer for layer in page.layers if layer.id in page.about],
        shares=shares(timeline) if timeline else {},
        number=number,
    )


def _subjects(page: Page, units: Names) -> list[Said]:
    """What each claim is about, in every language where the document says what it is."""
    rows = claims_of(page.document)
    if len(rows) != len(page.claims):
        return [claim.of for claim in page.claims]
    return [subject_said(claim.of, row, units) for claim, row in zip(page.claims, rows, strict=True)]


def _bases(page: Page) -> list[list[Line]]:
    """The lines behind each claim's figure; none where the document's claims are not the page's."""
    rows = claims_of(page.document)
    return [basis(row) for row in rows] if len(rows) == len(page.claims) else [[] for _ in page.claims]


def _mostly_latin(text: str) -> bool:
    """Whether a text is in Latin letters more than in others: the reading is of English, so it is taken as that."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


def _checked(page: Page) -> None:
    ids = [layer.id for layer in page.layers]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise UsageError(f"two layers of the map share the id {twice[0]!r}; give each its own")
    pointed = [*(c.anchor_layer for c in page.claims), *page.anchors.values(), *page.about]
    wanted = [*pointed, *(["band"] if page.bands else [])]
    lost = [one for one in wanted if one is not None and one not in ids]
    if lost:
        raise UsageError(f"a claim points to the layer {lost[0]!r}, which is not among the map's: {', '.join(ids)}")


def _tabs(page: Page) -> list[str]:
    """What the panel holds, the first of them open."""
    there = {
        "article": page.article,
        "named": page.about,
        "claims": page.claims or page.article,
        "bands": page.bands,
        "layers": True,
        "about": True,
    }
    return [name for name, something in there.items() if something]


def _tally(claims: Sequence[ClaimRow]) -> list[tuple[str, int]]:
    """How many claims have which verdict, the worst first."""
    counted = Counter(claim.verdict for claim in claims)
    marks = palette().verdicts
    return sorted(counted.items(), key=lambda one: (marks[one[0]].rank if one[0] in marks else 99, one[0]))


def _legend(layers: Sequence[Layer]) -> dict[str, list[Layer]]:
    """Layers by heading, in the palette's order; under each the shown before the hidden, the top of the map first."""
    groups: dict[str, list[Layer]] = {group: [] for group in palette().groups}
    top_down = in_drawing_order(layers)[::-1]
    for layer in sorted(top_down, key=lambda layer: not layer.shown):
        groups[palette().style(layer.role).group].append(layer)
    # who holds what comes before what is contested or unknown, though it is drawn beneath
    groups["Control"].sort(key=lambda layer: (not layer.shown, palette().style(layer.role).rank))
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
    environment.filters["tojson_text"] = lambda value: escape(json.dumps(value, ensure_ascii=False))
    return environment.get_template("page.html.jinja")
