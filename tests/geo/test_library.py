"""The library's front: a territory on a date, an article's claims, and what they show of themselves in a notebook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shapely

from geo.algebra.evaluate import World
from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import DateError, InputError, UnknownNameError, UsageError
from geo.history import History, history, members_named
from geo.library import read_article, territory
from geo.reading import read
from geo.showing import sketch, table
from geo.survey import Survey
from geo.verdict import Checked, check
from layers.layer import Feature, Layer

HOSTILE = "<script>alert(1)</script>{{7*7}} & \" '"


def test_a_territory_is_measured_on_a_date() -> None:
    seen = territory("Kherson oblast").at("2025-01-20")
    assert seen.area.unit == "km2"
    assert seen.area.low <= 28_461 <= seen.area.high
    assert seen.region.lineage
    held = territory('controlled("russia") & country("ukraine")').at("2025-01-20")
    assert held.share("ukraine").value == pytest.approx(18.5, abs=0.4)
    assert territory("contact line").at("2025-01-20").length.value > 800


def test_what_is_unknown_or_outside_is_said() -> None:
    with pytest.raises(UnknownNameError, match="Kherson"):
        territory("Khersson oblastt")
    with pytest.raises(DateError):
        _ = territory('controlled("russia")').at("2050-01-01").area
    with pytest.raises(UsageError):
        _ = territory("Kherson oblast").at("2025-01-20").length
    with pytest.raises(InputError):
        read_article("nowhere.txt")


def test_an_article_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Russia holds about 20 percent of Ukraine.", encoding="utf-8")
    report = read_article(str(path), at="2025-01-20")
    assert [claim.verdict for claim in report.claims] == ["holds as rounded"]
    assert "holds as rounded" in report._repr_html_()


def verdict_on(text: str) -> Checked:
    atlas = embedded()
    survey = Survey(atlas, date(2025, 1, 20), (control_source("settlements", atlas),))
    return check(read(text, dated="2025-01-20").claims[0], survey)


def held_in_january() -> History:
    atlas = embedded()
    world = World(atlas, date(2025, 1, 1), control_source("settlements", atlas))
    parts = members_named("the four oblasts", atlas)
    return history(parse('controlled("russia")'), world, date(2025, 1, 31), by=parts)


@pytest.mark.parametrize(
    "shown",
    [
        lambda: territory("Kursk incursion").at("2025-01-20"),
        lambda: territory("contact line").at("2025-01-20"),
        lambda: territory("Kherson oblast").at("2025-01-20").region,
        lambda: territory("Kherson oblast").at("2025-01-20").area,
        lambda: verdict_on("Russia holds 20 % of Ukraine."),
        held_in_january,
        lambda: Layer(
            "x", HOSTILE, "unit", (Feature(shapely.box(1, 2, 3, 4), HOSTILE, {HOSTILE: HOSTILE}),), HOSTILE, "l"
        ),
    ],
)
def test_values_show_themselves(shown) -> None:  # type: ignore[no-untyped-def]
    html = shown()._repr_html_()
    root = ElementTree.fromstring(f"<div>{html}</div>")
    assert root.find("table/caption") is not None
    assert "<script" not in html


def test_text_in_a_table_is_text() -> None:
    html = table(HOSTILE, (HOSTILE,), [(HOSTILE,)], HOSTILE)
    root = ElementTree.fromstring(f"<div>{html}</div>")
    assert [e.text for e in root.iter() if e.tag in ("caption", "th", "td", "small")] == [HOSTILE] * 4


def test_a_sketch_of_nothing_is_nothing() -> None:
    assert sketch(shapely.Polygon(), "x") == ""
    svg = ElementTree.fromstring(sketch(shapely.Point(30, 50), HOSTILE))
    assert svg.get("aria-label") == HOSTILE
