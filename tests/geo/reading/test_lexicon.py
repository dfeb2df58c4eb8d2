"""The list of territories as a file: what it may say, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import InputError
from geo.reading.lexicon import Lexicon, Scenario

ZONE = """
[[territory]]
id = "Tartarin zone"
kind = "buffer"
expression = 'band(line("contact"), "3 km")'
names = ["Tartarin's zone"]
begin = "2031-01-01"
scenario = { proposer = "Tartarin", date = "2031-01-01", terms = "three kilometres to each side" }
"""


def test_a_proposal_is_read_with_the_entry(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(ZONE, encoding="utf-8")
    entry = Lexicon.load(tmp_path / "own.toml").lookup("tartarin's zone")
    assert entry is not None
    assert entry.scenario == Scenario("Tartarin", "2031-01-01", "three kilometres to each side")
    assert (entry.begin, entry.end, entry.extra) == ("2031-01-01", "", {})


@pytest.mark.parametrize("scenario", ['{ proposer = "x" }', '{ proposer = "x", date = "y", terms = "z", width = 3 }'])
def test_a_proposal_with_other_keys_is_refused_by_name(scenario: str, tmp_path: Path) -> None:
    without = [line for line in ZONE.splitlines() if not line.startswith("scenario")]
    (tmp_path / "own.toml").write_text("\n".join([*without, f"scenario = {scenario}"]), encoding="utf-8")
    with pytest.raises(InputError, match="Tartarin zone needs a proposer, a date and terms"):
        Lexicon.load(tmp_path / "own.toml")
