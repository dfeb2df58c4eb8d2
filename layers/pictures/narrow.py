"""Bands too narrow for a sheet to show: drawn wider than they are, in one tone, and the legend says so."""

from __future__ import annotations

from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from layers.layer import Feature, Layer
from layers.palette import Style

NARROW_MM = 1.2
"""On paper: no pattern shows in a narrower band, and half of it lies under the line it follows."""
WIDER = "drawn wider than it is"


def is_narrow(layer: Layer, plane: BaseGeometry, metres_per_mm: float) -> bool:
    """Whether a layer is a band that paper of this scale does not show."""
    return layer.role == "band" and not plane.is_empty and mean_width(plane) < NARROW_MM * metres_per_mm


def mean_width(plane: BaseGeometry) -> float:
    """The mean width of a strip in metres: twice its area by the length of its outline."""
    return float(2 * plane.area / (plane.length or 1.0))


def seen_wide(style: Style) -> Style:
    """The style of a band that is drawn wider than it is."""
    return replace(style, fill="solid", fill_opacity=0.85, dash="", weight=0.0)


def told(feature: Feature) -> Feature:
    """A feature whose legend says that it is drawn wider."""
    return replace(feature, properties={**feature.properties, "drawn": WIDER})
