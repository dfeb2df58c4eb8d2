"""The wheel: exactly the two packages, with the data inside, and at work outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_two_packages_and_the_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"geo", "layers"}
    for data in (
        "boundaries/units.geojson",
        "control/holdings.csv",
        "territories.toml",
        "datapackage.json",
        "LICENCES.md",
    ):
        assert f"geo/_data/{data}" in names
    assert not [name for name in names if name.startswith("geo/_data/build")]


def test_it_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); from layers.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-I", "-c", code, "share", "Crimea", "--of", "ukraine", "--at", "2025-01-20"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "%" in ran.stdout
