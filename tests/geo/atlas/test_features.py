"""Records of GeoJSON: read when they are asked for, and errors that name the file and the feature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.atlas.features import geometries, read_records
from geo.errors import InputError

POINT = {"type": "Point", "coordinates": [31.5, 48.25]}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
BOTH = {"type": "GeometryCollection", "geometries": [POINT, SQUARE]}
OPEN = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0]]]}


def written(folder: Path, *shapes: Any, **layout: Any) -> Path:
    features = [{"type": "Feature", "properties": {"id": f"n{i}"}, "geometry": one} for i, one in enumerate(shapes)]
    path = folder / "some.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, **layout), encoding="utf-8")
    return path


@pytest.mark.parametrize("layout", [{}, {"indent": 2}, {"separators": (",", ":")}, {"sort_keys": True}])
@pytest.mark.parametrize("shapes", [(POINT, SQUARE), (SQUARE, BOTH, POINT), ()])
def test_records_are_what_is_written_however_it_is_laid_out(
    tmp_path: Path, shapes: tuple[Any, ...], layout: dict[str, Any]
) -> None:
    records = read_records(written(tmp_path, *shapes, **layout))
    assert [record.id for record in records] == [f"n{i}" for i in range(len(shapes))]
    assert [record.geometry.geom_type for record in records] == [shape["type"] for shape in shapes]
    assert geometries(records) == [record.geometry for record in records]


@pytest.mark.parametrize("shape", [OPEN, None, {"type": "Point", "coordinates": ["a", 1]}, {"type": "Rhombus"}])
def test_a_geometry_that_cannot_be_read_is_named(tmp_path: Path, shape: Any) -> None:
    records = read_records(written(tmp_path, POINT, shape))
    with pytest.raises(InputError, match=r"some\.geojson: feature 2 cannot be read"):
        geometries(records)
    assert records[0].geometry.x == 31.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "not a GeoJSON feature collection"),
        ("{}", "not a GeoJSON feature collection"),
        ('{"features": 7}', "not a GeoJSON feature collection"),
        ('{"features": [{"properties": null, "geometry": {}}]}', "feature 1 cannot be read"),
    ],
)
def test_what_is_no_collection_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "some.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_records(path)
