"""Patchy ground is drawn calmly, whole ground as it is."""

from __future__ import annotations

import shapely

from layers.pictures.calm import calmed

PAPER_M = 1000.0


def test_gaps_and_specks_too_small_for_a_dash_go() -> None:
    strips = shapely.union_all([shapely.box(2500 * n, 0, 2500 * n + 1500, 20_000) for n in range(8)])
    speck = shapely.box(100_000, 0, 101_000, 1_000)
    hole = shapely.box(200_000, 0, 220_000, 20_000) - shapely.box(205_000, 5_000, 206_000, 6_000)
    drawn = calmed(shapely.union_all([strips, speck, hole]), PAPER_M)
    assert len(shapely.get_parts(drawn)) == 2, "the strips as one, the speck not at all"
    assert len(shapely.get_rings(shapely.get_parts(drawn))) == 2, "and the hole is closed"


def test_what_is_whole_or_small_altogether_stays() -> None:
    whole = shapely.Point(0, 0).buffer(50_000)
    assert shapely.hausdorff_distance(calmed(whole, PAPER_M), whole) < 0.1 * PAPER_M
    wide_hole = shapely.box(0, 0, 20_000, 20_000) - shapely.box(5_000, 5_000, 9_000, 9_000)
    assert len(shapely.get_rings(calmed(wide_hole, PAPER_M))) == 2
    village = shapely.box(0, 0, 900, 900)
    assert calmed(village, PAPER_M).equals(village)
    assert calmed(shapely.Polygon(), PAPER_M).is_empty
