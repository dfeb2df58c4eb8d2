"""Land against full-resolution OpenStreetMap raions, where that reference is at hand (it is not shipped).

The oblast files beside it are not used: they repeat Natural Earth (same areas, intersection over union 0.99995).
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry
from shipped import SHARED, km2, read

RAIONS = SHARED / "boundaries" / "osm-raions"
OBLASTS = {
    "dnipropetrovska": "Dnipropetrovsk", "donetska": "Donetsk", "kharkivska": "Kharkiv", "khersonska": "Kherson",
    "krym": "Crimea", "luhanska": "Luhansk", "mykolayivska": "Mykolaiv", "sumska": "Sumy", "zaporizka": "Zaporizhzhia",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not RAIONS.is_dir(), reason="the OSM reference (../shared/boundaries) is not here")

LAEA = CRS.from_dict({"proj": "laea", "lat_0": 48, "lon_0": 34, "ellps": "WGS84"})
TO_METRES = Transformer.from_crs(4326, LAEA, always_xy=True).transform


def metres(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda xy: np.column_stack(TO_METRES(xy[:, 0], xy[:, 1])))


@pytest.fixture(scope="module")
def all_land(land: dict[str, BaseGeometry], ukrainian: dict[str, BaseGeometry]) -> BaseGeometry:
    return shapely.coverage_union_all(np.array([land[name] for name in ukrainian]))


@pytest.fixture(scope="module")
def coast(all_land: BaseGeometry, countries: dict[str, BaseGeometry]) -> BaseGeometry:
    """The edge of Ukraine's land that no other country shares, in metres."""
    borders = shapely.union_all([g.boundary for name, g in countries.items() if name != "ukraine"])
    return metres(all_land.boundary.difference(borders))


@pytest.mark.parametrize(("file", "name"), OBLASTS.items())
def test_land_agrees_with_openstreetmap(
    file: str, name: str, land: dict[str, BaseGeometry], all_land: BaseGeometry, coast: BaseGeometry
) -> None:
    """Area within 0.6 %, intersection over union at least 0.98, p95 of the land border within 600 m.

    OSM raions reach into the sea, so the reference is cut at the shipped coast.
    """
    rows = [g for _, g in read(RAIONS / f"{file}.geojson") if g.geom_type.endswith("Polygon")]
    raions = shapely.union_all([shapely.make_valid(g) for g in rows])
    reference, ours = raions.intersection(all_land), land[name]
    assert km2(ours) == pytest.approx(km2(reference), rel=0.006)
    assert km2(ours.intersection(reference)) / km2(ours.union(reference)) >= 0.98

    outline = shapely.boundary(metres(ours))
    points = np.array([outline.interpolate(metre) for metre in range(0, int(outline.length), 500)])
    inland = points[shapely.distance(points, coast) > 500]
    errors = shapely.distance(inland, metres(raions).boundary)
    assert len(errors) > 150
    assert np.percentile(errors, 95) <= 600
