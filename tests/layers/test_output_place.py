"""A file that could not be written in the end is refused before any work."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.errors import InputError, OverwriteError, UsageError
from layers.cli import app
from layers.commands import draw
from layers.commands.subject import PAGES, check_output

BAND = 'band(line("contact"), "15 km")'


@pytest.mark.parametrize("name", ["band.jpg", "band", "band.htmlx", ".html"])
@pytest.mark.parametrize("command", ["map", "layers"])
def test_an_unknown_ending_is_refused_and_the_known_ones_named(
    command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "things_named", lambda *_: pytest.fail("work was done"))
    result = CliRunner().invoke(app, [command, BAND, "--at", "2025-01-20", "-o", str(tmp_path / name)])
    assert isinstance(result.exception, UsageError)
    assert (".png" if command == "map" else ".gpkg") in str(result.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["map", "layers"])
def test_a_missing_folder_and_another_s_file_are_refused_first(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "things_named", lambda *_: pytest.fail("work was done"))
    ending = {"map": "html", "layers": "geojson"}[command]
    other = tmp_path / f"mine.{ending}"
    other.write_text("my own work")
    for path, error in ((tmp_path / "nowhere" / f"a.{ending}", InputError), (other, OverwriteError)):
        result = CliRunner().invoke(app, [command, BAND, "--at", "2025-01-20", "-o", str(path)])
        assert isinstance(result.exception, error)
    assert other.read_text() == "my own work"


def test_force_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("my own work")
    check_output(path, PAGES, force=True)
