"""A function that remembers what it gave, as a table: asking it again costs no more than looking it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Kept(dict[_Key, _Value]):
    """What a function gives for each key it was asked for, worked out once."""

    def __init__(self, worked_out: Callable[[_Key], _Value]) -> None:
        self._worked_out = worked_out

    def __missing__(self, key: _Key) -> _Value:
        value = self[key] = self._worked_out(key)
        return value
