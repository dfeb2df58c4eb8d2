"""Real files broken at random end in a sentence that names the file, or in a snapshot; never in a traceback."""

from __future__ import annotations

import copy
import json
import os
import random
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import Snapshot, control_source
from geo.errors import InputError

REAL = {
    "deepstate-daily": "deepstatemap_data_20250120.geojson",
    "deepstate-raw": "1648989208.geojson",
    "nzz": "2022-03-25.json",
    "uacontrolmap": "20221209.json",
    "isw": "2022-09-30/20220930_RussianAssessedCoTinUkraine.geojson",
}
MADE = ("251020_0347.kml", "251020_0347.kmz", "map.gpkg", "map.fgb", "UkraineControlMapAO01NOV2023.zip", "map.csv")
MAPPING = """
name = "m"
title = "m"
licence = "m"
files = "{}"
{}
[date]
constant = 2024-05-31
[class]
all = "assessed russia"
"""
ROUNDS = int(os.environ.get("CONTACTLINE_MUTATIONS", "6"))
STRANGE = (
    None,
    True,
    -1,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "geoJSON.status.",
    "{{7}}",
    [],
    {},
    [[]],
    [[[]]],
    10**30,
)


def mutated(raw: bytes, name: str, dice: random.Random) -> bytes:
    """The bytes cut, flipped, doubled, or, of JSON, with nodes changed for other types or taken out."""
    way = dice.choice(["cut", "flip", "repeat", "node", "node", "node"])
    if way == "node" and not name.endswith("json"):
        way = "flip"
    if way == "cut":
        return raw[: dice.randrange(len(raw))]
    if way == "repeat":
        at = dice.randrange(len(raw))
        return raw[:at] + raw[at : at + dice.randrange(1, 200)] + raw[at:]
    if way == "flip":
        changed = bytearray(raw)
        for _ in range(dice.choice([1, 3, 30])):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        return bytes(changed)
    content = json.loads(raw)
    for _ in range(dice.choice([1, 2, 8])):
        if not (found := list(nodes(content, dice))):
            break
        parent, key = dice.choice(found)
        if dice.random() < 0.25 and isinstance(parent, dict):
            parent.pop(key, None)
        else:
            parent[key] = copy.deepcopy(dice.choice(STRANGE))
    return json.dumps(content).encode()


def nodes(content: Any, dice: random.Random) -> Iterator[tuple[Any, Any]]:
    """The places of one way down a document, chosen at random."""
    while isinstance(content, dict | list) and content:
        key = dice.choice(list(content)) if isinstance(content, dict) else dice.randrange(len(content))
        yield content, key
        content = content[key]


def end(path: Path) -> str:
    """How reading a file ends; anything but a snapshot or an error of ours is raised."""
    try:
        source = control_source(str(path), embedded())
        snapshot = source.snapshot(source.last)
        source.report()
    except InputError as error:
        return "refused" if str(error).strip() else "refused without a word"
    assert isinstance(snapshot, Snapshot)
    assert all(shapely.is_valid(holding.geometry) for holding in snapshot.holdings)
    return "read"


def made(folder: Path, name: str) -> Path:
    """A file in another form, of two boxes and a hole."""
    hole = shapely.box(38.2, 47.6, 38.4, 47.8)
    ground = [shapely.box(38.0, 47.5, 38.6, 48.0) - hole, shapely.box(37.6, 47.5, 37.8, 48.0)]
    frame = geopandas.GeoDataFrame({"Name": ["Donetsk Axis", "Russian Advances"], "geometry": ground}, crs=4326)
    path = folder / name
    match path.suffix:
        case ".kml" | ".kmz":
            frame.to_file(folder / "x.kml", driver="KML", engine="pyogrio", layer="areas")
            text = (folder / "x.kml").read_text(encoding="utf-8").replace("<name>areas<", "<name>Important Areas<")
            path.write_text(text, encoding="utf-8")
            if path.suffix == ".kmz":
                with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr("doc.kml", text)
        case ".zip":
            frame.to_file(folder / "UkraineControlMap.shp", engine="pyogrio")
            with zipfile.ZipFile(path, "w") as archive:
                for file in sorted(folder.glob("UkraineControlMap.*")):
                    archive.write(file, file.name)
        case ".csv":
            frame.assign(geometry=frame.geometry.to_wkt()).to_csv(path, index=False)
        case _:
            frame.to_file(path, engine="pyogrio")
    if path.suffix in (".gpkg", ".fgb", ".csv"):
        more = 'crs = "EPSG:4326"\ngeometry = "geometry"' if path.suffix == ".csv" else ""
        path.with_suffix(".toml").write_text(MAPPING.format(name, more), encoding="utf-8")
    return path


@pytest.mark.filterwarnings("ignore::RuntimeWarning:pyogrio")
@pytest.mark.parametrize("kind", REAL)
def test_real_files_broken_at_random(shared: Path, tmp_path: Path, kind: str) -> None:
    raw = (shared / "control" / kind / REAL[kind]).read_bytes()
    target = tmp_path / Path(REAL[kind]).name
    ends = []
    for seed in range(ROUNDS):
        target.write_bytes(mutated(raw, target.name, random.Random(f"{kind}{seed}")))
        ends.append(end(target))
    assert {"refused"} <= set(ends) <= {"refused", "read"}


@pytest.mark.parametrize("name", MADE)
def test_other_forms_broken_at_random(tmp_path: Path, name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the writers' of others
        path = made(tmp_path, name)
    raw = path.read_bytes()
    assert end(path) == "read"
    ends = []
    for seed in range(ROUNDS):
        path.write_bytes(mutated(raw, name, random.Random(f"{name}{seed}")))
        ends.append(end(path))
    assert {"refused"} <= set(ends) <= {"refused", "read"}
