"""The command line: the commands put together, and errors turned into sentences and exit codes."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from contextlib import suppress
from typing import Annotated, NoReturn

import typer

from geo.errors import ContactlineError
from layers.commands import check, control, draw, history, installation, measure, names
from layers.commands.helped import Helped
from layers.commands.options import say
from layers.commands.taken import TakenGroup

app = typer.Typer(
    name="contactline",
    cls=TakenGroup,
    help="Territorial claims in articles, as dated geometry and checked figures.",
    epilog="Example: contactline check article.txt --at 2025-01-20",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for family in (check, draw, measure, history, names, installation):
    app.add_typer(family.app)
app.add_typer(
    control.app, name="control", cls=TakenGroup, short_help="Control sources: list, show, import, pull, remove."
)
for family in (check, draw, measure, history, names, installation, control):
    for command in family.app.registered_commands:
        command.cls = Helped

STOPPED, PIPE_CLOSED = 130, 141
"""What shells give a program that was stopped by Ctrl-C, and one whose reader went away."""
_LONGEST = 1200  # letters of a message that are shown: what was typed may be longer than all there is to say of it


_YOUNG = 50_000
"""New objects between two looks for reference cycles: what is read is kept, and looking takes a tenth of the time."""


class Stopped(BaseException):
    """Ctrl-C: no error, and nothing that a library may swallow."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"contactline {installation.version()}")
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
    before = signal.getsignal(signal.SIGINT)
    gc.set_threshold(_YOUNG)
    try:
        signal.signal(signal.SIGINT, _stop)
        sys.stdout = sys.stdout or io.StringIO()  # None where the caller closed it
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a letter a terminal does not have is no error
        _run()
    except Stopped:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end("stopped; nothing is left half written.", STOPPED)
    except BrokenPipeError:
        _leave()
    finally:
        signal.signal(signal.SIGINT, before)
        gc.freeze()  # what is left is not looked through once more on leaving


def _run() -> None:
    try:
        app(prog_name="contactline")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise BrokenPipeError from end  # the library makes it exit code 1, which is a bug's
        _flush(end)
    except ContactlineError as error:
        _end(str(error), error.exit_code)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("CONTACTLINE_DEBUG"):
            raise
        if isinstance(error, OSError) and error.strerror:
            what = error.filename or "the output"
            _end(f"{what}: {error.strerror}. Is it there, is there room, may it be read and written?", 3)
        if isinstance(error, MemoryError):
            _end("out of memory: ask for fewer days, fewer territories, or a smaller file.", 3)
        say(f"contactline: a bug, not your fault: {type(error).__name__}: {error}")
        say("Set CONTACTLINE_DEBUG=1 and run it again to see where, and please report what that prints.")
        sys.exit(1)


def _flush(end: SystemExit) -> NoReturn:
    """Write out what is still waiting, as long as its loss can be told, and end as was meant."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _end(f"the output cannot be written: {error.strerror}.", 3)
    raise end


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise Stopped


def _end(message: str, code: int) -> NoReturn:
    """Say what went wrong, its middle left out where it is very long, and end."""
    if len(message) > _LONGEST:
        message = f"{message[: _LONGEST // 3]} … {message[-_LONGEST // 3 :]}"
    say(f"contactline: {message}")
    sys.exit(code)


def _leave() -> NoReturn:
    """End without a word: who read our output has gone, and what is left of it goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os._exit(PIPE_CLOSED)


if __name__ == "__main__":
    main()
