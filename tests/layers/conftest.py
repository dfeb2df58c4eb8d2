"""A small country of our own, with every role on it, and strings that mean harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely

from geo.held import Held, Whole
from geo.laid import HOLDERS, Row
from geo.measure.geodesic import area_km2
from geo.quantity import Bounded
from layers.bands import BandChoice
from layers.edges import edges_of, numbered, odd
from layers.html.page import ClaimRow, Page, SourceRow
from layers.layer import Feature, Layer
from layers.timeline import Course, Key, Part, Place, Step, Timeline

from .browsing import open_page  # noqa: F401  (a fixture)

HOSTILE = (
    "{{7*7}}",
    "{{at:25.03}}",
    "{% for x in y %}",
    "{# gone #}",
    "</script><script>document.title='pwned'</script>",
    "<img src=x onerror=\"document.title='pwned'\">",
    "'\"><svg onload=alert(1)>",
    "<!--<script>",
    "]]>",
    "${7*7}`\\u003cb\\u003e",
    "javascript:alert(1)",
    "Окуповано /// Occupied\u00a0/// ‏עברית",
    "&lt;b&gt; &amp; &#123;",
)


ARTICLE = "One in five. Four kilometres. The south. Two bands. Nowhere at all."


def a_layer(text: str, note: str, id_: str, role: str, geometry: Any, shown: bool = True, **values: Any) -> Layer:
    """A layer of one feature, ``text`` after every string of it."""
    feature = Feature(geometry, f"{id_} feature{text}", {"area_km2": 1234.5, **values})
    return Layer(
        id_,
        f"{id_} title{text}",
        role,
        (feature,),
        f"{id_} source{text}",
        f"CC0{text}",
        "2025-01-20",
        f"drawn by hand{text}",
        note,
        shown,
    )


def moving_layers(text: str = "") -> tuple[Layer, ...]:
    """The layers that the timeline moves: two classes of control, one of them empty on the map's day, and the steps."""
    layer = partial(a_layer, text, "")
    return (
        layer("control-src-assessed", "control-assessed", FRONT[1], side="russia", **{"class": "assessed"}),
        layer("control-src-contested", "control-contested", NOTHING, leans_to="Russia", **{"class": "contested"}),
        layer("step-russia", "change-gain", NOTHING),
        layer("step-ukraine", "change-loss", NOTHING),
    )


def synthetic_layers(text: str = "", note: str = "") -> tuple[Layer, ...]:
    """One layer a role, ``text`` after every name, title and value."""

    layer = partial(a_layer, text, note)
    box = shapely.box
    return (
        layer("sea", "basemap-sea", box(20, 40, 50, 60)),
        layer("land", "basemap-land", box(24, 44, 44, 55)),
        layer("country", "country", box(28, 45, 40, 53)),
        layer("units", "unit", box(28, 45, 34, 53)),
        layer("river", "river", shapely.LineString([(31, 53), (32, 49), (31, 45)])),
        layer("held-a", "control-assessed", box(36, 46, 40, 50), side="russia", lineage=f"a | b{text}"),
        layer("held-b", "control-assessed", box(35, 51.5, 36, 52.5), side="ukraine"),
        layer("disagreement", "disagreement", box(37, 51, 37.5, 51.5), shown=False),
        layer("claimed", "control-claimed", box(35, 48, 36, 49), side="russia"),
        layer("contested", "control-contested", box(35.5, 47, 36, 48)),
        layer("unknown", "control-unknown", box(38, 50, 39, 51)),
        layer("contact", "contact-line", shapely.LineString([(36, 46), (36, 50), (40, 50)]), length_km=712.3),
        layer("band", "band", BAND, area_km2_low=1200.0, area_km2_high=1300.0, expression="band one"),
        layer("mention", "mention", box(33, 46, 36, 48), expression="the south"),
        layer("gain", "change-gain", box(36, 49, 36.5, 49.5)),
        layer("loss", "change-loss", box(36, 48, 36.5, 48.5)),
        layer("line", "line", shapely.LineString([(126, 38), (128, 38.5)])),
        layer("places", "place", shapely.Point(36.2, 49.9), population=1_400_000),
        layer("hidden", "mention", box(30, 50, 31, 51), shown=False),
    )  # fmt: skip


NOTHING, BAND = shapely.Polygon(), shapely.box(35.9, 46, 36.1, 50)
FRONT = tuple(shapely.box(30 + n, 50, 33, 51) for n in (1.0, 0.5, 0.0))
"""What one side holds on three days: it advances westward."""


def synthetic_timeline(text: str = "") -> Timeline:
    """Three days of one source, the map's own in the middle; on the last there is a contested patch as well."""
    patch = shapely.box(31, 51.5, 31.5, 52)

    def part(key: Key, areas: tuple[Any, ...], km2: tuple[float, ...]) -> Part:
        pairs, day = edges_of(areas)
        distinct, number = numbered(pairs)
        alive = np.stack([odd(number[day == n], len(distinct)) for n in range(len(areas))], axis=1)
        return Part(key, distinct, alive, km2, tuple(around(one) for one in km2))

    none = shapely.Polygon()
    steps = (Step(none, none), *(Step(shapely.difference(b, a), none) for a, b in pairwise(FRONT)))
    gains = tuple((around(area_km2(step.russia)), around(0.0)) for step in steps)

    def course(name: str, *km2: float) -> Course:
        held = tuple(Held(around(one), around(one / 1000)) for one in km2)
        place = Place(f"{name}{text}", f"{name}{text}", none)
        return Course(place, Whole(100_000.0, f"office{text}"), held, gains)

    return Timeline(
        "src",
        f"A source{text}",
        f"CC0{text}",
        (date(2025, 1, 13), date(2025, 1, 20), date(2025, 1, 27)),
        1,
        (
            part(Key("russia", "assessed"), FRONT, (15_700.0, 19_600.0, 23_500.0)),
            part(Key("russia", "contested"), (none, none, patch), (0.0, 0.0, 1_900.0)),
        ),
        steps,
        (course("All", 15_700.0, 19_600.0, 23_500.0), course("Some", 1_000.0, 2_000.0, 3_000.0)),
        gains,
    )


def around(value: float) -> Bounded:
    """A number that may be a tenth too high and a twentieth too low."""
    return Bounded(value, 0.9 * value, 1.05 * value)


def in_unit(unit: str, russia: float, ukraine: float, contested: float, rest: float) -> Row:
    """A row of a table of bands."""
    km2 = (russia, ukraine, contested, rest)
    return Row(unit, around(sum(km2)), {holder: around(one) for holder, one in zip(HOLDERS, km2, strict=True)})


def synthetic_bands(text: str = "") -> tuple[BandChoice, ...]:
    """Two widths and a scenario of the first of them."""

    def band(slug: str, scenario: str, km: float) -> BandChoice:
        reach = km / 100
        units = (
            in_unit(f"Unit A{text}", 300.0 * km, 200.0 * km, 50.0 * km, 50.0 * km),
            in_unit("Unit B", 0.0, 0.0, 0.0, 100.0 * km),
        )
        covers = in_unit("", 300.0 * km, 200.0 * km, 50.0 * km, 150.0 * km)
        geometry = shapely.box(36 - reach, 46, 36 + reach, 50)
        note, expression = f"note{text}" if scenario else "", "band one" if km == 10 else "band two"
        return BandChoice(slug, scenario, expression, km, km, geometry, covers, units, 12, 3456, note, note)

    return band("b1", "", 10.0), band("b2", "", 20.0), band("b3", f"A plan{text}", 20.0)


def synthetic_page(text: str = "", article: str = ARTICLE) -> Page:
    """A page with three claims, ``text`` in every string of it."""
    claims = [
        {"start": 0, "end": 11, "text": f"one in five{text}", "verdict": "holds"},
        {"start": 13, "end": 28, "text": f"four kilometres{text}", "verdict": "overstated"},
        {"start": 13, "end": 17, "text": f"four{text}", "verdict": "not checkable"},
    ]
    rows = (
        ClaimRow(claims[0]["text"], f"share{text}", f"20 %{text}", f"18.6 %{text}", "holds", f"why{text}", "held-a"),
        ClaimRow(claims[1]["text"], f"width{text}", f"4 km{text}", "", "overstated", f"why{text}", "line", f"b{text}"),
        ClaimRow(claims[2]["text"], "", "", "", "not checkable", f"nothing to measure{text}", None),
    )
    mentions = [
        {"start": 0, "end": 6, "text": "One in", "kind": f"country{text}", "territory": "x"},
        {"start": 30, "end": 39, "text": "The south", "kind": "macro-region", "territory": "the south", "note": text},
        {"start": 41, "end": 50, "text": "Two bands", "kind": "buffer", "territory": "band two"},
        {"start": 52, "end": 59, "text": "Nowhere", "kind": f"admin{text}", "territory": None},
    ]
    document = {
        "schema": "contactline/check/1",
        "articles": [{"path": f"a{text}.txt", "mentions": mentions, "claims": claims}],
    }
    return Page(
        title=f"A title{text}",
        subtitle=f"A subtitle{text}",
        as_of="2025-01-20",
        as_of_from="article",
        layers=(*synthetic_layers(text, note=f"a note{text}"), *moving_layers(text)),
        claims=rows,
        statements=(f"Control is not sovereignty{text}",),
        sources=(
            SourceRow(f"Us{text}", f"CC0{text}", f"2025{text}", f"everything{text}", f"https://example.org/{text}"),
        ),
        article=article + text,
        document=document,
        anchors={"the south": "mention", "band one": "band", "band two": "band"},
        timeline=synthetic_timeline(text),
        bands=synthetic_bands(text),
    )


@pytest.fixture
def layers() -> tuple[Layer, ...]:
    return synthetic_layers()


@pytest.fixture
def page() -> Page:
    return synthetic_page()


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def page_with() -> Callable[[str], Page]:
    """A page with a text of the test's own in every string of it."""
    return synthetic_page
