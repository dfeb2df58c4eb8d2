"""Liveuamap as NZZ serves it: losses are not held, and what is missing is completed or refused, never passed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.atlas.atlas import embedded
from geo.atlas.control import control_source
from geo.atlas.control.nzz import Nzz
from geo.errors import InputError
from geo.measure.geodesic import area_km2

Write = Callable[[str, Any], Path]

SOUTH = shapely.box(34.0, 46.5, 36.0, 47.2)
KUPIANSK = shapely.box(37.6, 49.5, 37.8, 49.7)
KURSK = shapely.box(35.3, 51.2, 35.5, 51.35)


def donbas() -> shapely.Geometry:
    """A part of the two oblasts with both their capitals, as large as what NZZ dropped."""
    units = shapely.union_all([embedded().unit(name).geometry for name in ("Donetsk", "Luhansk")])
    low, high = 46.5, 48.0
    while high - low > 1e-3:
        south = (low + high) / 2
        part = shapely.intersection(units, shapely.box(37.6, south, 40.5, 48.75))
        low, high = (south, high) if area_km2(part) > 16_619 else (low, south)
    return part


DONBAS = donbas()


def day(date_: str = "", **areas: shapely.Geometry | list[shapely.Geometry]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"type": kind, **({"date": date_} if date_ else {})},
            "geometry": shapely.union_all(area).__geo_interface__,
        }
        for kind, area in areas.items()
    ]
    return {"value": {"type": "FeatureCollection", "features": features}}


def source(folder: Path) -> Nzz:
    return Nzz(folder, embedded())


def held(folder: Path, at: str) -> shapely.Geometry:
    return source(folder).snapshot(date.fromisoformat(at)).held("russia")


def test_losses_are_not_held_and_gains_are(write: Write) -> None:
    folder = write("2023-01-01.json", day(nochange=DONBAS, gains=SOUTH, losses=KUPIANSK))
    area = held(folder, "2023-01-01")
    assert shapely.intersects_xy(area, [35.0, 38.5], [46.9, 48.2]).all()
    assert not shapely.intersects_xy(area, 37.7, 49.6)


def test_crimea_is_added_and_said_and_not_added_twice(write: Write) -> None:
    crimea = shapely.union_all([embedded().unit(name).geometry for name in ("Crimea", "Sevastopol")])
    write("2023-01-01.json", day(nochange=DONBAS))
    folder = write("2023-01-02.json", day(nochange=[DONBAS, crimea]))
    without, with_it = (source(folder).snapshot(date(2023, 1, n)) for n in (1, 2))
    assert area_km2(without.held("russia")) == pytest.approx(area_km2(with_it.held("russia")), rel=1e-5)
    assert any(note.startswith("Crimea and Sevastopol are not in it: added as occupied") for note in without.notes)
    assert not any("Crimea" in note for note in with_it.notes)


def test_what_fell_out_at_the_break_is_put_back_from_the_days_around_it_and_said(write: Write) -> None:
    write("2024-03-10.json", day(nochange=[DONBAS, SOUTH]))
    write("2024-03-20.json", day(nochange=SOUTH))
    folder = write("2024-04-01.json", day(nochange=[SOUTH, KUPIANSK]))
    snapshot = source(folder).snapshot(date(2024, 4, 1))
    area = snapshot.held("russia")
    assert shapely.intersects_xy(area, [38.5, 35.0, 37.7], [48.2, 46.9, 49.6]).all()
    note = next(note for note in snapshot.notes if "Donbas" in note)
    assert "2024-03-10" in note
    assert "2024-03-20" in note
    before = source(folder).snapshot(date(2024, 3, 10))
    assert not any("Donbas" in note for note in before.notes)


def test_after_the_break_alone_it_is_refused(write: Write) -> None:
    folder = write("2024-04-01.json", day(nochange=SOUTH))
    for path in (folder, folder / "2024-04-01.json"):
        with pytest.raises(InputError, match=r"16,619 km².*Give a folder that also has a day from 2022-02-24"):
            source(path).snapshot(date(2024, 4, 1))


def test_where_the_days_around_the_break_do_not_tell_it_is_refused(write: Write) -> None:
    write("2022-04-01.json", day(nochange=[shapely.box(37.0, 47.0, 39.9, 49.9), SOUTH]))
    folder = write("2024-04-01.json", day(nochange=SOUTH))
    with pytest.raises(InputError, match=r"cannot be told: .* fell out between them"):
        source(folder).snapshot(date(2024, 4, 1))


def test_an_incomplete_file_before_the_break_is_refused(write: Write) -> None:
    folder = write("2023-04-01.json", day(nochange=SOUTH))
    with pytest.raises(InputError, match="Donetsk and Luhansk are not in it"):
        source(folder).snapshot(date(2023, 4, 1))


def test_the_state_is_of_the_day_the_areas_carry(write: Write) -> None:
    folder = write("2023-01-05.json", day("2023-01-02", nochange=DONBAS))
    assert source(folder).snapshot(date(2023, 1, 5)).dated == date(2023, 1, 2)


def test_losses_in_russia_are_what_ukraine_took(write: Write) -> None:
    folder = write("2023-01-05.json", day(nochange=DONBAS, losses=[KURSK, KUPIANSK]))
    ours = source(folder).snapshot(date(2023, 1, 5)).held("ukraine")
    abroad = shapely.difference(ours, embedded().country("ukraine").geometry)
    assert area_km2(abroad) == pytest.approx(area_km2(KURSK), rel=1e-3)


def test_unknown_types_are_counted_and_a_strange_form_refused(write: Write) -> None:
    folder = write("2023-01-05.json", day(nochange=DONBAS, maybe=SOUTH))
    snapshot = source(folder).snapshot(date(2023, 1, 5))
    assert any(note.startswith("Features of unknown type left out") and "maybe" in note for note in snapshot.notes)
    assert not shapely.intersects_xy(snapshot.held("russia"), 35.0, 46.9)
    other = write("2023-01-06.json", {"features": []})
    with pytest.raises(InputError, match=r"2023-01-06\.json: not NZZ's form"):
        source(other).snapshot(date(2023, 1, 6))


def test_the_real_series_has_no_break_left(shared: Path) -> None:
    nzz = control_source(str(shared / "control" / "nzz"), embedded())
    days = [day for day in nzz.dates if date(2024, 2, 1) <= day <= date(2024, 7, 1)]
    areas = [area_km2(nzz.snapshot(day).held("russia")) for day in days]
    assert max(abs(after - before) for before, after in pairwise(areas)) < 600
    assert areas[0] > 107_000


def test_the_sivash_it_leaves_out_is_nobodys_and_no_front_runs_around_it(shared: Path) -> None:
    snapshot = control_source(str(shared / "control" / "nzz"), embedded()).snapshot(date(2025, 1, 20))
    sivash = embedded().water("sivash", date(2025, 1, 20))
    assert area_km2(shapely.intersection(snapshot.held("ukraine"), sivash)) < 1
    inside = shapely.intersection(snapshot.held("ukraine"), embedded().country("ukraine").geometry)
    assert [part for part in shapely.get_parts(inside) if shapely.intersects(part, sivash)] == []


def test_real_kursk_is_not_lost(shared: Path) -> None:
    nzz = control_source(str(shared / "control" / "nzz"), embedded())
    ours = nzz.snapshot(date(2024, 9, 1)).held("ukraine")
    assert 1_100 < area_km2(shapely.difference(ours, embedded().country("ukraine").geometry)) < 1_300


def test_the_break_is_in_the_report_with_what_is_made_of_it(write: Write) -> None:
    folder = write("2024-04-01.json", day(nochange=SOUTH))
    (line,) = source(folder).report()
    assert line.startswith("break on 2024-03-14: the Donbas held before 2022 (16,619 km²) is not in it")
    assert line.endswith("the files here cannot complete it, days after it are refused.")
    write("2024-03-10.json", day(nochange=[DONBAS, SOUTH]))
    assert source(folder).report()[-1].endswith("completed from the files of 2024-03-10 and 2024-04-01.")
    before = source(folder / "2024-03-10.json")
    assert before.report() == ()


def test_areas_much_older_than_their_file_are_told(write: Write) -> None:
    write("2023-01-05.json", day("2023-01-02", nochange=DONBAS))
    folder = write("2023-01-20.json", day("2023-01-02", nochange=DONBAS))
    old = [note for note in source(folder).snapshot(date(2023, 1, 20)).notes if "days old" in note]
    assert old == ["Its areas are 18 days old: of 2023-01-02."]
    assert not any("days old" in note for note in source(folder).snapshot(date(2023, 1, 5)).notes)
