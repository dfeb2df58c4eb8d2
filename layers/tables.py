"""What the terminal shows: tables of claims, measures, territories, as a newspaper would set them."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geo.check import Report
from geo.data import data_path
from geo.quantity import Quantity
from geo.reading.lexicon import Entry, Lexicon
from geo.resolve import Resolved
from geo.survey import Survey
from geo.territory.evaluate import evaluate
from geo.verdict import VERDICTS
from geo.wording import amount, interval_text
from layers.subjects import quoted, subject

_STYLES = {
    "holds": "green",
    "holds as rounded": "green",
    "overstated": "yellow",
    "understated": "yellow",
    "wrong": "red",
    "inconsistent": "red",
    "not checkable": "dim",
}
_PLAIN_WIDTH = 120
_LIBRARIES = (
    "shapely",
    "pyproj",
    "geopandas",
    "fiona",
    "folium",
    "XStatic-Leaflet",
    "typer",
    "rapidfuzz",
)


def show(renderable: RenderableType) -> None:
    """Print to standard output: in colour on a terminal, plain and of a fixed width elsewhere."""
    Console(highlight=False, width=None if sys.stdout.isatty() else _PLAIN_WIDTH).print(renderable)


def claims(report: Report) -> RenderableType:
    """The verdict table of one article."""
    if not report.checked:
        names = len(report.reading.mentions)
        return Text(f"No territorial figure is quoted; {names} territories are named.")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), expand=True)
    longest = max(map(len, VERDICTS))
    for name, ratio, least in (
        ("figure", 5, 8),
        ("what it is of", 5, 8),
        ("measured", 4, 8),
        ("verdict", 4, longest),
        ("why", 12, 20),
    ):
        table.add_column(name, ratio=ratio, min_width=least, overflow="fold", header_style="bold", vertical="top")
    for checked in report.checked:
        words = " ".join(checked.claim.text.split())
        table.add_row(
            f"“{escape(words)}”",
            escape(subject(checked)) + (f"\n[dim]quoted: {quoted(checked)}[/dim]" if checked.claim.figure else ""),
            interval_text(checked.measured) if checked.measured else "–",
            f"[{_STYLES[checked.verdict]}]{checked.verdict}[/]",
            escape(checked.why),
        )
    return table


def quantity(measured: Quantity) -> RenderableType:
    """One measured number, every source behind it in a row of its own."""
    basis = measured.basis
    table = _table(
        "source", "state of", "value", "of what, how counted", title=f"{interval_text(measured)}, as of {basis.as_of}"
    )
    for source in basis.sources:
        counted = "; ".join(filter(None, (source.whole, source.note)))
        table.add_row(escape(source.name), source.snapshot, amount(source.value, measured.unit), escape(counted))
    words = f"{basis.part}" + (f"\nof {basis.whole}" if basis.whole else "") + f"\n{basis.method}"
    table.caption = escape("\n".join([words, *basis.notes]))
    return table


def resolution(found: Resolved, survey: Survey) -> dict[str, Any]:
    """What a phrase means, as the contract's document."""
    region = evaluate(found.territory, survey.worlds(found.territory)[0])
    bounds = [round(value, 5) for value in region.geometry.bounds] if not region.geometry.is_empty else None
    return {
        "schema": "contactline/resolve/1",
        "phrase": found.phrase,
        "territory": str(found.territory),
        "kind": found.kind,
        "steps": list(found.steps),
        "region": {
            "bbox": bounds,
            "area_km2": round(region.area_km2, 1),
            "length_km": round(region.length_km, 2),
            "as_of": str(region.as_of),
            "lineage": [step.to_dict() for step in region.lineage],
        },
    }


def resolution_text(document: dict[str, Any]) -> RenderableType:
    """A resolution step by step."""
    region = document["region"]
    size = (
        f"{region['area_km2']:,.0f} km²"
        if region["area_km2"]
        else f"{region['length_km']:,.1f} km"
        if region["length_km"]
        else "a point"
    )
    lines = [f"“{document['phrase']}”", *(f"  {step}" for step in document["steps"]), f"  = {document['territory']}"]
    lines += [f"  {size} as of {region['as_of']}, within {region['bbox']}"]
    lines += [
        f"  from {' '.join(filter(None, (s['expression'], 'by', s['source'], s.get('dated', ''))))}"
        for s in region["lineage"]
    ]
    return Text("\n".join(lines))


def matching(lexicon: Lexicon, query: str) -> list[Entry]:
    """The entries whose id or any spelling contains the query."""
    wanted = query.casefold()
    return [e for e in lexicon.entries if any(wanted in name.casefold() for name in (e.id, *e.names))]


def entry(found: Entry) -> dict[str, Any]:
    """A known territory as JSON."""
    return {
        "id": found.id,
        "kind": found.kind,
        "territory": found.expression,
        "names": list(found.names),
        "note": found.note,
    }


def entries(found: Iterable[Entry]) -> RenderableType:
    """Known territories, a row each."""
    table = _table("name", "kind", "also called", "what it is")
    for one in found:
        table.add_row(
            one.id,
            one.kind,
            escape(", ".join(one.names[:6]) + (" …" if len(one.names) > 6 else "")),
            escape(one.expression or f"no geometry: {one.note}"),
        )
    return table


def installation() -> RenderableType:
    """Versions of what measures and draws, and whether the embedded data is complete."""
    from geo.atlas.control.settlements import Settlements

    table = _table("what", "version or state")
    table.add_row("contactline", importlib.metadata.version("contactline"))
    table.add_row("Python", platform.python_version())
    for name in _LIBRARIES:
        table.add_row(name, importlib.metadata.version(name))
    files = (
        "boundaries/units.geojson",
        "boundaries/countries.geojson",
        "gazetteer.csv",
        "official.csv",
        "territories.toml",
    )
    missing = [name for name in files if not data_path(name).is_file()]
    table.add_row("embedded data", f"missing: {', '.join(missing)}" if missing else "complete")
    control = Settlements()
    table.add_row(f"control: {control.name}", f"{control.first} to {control.last}")
    return table


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(
        box=None, title=title, title_justify="left", caption_justify="left", pad_edge=False, padding=(0, 2, 1, 0)
    )
    for name in columns:
        table.add_column(name, overflow="fold", header_style="bold", vertical="top")
    return table
