"""Which layers a printed map has, what it is framed on, and the lines that must stand under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.check import Report
from geo.errors import DateError, InputError
from geo.survey import Survey
from geo.verdict import Checked
from layers import compose, disagreement
from layers.credits import BOUNDARY_CREDIT, BOUNDARY_LICENCE, GAZETTEER_CREDIT, GAZETTEER_LICENCE
from layers.layer import Layer
from layers.palette import takes_side
from layers.pictures.claims import claims_chart, claims_height_mm, uncharted, without_bounds
from layers.pictures.framing import apart_from, frame_of, in_its_role, is_seen_held, is_setting, shape, titled_once
from layers.pictures.map import map_picture
from layers.pictures.selection import claimed, left_out, selected
from layers.pictures.sheet import Caption, Sheet
from layers.pictures.standing import at_its_largest, hypothetical, largest_on, size_of
from layers.pictures.towns import towns

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_VIEW = "Boundaries as the UN General Assembly recognises them; control is not sovereignty."
_CRIMEA = "Crimea and Sevastopol: Ukraine, occupied since 2014."
_BANDS = "Bands are hypothetical."
_HYPOTHETICAL = "hypothetical"
_UNDATED = "The same on any date."
_UNHELD = 0.004
"""Of the window: less ground that neither side holds than this needs no word in the legend."""


def territory_map(
    title: str, things: Iterable[compose.Named], survey: Survey, sheet: Sheet, report: Report | None = None
) -> tuple[Figure, tuple[str, ...]]:
    """A map of territories, framed on them, and a sentence for each that could not be drawn.

    Of those an article names (``report``) what its claims are about is drawn, and the others stand in a sentence.

    Raises :class:`geo.errors.InputError` where nothing of what was asked for can be drawn, and
    :class:`geo.errors.DateError` where the control source does not cover the date of what depends on it.
    """
    wanted = tuple(things)
    home = survey.atlas.country("ukraine").geometry
    control, silent = _control(survey, needed=any(thing.territory.dated for thing in wanted))
    apart = compose.not_among(wanted, control[-1:])
    named, missing = compose.drawn(apart, survey, shown=True)
    if wanted and len(apart) == len(wanted) and not named:
        raise InputError(f"There is nothing to draw. {' '.join(missing)}")
    asked_front = control[-1:] if len(apart) < len(wanted) else ()
    frame, far = frame_of([*named, *asked_front], home)
    here = _around(frame)
    at_home = bool(here.intersects(home))
    control, said = (control, silent) if at_home else ((), ())
    ground = _ground(survey, here)
    countries = next(layer for layer in ground if layer.role == "basemap-land")
    others = [layer for layer in named if layer.role != "mention" or not is_setting(layer)]
    shown = [
        in_its_role(layer)
        for layer in apart_from(titled_once(others), [*(one for one in control if takes_side(one.role)), countries])
    ]
    shown = [at_its_largest(layer) for layer in shown]
    left: tuple[str, ...] = ()
    if report:
        telling = [layer for layer in shown if not is_seen_held(layer, control) and shape(layer).intersects(here)]
        chosen = selected(telling, claimed(report), survey.at)
        shown, left = list(chosen), left_out(telling, chosen, survey.at)
    layers = [*ground, *control, *_borders(ground, at_home=at_home), *shown]
    caption = _map_caption(title, survey, named, layers, control, at_home=at_home)
    unheld = bool(control) and _nobodys(home, ground, control, here)
    picture = map_picture(layers, frame, caption, sheet, unheld=unheld, names=named)
    return picture, (*missing, *far, *said, *left)


def chart_of(title: str, checked: Sequence[Checked], survey: Survey, sheet: Sheet) -> Figure:
    """The chart of an article's claims that have both a quoted and a measured figure, as tall as it must be.

    Raises :class:`geo.errors.InputError` where no claim has both.
    """
    said = f"State of {survey.at}. What was quoted, as readers take it, against what is measured; one scale a row."
    sources = (without_bounds(checked), _sources(survey, survey.covering, towns=False))
    caption = Caption(title, " ".join(filter(None, (said, uncharted(checked)))), tuple(filter(None, sources)))
    return claims_chart(checked, caption, sheet.tall(claims_height_mm(checked, caption, sheet)))


def _around(frame: Sequence[BaseGeometry]) -> BaseGeometry:
    """The box of what is framed, so much wider that every window on it lies inside; degrees, for looking things up."""
    west, south, east, north = shapely.total_bounds(frame)
    more = 0.15 + 0.6 * max(east - west, north - south)
    box: BaseGeometry = shapely.box(west - more, south - 0.7 * more, east + more, north + 0.7 * more)
    return box


def _control(survey: Survey, *, needed: bool) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    """Who holds what by the first source, where several disagree, the line of contact; or why there is none."""
    try:
        held = tuple(layer for layer in compose.held(survey) if layer.shown)
        return (*held, *disagreement.build(survey), compose.contact(survey)), ()
    except DateError as error:
        if needed:
            raise
        return (), (f"Who held what is not drawn. {error}",)


def _ground(survey: Survey, here: BaseGeometry) -> list[Layer]:
    """Seas, countries, waters and units, and the towns of the place looked at."""
    return [layer if layer.role != "place" else towns(layer, survey.atlas, here) for layer in compose.ground(survey)]


def _borders(ground: Sequence[Layer], *, at_home: bool) -> tuple[Layer, ...]:
    """The countries' borders again, to lie over who holds what; elsewhere they may be mere lines between states."""
    title = "Internationally recognised border" if at_home else "Line between states"
    return tuple(
        replace(layer, id="borders", title=title, role="country") for layer in ground if layer.role == "basemap-land"
    )


def _nobodys(home: BaseGeometry, ground: Sequence[Layer], control: Sequence[Layer], here: BaseGeometry) -> bool:
    """Whether dry ground of the country is seen that no layer of control shades."""
    shaded = [
        shapely.clip_by_rect(feature.geometry, *here.bounds)
        for layer in (*control, *ground)
        if layer.role.startswith("control-") or layer.role == "water"
        for feature in layer.features
    ]
    seen = shapely.clip_by_rect(home, *here.bounds)
    bare = shapely.difference(shapely.make_valid(seen), shapely.union_all(shapely.make_valid(shaded)))
    return bool(bare.area > _UNHELD * here.area)


def _map_caption(
    title: str,
    survey: Survey,
    named: Sequence[Layer],
    layers: Sequence[Layer],
    control: Sequence[Layer],
    *,
    at_home: bool,
) -> Caption:
    """Title, date and size above; below, whose view of boundaries it is, every source and its licence."""
    largest = next(filter(None, map(largest_on, named)), "") if len(named) <= 2 else ""
    held = f"Who held what: state of {survey.at}." if control else ""
    of_other_days = largest or any(layer.as_of != str(survey.at) for layer in named)
    of_a_day = bool(control) or any(layer.as_of for layer in named)
    dated = held if of_other_days and held else f"State of {survey.at}." if of_a_day else ""
    title = f"{title}{largest}"
    size = size_of(named[0]) if len(named) == 1 else ""
    undated = _UNDATED if size and not named[0].as_of else ""
    bands = _BANDS if _HYPOTHETICAL not in title and any(hypothetical(layer) for layer in layers) else ""
    view = f"{_VIEW} {_CRIMEA}" if at_home else ""
    drawn = survey.covering if any(layer.role == "disagreement" for layer in control) else survey.covering[:1]
    sources = _sources(survey, drawn if control else (), towns=at_home)
    return Caption(title, " ".join(filter(None, (dated, size, undated, bands))), tuple(filter(None, (view, sources))))


def _sources(survey: Survey, control: Sequence[object], *, towns: bool) -> str:
    """Every source with the state used and its licence, in one line."""
    held = "; ".join(
        f"{source.title}, state of {source.snapshot(survey.at).dated} ({source.licence})"
        for source in survey.covering
        if source in control
    )
    parts = (
        f"Control: {held}." if held else "",
        f"Boundaries: {BOUNDARY_CREDIT}; {BOUNDARY_LICENCE}.",
        f"Towns: {GAZETTEER_CREDIT}; {GAZETTEER_LICENCE}." if towns else "",
        "Map: contactline." if towns else "Made with contactline.",
    )
    return " ".join(filter(None, parts))
