"""A small country of our own, with every role on it, and strings that mean harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shapely

from layers.html.page import ClaimRow, Page, SourceRow
from layers.layer import Feature, Layer

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


def synthetic_layers(text: str = "", note: str = "") -> tuple[Layer, ...]:
    """One layer a role, ``text`` after every name, title and value."""

    def layer(id_: str, role: str, geometry: Any, shown: bool = True, **values: Any) -> Layer:
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

    box = shapely.box
    return (
        layer("sea", "basemap-sea", box(20, 40, 50, 60)),
        layer("land", "basemap-land", box(24, 44, 44, 55)),
        layer("country", "country", box(28, 45, 40, 53)),
        layer("units", "unit", box(28, 45, 34, 53)),
        layer("river", "river", shapely.LineString([(31, 53), (32, 49), (31, 45)])),
        layer("held-a", "control-assessed", box(36, 46, 40, 50), side="russia", lineage=f"a | b{text}"),
        layer("held-b", "control-assessed", box(35, 51.5, 36, 52.5), side="ukraine"),
        layer("claimed", "control-claimed", box(35, 48, 36, 49), side="russia"),
        layer("contested", "control-contested", box(35.5, 47, 36, 48)),
        layer("unknown", "control-unknown", box(38, 50, 39, 51)),
        layer("contact", "contact-line", shapely.LineString([(36, 46), (36, 50), (40, 50)]), length_km=712.3),
        layer("band", "band", box(35.9, 46, 36.1, 50), area_km2_low=1200.0, area_km2_high=1300.0),
        layer("mention", "mention", box(33, 46, 36, 48)),
        layer("gain", "change-gain", box(36, 49, 36.5, 49.5)),
        layer("loss", "change-loss", box(36, 48, 36.5, 48.5)),
        layer("line", "line", shapely.LineString([(126, 38), (128, 38.5)])),
        layer("places", "place", shapely.Point(36.2, 49.9), population=1_400_000),
        layer("hidden", "mention", box(30, 50, 31, 51), shown=False),
    )  # fmt: skip


def synthetic_page(text: str = "", article: str = "One in five. Four kilometres.") -> Page:
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
    mentions = [{"start": 0, "end": 6, "text": "One in", "kind": f"country{text}", "territory": "x"}]
    document = {
        "schema": "contactline/check/1",
        "articles": [{"path": f"a{text}.txt", "mentions": mentions, "claims": claims}],
    }
    return Page(
        title=f"A title{text}",
        subtitle=f"A subtitle{text}",
        as_of="2025-01-20",
        as_of_from="article",
        layers=synthetic_layers(text, note=f"a note{text}"),
        claims=rows,
        statements=(f"Control is not sovereignty{text}",),
        sources=(
            SourceRow(f"Us{text}", f"CC0{text}", f"2025{text}", f"everything{text}", f"https://example.org/{text}"),
        ),
        article=article + text,
        document=document,
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
