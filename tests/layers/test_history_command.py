"""``contactline history`` as it is typed: what it prints, what it writes, and what it will not write over."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.errors import OverwriteError, UsageError
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


@pytest.mark.parametrize("name", ["held.png", "held.html"])
def test_a_picture_names_its_source(tmp_path: Path, name: str) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    path = tmp_path / name
    run("-o", str(path))
    assert b"contactline" in path.read_bytes()[:2048]


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
