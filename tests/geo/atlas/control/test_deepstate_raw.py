"""DeepState's raw snapshots: every way a polygon was ever named, and what must never be counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.deepstate_raw import DeepStateRaw, kind_of
from geo.atlas.control.shapes import polygons_of, read_json, shapes_of, united
from geo.atlas.control.types import Snapshot
from geo.measure.geodesic import area_km2

Write = Callable[[str, Any], Path]
DAY, FILE = date(2024, 1, 1), "1704067200.geojson"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Окуповано /// Occupied /// geoJSON.status.occupied\n", "occupied"),
        ("Окупований Крим /// Occupied Crimea\xa0/// geoJSON.territories.crimea", "occupied"),
        ("Звільнен?? /// Liberated\xa0/// geoJSON.status.dismissed_at {{at:31.03 - 02.04}}", "liberated"),
        ("Абхазія.\n///\nOccupied Abkhazia.\n/// geoJSON.territories.abkhazia\n", "elsewhere"),
        ("Нове /// Occupied /// geoJSON.territories.somewhere-new", "elsewhere"),
        ("Окуповано /// Occupied /// geoJSON.status.new_status", "unknown"),
        ("Статус невідомий /// Unknown status\n", "contested"),
        ("28.05 Під питанням /// 26.05 Contested", "contested"),
        ("Звільнено 22.05 /// Taken back22.05", "liberated"),
        ("Окуповано\xa004.04 та 21.04 /// Occupied 04.04 and 21.04\n\n", "occupied"),
        ("Придністров'я ///\xa0Transnistria", "elsewhere"),
        ("Окуповано. 01.04", "occupied"),
        ("Сіра зона", "contested"),
        ("ОРДЛО", "occupied"),
        ("Звільнено 23.03-26.03", "liberated"),
        ("Occupied something", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_name_says_what_it_is_in_any_of_its_three_forms(name: str | None, kind: str) -> None:
    colour = {"fill": "#a52714"} if kind == "elsewhere" else {}  # a colour never overrules a name
    taken = kind_of({"name": name, **colour})
    assert (taken.kind, taken.by_colour) == (kind, False)


def test_the_colour_is_the_last_resort() -> None:
    assert kind_of({"name": "Багатокутник 11", "fill": "#A52714"}).kind == "occupied"
    assert kind_of({"name": "Зміїний /// Snake Island /// geoJSON.zmiinyi_island", "fill": "#0f9d58"}).by_colour
    assert kind_of({"name": "Окуповано /// Occupied", "fill": "#0f9d58"}).kind == "occupied"
    assert kind_of({"name": "x /// y /// geoJSON.status.new", "fill": "#a52714"}).kind == "unknown"
    assert kind_of({"name": "x", "fill": "#123456"}).kind == "unknown"


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south, 0], [east, south, 0], [east, north, 0], [west, north, 0], [west, south, 0]]
    return {"type": "Polygon", "coordinates": [ring]}


def of(name: str, geometry: Any, **more: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, **more}, "geometry": geometry}


def read(write: Write, *features: dict[str, Any]) -> Snapshot:
    folder = write(FILE, {"type": "FeatureCollection", "features": features})
    return DeepStateRaw(folder, embedded()).snapshot(DAY)


def km2(*corners: float) -> float:
    return area_km2(shapely.union_all(polygons_of(shapely.box(*corners))))


HELD = (37.5, 47.5, 38.5, 48.0)


def test_overlapping_features_count_once_and_points_not_at_all(write: Write) -> None:
    snapshot = read(
        write,
        of("Окуповано /// Occupied", box(*HELD)),
        of("Окуповано /// Occupied", {"type": "GeometryCollection", "geometries": [box(*HELD)]}),
        of("Окуповано /// Occupied", {"type": "Point", "coordinates": [30, 50, 0]}),
        of("Окуповано /// Occupied", None),
    )
    assert area_km2(snapshot.held("russia")) == pytest.approx(km2(*HELD), rel=1e-6)
    assert "Features without geometry, left out: 1." in snapshot.notes


def test_other_countries_and_polygons_at_sea_are_never_counted(write: Write) -> None:
    snapshot = read(
        write,
        of("Окуповано /// Occupied", box(*HELD)),
        of("Придністров'я", box(28.9, 47.2, 29.1, 47.4), fill="#880e4f"),
        of("Окуповано /// Occupied", box(28.0, 47.2, 28.3, 47.4)),  # in Moldova, whatever it is called
        of("Статус невідомий /// Unknown status", box(64, 14, 65, 15)),  # such a one is in the files of 2023
    )
    assert area_km2(snapshot.held("russia")) == pytest.approx(km2(*HELD), rel=1e-6)
    assert snapshot.contested().is_empty
    assert any("drawn in other countries or at sea left out" in note for note in snapshot.notes)


def test_classes_are_kept_apart_and_cover_ukraine_once(write: Write) -> None:
    snapshot = read(
        write,
        of("Окуповано /// Occupied", box(*HELD)),
        of("Статус невідомий /// Unknown status", box(37.0, 47.5, 37.6, 48.0)),
        of("Звільнено /// Liberated", box(36.5, 47.5, 37.1, 48.0)),
        of("Щось нове", box(36.0, 49.0, 36.5, 49.5)),
    )
    ukraine = embedded().country("ukraine").geometry
    areas = {(h.side, h.cls): h.geometry for h in snapshot.holdings}
    assert area_km2(areas["russia", "contested"]) == pytest.approx(km2(37.0, 47.5, 37.5, 48.0), rel=1e-3)
    assert area_km2(areas["ukraine", "liberated"]) == pytest.approx(km2(36.5, 47.5, 37.0, 48.0), rel=1e-3)
    assert shapely.intersects_xy(areas["ukraine", "unknown"], 36.25, 49.25)
    assert shapely.intersects_xy(snapshot.held("ukraine"), [36.7, 31.0], [47.7, 49.0]).all()  # retaken; never taken
    assert not shapely.intersects_xy(snapshot.held("ukraine"), [36.25, 37.3, 38.0], [49.25, 47.7, 47.7]).any()
    inside = [shapely.intersection(h.geometry, ukraine) for h in snapshot.holdings]
    assert sum(map(area_km2, inside)) == pytest.approx(area_km2(ukraine), rel=1e-6)
    strange = next(note for note in snapshot.notes if "no class we know" in note)
    assert strange.startswith("Polygons of no class we know: 1, ")
    assert strange.endswith("Щось нове.")


def test_ground_liberated_in_russia_is_held_by_ukraine_and_a_border_drawn_otherwise_is_not(write: Write) -> None:
    snapshot = read(
        write,
        of("Окуповано /// Occupied", box(*HELD)),
        of("Звільнено /// Liberated /// geoJSON.status.dismissed", box(35.3, 51.2, 35.5, 51.35)),  # Kursk oblast
        of("Звільнено /// Liberated", box(31.0, 51.0, 32.0, 52.3)),  # Chernihiv oblast, and a little beyond
    )
    abroad = shapely.difference(snapshot.held("ukraine"), embedded().country("ukraine").geometry)
    assert area_km2(abroad) == pytest.approx(km2(35.3, 51.2, 35.5, 51.35), rel=1e-3)
    assert any("km² of Russia as held by Ukraine" in note for note in snapshot.notes)


@pytest.fixture(scope="module")
def series(shared: Path) -> dict[date, Snapshot]:
    source = control_source(str(shared / "control" / "deepstate-raw"), embedded())
    chosen = ["2023-01-01", "2023-07-01", "2024-01-01", "2024-09-01", "2024-12-01", "2025-01-01", "2025-02-01"]
    return {day: source.snapshot(day) for day in map(date.fromisoformat, chosen)}


def test_every_real_polygon_has_a_class(shared: Path) -> None:
    files = sorted((shared / "control" / "deepstate-raw").glob("*.geojson"))
    features = [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))["features"]]
    named = [row["properties"] for row in features if row["geometry"]["type"] != "Point"]
    assert len(named) > 4_000
    assert [properties["name"] for properties in named if kind_of(properties).kind == "unknown"] == []
    coloured = [kind_of(properties) for properties in named if kind_of(properties).by_colour]
    assert len([taken for taken in coloured if taken.kind != "elsewhere"]) < len(named) / 50


@pytest.mark.parametrize(("day", "low", "high"), [("2024-09-01", 850, 950), ("2025-01-01", 450, 530)])
def test_kursk_as_it_stood(series: dict[date, Snapshot], day: str, low: float, high: float) -> None:
    held = series[date.fromisoformat(day)].held("ukraine")
    assert low < area_km2(shapely.difference(held, embedded().country("ukraine").geometry)) < high


def test_it_agrees_with_the_daily_mirror_of_the_day(series: dict[date, Snapshot], shared: Path) -> None:
    daily = control_source(str(shared / "control" / "deepstate-daily"), embedded())
    day = date(2025, 1, 1)
    ours, theirs = series[day].held("russia"), daily.snapshot(day).held("russia")
    differing = area_km2(shapely.symmetric_difference(ours, theirs))
    assert differing / area_km2(theirs) < 0.002


def test_the_envelope_of_the_last_snapshot_is_opened(write: Write) -> None:
    collection = {"type": "FeatureCollection", "features": [of("Окуповано /// Occupied", box(*HELD))]}
    folder = write("1704067200.geojson", {"id": 1704067200, "datetime": "01.01.2024", "map": collection})
    held = DeepStateRaw(folder, embedded()).snapshot(date(2024, 1, 1)).held("russia")
    assert area_km2(held) == pytest.approx(km2(*HELD), rel=1e-3)


EVENTS = {
    date(2022, 5, 1): 15_000,  # April 2022, and the first snapshot not yet drawn to the end in Kharkiv oblast
    date(2022, 10, 1): 10_000,  # the counteroffensive in Kharkiv oblast
    date(2022, 10, 8): 3_000,  # Lyman, and the right bank above Kherson
    date(2022, 12, 1): 5_000,  # the withdrawal from Kherson's right bank
}
"""km2 by which the held area moved until this snapshot, and why so many."""
SUMMER_2022 = date(2022, 9, 1)


def test_the_real_total_is_continuous_over_all_snapshots_but_where_something_happened(shared: Path) -> None:
    held: dict[date, float] = {}
    for file in sorted((shared / "control" / "deepstate-raw").glob("*.geojson")):
        shapes = shapes_of(read_json(file), file.name)
        occupied = [p for shape in shapes if kind_of(shape.properties).kind == "occupied" for p in shape.polygons]
        held[datetime.fromtimestamp(int(file.stem), UTC).date()] = area_km2(united(occupied))
    assert len(held) >= 41
    for (one, before), (other, after) in pairwise(held.items()):
        usual = 80 * (other - one).days if other <= SUMMER_2022 else 25 * (other - one).days + 50
        assert abs(after - before) <= EVENTS.get(other, usual), (one, other, after - before)
