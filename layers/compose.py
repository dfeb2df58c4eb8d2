"""Which layers make a map: the ground, who holds what, the line of contact, bands along it, and what was named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geo.algebra import nodes
from geo.atlas.control.types import ControlSource
from geo.check import Report
from geo.errors import ContactlineError, DateError, UnknownNameError, UsageError
from geo.survey import Survey
from geo.verdict import Checked
from geo.wording import amount, interval_text
from layers import basemap, boundaries, control, disagreement, naming, occupied, places, territory
from layers.bands import BandChoice, choices
from layers.credits import (
    BOUNDARY_CREDIT,
    BOUNDARY_LICENCE,
    GAZETTEER_CREDIT,
    GAZETTEER_LICENCE,
    STATEMENTS,
)
from layers.figures import bounded
from layers.followed import through_time
from layers.html.page import ClaimRow, Page, SourceRow
from layers.layer import Feature, Layer
from layers.palette import palette
from layers.subjects import described, quoted, subject
from layers.timeline import Key, Timeline
from layers.wanted import (
    HYPOTHETICAL,
    Named,
    bands_among,
    called,
    measured_part,
    mentioned,
    not_among,
    scenario_among,
    with_the_day,
)
from layers.wishes import Wishes

__all__ = [
    "Named", "Wishes", "called", "contact", "drawn", "front", "ground", "held", "mentioned", "not_among",
    "page",
]  # fmt: skip

_FIRST = nodes.Band(nodes.ContactLine(), 2000.0, 2000.0)
"""The band whose table a page opens on where none was asked for; it is not drawn then."""


def ground(survey: Survey) -> tuple[Layer, ...]:
    """Seas, countries, units and towns: what does not depend on control."""
    return (
        *basemap.build(survey.atlas, survey.at),
        boundaries.build(survey.atlas, survey.at),
        places.build(survey.atlas),
    )


def front(survey: Survey) -> tuple[Layer, ...]:
    """Control by every source, and the line of contact by the first one."""
    dated = [replace(layer, title=naming.title(layer.title, layer.as_of, None)) for layer in held(survey)]
    return (*dated, *disagreement.build(survey), contact(survey))


def held(survey: Survey, also: Iterable[Key] = ()) -> tuple[Layer, ...]:
    """Control by every source, the first one shown, and what was occupied before 2022 by that one.

    ``also`` names classes the first source has on other dates.
    """
    by_source = tuple(
        replace(layer, shown=number == 0)
        for number, source in enumerate(survey.covering)
        for layer in control.build(source, survey, () if number else tuple(also))
    )
    return (*by_source, *occupied.build(survey))


def changed(timeline: Timeline) -> tuple[Layer, ...]:
    """What changed hands in the step of a timeline that a page shows, a layer for each side it went to."""
    step, gains = timeline.steps[timeline.now], timeline.gains[timeline.now]
    sides = (("russia", "change-gain", step.russia, gains[0]), ("ukraine", "change-loss", step.ukraine, gains[1]))
    return tuple(
        Layer(
            f"step-{side}",
            f"Gained by {side.title()} in the step shown",
            role,
            (Feature(area, f"Gained by {side.title()}", bounded("area_km2", gained)),),
            timeline.title,
            timeline.licence,
            as_of=str(timeline.days[timeline.now]),
            method="what the source gives on the day shown and not on the one before it; geodesic on WGS84",
        )
        for side, role, area, gained in sides
    )


def contact(survey: Survey) -> Layer:
    """The line of contact by the first source."""
    return territory.build(nodes.ContactLine(), survey, "contact-line", "Line of contact")


def chosen_band(asked: Sequence[nodes.Band], survey: Survey) -> Layer:
    """The layer in which a page draws the band its reader chooses: the first one asked for, else none as yet."""
    band = asked[0] if asked else _FIRST
    words = "Band along the line of contact (hypothetical)"
    layer = territory.build(band, survey, "band", words, shown=bool(asked))
    return replace(layer, title=words, note="choose its width or a scenario under Bands")


def drawn(things: Iterable[Named], survey: Survey, *, shown: bool) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    """A layer for each thing that has an extent, and a sentence for each reason why others could not be drawn."""
    layers: list[Layer] = []
    missing: dict[str, list[str]] = {}
    wanted = [thing for thing in with_the_day(things, survey.at) if not _adds_nothing(thing, survey)]
    slugs = naming.ids([_name_and_date(thing, survey) for thing in wanted], _RESERVED)
    for slug, thing in zip(slugs, wanted, strict=True):
        try:
            layer = territory.build(
                thing.territory, survey, slug, thing.title, note=thing.note, shown=shown, quotes=thing.quotes
            )
        except (DateError, UsageError, UnknownNameError) as error:
            missing.setdefault(str(error), []).append(thing.title)
            continue
        if layer.features[0].geometry.is_empty:
            missing.setdefault(f"There is nothing to draw on {survey.at}.", []).append(thing.title)
        else:
            layers.append(layer)
    return tuple(layers), tuple(f"Not drawn: {'; '.join(names)}. {why}" for why, names in missing.items())


_RESERVED = ("band", "contact-line", "disagreement", "occupied-since-2014", "seas", "countries", "waters", "units")
"""Ids of layers that a map has besides what was named."""


def _adds_nothing(thing: Named, survey: Survey) -> bool:
    """Whether ground that would be put beside its largest extent is nowhere on the date, or is at its largest then."""
    if thing.beside is None:
        return False
    try:
        now, most = (territory.shape(one, survey).area for one in (thing.territory, thing.beside))
    except ContactlineError:  # what hinders the one hinders the other, and is told of that
        return True
    return bool(now == 0 or now > most * (1 - 1e-9))


def _name_and_date(thing: Named, survey: Survey) -> tuple[str, str]:
    """What an id is made of: what a territory is called, in Latin letters, and the date of the state it shows."""
    words = thing.title.removesuffix(HYPOTHETICAL) if thing.title.isascii() else described(thing.territory)
    return words, territory.state_of(thing.territory, survey)


def page(
    title: str,
    things: tuple[Named, ...],
    survey: Survey,
    origin: str,
    report: Report | None,
    document: Mapping[str, Any],
    wishes: Wishes | None = None,
) -> Page:
    """A map page of what was named, with the claims of an article where there is one."""
    wishes = wishes or Wishes()
    asked = bands_among(things)
    timeline, bands, before, missing = _moving(things, survey, wishes)
    chosen_later = {band.expression for band in bands} if report else set()
    others = [thing for thing in not_among(things, before) if str(thing.territory) not in chosen_later]
    unquoted = [replace(thing, quotes=()) for thing in others]  # the page has the article itself
    layers, undrawn = drawn(unquoted, survey, shown=report is None)
    layers = _told_apart(layers)
    anchors = {band.expression: "band" for band in bands}
    anchors |= {
        str(feature.properties["expression"]): layer.id
        for layer in (*before, *layers)
        for feature in layer.features
        if "expression" in feature.properties
    }
    forms = {str(thing.territory): thing.also for thing in things}
    anchors |= {form: layer for one, layer in anchors.items() for form in forms.get(one, ())}
    return Page(
        title=title,
        subtitle=_subtitle(claims=report is not None, band=bool(asked)),
        as_of=str(survey.at),
        as_of_from=origin,
        layers=(*ground(survey), *before, *layers),
        claims=tuple(_row(checked, anchors) for checked in report.checked) if report else (),
        statements=(*STATEMENTS, *survey.silent(nodes.ContactLine()), *missing, *undrawn),
        sources=_sources(survey),
        article=report.article.text if report else None,
        document=document,
        anchors=anchors,
        timeline=timeline,
        bands=bands,
        tiles=wishes.tiles,
        about=() if report else _asked_for(things, layers, anchors),
    )


def _told_apart(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Layers of one role, each in the next of the ways it is drawn in; a named place is shown from the start."""
    found: list[Layer] = []
    for layer in layers:
        before = sum(one.role == layer.role for one in found)
        ways = 1 + len(palette().style(layer.role).variants)
        found.append(replace(layer, variant=before % ways, shown=layer.shown or layer.role == "place"))
    return tuple(found)


def _asked_for(things: Iterable[Named], layers: Sequence[Layer], anchors: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the layers of what was asked for, each once: those made for it, and those a page has anyway."""
    there = [anchors[str(one.territory)] for one in things if str(one.territory) in anchors]
    return tuple(dict.fromkeys([*(layer.id for layer in layers), *there]))


def _subtitle(*, claims: bool, band: bool) -> str:
    parts = [
        "Who held what",
        *(["what was claimed"] if claims else []),
        *(["a hypothetical band along the line of contact"] if band else []),
    ]
    return ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + parts[-1]


def _moving(
    things: Sequence[Named], survey: Survey, wishes: Wishes
) -> tuple[Timeline | None, tuple[BandChoice, ...], tuple[Layer, ...], tuple[str, ...]]:
    """What depends on control: its course, the bands, the layers of the date; nothing, with the reason, outside it."""
    try:
        timeline = through_time([thing.territory for thing in things], survey, wishes.first, wishes.last)
        asked = bands_among(things)
        bands = choices(survey, asked, scenario_among(things), (timeline.days[0], timeline.days[-1]))
        now = held(survey, (part.key for part in timeline.parts))
        layers = (*now, *changed(timeline), *disagreement.build(survey), contact(survey), chosen_band(asked, survey))
    except DateError as error:
        if wishes.first or wishes.last:
            raise
        return None, (), (), (f"Control is not drawn. {error}",)
    return timeline, bands, layers, disagreement.left_out(survey)


def _row(checked: Checked, by_expression: Mapping[str, str]) -> ClaimRow:
    claim, measured = checked.claim, checked.measured
    about = measured_part(checked)
    part = str(about) if about else None
    basis = ""
    if measured:
        basis = "; ".join(
            " ".join(filter(None, (s.name, s.snapshot, amount(s.value, measured.unit), s.whole, s.note)))
            for s in measured.basis.sources
        )
    return ClaimRow(
        text=" ".join(claim.text.split()),
        of=subject(checked),
        quoted=quoted(checked),
        measured=interval_text(measured) if measured else "–",
        verdict=checked.verdict,
        why=checked.why,
        anchor_layer=by_expression.get(part) if part else None,
        territory=part or "",
        basis=basis,
        published=bool(claim.named),
    )


def _sources(survey: Survey) -> tuple[SourceRow, ...]:
    control_rows = tuple(
        SourceRow(c.title, c.licence, f"{c.first} to {c.last}", _used(c, survey)) for c in survey.controls
    )
    return (
        *control_rows,
        SourceRow(
            BOUNDARY_CREDIT,
            BOUNDARY_LICENCE,
            "2017–2024",
            "boundaries, coasts, waters",
            "https://www.openstreetmap.org/copyright",
        ),
        SourceRow(
            GAZETTEER_CREDIT, GAZETTEER_LICENCE, "2026", "settlements and their names", "https://www.geonames.org/"
        ),
    )


def _used(source: ControlSource, survey: Survey) -> str:
    """What a control source is used for on a page: drawn and measured, measured only, or nothing as it is silent."""
    if not source.first <= survey.at <= source.last:
        return f"who held what; says nothing of {survey.at}"
    state = f"{source.name}, state of {source.snapshot(survey.at).dated}"
    drawn_by = "drawn and measured" if source is survey.covering[0] else "measured, and drawn as layers of its own"
    return f"who held what ({state}): {drawn_by}"
