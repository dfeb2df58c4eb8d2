"""The sentences that were held out: figures, subjects and verdicts, and no accusation of what is true."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from geo.reading import read

HERE = Path(__file__).parent
SHORT = {"{ru}": 'controlled("russia")', "{ua}": 'controlled("ukraine")', "{UA}": 'country("ukraine")'}
LEAST = {
    "held_out.toml": 0.97, "held_out_2.toml": 0.92, "held_out_3.toml": 0.95, "held_out_4.toml": 0.95,
    "held_out_5.toml": 0.8, "held_out_6.toml": 0.9, "held_out_7.toml": 0.9, "held_out_8.toml": 0.92,
    "held_out_9.toml": 0.92, "held_out_10.toml": 0.75,
}  # fmt: skip


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]
    return cases


def _found(case: dict[str, Any]) -> bool:
    """Whether a claim of the kind, value and part that a reader takes from the sentence is among those read."""
    claims = read(case["text"], dated=str(case["at"])).claims
    if case["kind"] == "none":
        return not any(claim.part for claim in claims)
    wanted = case.get("part", "*")
    for short, expression in SHORT.items():
        wanted = wanted.replace(short, expression)
    for claim in (c for c in claims if c.kind == case["kind"]):
        if "value" in case and (
            claim.figure is None or abs(claim.figure.to(case["unit"]).value - case["value"]) > 0.006 * case["value"]
        ):
            continue
        if wanted == "*" or (wanted == "-" and claim.part is None) or _leaves(claim.part) == _leaves(wanted):
            return True
    return False


def _leaves(expression: str | None) -> str:
    return "".join(sorted((expression or "").replace("(", "").replace(")", "").replace(" ", "")))


@pytest.mark.parametrize("name", sorted(LEAST))
def test_most_held_out_sentences_are_read(name: str) -> None:
    cases = _cases(name)
    missed = [case["text"] for case in cases if not _found(case)]
    assert 1 - len(missed) / len(cases) >= LEAST[name], "\n".join(missed)


def test_the_sets_do_not_share_a_sentence() -> None:
    sets = [{case["text"] for case in _cases(name)} for name in sorted(LEAST)]
    assert len(set().union(*sets)) == sum(map(len, sets))
