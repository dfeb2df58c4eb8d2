"""The command line as scripts use it: documents, exit codes, and no half-written output."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from layers import cli

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "data" / "examples" / "armistice.txt"


Run = Callable[..., Any]  # the fixture of conftest.py: words of a command to code, out, err

QUANTITY = {
    "type": "object",
    "required": ["value", "low", "high", "unit", "basis"],
    "properties": {
        "unit": {"enum": ["percent", "km2", "km", "m", "count", "days", "km2/day", "people"]},
        "basis": {
            "type": "object",
            "required": ["as_of", "part", "method", "sources"],
            "properties": {
                "sources": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"required": ["name", "snapshot", "classes", "value"]},
                }
            },
        },
    },
}
CHECK = {
    "type": "object",
    "required": ["schema", "articles"],
    "properties": {
        "schema": {"const": "contactline/check/1"},
        "articles": {
            "type": "array",
            "items": {
                "required": ["path", "as_of", "as_of_from", "mentions", "claims"],
                "properties": {
                    "as_of_from": {"enum": ["option", "article", "today"]},
                    "mentions": {
                        "items": {"required": ["start", "end", "text", "kind", "territory", "note"]},
                    },
                    "claims": {
                        "items": {
                            "required": [
                                "start",
                                "end",
                                "text",
                                "kind",
                                "part",
                                "whole",
                                "quoted",
                                "measured",
                                "verdict",
                                "why",
                            ],
                            "properties": {
                                "verdict": {
                                    "enum": [
                                        "holds",
                                        "holds as rounded",
                                        "overstated",
                                        "understated",
                                        "wrong",
                                        "inconsistent",
                                        "not checkable",
                                    ]
                                },
                                "measured": {"anyOf": [{"type": "null"}, QUANTITY]},
                            },
                        }
                    },
                },
            },
        },
    },
}


def test_check_prints_one_document_that_follows_the_contract(run: Run) -> None:
    ran = run("check", str(EXAMPLE), "--json")
    assert ran.code == 0
    document = json.loads(ran.out)
    jsonschema.validate(document, CHECK)
    article = document["articles"][0]
    text = EXAMPLE.read_text(encoding="utf-8")
    for span in (*article["mentions"], *article["claims"]):
        assert text[span["start"] : span["end"]] == span["text"]
    assert article["as_of_from"] == "article"
    assert len(article["claims"]) >= 5


def test_check_is_a_table_of_verdicts_and_the_path_of_the_map(run: Run, tmp_path: Path) -> None:
    ran = run("check", str(EXAMPLE), "--html", "article.html")
    assert ran.code == 0
    assert "verdict" in ran.out
    assert ran.out.rstrip().endswith("article.html")
    assert "As of 2025-01-22, the article's own date; control by settlements, the table that ships." in ran.out
    assert "territories are named" in ran.out
    assert "<!doctype html>" in (tmp_path / "article.html").read_text(encoding="utf-8")[:200].lower()


def test_the_same_input_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert run("map", "Kherson", "--at", "2025-01-20", "-o", name).code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_text_that_names_nothing(run: Run) -> None:
    ran = run("check", "--text", "It rained all day.", "--at", "2025-01-20", "--json")
    article = json.loads(ran.out)["articles"][0]
    assert (ran.code, article["mentions"], article["claims"]) == (0, [], [])


def test_fail_on_ends_with_its_own_code(run: Run) -> None:
    words = ("check", "--text", "Russia controls 90% of Ukraine.", "--at", "2025-01-20")
    assert run(*words).code == 0
    assert run(*words, "--fail-on", "wrong").code == 10
    assert run(*words, "--fail-on", "nonsense").code == 2


@pytest.mark.parametrize("command", ["area", "length"])
def test_measures_as_documents(run: Run, command: str) -> None:
    expression = {"area": 'bank("dnipro", "right") & oblast("Kherson")', "length": 'line("contact")'}[command]
    ran = run(command, expression, "--at", "2023-02-15", "--json")
    document = json.loads(ran.out)
    assert document["schema"] == "contactline/measure/1"
    jsonschema.validate(document["quantity"], QUANTITY)


def test_share_of_a_known_name(run: Run) -> None:
    ran = run("share", 'controlled("russia") & country("ukraine")', "--of", "ukraine", "--at", "2025-01-20", "--json")
    quantity = json.loads(ran.out)["quantity"]
    assert quantity["unit"] == "percent"
    assert quantity["low"] <= 18.6 <= quantity["high"]
    assert quantity["basis"]["whole_km2"] == 603628


def test_resolve_tells_what_it_read(run: Run) -> None:
    ran = run("resolve", "left bank of the Dnipro in Kherson oblast", "--json")
    document = json.loads(ran.out)
    assert document["schema"] == "contactline/resolve/1"
    assert document["territory"] == 'bank("dnipro", "left") & oblast("Kherson")'
    assert document["region"]["area_km2"] > 15_000
    assert document["region"]["lineage"]


def test_territories_are_listed_by_any_spelling(run: Run) -> None:
    everything = json.loads(run("territories", "--json").out)["territories"]
    found = json.loads(run("territories", "харків", "--json").out)["territories"]
    assert 0 < len(found) < len(everything)


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_layers_open_again(run: Run, tmp_path: Path, ending: str) -> None:
    import fiona

    ran = run("layers", str(EXAMPLE), "-o", f"out.{ending}")
    assert ran.code == 0
    assert ran.out.strip() == f"out.{ending}"
    count = 0
    for name in set(fiona.listlayers(tmp_path / f"out.{ending}")) - {"layer_styles"}:
        with fiona.open(tmp_path / f"out.{ending}", layer=name) as layer:
            count += len(layer)
            assert layer.crs.to_epsg() == 4326
    assert count > 5


def test_nothing_of_others_is_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("my own page", encoding="utf-8")
    words = ("map", "Kherson", "--at", "2025-01-20", "-o", "mine.html")
    assert run(*words).code == 6
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "my own page"
    assert run(*words, "--force").code == 0


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 20,
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "broken.pdf": b"%PDF-1.7\nnothing more",
}


@pytest.mark.parametrize("name", BAD)
def test_unreadable_articles_are_named(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    ran = run("check", name, "--at", "2025-01-20", "--html", "out.html")
    assert ran.code == 3
    assert name in ran.err
    assert not (tmp_path / "out.html").exists()
    assert_no_traceback(ran)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("check", "missing.txt"), 3, "missing.txt"),
        (("check",), 2, "--text"),
        (("check", "--text", "Russia holds 20 % of Ukraine.", "--at", "1999-01-01"), 3, "1999-01-01"),
        (("check", "--text", "x", "--at", "yesterday"), 2, "YYYY-MM-DD"),
        (("area", "Khresonshire oblast"), 4, "Did you mean"),
        (("area", 'oblast("Khreson")'), 4, "Kherson"),
        (("area", 'oblast("Kherson"'), 4, "does not parse"),
        (("area", 'controlled("russia")', "--at", "2031-01-01"), 3, "2031-01-01"),
        (("area", "Kherson", "--control", "nobody"), 4, "nobody"),
        (("length", "Kherson oblast"), 2, "no length"),
        (("map", "Kherson", "--at", "2025-01-20", "-o", "no/such/folder/map.html"), 3, "no/such/folder"),
        (("layers", "Kherson", "--at", "2025-01-20", "-o", "out.docx"), 2, ".gpkg"),
        (("frobnicate",), 2, "frobnicate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_calls_say_what_is_wrong(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ran = run(*words)
    assert ran.code == code, ran.err
    assert told in re.sub(r"\s+", " ", ran.err)
    assert ran.out == ""
    assert_no_traceback(ran)


def assert_no_traceback(ran: Any) -> None:
    assert "Traceback" not in ran.err


def test_plain_text_where_standard_output_is_no_terminal(run: Run) -> None:
    assert "\x1b[" not in run("area", "Kherson oblast").out


def test_every_command_is_in_the_readme() -> None:
    import typer

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in typer.main.get_command(cli.app).commands:  # type: ignore[attr-defined]
        assert f"contactline {name}" in readme, f"{name} is not in README.md"


@pytest.mark.parametrize("command", ["check", "map", "layers", "area", "share", "length", "resolve", "territories"])
def test_help_gives_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert "Example: contactline" in ran.out
