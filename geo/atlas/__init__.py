"""Where geometry comes from: boundaries, lines, water, places, and control at a date."""

from geo.atlas.atlas import Atlas, Settlement, embedded

__all__ = ["Atlas", "Settlement", "embedded"]
