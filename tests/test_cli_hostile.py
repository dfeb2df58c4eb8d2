"""Rubbish on the command line: the contract's exit code, a message that says what and how to mend it, no traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

LINE = 'line("contact")'
HELD = 'controlled("russia")'
ON = ("--at", "2025-01-20")
DATES = ("2025-13-40", "31/12/2025", "", "0000-00-00", "yesterday", "2025-02-30", "20.1.2025", "99999-01-01")
WIDTHS = ("15", "15 parsecs", "-5 km", "1e9 km", "nan km", "inf km", "", "km", "15 km 3", "١٥ км", "0x10 km")
MISWRITTEN = (
    'oblast("Kherson"', 'oblast("Kherson"))', 'oblast("Kherson") |', 'oblast("Kherson" | )', "oblast(Kherson)",
    "oblast()", 'oblast("")', 'oblast("Kherson") ^ oblast("Donetsk")', 'oblast("Kherson").area',
    'oblast("Kherson"); 1', 'oblast("Kher\x00son")', "controlled()", 'bank("dnipro", "up")',
    'parallel("38")', 'parallel("380N")', 'border("ukraine")', 'on(oblast("Kherson"), "2025-99-99")',
    'on(oblast("Kherson"))', 'lost("ukraine", since="tomorrow")', 'lost("ukraine")',
    f'band({LINE}, left="x", right="y")', f"band({LINE}, 15)", f"band({LINE})", f'band({LINE}, middle="15 km")',
    "(" * 9_000 + HELD + ")" * 9_000, "land(" * 3_000 + HELD + ")" * 3_000,
    " | ".join(['oblast("Kherson")'] * 900),
)  # fmt: skip
"""What does not follow the written form: usage."""
UNKNOWN = (
    'frobnicate("x")', 'controlled("germany")', 'bank("rhine", "left")', 'line("nowhere")',
    'border("ukraine", "atlantis")', 'water("no such lake")', 'place("Nowheretown")', 'oblast("Donezk")',
    "Khresonshire", "lambda: 1", '__import__("os").system("id")',
    "()", "1", "|", "🙂", "{}", "[1]", '"""', "(" * 10_000, "x" * 15_000,
)  # fmt: skip
"""What is well written, or a name, and nothing is called."""
CASES: list[tuple[tuple[str, ...], int, str]] = [
    *((("area", "Kherson", "--at", date), 2, "YYYY-MM-DD") for date in DATES),
    *((("area", f'band({LINE}, "{width}")', *ON), 4, "2 km") for width in WIDTHS),
    *((("area", expression, *ON), 4, "") for expression in MISWRITTEN),
    *((("area", expression, *ON), 4, "") for expression in UNKNOWN),
    (("area", f'band({LINE}, "100000 km")', *ON), 2, "1,000 km"),
    (("area", f'band({LINE}, "0 km")', *ON), 2, "positive"),
    (("area", "x" * 30_000), 2, "30,000 letters"),
    (("area", ""), 2, "is empty"),
    (("area", "  "), 2, "is empty"),
    (("resolve", ""), 2, "is empty"),
    (("area",), 2, "EXPRESSION"),
    (("area", "Kherson", "Donetsk"), 2, "Donetsk"),
    (("area", HELD, "--at", "1991-08-24"), 3, "2014-02-27"),
    (("area", HELD, "--at", "9999-12-31"), 3, "9999-12-31"),
    (("area", f'on({HELD}, "1999-01-01")', *ON), 3, "1999-01-01"),
    (("area", "Bakhmut"), 2, "is a point"),
    (("area", "38th parallel"), 2, "is a line"),
    (("share", "Kherson"), 2, "--of"),
    (("share", "Kherson", "--of", "nowhere"), 4, "Did you mean"),
    (("share", "Kherson", "--of", LINE, *ON), 2, "no area"),
    (("share", "Bakhmut", "--of", "ukraine"), 2, "is a point"),
    (("share", LINE, "--of", "ukraine", *ON), 2, "is a line"),
    (("share", "ukraine", "--of", "Kherson"), 2, "reaches beyond"),
    (("length", "Bakhmut"), 2, "no length"),
    (("zone", "Bakhmut", *ON), 2, "no area"),
    (("history", HELD, "--from", "2026-01-01", "--to", "2025-01-01"), 2, "earlier day first"),
    (("history", HELD, "--by", "nobody", "--from", "2026-08-20"), 4, "nobody"),
    (("history", "Bakhmut"), 2, "does not change"),
    (("control", "show", "nobody"), 4, "settlements"),
    (("control", "show", "folder"), 3, "folder"),
    (("control", "import", "missing"), 3, "missing"),
    (("control", "import", "noise.geojson"), 3, "noise.geojson"),
    (("control", "pull", "nobody"), 4, "nzz"),
    (("control", "pull", "nzz", "--from", "2025-13-01"), 2, "YYYY-MM-DD"),
    (("control", "remove", "nobody"), 4, "nobody"),
    (("control", "remove", "settlements"), 2, "ships with"),
    (("control", "remove", "../../etc/passwd"), 4, "passwd"),
    (("control", "frobnicate"), 2, "frobnicate"),
    (("map", "nowhere at all"), 4, "Did you mean"),
    (("map", "Kherson", "--size", "huge", "-o", "x.png"), 2, "card"),
    (("map", "Kherson", "--tiles", "nobody", "-o", "x.html"), 4, "nobody"),
    (("map", "Kherson", "--from", "2025-02-01", "--to", "2025-01-01", "-o", "x.html"), 2, "earlier day first"),
    (("map", "./folder", "-o", "x.html"), 3, "is a folder"),
    (("check", "folder"), 3, "is a folder"),
    (("check", "missing.txt"), 3, "missing.txt"),
    (("check", "no\x00name.txt"), 3, "cannot be read"),
    (("check", "article.txt", "--text", "x"), 2, "not both"),
    (("check", "--text", ""), 3, "empty"),
    (("check", "article.txt", "--tiles", "x"), 2, "--html"),
    (("check", "article.txt", "article.txt", "--html", "x.html"), 2, "one article"),
    (("check", "article.txt", "--fail-on", "bad,wrong"), 2, "not checkable"),
    (("check", "article.txt", "--publisher", "Kyiv Daily"), 2, "--claimreview"),
    (("check", "--frobnicate"), 2, "--frobnicate"),
    (("chek",), 2, "check"),
    (("resolv", "Kherson"), 2, "resolve"),
    *((("area", HELD, *ON, "--control", spec), 3, spec) for spec in ("folder", "empty.geojson", "noise.geojson")),
    (("area", HELD, *ON, "--control", "deepstatemap_data_20250120.geojson"), 3, "deepstatemap_data_20250120.geojson"),
    (("area", HELD, *ON, "--control", "half/deepstatemap_data_20250120.geojson"), 3, "20250120"),
    (("area", HELD, *ON, "--control", "missing.geojson"), 4, "missing.geojson"),
    (("area", HELD, *ON, "--control", ""), 2, "--control has no name"),
    (("area", HELD, *ON, "--control", "/dev/null"), 3, "/dev/null"),
    (("area", HELD, *ON, "--control", "x" * 5_000), 3, "too long"),
    *((("area", "Kherson", "--boundaries", spec), 3, spec) for spec in ("folder", "missing", "article.txt")),
]  # fmt: skip


@pytest.fixture
def things(tmp_path: Path) -> None:
    """What the invocations stumble over."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "article.txt").write_text("Russia holds 20 percent of Ukraine.", encoding="utf-8")
    (tmp_path / "empty.geojson").touch()
    (tmp_path / "noise.geojson").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "deepstatemap_data_20250120.geojson").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "half" / "deepstatemap_data_20250120.geojson").write_text('{"type": "FeatureCollection", "fea')


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("words", "code", "told"), CASES, ids=[re.sub(r"[^\w. -]", "", " ".join(words))[:50] for words, _, _ in CASES]
)
def test_rubbish_is_answered(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ran = run(*words)
    assert ran.code == code, ran.err[:500]
    assert told in re.sub(r"\s+", " ", ran.err)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "a bug" not in ran.err
    assert 15 < len(ran.err) < 2_000


def test_there_are_many_of_them() -> None:
    assert len(CASES) > 120
