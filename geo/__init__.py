"""contactline's engine: the contents page.

>>> import geo
>>> geo.parse('oblast("Kherson") & bank("dnipro", "right")')  # doctest: +ELLIPSIS
Both(...)

Names are loaded when they are first asked for, so that importing :mod:`geo` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.atlas import Atlas as Atlas
    from geo.atlas import embedded as embedded
    from geo.atlas.control import control_source as control_source
    from geo.check import check_article as check_article
    from geo.check import document as document
    from geo.library import read_article as read_article
    from geo.library import territory as territory
    from geo.quantity import Interval as Interval
    from geo.quantity import Quantity as Quantity
    from geo.reading import article
    from geo.reading import read as read

    load_article = article.load
    from geo.algebra import Territory as Territory
    from geo.algebra import parse as parse
    from geo.algebra.evaluate import World as World
    from geo.algebra.evaluate import evaluate as evaluate
    from geo.resolve import resolve as resolve
    from geo.survey import Survey as Survey
    from geo.survey import area as area
    from geo.survey import length as length
    from geo.survey import share as share
    from geo.survey import width as width

_CONTENTS = {
    "Atlas": "geo.atlas",
    "Interval": "geo.quantity",
    "Quantity": "geo.quantity",
    "Survey": "geo.survey",
    "Territory": "geo.algebra",
    "World": "geo.algebra.evaluate",
    "area": "geo.survey",
    "check_article": "geo.check",
    "control_source": "geo.atlas.control",
    "document": "geo.check",
    "embedded": "geo.atlas",
    "evaluate": "geo.algebra.evaluate",
    "length": "geo.survey",
    "load_article": "geo.reading.article:load",
    "parse": "geo.algebra",
    "read": "geo.reading",
    "read_article": "geo.library",
    "resolve": "geo.resolve",
    "share": "geo.survey",
    "territory": "geo.library",
    "width": "geo.survey",
}

__all__ = list(_CONTENTS)


def __getattr__(name: str) -> Any:
    if name not in _CONTENTS:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    module, _, original = _CONTENTS[name].partition(":")
    return getattr(import_module(module), original or name)
