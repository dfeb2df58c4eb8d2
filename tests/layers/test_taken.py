"""Commands take words as they are typed, and load nothing to look at them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from layers.commands.taken import Taken

ROOT = Path(__file__).resolve().parents[2]


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day") from error


def command() -> typer.Typer:
    app = typer.Typer()

    @app.command(cls=Taken)
    def say(
        first: str,
        rest: Annotated[list[str] | None, typer.Argument()] = None,
        at: Annotated[date | None, typer.Option("--at", parser=day)] = None,
        path: Annotated[Path | None, typer.Option("--path")] = None,
        many: Annotated[list[str] | None, typer.Option("--many")] = None,
        number: Annotated[int, typer.Option("--number")] = 3,
        name: Annotated[str, typer.Option("--name", callback=lambda value: value.upper())] = "n",
        pair: Annotated[tuple[str, str] | None, typer.Option("--pair")] = None,
        yes: Annotated[bool, typer.Option("--yes")] = False,
    ) -> None:
        typer.echo(repr((first, rest, at, path, many, number, name, pair, yes)))

    return app


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["a"], ("a", None, None, None, None, 3, "N", None, False)),
        (["a", "b", "1"], ("a", ["b", "1"], None, None, None, 3, "N", None, False)),
        (["a", "--at", "2025-01-20"], ("a", None, date(2025, 1, 20), None, None, 3, "N", None, False)),
        (["a", "--path", "x/y"], ("a", None, None, Path("x/y"), None, 3, "N", None, False)),
        (["a", "--many", "1", "--many", ""], ("a", None, None, None, ["1", ""], 3, "N", None, False)),
        (["", "--number", "7", "--yes"], ("", None, None, None, None, 7, "N", None, True)),
        (["a", "--name", "é", "--pair", "1", "2"], ("a", None, None, None, None, 3, "É", ("1", "2"), False)),
    ],
)
def test_values_are_what_typer_makes_of_them(words: list[str], found: tuple[object, ...]) -> None:
    ran = CliRunner().invoke(command(), words)
    assert ran.output.strip() == repr(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "missing argument"),
        (["a", "--at", "soon"], "'soon' is no day"),
        (["a", "--number", "many"], "'--number'"),
        (["a", "--at"], "requires an argument"),
    ],
)
def test_what_is_missing_or_wrong_is_said(words: list[str], said: str) -> None:
    ran = CliRunner().invoke(command(), words)
    assert ran.exit_code == 2
    assert said in " ".join(ran.output.lower().split())


@pytest.mark.parametrize(
    "words",
    [
        ("area", "Kherson oblast"),
        ("check", "--text", "Russia holds 20% of Ukraine.", "--at", "2025-01-20"),
        ("--help",),
    ],
    ids=lambda words: words[0],
)
def test_no_command_loads_what_it_does_not_need(words: tuple[str, ...]) -> None:
    program = (
        f"import sys; sys.argv = ['contactline', *{words!r}]\n"
        "from layers import cli\n"
        "try: cli.main()\n"
        "finally: print(sorted({'pydantic', 'numpy.ma', 'folium', 'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[-1] == "[]", ran.stderr
