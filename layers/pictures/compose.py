"""Which layers a printed map has, what it is framed on, and the lines that must stand under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from geo.survey import Survey
from geo.verdict import Checked
from layers import compose
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE, GAZETTEER_CREDIT
from layers.layer import Feature, Layer
from layers.pictures.claims import charted, claims_chart
from layers.pictures.map import map_picture
from layers.pictures.sheet import Caption, Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FOOT = (
    "Boundaries as the UN General Assembly recognises them; control is not sovereignty. "
    "Crimea and Sevastopol: Ukraine, occupied since 2014."
)
_BANDS = "Bands are hypothetical."


def territory_map(
    title: str, things: Iterable[compose.Named], survey: Survey, sheet: Sheet
) -> tuple[Figure, tuple[str, ...]]:
    """A map of territories, framed on them, and a sentence for each that could not be drawn.

    Raises :class:`geo.errors.DateError` where the control source does not cover the date.
    """
    held = [layer for layer in compose.held(survey) if layer.shown]
    front = compose.contact(survey)
    wanted = tuple(things)
    others = compose.not_among(wanted, [front])
    named, missing = compose.drawn(others, survey, shown=True)
    framing = [*named, *([front] if len(others) < len(wanted) and not named else [])]
    frame = [feature.geometry for layer in framing for feature in layer.features] or [
        survey.atlas.country("ukraine").geometry
    ]
    layers = [*compose.ground(survey), _waters(survey), *held, front, *named]
    return map_picture(layers, frame, _caption(title, survey, layers), sheet), missing


def chart_of(title: str, checked: Sequence[Checked], survey: Survey, sheet: Sheet) -> Figure:
    """The chart of an article's claims that have both a quoted and a measured figure, as tall as it must be."""
    rows = max(len(charted(checked)), 1)
    tall = Sheet(sheet.width_mm, 28 + 4.6 * sheet.text_pt * 25.4 / 72 * rows, sheet.text_pt, sheet.dpi)
    return claims_chart(checked, _caption(title, survey, compose.held(survey)[:1]), tall)


def _waters(survey: Survey) -> Layer:
    """Lakes and reservoirs of the date: nobody holds them, and they are drawn as water."""
    waters = Feature(survey.atlas.internal_waters(survey.at), "Internal waters")
    return Layer(
        "internal-waters", "Internal waters", "water", (waters,), BOUNDARY_CREDIT, BOUNDARY_LICENCE, str(survey.at)
    )


def _caption(title: str, survey: Survey, layers: Sequence[Layer]) -> Caption:
    bands = any(layer.role == "band" for layer in layers)
    sources = "; ".join(
        f"{source.title}, state of {source.snapshot(survey.at).dated} ({source.licence})"
        for source in survey.covering[:1]
    )
    foot = (f"Control: {sources}. Boundaries: {BOUNDARY_CREDIT}. Towns: {GAZETTEER_CREDIT}. Map: contactline.",)
    said = " ".join(filter(None, (f"As of {survey.at}.", _BANDS if bands else "", _FOOT)))
    return Caption(title, said, foot)
