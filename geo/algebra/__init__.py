"""The algebra of territories: expressions, their written form, and what they are on the ground."""

from geo.algebra.nodes import Territory
from geo.algebra.parse import parse

__all__ = ["Territory", "parse"]
