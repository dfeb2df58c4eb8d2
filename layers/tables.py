"""What the terminal shows of measures and names, as a newspaper would set them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geo.algebra.evaluate import evaluate
from geo.algebra.region import Region
from geo.atlas.control import DEFAULT
from geo.errors import ContactlineError
from geo.quantity import Quantity, SourceValue
from geo.reading.lexicon import Entry
from geo.resolve import Resolved
from geo.survey import Survey
from geo.wording import amount, interval_text
from layers import listing
from layers.commands.printed import show

__all__ = ["notes", "quantity", "resolution", "resolution_text", "show", "without_geometry"]


def quantity(measured: Quantity) -> RenderableType:
    """One measured number, every source behind it in a row of its own."""
    basis = measured.basis
    table = _table(
        "source", "state of", "value", "of what, how counted", title=f"{interval_text(measured)}, as of {basis.as_of}"
    )
    for source in basis.sources:
        counted = "; ".join(filter(None, (source.whole, source.note)))
        table.add_row(escape(source.name), source.snapshot, _beside(source.value, measured.unit), escape(counted))
    words = f"{basis.part}" + (f"\nof {basis.whole}" if basis.whole else "") + f"\n{basis.method}"
    table.caption = escape("\n".join(["", words, *basis.notes, *_shipped(basis.sources)]))
    return table


def _shipped(sources: Iterable[SourceValue]) -> tuple[str, ...]:
    """What the table that ships is, where it is among the sources: nobody else's map is called so."""
    named = any(source.name == DEFAULT for source in sources)
    return (f"{DEFAULT} is the control table that ships: contactline control show {DEFAULT}",) * named


def _beside(value: float, unit: str) -> str:
    """A number to be held beside others of its kind: of a share one digit more, by which sources differ."""
    return f"{value:.2f} %" if unit == "percent" else amount(value, unit)


def notes(measured: Quantity) -> RenderableType:
    """What the sources of a measure say of it, a line each."""
    return Text("\n".join(measured.basis.notes))


def resolution(found: Resolved, survey: Survey) -> dict[str, Any]:
    """What a phrase means, as the contract's document.

    A proposal is told even where its region cannot be measured: its terms stand whatever dates the source covers.
    """
    known = listing.entry(found.entry, survey) if found.entry else {}
    steps = list(found.steps)
    try:
        region = _region(evaluate(found.territory, survey.worlds(found.territory)[0]))
    except ContactlineError as error:
        if "scenario" not in known:
            raise
        region = None
        steps.append(f"not measured: {error}")
    return {
        "schema": "contactline/resolve/1",
        "phrase": found.phrase,
        "territory": str(found.territory),
        "kind": found.kind,
        "steps": steps,
        "region": region,
        **_told(known),
    }


def _region(region: Region) -> dict[str, Any]:
    return {
        "bbox": [round(value, 5) for value in region.geometry.bounds] if not region.geometry.is_empty else None,
        "area_km2": round(region.area_km2, 1),
        "length_km": round(region.length_km, 2),
        "as_of": str(region.as_of),
        "lineage": [step.to_dict() for step in region.lineage],
    }


def _told(known: dict[str, Any]) -> dict[str, Any]:
    """What is said of a known territory besides its geometry."""
    return {key: known[key] for key in ("id", "source", "published", "scenario") if known.get(key)}


def without_geometry(phrase: str, found: Entry, survey: Survey) -> dict[str, Any]:
    """A known territory that cannot be drawn, as the contract's document: what is published of it stands for it."""
    known = listing.entry(found, survey)
    return {
        "schema": "contactline/resolve/1",
        "phrase": phrase,
        "territory": None,
        "kind": found.kind,
        "steps": [f"known name of the entry {found.id!r}: {found.note or 'no geometry'}"],
        "region": None,
        **_told(known),
    }


def resolution_text(document: dict[str, Any]) -> RenderableType:
    """A resolution step by step."""
    lines = [f"“{document['phrase']}”", *(f"  {step}" for step in document["steps"])]
    proposal = document.get("scenario")
    if proposal:
        lines += [f"  proposed by {proposal['proposer']}, {proposal['date']}", f"  terms: {proposal['terms']}"]
    lines += [f"  source: {document['source']}"] if document.get("source") else []
    lines += [_published_text(figure) for figure in document.get("published", ())]
    return Text("\n".join([*lines, *_region_lines(document)]))


def _region_lines(document: dict[str, Any]) -> list[str]:
    """What a phrase is on the ground, and from whose data."""
    region = document["region"]
    if region is None:
        return [f"  = {document['territory']}"] if document["territory"] else ["  no geometry"]
    size = (
        f"{region['area_km2']:,.0f} km²"
        if region["area_km2"]
        else f"{region['length_km']:,.1f} km"
        if region["length_km"]
        else "a point"
        if region["bbox"]
        else "nothing"
    )
    origins = (" ".join(filter(None, (s["expression"], "by", s["source"], s.get("dated")))) for s in region["lineage"])
    return [
        f"  = {document['territory']}",
        f"  {size} as of {region['as_of']}" + (f", within {region['bbox']}" if region["bbox"] else ""),
        *(f"  from {origin}" for origin in origins),
    ]


def _published_text(figure: dict[str, Any]) -> str:
    """One published figure with who says so."""
    said = ", ".join(filter(None, (figure["source"], figure.get("date"), figure.get("note"))))
    return f"  published {figure['quantity']}: {amount(figure['value'], figure['unit'])} ({said})"


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(
        box=None, title=title, title_justify="left", caption_justify="left", pad_edge=False, padding=(0, 2, 1, 0)
    )
    for name in columns:
        table.add_column(name, overflow="fold", header_style="bold", vertical="top")
    return table
