"""The algebra of territories: expressions, their written form, and what they are on the ground."""

from geo.territory.nodes import Territory
from geo.territory.parse import parse

__all__ = ["Territory", "parse"]
