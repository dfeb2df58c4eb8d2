"""Anybody's map by a mapping file: the one in the documentation works, and each mistake in one is named."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.mapped import Mapped
from geo.atlas.control.types import Snapshot
from geo.errors import DateError, InputError
from geo.measure.geodesic import area_km2

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "control-sources.md"
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[0]

HELD, AHEAD, GREY = (
    shapely.box(38.0, 47.5, 38.6, 48.0),
    shapely.box(37.8, 47.5, 38.0, 48.0),
    shapely.box(37.6, 47.5, 37.8, 48.0),
)
FREED, DUG, ABROAD = (
    shapely.box(37.4, 47.5, 37.6, 48.0),
    shapely.box(30, 49, 30.5, 49.5),
    shapely.box(35.3, 51.2, 35.5, 51.35),
)
WORDS = {"Occupied": HELD, "advance": AHEAD, " grey\u00a0zone": GREY, "liberated": FREED, "trenches": DUG}
MIDDLES = {
    "held": (38.3, 47.7),
    "ahead": (37.9, 47.7),
    "grey": (37.7, 47.7),
    "freed": (37.5, 47.7),
    "rest": (30.2, 49.2),
}
ONE = """
name = "one"
title = "One"
licence = "none"
files = "map.geojson"
[date]
constant = 2024-05-31
[class]
all = "assessed russia"
"""


def features(words: Mapping[str, shapely.Geometry], key: str = "status", **more: Any) -> dict[str, Any]:
    rows = [
        {"type": "Feature", "properties": {key: word, **more}, "geometry": area.__geo_interface__}
        for word, area in words.items()
    ]
    return {"type": "FeatureCollection", "features": rows}


def folder(path: Path, mapping: str, **files: Any) -> Path:
    (path / "mapping.toml").write_text(mapping, encoding="utf-8")
    for name, content in files.items():
        file = path / name.replace("__", "/").replace("_geojson", ".geojson")
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    return path


def snapshot(path: Path, at: date = date(2024, 5, 31)) -> Snapshot:
    return control_source(str(path), embedded()).snapshot(at)


def holder(of: Snapshot, middle: str) -> str:
    lon, lat = MIDDLES[middle]
    areas = {"russia": of.held("russia"), "ukraine": of.held("ukraine"), "contested": of.contested()}
    return " ".join(name for name, area in areas.items() if shapely.intersects_xy(area, lon, lat))


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    content = features(WORDS)
    path = folder(tmp_path, EXAMPLE, weekly__map_20240531_geojson=content, weekly__map_20240607_geojson=content)
    source = control_source(str(path), embedded())
    assert (source.name, source.title, source.licence) == ("my-map", "My map of control, weekly", "CC BY 4.0, me")
    assert source.dates == (date(2024, 5, 31), date(2024, 6, 7))
    assert source.report() == ("6 days missing: 2024-06-01 to 2024-06-06.",)
    state = source.snapshot(date(2024, 6, 2))
    assert state.source == "my-map"
    assert state.dated == date(2024, 5, 31)
    assert [holder(state, name) for name in MIDDLES] == ["russia", "russia", "contested", "ukraine", "ukraine"]
    with pytest.raises(DateError):
        source.snapshot(date(2024, 6, 8))


def test_every_key_of_the_documentation_is_one_and_the_other_way_round() -> None:
    from geo.atlas.control import mapping

    text = DOCUMENT.read_text(encoding="utf-8")
    described = set(re.findall(r"`\[class\.(\w+)\]`", text)) | set(
        re.findall(r"^\| `(?:\[\w+\] )?(\w+)`", text, re.MULTILINE)
    )
    taken = set(
        re.findall(r'(?:text|texts|take|pairs|table)\("(\w+)"', Path(mapping.__file__).read_text(encoding="utf-8"))
    )
    assert taken - {"class", "date", "title", "licence"} <= described
    for key in ("name", "title", "licence"):
        assert f"`{key}`" in text


def test_one_class_one_day_and_the_three_ways_to_give_the_path(tmp_path: Path) -> None:
    path = folder(tmp_path, ONE, map_geojson=features({"x": HELD}))
    (path / "map.toml").write_text(ONE, encoding="utf-8")
    for spec in (path, path / "mapping.toml", path / "map.geojson"):
        state = snapshot(spec)
        assert holder(state, "held") == "russia"
        assert area_km2(state.held("russia")) == pytest.approx(area_km2(HELD), rel=1e-3)


@pytest.mark.parametrize(
    ("value", "how"),
    [
        ("2024-05-31", ""),
        ("2024-05-31T23:00:00", ""),
        ("20240531", ""),
        (20240531, ""),
        (20240531.0, ""),
        ("31.05.2024", 'format = "%d.%m.%Y"'),
        (1717113600000, 'format = "ms"'),
        (1717113600, 'format = "s"'),
        ("2024-06-01", "shift = -1"),
    ],
)
def test_days_in_a_field_of_a_file_of_many_days(tmp_path: Path, value: object, how: str) -> None:
    mapping = ONE.replace("constant = 2024-05-31", f'field = "day"\n{how}')
    content = features({"x": HELD}, day=value)
    content["features"] += features({"x": AHEAD}, day=value)["features"]
    source = control_source(str(folder(tmp_path, mapping, map_geojson=content)), embedded())
    assert source.dates == (date(2024, 5, 31),)
    assert area_km2(source.snapshot(date(2024, 5, 31)).held("russia")) == pytest.approx(
        area_km2(HELD) + area_km2(AHEAD), rel=1e-3
    )


def test_what_is_not_shown_is_whose_the_mapping_says(tmp_path: Path) -> None:
    for rest, whose in (("ukraine", "ukraine"), ("russia", "russia"), ("unknown", "")):
        path = folder(tmp_path, f'rest = "{rest}"\n{ONE}', map_geojson=features({"x": HELD}))
        state = snapshot(path)
        assert holder(state, "rest") == whose
        assert holder(state, "held") == "russia"


def test_words_not_listed_are_unknown_and_their_share_is_said(tmp_path: Path) -> None:
    words = {"occupied": HELD, "verloren": GREY}
    path = folder(tmp_path, EXAMPLE, weekly__20240531_geojson=features(words))
    state = snapshot(path)
    share = area_km2(GREY) / (area_km2(GREY) + area_km2(HELD))
    (note,) = (note for note in state.notes if "does not list" in note)
    said = float(re.search(r"([\d.]+)%", note)[1])  # type: ignore[index]
    assert said == pytest.approx(100 * share, abs=0.05)
    assert note.endswith("unknown: 'verloren'.")
    assert holder(state, "grey") == ""


def test_ground_of_both_sides_is_contested_and_said(tmp_path: Path) -> None:
    both = shapely.box(37.5, 47.5, 38.6, 48.0)
    path = folder(tmp_path, EXAMPLE, weekly__20240531_geojson=features({"occupied": HELD, "liberated": both}))
    state = snapshot(path)
    assert [holder(state, name) for name in ("held", "grey")] == ["contested", "ukraine"]
    assert any(note.endswith("are shown as held by both sides: contested.") for note in state.notes)


def test_what_is_held_goes_before_contested_and_abroad_counts(tmp_path: Path) -> None:
    grey = shapely.box(37.6, 47.5, 38.6, 48.0)
    words = {"occupied": HELD, "grey zone": grey, "liberated": ABROAD}
    state = snapshot(folder(tmp_path, EXAMPLE, weekly__20240531_geojson=features(words)))
    assert [holder(state, name) for name in ("held", "grey")] == ["russia", "contested"]
    assert shapely.intersects_xy(state.held("ukraine"), 35.4, 51.3)


def test_patterns_follow_the_words(tmp_path: Path) -> None:
    mapping = EXAMPLE + "[class.patterns]\n'^russian' = \"assessed russia\"\n'claim' = \"claimed ukraine\"\n"
    words = {"Russian N advances": HELD, "Ukrainian claims": AHEAD}
    state = snapshot(folder(tmp_path, mapping, weekly__20240531_geojson=features(words)))
    assert [holder(state, name) for name in ("held", "ahead")] == ["russia", ""]
    assert ("ukraine", "claimed") in [(h.side, h.cls) for h in state.holdings]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", ["gpkg", "fgb", "parquet", "shp", "csv", "kml"])
def test_other_forms_through_a_mapping(tmp_path: Path, ending: str) -> None:
    frame = geopandas.GeoDataFrame({"status": ["occupied", "grey zone"], "geometry": [HELD, GREY]}, crs=4326).to_crs(
        3857
    )
    path, more, key = tmp_path / f"map_20240531.{ending}", "", "status"
    match ending:
        case "parquet":
            pytest.importorskip("pyarrow", reason="GeoParquet needs pyarrow")
            frame.to_parquet(path)
        case "csv":
            frame.assign(geometry=frame.geometry.to_wkt()).to_csv(path, index=False)
            more = 'crs = "EPSG:3857"\ngeometry = "geometry"\n'
        case "kml":
            frame.to_crs(4326).rename(columns={"status": "Name"}).to_file(path, engine="pyogrio", driver="KML")
            key = "name"
        case _:
            frame.to_file(path, engine="pyogrio")
    mapping = more + EXAMPLE.replace("weekly/*.geojson", path.name).replace('"status"', f'"{key}"')
    state = snapshot(folder(tmp_path, mapping))
    assert [holder(state, name) for name in ("held", "grey", "rest")] == ["russia", "contested", "ukraine"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "my-map"', "", r"mapping\.toml: name is missing"),
        ('title = "My map of control, weekly"', "title = 5", "title is not a text"),
        ('"weekly/*.geojson"', '"monthly/*.geojson"', r"nothing called 'monthly/\*\.geojson' lies beside it"),
        ('"weekly/*.geojson"', '"/abs/*.geojson"', "files is no pattern beside it|nothing called"),
        ('"weekly/*.geojson"', "[]", "files is the name of the data"),
        ("[date]", "[dates]", r"date is missing: write a table \[date\]"),
        (r"name = '\d{8}'", "", r"date\.field or name or constant: give exactly one"),
        (r"name = '\d{8}'", "name = 'x'\nfield = 'day'", "give exactly one"),
        (r"name = '\d{8}'", "name = '['", r"date\.name is no regular expression"),
        (r"name = '\d{8}'", "name = '[a-z]+'", r"date\.name finds no day in '20240531\.geojson'"),
        (r"name = '\d{8}'", "constant = '2024-05-31'", r"date\.constant is no day: write 2024-05-31, without"),
        (
            r"name = '\d{8}'",
            "field = 'day'",
            r"date\.field is 'day', but 20240531\.geojson has no such field. Its fields: status",
        ),
        (r"name = '\d{8}'", "field = 'status'", r"feature 1: status is 'occupied', no day"),
        (r"name = '\d{8}'", "name = '\\d{8}'\nshift = 'x'", r"date\.shift is a number of days"),
        ('field = "status"', 'field = "state"', r"class\.field is 'state', but 20240531\.geojson has no such field"),
        ('field = "status"', 'field = "status"\nall = "assessed russia"', r"class\.field names the field"),
        ('"occupied" = "assessed russia"', '"occupied" = "assessed"', r"class\.words\.occupied is 'assessed', not"),
        (
            '"occupied" = "assessed russia"',
            '"occupied" = "held by russia"',
            r"class\.words\.occupied is 'held by russia'",
        ),
        ('"occupied" = "assessed russia"', '"occupied" = 5', r"class\.words is a table of word"),
        ('licence = "CC', 'license = "x"\nlicence = "CC', "license is no key of a mapping; there are: class, crs"),
        ('licence = "CC', 'crs = "EPSG:0"\nlicence = "CC', "no reference system is called 'EPSG:0'"),
        ('licence = "CC', 'rest = "nobody"\nlicence = "CC', "rest is who holds what the map does not show"),
        ('name = "my-map"', "name = ", "not a TOML file"),
        ("[class.words]", "[class.word]", r"class\.words says what the words of 'status' mean"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in EXAMPLE
    path = folder(tmp_path, EXAMPLE.replace(old, new, 1), weekly__20240531_geojson=features({"occupied": HELD}))
    with pytest.raises(InputError, match=message):
        snapshot(path)


def test_a_map_of_elsewhere_is_refused(tmp_path: Path) -> None:
    for words, message in (
        ({"occupied": shapely.box(36, 33, 37, 34)}, "no ground of a known class in Ukraine"),
        ({"besetzt": HELD}, "Words not listed: besetzt"),
        ({"occupied": shapely.transform(HELD, lambda xy: xy[:, ::-1])}, "in the other order"),
    ):
        with pytest.raises(InputError, match=message):
            snapshot(folder(tmp_path, EXAMPLE, weekly__20240531_geojson=features(words)))


def test_a_folder_without_a_mapping_is_not_one(tmp_path: Path) -> None:
    assert not Mapped.recognises(tmp_path)
    (tmp_path / "map.gpkg").touch()
    assert not Mapped.recognises(tmp_path / "map.gpkg")
    with pytest.raises(InputError, match="no mapping file there"):
        Mapped(tmp_path, embedded())


def test_the_mapping_is_among_the_files_a_day_rests_on(tmp_path: Path) -> None:
    """Who keeps what was read has to read again when the words' meaning changes."""
    source = Mapped(folder(tmp_path, ONE, map_geojson=features({"x": HELD})), embedded())
    assert source.files == {date(2024, 5, 31): (tmp_path / "mapping.toml", tmp_path / "map.geojson")}
    assert "several files" not in " ".join((*source.report(), *source.snapshot(date(2024, 5, 31)).notes))
