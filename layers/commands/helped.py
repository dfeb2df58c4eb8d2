"""A command whose help calls its arguments by their names alone: no reader knows what ``list[str]`` is."""

from __future__ import annotations

from functools import partial
from typing import Any

from typer.core import TyperArgument

from layers.commands.taken import Taken


class Helped(Taken):
    """A command as typer makes it, without the Python types and braces it sets beside arguments."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for argument in self.params:
            if isinstance(argument, TyperArgument):
                argument.display_type_rich = lambda ctx: None  # type: ignore[method-assign]
                argument.get_usage_pieces = partial(_pieces, argument)  # type: ignore[method-assign]


def _pieces(argument: TyperArgument, _ctx: Any) -> list[str]:
    """What the line of usage says of an argument."""
    name = argument.metavar or (argument.name or "").upper()
    return [name if argument.required else f"[{name}]"]
