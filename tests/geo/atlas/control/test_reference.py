"""Reference systems: named, agreed on, and brought to lon, lat without moving an edge."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.atlas.control.reference import agreed, crs_named, in_lonlat
from geo.atlas.control.shapes import polygons_of
from geo.errors import InputError
from geo.measure.geodesic import area_km2

WIDE = shapely.box(33.0, 46.5, 38.0, 48.5)


def brought(geometry: shapely.Geometry, code: str) -> shapely.Geometry:
    """A geometry written in another system by points 1 km apart, and read back from it."""
    from pyproj import Transformer

    way = Transformer.from_crs("EPSG:4326", code, always_xy=True)
    there = shapely.transform(shapely.segmentize(geometry, 0.01), way.transform, interleaved=False)
    return in_lonlat([there], crs_named(code, "x"), "x")[0]


@pytest.mark.parametrize("code", ["EPSG:3857", "EPSG:32637", "EPSG:6381", "EPSG:28406", "EPSG:4258", "ESRI:102100"])
def test_from_any_system_the_area_is_the_same(code: str) -> None:
    # 6381 is UCS-2000, 28406 Pulkovo 1942 in Gauss-Kruger zones: another datum, some metres off by its accuracy
    straight = shapely.segmentize(WIDE, 0.01)
    assert area_km2(brought(WIDE, code)) == pytest.approx(area_km2(straight), rel=2e-5)


def test_an_edge_stays_where_it_was_drawn() -> None:
    """A long edge straight in Mercator is a parallel; a geodesic between its ends would run kilometres north."""
    from pyproj import Transformer

    way = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    corners = shapely.transform(WIDE, way.transform, interleaved=False)
    (read,) = (part for part in polygons_of(in_lonlat([corners], crs_named("EPSG:3857", "x"), "x")[0]))
    assert read.bounds[3] == pytest.approx(48.5, abs=1e-4)
    geodesic = Geod(ellps="WGS84").npts(33, 48.5, 38, 48.5, 9)
    assert max(lat for _, lat in geodesic) > 48.52


def test_heights_go_and_what_is_missing_stays_missing() -> None:
    flat, none = in_lonlat([shapely.force_3d(WIDE, 5.0), None], crs_named("OGC:CRS84", "x"), "x")
    assert not flat.has_z
    assert flat.bounds == WIDE.bounds
    assert none is None


@pytest.mark.parametrize("text", ["EPSG:999999", "here", 7.5, None, "", "EPSG:"])
def test_what_names_no_system_is_refused(text: object) -> None:
    with pytest.raises(InputError, match=r"day\.gpkg: no reference system is called"):
        crs_named(text, "day.gpkg")


def test_a_system_is_stated_once_and_never_guessed() -> None:
    utm, lonlat = crs_named("EPSG:32637", "x"), crs_named("EPSG:4326", "x")
    assert agreed(utm, None, "x") == agreed(None, utm, "x") == agreed(utm, utm, "x") == utm
    assert agreed(lonlat, crs_named("OGC:CRS84", "x"), "x") == lonlat
    with pytest.raises(InputError, match=r"a\.shp: does not say in which reference system"):
        agreed(None, None, "a.shp")
    with pytest.raises(InputError, match=r"a\.shp: says it is in WGS 84 / UTM zone 37N, the mapping that it is in WGS"):
        agreed(utm, lonlat, "a.shp")


def test_coordinates_outside_a_system_are_refused() -> None:
    for distance in (1e30, 1e12, 2e8):
        far = shapely.Polygon(np.array([[distance, 0], [distance, 1], [0, 1]]))
        with pytest.raises(InputError, match="x: not coordinates of WGS 84 / UTM zone 37N: further than 100,000 km"):
            in_lonlat([None, far], crs_named("EPSG:32637", "x"), "x")
    beyond = shapely.box(9e7, 0, 9.1e7, 1e5)
    with pytest.raises(InputError, match="cannot be brought from"):
        in_lonlat([beyond], crs_named("EPSG:32637", "x"), "x")
    with pytest.raises(InputError, match="no reference system of a map"):
        in_lonlat([WIDE], crs_named("EPSG:4978", "x"), "x")
