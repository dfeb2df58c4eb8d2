"""What the terminal shows: at every width, piped away, stopped, and into places that cannot be written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.table import Table

from layers import cli
from layers.commands.printed import set_in

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "data" / "examples" / "armistice.txt"
ON = ("--at", "2025-01-20")
BAND = 'band(line("contact"), "15 km")'
SHARE = ("share", 'controlled("russia") & country("ukraine")', "--of", "ukraine", *ON)
TABLES = [
    ("check", str(EXAMPLE)), SHARE, ("zone", BAND, *ON), ("control", "list"), ("territories", "kherson"), ("doctor",),
    ("history", 'controlled("russia")', "--by", "the four oblasts", "--from", "2026-08-01"),
    ("resolve", "Kursk incursion", *ON),
]  # fmt: skip


SLOW = ("check", "zone")


def _process(*words: str, **env: str) -> dict[str, Any]:
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")}
    return {
        "args": [sys.executable, "-m", "layers.cli", *words],
        "env": environment | {"PYTHONPATH": str(ROOT)} | env,
    }


@pytest.mark.parametrize("words", TABLES, ids=lambda words: words[0])
def test_a_table_fits_any_page_and_parts_no_number(
    run: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(*words)
    assert whole.code == 0, whole.err
    numbers = set(re.findall(r"\d[\d,.]*\d (?:%|km²)", whole.out))
    for columns in (60, 80) if words[0] in SLOW else (60, 80, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = run(*words)
        lines = ran.out.splitlines()
        assert max(map(len, lines)) <= columns
        assert [line for line in lines if line != line.rstrip()] == []
        assert "…" not in ran.out.replace(" …", "")
        assert {number for number in numbers if number not in ran.out} == set()


def test_piped_tables_have_no_styles_and_no_blanks_at_the_end(run: Run) -> None:
    ran = run("check", str(EXAMPLE))
    assert "\x1b" not in ran.out
    assert [line for line in ran.out.splitlines() if line != line.rstrip()] == []


def test_a_terminal_has_styles_unless_no_color_is_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("name", "value")
    table.add_row("[red]one[/red]", "18.5 %")
    assert "\x1b[31m" in set_in(80, table, styled=True)
    assert "\x1b" not in set_in(80, table)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("area", "Kherson").out


def test_a_narrow_page_has_a_paragraph_for_each_row() -> None:
    table = Table(*"abcdef")
    table.add_row("first", *["word" * 4] * 4, "1,234 km²")
    assert "first\n  b: wordword" in set_in(40, table)
    assert "  f: 1,234 km²\n" in set_in(40, table)


def test_a_report_says_article_date_sources_figures_and_territories(run: Run) -> None:
    out = run("check", str(EXAMPLE)).out
    head, foot = out[:400], out[-400:]
    said = r".+\nAs of 2025-01-22, the article's own date; control by settlements, the table that ships\.\n\n"
    assert re.match(said, head)
    assert re.search(r"\d+ figures: \d+ holds", foot)
    assert re.search(r"\d+ territories are named, by kind: ", foot)
    today = run("check", "--text", "Russia holds 20 % of Ukraine.").out
    assert "today: the article carries no date, give one with --at" in today
    assert today.startswith("No figure could be measured: no date is given, and today, ")


ENDINGS = [
    (command, name)
    for command in (("map", BAND, *ON, "-o"), ("layers", BAND, *ON, "-o"), ("history", 'controlled("russia")', "-o"),
                    ("check", str(EXAMPLE), "--html"), ("check", str(EXAMPLE), "--claimreview"))
    for name in ("x.txt", "x.jpg", "x", ".html", "x.html.bak")
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), ENDINGS, ids=lambda value: value if isinstance(value, str) else value[0])
def test_an_unknown_ending_is_refused_before_any_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], name: str
) -> None:
    for work in ("geo.survey.Survey.worlds", "geo.check.check_article", "geo.history.history"):
        monkeypatch.setattr(work, lambda *_, **__: pytest.fail("work was done"))
    ran = run(*words, name)
    assert ran.code == 2
    known = {"map": ".png", "layers": ".gpkg", "history": ".csv", "--html": ".html", "--claimreview": ".json"}
    assert known.get(words[-1], known.get(words[0])) in ran.err
    assert list(tmp_path.iterdir()) == []


PLACES = [("map", BAND, *ON, "-o", ".html"), ("layers", BAND, *ON, "-o", ".gpkg"),
          ("check", str(EXAMPLE), "--html", ".html"), ("check", str(EXAMPLE), "--claimreview", ".json")]  # fmt: skip


@pytest.mark.parametrize("words", PLACES, ids=lambda words: " ".join(words[-2:]))
def test_a_place_that_cannot_be_written_is_refused_before_any_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for work in ("geo.survey.Survey.worlds", "geo.check.check_article"):
        monkeypatch.setattr(work, lambda *_, **__: pytest.fail("work was done"))
    *words_, ending = words
    (tmp_path / f"mine{ending}").write_text("my own work", encoding="utf-8")
    (tmp_path / f"folder{ending}").mkdir()
    who = ("--publisher", "Kyiv Daily", "--publisher-url", "https://kyivdaily.ua", "--review-url",
           "https://kyivdaily.ua/1", "--claim-author", "Herald") if "--claimreview" in words else ()  # fmt: skip
    for name, code, told in ((f"mine{ending}", 6, "--force"), (f"nowhere/x{ending}", 3, "nowhere"),
                             (f"folder{ending}", 2, "folder"), (f"/proc/x{ending}", 3, "/proc")):  # fmt: skip
        ran = run(*words_, name, *who)
        assert (ran.code, told in ran.err) == (code, True), (name, ran.err)
    assert (tmp_path / f"mine{ending}").read_text(encoding="utf-8") == "my own work"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    ran = run("map", BAND, *ON, "-o", "locked/x.html")
    assert (ran.code, "locked" in ran.err) == (3, True)


def test_all_that_a_review_lacks_is_said_at_once(run: Run) -> None:
    ran = run("check", str(EXAMPLE), "--claimreview", "x.json", "--publisher-url", "kyivdaily.ua")
    assert ran.code == 2
    for option in ("--publisher:", "--publisher-url:", "--review-url:", "--claim-author:"):
        assert option in ran.err


def test_what_is_nowhere_on_the_date_is_no_empty_map(run: Run, tmp_path: Path) -> None:
    for words in (("map", "Kursk incursion", "-o", "x.html"), ("layers", "Kursk incursion", "-o", "x.gpkg")):
        ran = run(*words, "--at", "2023-05-05")
        assert ran.code == 2
        assert "has no extent on 2023-05-05" in ran.err
        assert "2024-08-06" in ran.err
    ran = run("map", 'oblast("Donetsk") & oblast("Lviv")', "-o", "x.svg")
    assert ran.code == 2
    assert "do not overlap" in ran.err
    assert run("map", "Cyprus buffer zone", "-o", "x.html").code == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("share", 'controlled("russia") & oblast("Donetsk")', "--of", "Donetsk"),
        ("area", 'controlled("russia")'),
        ("zone", BAND),
        ("length", 'line("contact")'),
        ("layers", 'controlled("russia")', "-o", "x.geojson"),
        ("map", 'controlled("russia")', "-o", "x.svg"),
        ("check", "--text", "Russia holds 20 % of Ukraine."),
    ],
    ids=lambda words: words[0],
)
def test_unknown_ground_is_told_with_its_area_and_the_reason(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words, "--at", "2014-09-05")
    assert ran.code == 0, ran.err
    said = " ".join((ran.out + ran.err).split())
    assert re.search(r"\d\d,\d{3} km² (?:are unknown|on 2014-09-05 is unknown)", said)
    assert "not followed from place to place" in said


def test_help_and_errors_lead_on(run: Run) -> None:
    import typer

    app = typer.main.get_command(cli.app)
    names = [(name,) for name in app.commands if name != "control"]  # type: ignore[attr-defined]
    names += [("control", name) for name in app.commands["control"].commands]  # type: ignore[attr-defined]
    for name in names:
        ran = run(*name, "--help")
        assert "Example: contactline " + " ".join(name) in " ".join(ran.out.split()), name
        assert ran.code == 0
    bare = run()
    assert "Commands:" in bare.out + bare.err
    assert "Did you mean 'check'" in run("chek").err
    assert re.match(r"contactline \d+\.\d+", run("--version").out)


def test_completion_is_there() -> None:
    for shell, mark in (("bash", "complete"), ("zsh", "compdef"), ("fish", "complete")):
        script = subprocess.run(
            **_process(_CONTACTLINE_COMPLETE=f"source_{shell}"), capture_output=True, text=True, check=False, timeout=60
        )
        assert mark in script.stdout
    offered = subprocess.run(
        **_process(_CONTACTLINE_COMPLETE="complete_bash", COMP_WORDS="contactline ter", COMP_CWORD="1"),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert offered.stdout.split() == ["territories"]


def test_a_reader_that_goes_away_is_no_news() -> None:
    process = subprocess.Popen(**_process("territories", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == cli.PIPE_CLOSED
    assert said == b""


@pytest.mark.parametrize("where", ["layers.html.page.render", "layers.files.guard.os.replace"])
def test_ctrl_c_leaves_one_line_and_no_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(where, lambda *_, **__: signal.raise_signal(signal.SIGINT))
    ran = run("map", "Kherson", "--at", "2030-01-01", "-o", "x.html")
    assert (ran.code, ran.out) == (cli.STOPPED, "")
    assert ran.err.splitlines()[-1] == "contactline: stopped; nothing is left half written."
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(**_process("area", "Kherson"), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 3
    assert "No space left" in ran.stderr
    assert "Traceback" not in ran.stderr
