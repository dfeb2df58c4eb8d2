"""``control`` on the command line: list, show, import and pull, as a newsroom would call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from geo.atlas.pull import File, Limits, addresses
from geo.errors import SourceError, UsageError
from layers.commands import control

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs contactline with a data folder of its own, from a folder of its own."""

    def ran(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "layers.cli", *words],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT), "CONTACTLINE_DATA": str(tmp_path / "home")} | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return ran


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three days of the mirror, one missing between them."""
    path = tmp_path / "My Mirror"
    path.mkdir()
    for day, east in ((1, 38.0), (2, 38.1), (4, 38.2)):
        ring = [[37, 47.5], [east, 47.5], [east, 48.25], [37, 48.25], [37, 47.5]]
        feature: dict[str, Any] = {"type": "Feature", "properties": {}}
        feature["geometry"] = {"type": "Polygon", "coordinates": [ring]}
        collection = {"type": "FeatureCollection", "features": [feature]}
        (path / f"deepstatemap_data_202501{day:02}.geojson").write_text(json.dumps(collection))
    return path


def test_a_folder_is_imported_listed_shown_and_used_by_its_name(run: Run, folder: Path) -> None:
    done = run("control", "import", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("my-mirror: 3 days, 2025-01-01 to 2025-01-04; 3 read now; ")
    assert done.stderr == "1 days missing: 2025-01-03.\n"
    rows = json.loads(run("control", "list", "--json").stdout)["sources"]
    states = {row["name"]: row["state"] for row in rows}
    assert states["settlements"] == "embedded"
    assert states["my-mirror"] == "imported"
    assert states["nzz"] == "can be pulled"
    shown = json.loads(run("control", "show", "my-mirror", "--json").stdout)
    assert shown["schema"] == "contactline/control-show/1"
    assert shown["gaps"] == [["2025-01-03", "2025-01-03"]]
    assert shown["lineage"]["files"] == 3
    assert shown["lineage"]["current"]
    assert "russia: assessed" in shown["classes"]
    share = run(
        "share", 'controlled("russia") & oblast("Donetsk")', "--of", 'oblast("Donetsk")', "--at", "2025-01-03",
        "--control", "my-mirror", "--control", "settlements", "--json",
    )  # fmt: skip
    assert share.returncode == 0, share.stderr
    sources = json.loads(share.stdout)["quantity"]["basis"]["sources"]
    assert {source["name"] for source in sources} == {"my-mirror", "settlements"}
    assert {source["snapshot"] for source in sources if source["name"] == "my-mirror"} == {"2025-01-02"}


def test_an_import_says_what_is_in_its_way(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("control", "import", str(folder), "--as", "x").returncode == 0
    other = tmp_path / "other"
    folder.rename(other)
    again = run("control", "import", str(other), "--as", "x")
    assert (again.returncode, again.stdout) == (6, "")
    assert "--force" in again.stderr
    assert run("control", "import", str(other), "--as", "x", "--force").returncode == 0
    assert run("control", "import", str(other), "--as", "settlements").returncode == 2
    assert run("control", "import", "nowhere").returncode == 3
    (tmp_path / "empty").mkdir()
    assert run("control", "import", "empty").returncode == 3
    assert run("control", "show", "nobody").returncode == 4


def test_a_damaged_series_is_listed_as_such_and_refused_with_the_way_to_mend_it(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("control", "import", str(folder), "--as", "x")
    path = tmp_path / "home" / "control" / "x.series"
    path.write_bytes(path.read_bytes()[:-9])
    shown = run("area", 'controlled("russia")', "--at", "2025-01-02", "--control", "x")
    assert shown.returncode == 3
    assert "Import it again with --force" in shown.stderr
    path.write_bytes(b"rubbish")
    listed = run("control", "list", "--json")
    assert listed.returncode == 0
    assert {row["name"]: row["state"] for row in json.loads(listed.stdout)["sources"]}["x"] == "damaged"


def test_a_pull_shows_the_terms_and_fetches_nothing_before_they_are_accepted(run: Run, tmp_path: Path) -> None:
    refused = run("control", "pull", "nzz")
    assert refused.returncode == 2
    assert "Neue Zürcher Zeitung" in refused.stderr
    assert "--accept-terms" in refused.stderr
    assert not (tmp_path / "home").exists()
    unknown = run("control", "pull", "nobody")
    assert unknown.returncode == 4
    assert "deepstate-daily" in unknown.stderr
    assert run("control", "pull", "isw", "--from", "2024-01-01", "--to", "2024-01-02", "--accept-terms").returncode == 2


def test_a_pull_ends_in_a_series_and_out_of_reach_is_exit_5(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONTACTLINE_DATA", str(tmp_path))
    ring = [[47.5, 37], [47.5, 38], [48.25, 38], [48.25, 37]]
    with serving({"/data/20250102.json": json.dumps({"areas": [ring]}).encode()}) as base:
        host = base.removeprefix("http://")
        files = (File("day", base + "/data/{day:%Y%m%d}.json", "{day:%Y%m%d}.json", 1, 1),)
        source = replace(addresses()["uacontrolmap"], hosts=(host,), files=files)
        limits = Limits(schemes=frozenset({"http"}), tries=2, sleep=lambda _: None)
        with pytest.raises(UsageError, match="--accept-terms"):
            control.fetch(source, date(2025, 1, 1), date(2025, 1, 2), limits=limits)
        control.fetch(source, date(2025, 1, 1), date(2025, 1, 2), accept=True, limits=limits)
        said = capsys.readouterr()
        assert "uacontrolmap: 1 files fetched, 0 already there, 1 not published." in said.err
        assert said.out.startswith("uacontrolmap: 1 days, 2025-01-01 to 2025-01-01; 1 read now; ")
    with pytest.raises(SourceError, match="out of reach") as error:
        control.fetch(source, date(2025, 1, 1), date(2025, 1, 3), limits=limits)
    assert error.value.exit_code == 5


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[str]:
    """A web server on this machine with some files."""

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_can_be_pulled_is_shown_with_its_terms(run: Run) -> None:
    shown = run("control", "show", "viina")
    assert shown.returncode == 0
    assert "Open Database Licence" in shown.stdout
    assert "contactline control pull viina" in shown.stdout
