"""The command line: the commands put together, and errors turned into sentences and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from geo.errors import ContactlineError
from layers.commands import check, control, draw, history, installation, measure, names
from layers.commands.options import say

app = typer.Typer(
    name="contactline",
    help="Territorial claims in articles, as dated geometry and checked figures.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for family in (check, draw, measure, history, names, installation):
    app.add_typer(family.app)
app.add_typer(control.app, name="control")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"contactline {version('contactline')}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Territorial claims in articles, as dated geometry and checked figures."""


def main() -> None:
    """Run a command; errors of ours end it with their message and exit code, never with a traceback."""
    try:
        app()
    except ContactlineError as error:
        say(f"contactline: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except Exception as error:
        if os.environ.get("CONTACTLINE_DEBUG"):
            raise
        say(f"contactline: a bug, not your fault: {type(error).__name__}: {error}")
        say("Set CONTACTLINE_DEBUG=1 and run it again to see where, and please report what that prints.")
        sys.exit(1)


if __name__ == "__main__":
    main()
