"""Pictures for print: a map and a chart of claims, as SVG, PDF or PNG; text stays text, vector stays vector."""

from __future__ import annotations

from layers.pictures.claims import claims_chart
from layers.pictures.map import map_picture
from layers.pictures.save import ENDINGS, save
from layers.pictures.sheet import SIZES, Caption, Sheet

__all__ = ["ENDINGS", "SIZES", "Caption", "Sheet", "claims_chart", "map_picture", "save"]
