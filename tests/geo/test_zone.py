"""A zone laid out by unit and holder adds up, and counts who is listed inside."""

from __future__ import annotations

from datetime import date

import pytest
import shapely

from geo.algebra import parse
from geo.algebra.evaluate import World, evaluate
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import UsageError
from geo.zone import OUTSIDE, OWN_GROUND, UNSTATED, line_segments, zone


@pytest.fixture(scope="module")
def world() -> World:
    return World(embedded(), date(2024, 9, 1), control_source("settlements", embedded()))


def test_parts_and_segments_add_up(world: World) -> None:
    laid_out = zone(parse('band(line("contact"), "2 km")'), world)
    assert sum(laid_out.by_unit().values()) == pytest.approx(laid_out.area_km2, rel=1e-5)
    assert sum(laid_out.by_side().values()) == pytest.approx(laid_out.area_km2, rel=1e-5)
    assert sum(segment.length_km for segment in laid_out.segments) == pytest.approx(laid_out.length_km, abs=0.01)
    assert {"Donetsk", "Kherson", "Kursk"} <= {segment.unit for segment in laid_out.segments}
    assert {"russia", "ukraine"} <= set(laid_out.by_side())
    smooth = list(laid_out.smoothed_km.values())
    assert list(laid_out.smoothed_km) == [0.1, 1.0, 5.0]
    assert laid_out.length_km >= smooth[0] >= smooth[1] >= smooth[2] > 0


def test_a_zone_cut_to_one_side_has_only_that_side(world: World) -> None:
    cut = zone(parse('band(line("contact"), "5 km") & controlled("ukraine")'), world)
    assert cut.by_side()["ukraine"] == pytest.approx(cut.area_km2, rel=1e-4)
    assert cut.to_dict()["lineage"][-1]["expression"] == "who holds what"


def test_settlements_are_those_inside_most_populous_first(world: World) -> None:
    laid_out = zone(parse('oblast("Kherson")'), world)
    region = evaluate(parse('oblast("Kherson")'), world).geometry
    assert laid_out.settlements[0].name == "Kherson"
    assert all(region.intersects(shapely.Point(place.lon, place.lat)) for place in laid_out.settlements)
    assert laid_out.population == sum(place.population for place in laid_out.settlements)
    assert laid_out.segments == ()
    assert laid_out.to_dict()["settlements"]["count"] == len(laid_out.settlements)


def test_without_a_source_no_holder_is_stated() -> None:
    laid_out = zone(parse('band(parallel("48N") & country("ukraine"), "3 km")'), World(embedded(), date(2024, 9, 1)))
    assert set(laid_out.by_side()) == {UNSTATED}
    assert laid_out.length_km > 500


def test_what_lies_in_no_unit_is_said_to_be_outside() -> None:
    sea = shapely.LineString([(31.5, 44.5), (31.8, 44.5)])
    (segment,) = line_segments(sea, embedded())
    assert segment.unit == OUTSIDE
    assert line_segments(shapely.LineString(), embedded()) == ()


def test_a_line_along_a_border_is_counted_once(world: World) -> None:
    donetsk = embedded().unit("Donetsk").geometry
    edge = shapely.LineString(shapely.get_parts(donetsk)[0].exterior.coords)
    segments = line_segments(edge, embedded())
    from geo.measure.geodesic import length_km

    assert sum(segment.length_km for segment in segments) == pytest.approx(length_km(edge), abs=0.05)


def test_a_line_has_no_area_to_lay_out(world: World) -> None:
    with pytest.raises(UsageError, match="no area"):
        zone(parse('line("contact")'), world)


@pytest.mark.parametrize("at", [date(2024, 9, 1), date(2024, 12, 30)])
def test_russia_s_own_ground_that_nobody_else_is_shown_to_hold_is_its_own(at: date, world: World) -> None:
    world = world.on(at)
    laid_out = zone(parse('oblast("Kursk") | oblast("Belgorod")'), world)
    sides = laid_out.by_side()
    ground = '(oblast("Kursk") | oblast("Belgorod"))'
    taken, contested = (
        evaluate(parse(f"{what} & {ground}"), world).area_km2 for what in ('controlled("ukraine")', "contested()")
    )
    assert sides["ukraine"] == pytest.approx(taken, abs=0.5)
    assert sides["russia"] == pytest.approx(laid_out.area_km2 - taken - contested, abs=1)
    assert sides.get(UNSTATED, 0.0) < 1
    assert OWN_GROUND in laid_out.to_dict()["notes"]
    assert (contested > 100) == (at == date(2024, 12, 30)) == ("contested" in sides)


def test_a_country_at_peace_has_no_holder_and_ukraine_alone_needs_no_note(world: World) -> None:
    belarus = zone(parse('country("belarus")'), world)
    assert belarus.by_side()[UNSTATED] > 0.9999 * belarus.area_km2
    assert belarus.notes == ()
    assert zone(parse('oblast("Kherson")'), world).notes == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('oblast("Lviv") & oblast("Donetsk")', "covers nothing: .* do not overlap"),
        ('contested() & oblast("Lviv")', "covers nothing on 2024-09-01: .*--at"),
    ],
)
def test_what_covers_nothing_is_no_zone(written: str, said: str, world: World) -> None:
    with pytest.raises(UsageError, match=said):
        zone(parse(written), world)
