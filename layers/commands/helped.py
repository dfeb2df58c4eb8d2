"""A command whose help calls its arguments by their names alone: no reader knows what ``list[str]`` is."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument

from layers.commands.taken import Taken


class Helped(Taken):
    """A command as typer makes it, without the Python types it sets beside arguments."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for argument in self.params:
            if isinstance(argument, TyperArgument):
                argument.display_type_rich = lambda ctx: None  # type: ignore[method-assign]
