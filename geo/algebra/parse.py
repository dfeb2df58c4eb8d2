"""The written form of territory expressions: text in, an expression or a clear error out.

The grammar is Python's own for calls and the operators ``| & -``; the text is parsed with :mod:`ast` and never run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from geo.algebra import nodes
from geo.algebra.nodes import Territory
from geo.days import day
from geo.errors import ContactlineError, ExpressionError

_OPERATORS: dict[type[ast.operator], type[Territory]] = {
    ast.BitOr: nodes.Either,
    ast.BitAnd: nodes.Both,
    ast.Sub: nodes.Without,
}
_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "mile": 1609.344, "miles": 1609.344, "nm": 1852.0}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*")
_LATITUDE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*°?\s*([NS])\s*", re.IGNORECASE)
_DEEPEST = 100


def looks_written(text: str) -> bool:
    """True where ``text`` is meant as an expression, rather than as a name."""
    return bool(re.match(r"\s*\(*\s*[a-z]+\s*\(", text))


def parse(text: str) -> Territory:
    """The expression that ``text`` writes down; raises :class:`ExpressionError` saying where it goes wrong."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        where = f" at character {error.offset}" if isinstance(error, SyntaxError) and error.offset else ""
        raise ExpressionError(f"The expression {text!r} does not parse{where}. Write e.g. {_EXAMPLE}.") from error
    return _Reader(text).territory(tree.body, 0)


class _Reader:
    """Turns a syntax tree into an expression; knows the text, to point at what is wrong."""

    def __init__(self, text: str) -> None:
        self.text = text

    def territory(self, node: ast.AST, depth: int) -> Territory:
        if depth > _DEEPEST:
            raise ExpressionError(f"The expression nests more than {_DEEPEST} deep.")
        match node:
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](self.territory(left, depth + 1), self.territory(right, depth + 1))  # type: ignore[call-arg]
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
                return self.call(name, args, keywords, depth, node)
        if isinstance(node, ast.Name):
            raise self.wrong(node, f'is a bare word: names stand in quotes, "{node.id}"')
        raise self.wrong(node, "is neither a territory nor |, & or -")

    def call(
        self, name: str, args: list[ast.expr], keywords: list[ast.keyword], depth: int, node: ast.AST
    ) -> Territory:
        if name not in _FUNCTIONS:
            from rapidfuzz import process

            near = [match for match, *_ in process.extract(name, list(_FUNCTIONS), limit=3, score_cutoff=50)]
            raise ExpressionError(f"There is no {name}() among the territory functions.", near)
        values = [self.value(arg, depth) for arg in args]
        options = {word.arg: self.value(word.value, depth) for word in keywords if word.arg}
        try:
            return _FUNCTIONS[name](*values, **options)
        except ContactlineError:
            raise
        except (TypeError, ValueError) as error:
            reason = "" if isinstance(error, TypeError) else f" ({str(error).rstrip('.')})"
            raise self.wrong(node, f"is not how {name}() is written{reason}; write {_USAGE[name]}") from error

    def value(self, node: ast.expr, depth: int) -> Any:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return self.territory(node, depth + 1)

    def wrong(self, node: ast.AST, why: str) -> ExpressionError:
        return ExpressionError(f"{ast.get_source_segment(self.text.strip(), node) or self.text!r} {why}.")


def _metres(text: str) -> float:
    """Metres in ``2 km``, ``250 m``, ``2.5 miles``."""
    found = _LENGTH.fullmatch(text) if isinstance(text, str) else None
    if not found or found[2] not in _METRES:
        raise ValueError(f"a length such as '2 km' is needed, not {text!r}")
    return float(found[1]) * _METRES[found[2]]


def _day(text: str) -> date:
    return day(_name(text))


def _name(text: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise ValueError("a name in quotes is needed")
    return text.strip()


def _term(value: Any) -> Territory:
    if not isinstance(value, Territory):
        raise ValueError("an expression is needed, not a text in quotes")
    return value


def _line(name: str) -> Territory:
    return nodes.ContactLine() if name == "contact" else nodes.Line(_name(name))


def _parallel(text: str) -> Territory:
    found = _LATITUDE.fullmatch(text) if isinstance(text, str) else None
    if not found or float(found[1]) > 90:
        raise ValueError(f"a latitude such as '38N' is needed, not {text!r}")
    return nodes.Parallel(float(found[1]) * (-1 if found[2].upper() == "S" else 1))


def _bank(river: str, side: str) -> Territory:
    if side not in ("left", "right"):
        raise ValueError(f"the side is 'left' or 'right', seen downstream, not {side!r}")
    return nodes.Bank(_name(river), side)  # type: ignore[arg-type]


def _side(side: str) -> str:
    if side not in ("russia", "ukraine"):
        raise ExpressionError(f"There is no side called {side!r}: it is 'russia' or 'ukraine'.")
    return side


def _band(line: Any, reach: str | None = None, *, left: str | None = None, right: str | None = None) -> Territory:
    if (reach is None) == (left is None and right is None):
        raise ValueError("give one reach for both sides, or left= and right=")
    if reach is not None:
        return nodes.Band(_term(line), _metres(reach), _metres(reach))
    return nodes.Band(_term(line), _metres(left or "0 m"), _metres(right or "0 m"))


_FUNCTIONS: dict[str, Callable[..., Territory]] = {
    "oblast": lambda name: nodes.Unit(_name(name), oblast=True),
    "unit": lambda name: nodes.Unit(_name(name)),
    "country": lambda name: nodes.Country(_name(name).lower()),
    "controlled": lambda side: nodes.Controlled(_side(side)),
    "contested": nodes.Contested,
    "everywhere": nodes.Everywhere,
    "bank": _bank,
    "line": _line,
    "parallel": _parallel,
    "border": lambda one, other: nodes.Border(_name(one).lower(), _name(other).lower()),
    "band": _band,
    "on": lambda of, at: nodes.On(_term(of), _day(at)),
    "lost": lambda side, since: nodes.Lost(_side(side), _day(since)),
    "gained": lambda side, since: nodes.Gained(_side(side), _day(since)),
    "peak": lambda of: nodes.Peak(_term(of)),
    "land": lambda of: nodes.Land(_term(of)),
    "sea": lambda name: nodes.Sea(_name(name).lower()),
    "water": lambda name: nodes.Water(_name(name).lower()),
    "place": lambda name: nodes.Place(_name(name)),
}
_USAGE = {
    "oblast": 'oblast("Donetsk")',
    "unit": 'unit("Crimea")',
    "country": 'country("ukraine")',
    "controlled": 'controlled("russia")',
    "contested": "contested()",
    "everywhere": "everywhere()",
    "bank": 'bank("dnipro", "left")',
    "line": 'line("contact")',
    "parallel": 'parallel("38N")',
    "border": 'border("ukraine", "russia")',
    "band": 'band(line("contact"), "2 km") or band(line("contact"), left="15 km", right="30 km")',
    "on": 'on(line("contact"), "2022-02-23")',
    "lost": 'lost("ukraine", since="2024-08-06")',
    "gained": 'gained("russia", since="2025-01-01")',
    "peak": 'peak(controlled("ukraine") - country("ukraine"))',
    "land": 'land(country("ukraine"))',
    "sea": 'sea("black sea")',
    "water": 'water("sivash")',
    "place": 'place("Bakhmut")',
}
_EXAMPLE = 'controlled("russia") & oblast("Kherson")'
