"""Hollows: a rim cut where it crosses its neighbour covers, with the core, what it covers uncut."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measure.axis import Axis
from geo.measure.bands import band, bands
from geo.measure.geodesic import densified
from geo.measure.hollows import Hollowed, hollowed
from geo.measure.pieces import NO_JOINTS, Pieces

steps = st.lists(st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)), min_size=2, max_size=30, unique=True)
walks = steps.map(lambda way: shapely.LineString(np.cumsum([(36, 48), *way], axis=0))).filter(lambda w: w.length > 0.01)


def uncut(pieces: Pieces, inner: float, outer: float) -> Hollowed:
    return Hollowed(pieces, NO_JOINTS, pieces)


def widest_gap_m(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """How wide, in the mean, the widest place is at which two areas differ, roughly."""
    parts = [p for p in shapely.get_parts(shapely.symmetric_difference(one, other)) if p.area > 0]
    return max((2 * 111_000 * part.area / part.length for part in parts), default=0.0)


@settings(deadline=None, max_examples=25)
@given(walks, st.sampled_from([100.0, 1000.0, 4000.0, 20_000.0]), st.sampled_from(["round", "flat"]))
def test_a_band_is_the_same_with_its_hollows_cut_or_not(line: shapely.LineString, reach: float, caps: str) -> None:
    cut = band(line, reach, reach, caps=caps)  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.measure.bands.hollowed", uncut)
        whole = band(line, reach, reach, caps=caps)  # type: ignore[arg-type]
    assert cut.is_valid
    assert widest_gap_m(cut, whole) < 0.12
    assert len(shapely.get_rings(cut)) == len(shapely.get_rings(whole))


@settings(deadline=None, max_examples=12)
@given(walks)
def test_what_a_family_leaves_out_no_wider_band_shows(line: shapely.LineString) -> None:
    reaches = [1000.0, 1500.0, 2000.0, 3000.0, 5000.0, 8000.0]
    for reach, one in zip(reaches, bands(line, [(reach, reach) for reach in reaches]), strict=True):
        assert widest_gap_m(one, band(line, reach, reach)) < 0.15


def test_a_corner_is_cut_where_both_rims_are_as_far_from_both_edges() -> None:
    bend = shapely.LineString([(36, 48), (36.1, 48), (36.1, 48.1)])
    rim = hollowed(Axis.of([bend]).pieces, 900.0, 1000.0)
    assert len(rim.joints.before) == 1
    for corner, reach in ((rim.joints.outer, 1000.0), (rim.joints.inner, 900.0)):
        east, north = (36.1 - corner[0, 0]) * 74_630, (corner[0, 1] - 48) * 111_200
        assert east == pytest.approx(reach, rel=1e-3)
        assert north == pytest.approx(reach, rel=1e-3)


def test_around_a_line_each_piece_shares_a_side_with_the_next() -> None:
    straight = shapely.LineString(shapely.get_coordinates(densified(shapely.LineString([(36, 48), (36.5, 48.2)]), 5)))
    around = Axis.of([straight])
    assert around.pieces.met().all()
    assert around.is_cap.sum() == 2
    assert (around.ends == shapely.get_coordinates(straight)[[-1, 0]]).all()
