"""``contactline history`` as it is typed: what it prints, what it writes, and what it will not write over."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.errors import DateError, OverwriteError, UsageError
from layers.cli import app
from layers.series import COLUMNS

ASKED = ["history", 'controlled("russia")', "--by", "Donbas", "--from", "2024-08-01", "--to", "2024-08-09"]


def run(*words: str) -> str:
    result = CliRunner().invoke(app, [*ASKED, *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_document_on_standard_output() -> None:
    document = json.loads(run("--json"))
    assert document["schema"] == "contactline/history/1"
    assert {point["key"] for point in document["series"]} == {"Donetsk", "Luhansk"}
    assert document["gaps"] == []


def test_a_summary_for_people() -> None:
    text = run()
    assert "Donetsk" in text
    assert "2024-08-01" in text


def test_a_table_says_the_same_as_the_document(tmp_path: Path) -> None:
    path = tmp_path / "held.csv"
    document = json.loads(run("--json", "-o", str(path)))
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [float(row["value"]) for row in rows] == [point["value"] for point in document["series"]]
    before = path.read_bytes()
    run("-o", str(path))  # a table of ours is written again, and the same
    assert path.read_bytes() == before


def test_parquet_carries_its_basis(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    path = tmp_path / "held.parquet"
    document = json.loads(run("--json", "-o", str(path)))
    table = parquet.read_table(path)
    assert table.column_names == list(COLUMNS)
    assert table.num_rows == len(document["series"])
    assert json.loads(table.schema.metadata[b"contactline"])["basis"] == document["basis"]


@pytest.mark.parametrize("name", ["held.png", "held.html", "held.svg", "held.pdf"])
def test_a_picture_names_its_source(tmp_path: Path, name: str) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    path = tmp_path / name
    run("-o", str(path))
    assert b"contactline" in path.read_bytes()
    run("-o", str(path))  # one of ours is drawn again


def test_nothing_of_others_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("date,mine\n")
    with pytest.raises(OverwriteError):
        run("-o", str(path))
    assert path.read_text() == "date,mine\n"
    run("-o", str(path), "--force")
    assert path.read_text().startswith("date,key")


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="known are"):
        run("-o", str(tmp_path / "held.xls"))


def test_the_document_sums_up_what_changed_and_redrawing_apart() -> None:
    document = json.loads(run("--json"))
    assert [row["key"] for row in document["summary"]] == ["Donetsk", "Luhansk"]
    for row in document["summary"]:
        assert row["net_km2"] == pytest.approx(row["gained_km2"] - row["lost_km2"], abs=1e-5)
        whole = row["to"]["value"] - row["from"]["value"]
        assert whole == pytest.approx(row["net_km2"] + row["redrawn_km2"], abs=1e-3)


def test_a_table_is_described_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "held.csv"
    run("-o", str(path), "--datapackage")
    package = json.loads((tmp_path / "held.csv.datapackage.json").read_text())
    (resource,) = package["resources"]
    assert "ODbL" in package["licenses"][0]["title"]
    assert [field["name"] for field in resource["schema"]["fields"]] == list(COLUMNS)
    assert all(field["description"] for field in resource["schema"]["fields"])
    assert resource["basis"]["sources"][0]["first"] == "2024-08-01"


def test_a_picture_has_no_data_package(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="describes a table"):
        run("-o", str(tmp_path / "held.png"), "--datapackage")


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        ("2013-01-01", "2013-05-01", DateError),
        ("2026-08-01", "2031-01-01", DateError),
        ("2025-01-05", "2025-01-01", UsageError),
    ],
)
def test_days_there_is_nothing_of_are_an_error(first: str, last: str, error: type[Exception]) -> None:
    words = ["history", 'controlled("russia")', "--from", first, "--to", last]
    with pytest.raises(error, match=r"Choose dates inside|name the earlier day first"):
        CliRunner().invoke(app, words, catch_exceptions=False)


def test_a_single_day_is_a_history(tmp_path: Path) -> None:
    words = ["history", 'controlled("russia")', "--from", "2025-01-05", "--to", "2025-01-05"]
    ran = CliRunner().invoke(app, [*words, "-o", str(tmp_path / "day.svg")], catch_exceptions=False)
    assert ran.exit_code == 0
    assert "Source: Settlements" in ran.stderr
    assert "ODbL" in ran.stderr


def test_unknown_ground_is_said() -> None:
    words = ["history", 'controlled("russia")', "--from", "2014-05-01", "--to", "2014-05-02", "--json"]
    ran = CliRunner().invoke(app, words, catch_exceptions=False)
    assert any("are unknown" in note for note in json.loads(ran.stdout)["basis"]["notes"])


def test_a_row_names_its_whole_and_the_day_of_its_state(tmp_path: Path) -> None:
    path = tmp_path / "share.csv"
    words = ["history", 'controlled("russia")', "--of", "ukraine", "--from", "2024-01-01", "--to", "2024-01-20"]
    ran = CliRunner().invoke(app, [*words, "-o", str(path), "--json"], catch_exceptions=False)
    with path.open(newline="") as file:
        first = next(iter(csv.DictReader(file)))
    assert first["state"] < first["date"] == "2024-01-01"
    assert (first["whole"], float(first["whole_km2"])) == ('country("ukraine")', 603628.0)
    document = json.loads(ran.stdout)
    assert document["series"][0]["state"] == first["state"]
    assert any("contested areas" in note for note in document["basis"]["notes"])


@pytest.mark.parametrize("command", ["history", "chart"])
def test_help_names_no_type_of_python(command: str) -> None:
    said = CliRunner().invoke(app, [command, "--help"]).stdout
    assert "<" not in said
    assert ".docx" in said or command == "history"
