"""Series on the command line: where they lie, how to be rid of one, and sources that do not agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
HELD = 'controlled("russia") & oblast("Donetsk")'
ON = ("--at", "2025-01-01")


def _mirror(folder: Path, east: float) -> Path:
    """A day of DeepState's mirror in which a rectangle up to ``east`` is held."""
    folder.mkdir()
    ring = [[37, 47.5], [east, 47.5], [east, 48.25], [37, 48.25], [37, 47.5]]
    feature: dict[str, Any] = {"type": "Feature", "properties": {}}
    feature["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "deepstatemap_data_20250101.geojson").write_text(text)
    return folder


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Run:
    """Two series that differ by half a degree of longitude."""
    for name, east in (("near", 37.5), ("far", 38.0)):
        assert run("control", "import", str(_mirror(tmp_path / name, east)), "--as", name).code == 0
    return run


def test_a_series_says_where_it_lies_and_how_large_it_is(imported: Run, tmp_path: Path) -> None:
    room = tmp_path / "home" / "control"
    listed = imported("control", "list")
    assert f"Imported series lie in {room}." in " ".join(listed.out.split()).replace("/ ", "/")
    assert "MB" in listed.out
    rows = {row["name"]: row for row in json.loads(imported("control", "list", "--json").out)["sources"]}
    assert rows["near"]["path"] == str(room / "near.series")
    assert rows["settlements"]["path"] is None
    shown = imported("control", "show", "near").out
    assert "near.series" in shown
    assert "control remove near" in shown
    assert "held by Russia, as assessed" in shown


def test_a_series_is_removed_when_it_is_meant(imported: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "home" / "control" / "near.series"
    unasked = imported("control", "remove", "near")
    assert (unasked.code, "--yes" in unasked.err, kept.is_file()) == (2, True, True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer, code, there in ((False, 2, True), (True, 0, False)):
        monkeypatch.setattr("typer.confirm", lambda *_, answer=answer, **__: answer)
        assert imported("control", "remove", "near").code == code
        assert kept.is_file() is there
    again = imported("control", "remove", "nea", "--yes")
    assert (again.code, "far" in again.err) == (4, True)
    assert imported("control", "remove", "far", "--yes").code == 0
    assert "none is" in imported("control", "remove", "far", "--yes").err


def test_a_damaged_series_can_be_removed(imported: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "control" / "near.series").write_bytes(b"rubbish")
    assert "damaged" in imported("control", "list").out
    assert imported("control", "remove", "near", "--yes").code == 0


@pytest.mark.parametrize(
    ("words", "unit"),
    [(("area", HELD), "km²"), (("share", HELD, "--of", 'oblast("Donetsk")'), "points"), (("zone", HELD), "km²")],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_sources_that_do_not_agree_are_named_with_the_difference(
    imported: Run, words: tuple[str, ...], unit: str
) -> None:
    both = ("--control", "near", "--control", "far")
    ran = imported(*words, *ON, *both)
    assert ran.code == 0, ran.err
    warning = next(line for line in ran.err.splitlines() if line.startswith("Warning: "))
    assert "near says " in warning or "near " in warning
    assert "far" in warning
    assert f"{unit} apart, outside each other's intervals." in warning
    document = json.loads(imported(*words, *ON, *both, "--json").out)
    assert any("apart" in note for note in document["quantity"]["basis"]["notes"])
    assert {source["name"] for source in document["quantity"]["basis"]["sources"]} >= {"near", "far"}


def test_sources_that_agree_are_not_warned_of(imported: Run) -> None:
    ran = imported("area", HELD, *ON, "--control", "near", "--control", "near")
    assert (ran.code, ran.err) == (0, "")
    assert imported("area", "Kherson", *ON, "--control", "near", "--control", "far").err == ""
