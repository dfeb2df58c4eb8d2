"""Where somebody new to it stumbles: days left out or written otherwise, options of other programs, names misspelt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.days import day
from layers import cli

Run = Callable[..., Any]
HELD = 'controlled("russia")'
THEN, LATER = f'on({HELD}, "2022-11-15")', f'on({HELD}, "2025-01-20")'
BEYOND = date(2091, 1, 1)


class Late(date):
    """A calendar on which today lies after all data."""

    @classmethod
    def today(cls) -> date:
        return BEYOND


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("check", "draw", "options", "picture", "subject"):
        monkeypatch.setattr(f"layers.commands.{module}.date", Late)


def told(run: Run, *words: str) -> tuple[int, str]:
    ran = run(*words)
    assert "Traceback" not in ran.err
    return ran.code, re.sub(r"\s+", " ", ran.err)


COMMANDS = [
    ("area",), ("length",), ("share", "--of", "ukraine"), ("zone",), ("history",), ("resolve",),
    ("map", "-o", "x.html"), ("map", "-o", "x.svg"), ("layers", "-o", "x.geojson"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("expression", "code", "words"),
    [
        ('oblast("Donezk")', 4, "Did you mean: Donetsk"),
        ('frobnicate("x")', 4, "frobnicate()"),
        ("Donezkk", 4, "Did you mean: Donetsk"),
        ('band(line("contact"), "2")', 4, "2 km"),
        ('oblast("Donetsk"', 4, "does not parse"),
        ('on(controlled("russia"), "2025-02-30")', 4, "February 2025 has 28 days"),
    ],
)
def test_every_command_answers_a_mistake_alike(
    run: Run, command: tuple[str, ...], expression: str, code: int, words: str
) -> None:
    name, *options = command
    found, err = told(run, name, expression, *options, *(() if name == "history" else ("--at", "2025-01-20")))
    assert found == code, err
    assert words in err


@pytest.mark.parametrize("spare", ['oblast("Kherson")', "Kherson"])
def test_one_unknown_name_among_others_is_an_error_not_a_map_without_it(run: Run, spare: str) -> None:
    assert run("map", spare, 'oblast("Donezk")', "--at", "2025-01-20", "-o", "x.html").code == 4


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ('oblast("Hersson")', "Kherson"),
        ('line("kontakt")', "contact"),
        ('water("sivas")', "Sivash"),
        ('country("ukrane")', "ukraine"),
    ],
)
def test_names_are_offered_as_they_are_written(run: Run, written: str, offered: str) -> None:
    code, err = told(run, "area", written, "--at", "2025-01-20")
    assert code == 4
    names = err.split("Did you mean: ")[1].rstrip("? ").split(", ")
    assert offered in names
    assert len(set(names)) == len(names) <= 3


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize(
    "words",
    [
        ("area", f"({LATER}) - ({THEN})"),
        ("share", THEN, "--of", LATER),
        ("length", 'on(line("contact"), "2025-01-20")'),
        ("zone", 'band(on(line("contact"), "2025-01-20"), "2 km")'),
        ("resolve", LATER),
    ],
    ids=lambda words: words[0],
)
def test_what_carries_its_dates_is_looked_at_on_the_latest(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words, "--json")
    assert ran.code == 0, ran.err
    assert "As of 2025-01-20, the latest date in what is asked; --at gives another." in ran.err
    document = json.loads(ran.out)
    assert (document.get("region") or document["quantity"]["basis"])["as_of"] == "2025-01-20"


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("words", [("map", "-o", "x.html"), ("map", "-o", "x.svg"), ("layers", "-o", "x.geojson")])
def test_dates_of_several_territories_are_put_together(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = run(words[0], THEN, LATER, "Kherson", *words[1:])
    assert ran.code == 0, ran.err
    assert "As of 2025-01-20, the latest" in ran.err
    assert str(BEYOND) not in (tmp_path / words[-1]).read_text(encoding="utf-8")


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("command", [c for c in COMMANDS if c[0] != "history"], ids=" ".join)
def test_without_any_date_the_days_there_are_and_the_option_are_told(run: Run, command: tuple[str, ...]) -> None:
    name, *options = command
    for expression in (HELD, f"({LATER}) & {HELD}", 'band(line("contact"), "15 km")'):
        code, err = told(run, name, expression, *options)
        assert code == 3
        assert f"today, {BEYOND}, lies after the control data (settlements, the table that ships: 2014-02-27 to" in err
        last = re.search(r"to (\d{4}-\d\d-\d\d)\)", err)
        assert last
        assert f"--at {last[1]}" in err
    assert run(name, "Kherson", *options).code in ((2,) if name == "length" else (0,)), "needs no date"


@pytest.mark.usefixtures("late")
def test_a_check_of_what_cannot_be_measured_says_so_first(run: Run) -> None:
    words = ("check", "--text", "Russia holds 20 percent of Ukraine.")
    plain = "No figure could be measured: no date is given, and today, 2091-01-01, lies after the control data"
    ran = run(*words)
    assert ran.code == 0
    assert re.sub(r"\s+", " ", ran.out).startswith(plain)
    assert "--at 20" in ran.out
    assert plain in run(*words, "--json").err
    assert "could not be measured" not in run(*words, "--at", "2025-01-20").out
    assert "No figure" not in run("check", "--text", "It rained all day.").out


def test_an_article_older_than_the_data_says_so_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("10 May 2010\n\nRussia holds 20 percent of Ukraine.\n", encoding="utf-8")
    assert run("check", "old.txt").out.startswith(
        "No figure could be measured: the day of the article, 2010-05-10, lies"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("history", HELD, "--at", "2025-01-20"), "A history takes a span of days: --from DATE and --to DATE."),
        (("history", HELD, "--date", "2025-01-20"), "--from DATE and --to DATE"),
        (("history", HELD, "--since", "2025-01-20"), "Did you mean --from?"),
        (("history", HELD, "--until", "2025-01-20"), "Did you mean --to?"),
        (("control", "pull", "nzz", "--at", "2025-01-20"), "--from DATE and --to DATE"),
        (("area", "Kherson", "--date", "2025-01-20"), "Did you mean --at?"),
        (("area", "Kherson", "--source", "x"), "Did you mean --control?"),
        (("area", "Kherson", "--out", "x.json"), "area prints its answer: keep it with --json > FILE."),
        (("area", "Kherson", "--format", "json"), "Did you mean --json?"),
        (("area", "Kherson", "2025-01-20"), "A day goes with --at DATE."),
        (("area", "Kursk", "incursion"), "in quotes"),
        (("history", HELD, "2025-01-20"), "--from DATE and --to DATE"),
        (("map", "Kherson", "--html", "x.html"), "-o FILE"),
        (("layers", "Kherson", "--file", "x.gpkg"), "-o FILE"),
        (("check", "a.txt", "-o", "x.html"), "--html FILE.html"),
        (("share", "Kherson", "--whole", "ukraine"), "Did you mean --of?"),
        (("control", "remove", "x", "--force"), "Did you mean --yes?"),
    ],
    ids=lambda value: " ".join(value)[-40:] if isinstance(value, tuple) else "",
)
def test_the_option_meant_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    code, err = told(run, *words)
    assert code == 2
    assert said in err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("28.12.2025", "write it as YYYY-MM-DD, 2025-12-28"),
        ("12/28/2025", "2025-12-28"),
        ("2025/12/28", "2025-12-28"),
        ("6/7/2025", "write it as YYYY-MM-DD, e.g."),
        ("2025-2-3", "2025-02-03"),
        ("yesterday", "YYYY-MM-DD"),
        ("2025-02-30", "2025-02-30 does not exist: February 2025 has 28 days"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("2025-13-01", "there is no month 13"),
    ],
)
def test_a_form_is_explained_and_a_day_that_is_none_is_called_so(run: Run, written: str, said: str) -> None:
    code, err = told(run, "area", "Kherson", "--at", written)
    assert code == 2
    assert said in err
    assert ("does not exist" in err) == ("does not exist" in said or "no month" in said or "29 days" in said)


@given(st.dates())
def test_a_day_is_read_as_it_is_written(one: date) -> None:
    assert day(one.isoformat()) == one


@given(st.text(max_size=14) | st.from_regex(r"[0-9]{1,4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,4}", fullmatch=True))
def test_whatever_is_no_day_gets_a_sentence(written: str) -> None:
    with suppress(_Told):
        assert isinstance(_day(written), date)


class _Told(Exception):
    """A sentence that says how a day is written."""


def _day(written: str) -> date:
    try:
        return day(written)
    except ValueError as error:
        raise _Told if "YYYY-MM-DD" in str(error) else error from error


def helps() -> list[tuple[str, ...]]:
    own = [c.name or c.callback.__name__.strip("_") for c in cli.app.registered_commands if c.callback]
    for family in (cli.check, cli.draw, cli.measure, cli.history, cli.names, cli.installation):
        groups = [family.app, *(group.typer_instance for group in family.app.registered_groups)]
        own += [
            c.name or c.callback.__name__.strip("_") for g in groups if g for c in g.registered_commands if c.callback
        ]
    series = [c.name or c.callback.__name__.strip("_") for c in cli.control.app.registered_commands if c.callback]
    return [(name,) for name in own] + [("control", name) for name in series] + [("control",), ()]


@pytest.mark.parametrize("words", helps(), ids=" ".join)
def test_help_is_for_readers(run: Run, words: tuple[str, ...]) -> None:
    out = run(*words, "--help").out
    assert "Example: contactline " in out
    assert not re.search(r"<\w+(\[\w+\])?>|[{}]|\blist\[|[a-z]\.\.\.$", out, re.MULTILINE), out


@pytest.mark.parametrize("words", [("layers", "Kherson"), ("history", HELD), ("zone", "Kherson")], ids=lambda w: w[0])
def test_a_library_that_is_missing_is_told_before_any_work(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("layers.commands.subject.find_spec", lambda _name: None)
    for work in ("geo.survey.Survey.worlds", "geo.history.history"):
        monkeypatch.setattr(work, lambda *_, **__: pytest.fail("work was done"))
    code, err = told(run, *words, "-o", "x.parquet")
    assert code == 2
    assert "pip install '.[parquet]' in the clone, or pip install pyarrow" in err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("check", ""), 2, "is empty"),
        (("history", HELD, "--from", "2091-01-01"), 3, "Choose dates inside"),
        (("history", HELD, "--to", "1991-01-01"), 3, "2014-02-27"),
        (("area", f'on({HELD}, "28.12.2025")'), 4, "YYYY-MM-DD, 2025-12-28)"),
        (("check", "Russia holds 20 percent of Ukraine"), 3, "with --text"),
        (("check", "Russia holds 20 percent of Ukraine. " * 200), 3, "with --text"),
        (("area", "controlled(russia)", "--at", "2025-01-20"), 4, 'names stand in quotes, "russia"'),
        (("area", HELD, "--at", "2025-01-20", "--control", "deepstate"), 4, "control pull deepstate-daily"),
        (("area", HELD, "--at", "2025-01-20", "--control", "nzz"), 4, "control pull nzz"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_trap_tells_the_way_out(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    found, err = told(run, *words)
    assert (found, said in err) == (code, True), err
