"""The documents of every command against the contract: no key of it may go missing, others may come."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[1]
ON = ("--at", "2025-01-20")
HELD = 'controlled("russia") & country("ukraine")'

SOURCE = {"name": str, "snapshot": str, "classes": list, "value": (int, float)}
QUANTITY: dict[str, Any] = {
    "value": (int, float), "low": (int, float), "high": (int, float), "unit": str,
    "basis": {"as_of": str, "part": str, "method": str, "sources": [SOURCE]},
}  # fmt: skip
SHARE = QUANTITY | {"basis": QUANTITY["basis"] | {"whole": str, "whole_km2": (int, float)}}
MENTION = {"start": int, "end": int, "text": str, "kind": str, "territory": (str, type(None)), "note": str}
FIGURE = {"value": (int, float), "low": (int, float), "high": (int, float), "unit": str, "hedge": str}
CLAIM = {
    "start": int, "end": int, "text": str, "kind": str, "part": (str, type(None)), "whole": (str, type(None)),
    "quoted": (dict, type(None)), "measured": (dict, type(None)), "verdict": str, "why": str,
}  # fmt: skip
ARTICLE = {"path": str, "as_of": str, "as_of_from": str, "mentions": [MENTION], "claims": [CLAIM]}
SOURCE_ROW = {"name": str, "state": str, "title": str, "licence": str, "path": (str, type(None))}
STEP = {"expression": str, "source": str}
REGION = {"bbox": [(int, float)], "area_km2": (int, float), "as_of": str, "lineage": [STEP]}
POINT = {"date": str, "key": str, "value": (int, float), "unit": str}

MEASURE = {"schema": "contactline/measure/1", "expression": str, "quantity": QUANTITY}
DOCUMENTS: dict[tuple[str, ...], dict[str, Any]] = {
    ("check", str(ROOT / "data" / "examples" / "armistice.txt")): {
        "schema": "contactline/check/1",
        "articles": [ARTICLE],
    },
    ("area", HELD, *ON): MEASURE,
    ("length", 'line("contact")', *ON): MEASURE,
    ("share", HELD, "--of", "ukraine", *ON): MEASURE | {"quantity": SHARE},
    ("zone", 'band(line("contact"), "2 km")', *ON): {"schema": "contactline/zone/1", "quantity": QUANTITY},
    ("history", 'controlled("russia")', "--by", "the four oblasts", "--from", "2026-08-01"): {
        "schema": "contactline/history/1",
        "series": [POINT],
    },
    ("resolve", "left bank of the Dnipro in Kherson oblast"): {
        "schema": "contactline/resolve/1", "phrase": str, "territory": str, "kind": str, "region": REGION,
    },
    ("territories", "kherson"): {
        "schema": "contactline/territories/1",
        "territories": [{"id": str, "kind": str, "territory": (str, type(None)), "names": [str]}],
    },
    ("control", "list"): {"schema": "contactline/control-list/1", "sources": [SOURCE_ROW]},
    ("control", "show", "settlements"): {
        "schema": "contactline/control-show/1", "name": str, "title": str, "licence": str, "first": str, "last": str,
    },
    ("doctor",): {"schema": "contactline/doctor/1", "ok": bool, "checks": [{"name": str, "state": str, "ok": bool}]},
}  # fmt: skip


def missing(document: Any, wanted: Any, where: str = "$") -> list[str]:
    """What of the contract a document lacks, or has of another type."""
    match wanted:
        case Mapping():
            if not isinstance(document, Mapping):
                return [f"{where} is no object"]
            gone = [f"{where}.{key} is missing" for key in wanted if key not in document]
            there = [key for key in wanted if key in document]
            return gone + [line for key in there for line in missing(document[key], wanted[key], f"{where}.{key}")]
        case [each]:
            if not isinstance(document, list) or not document:
                return [f"{where} is no list, or empty"]
            return [line for i, one in enumerate(document) for line in missing(one, each, f"{where}[{i}]")]
        case str():
            return [] if document == wanted else [f"{where} is {document!r}, not {wanted!r}"]
    return [] if isinstance(document, wanted) else [f"{where} is {document!r}"]


@pytest.mark.parametrize("words", DOCUMENTS, ids=lambda words: " ".join(words[:2])[-40:])
def test_a_document_has_all_that_the_contract_says(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words, "--json")
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert missing(document, DOCUMENTS[words]) == []
    if words[0] == "check":
        for claim in document["articles"][0]["claims"]:
            assert not claim["quoted"] or missing(claim["quoted"], FIGURE) == []
            assert not claim["measured"] or missing(claim["measured"], QUANTITY) == []
            assert claim["why"]


def test_the_walk_finds_what_is_gone() -> None:
    assert missing({"a": [{"b": 1}, {}]}, {"a": [{"b": int}], "c": str}) == ["$.c is missing", "$.a[1].b is missing"]
    assert missing({"a": []}, {"a": [str]})
    assert missing({"schema": "x/2"}, {"schema": "x/1"})


@pytest.mark.parametrize(
    ("words", "code"),
    [(("area", "Khresonshire"), 4), (("check", "missing.txt"), 3), (("share", "ukraine", "--of", "Kherson"), 2)],
)
def test_an_error_is_words_on_standard_error_and_no_document(run: Run, words: tuple[str, ...], code: int) -> None:
    ran = run(*words, "--json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("contactline: ")


def test_with_json_nothing_else_is_on_standard_output(run: Run) -> None:
    ran = run("check", "--text", "Russia holds 20 % of Ukraine.", *ON, "--json", "--html", "x.html")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["articles"]
    assert "x.html" in ran.err


def test_who_runs_scripts_can_list_verdicts_in_any_case(run: Run) -> None:
    words = ("check", "--text", "Russia controls 90% of Ukraine.", *ON, "--json", "--fail-on")
    for asked in ("WRONG", "holds, Wrong", "not-checkable,wrong", " wrong "):
        ran = run(*words, asked)
        assert ran.code == 10, asked
        assert json.loads(ran.out)["articles"][0]["claims"][0]["verdict"] == "wrong"
    assert run(*words, "Holds As Rounded").code == 0
    refused = run(*words, "wrong,false,misleading")
    assert refused.code == 2
    assert "'false', 'misleading'" in refused.err
    assert "holds as rounded" in refused.err
