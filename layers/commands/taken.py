"""Commands that take words as they were typed: typer loads pydantic to look at them, for 0.07 s of every call."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, get_args, get_type_hints

from typer.core import TyperCommand, TyperGroup
from typer.models import ParameterInfo

from layers.commands.meant import explained

Convert = Callable[[Any], Any]


class _Taking:
    """What is a word, has a parser of ours or was left out needs no converting by typer."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed into the context of a call."""
        command: Any = self
        said = get_type_hints(inspect.unwrap(command.callback), include_extras=True) if command.callback else {}
        for param in command.get_params(ctx):
            if param.nargs in (1, -1):
                param.process_value = partial(_value, param, _conversion(said.get(param.name)))
        try:
            read: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except Exception as error:  # typer brings its own copy of click, or not: its classes are told by their names
            explained(error, command.name, {name for param in command.params for name in param.opts})
            raise
        return read


class Taken(_Taking, TyperCommand):
    """A command as typer makes it, but for what it need not convert."""


class TakenGroup(_Taking, TyperGroup):
    """The same for the commands of a family."""


def _value(param: Any, convert: Convert | None, ctx: Any, value: Any) -> Any:
    """The value of a parameter; typer makes those that we do not, and says where one is missing."""
    left_out, many = value is None or value == (), param.multiple or param.nargs == -1
    if param.required if left_out else convert is None:
        return type(param).process_value(param, ctx, value)
    if left_out or convert is None:
        found: Any = () if many else None
    else:
        found = [convert(one) for one in value] if many else convert(value)
    return param.callback(ctx, param, found) if param.callback else found


def _conversion(annotation: Any) -> Convert | None:
    """How what is typed becomes a value: by the parser that is declared, as it stands where a word is asked for."""
    kind, *declared = get_args(annotation) or (annotation,)
    parser = next((info.parser for info in declared if isinstance(info, ParameterInfo)), None)
    return parser or (str if str in _leaves(kind) else None)


def _leaves(kind: Any) -> list[Any]:
    """The types a type is made of: ``str`` and ``None`` of ``list[str] | None``."""
    return [leaf for part in get_args(kind) for leaf in _leaves(part)] or [kind]
