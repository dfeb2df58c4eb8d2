"""The territories known by name, as a list: how large, since when, by whom, from which data."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from geo.algebra import nodes
from geo.algebra.evaluate import evaluate
from geo.algebra.nodes import Territory
from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.atlas.atlas import VILLAGE
from geo.atlas.official import official_figures
from geo.data import data_path
from geo.errors import ContactlineError
from geo.reading.lexicon import Entry, Lexicon
from geo.resolve import published_text
from geo.survey import Survey
from geo.wording import amount

_FILES: dict[type[Territory], str] = {
    nodes.Unit: "boundaries/units.geojson",
    nodes.Country: "boundaries/countries.geojson",
    nodes.Border: "boundaries/countries.geojson",
    nodes.Bank: "boundaries/lines.geojson",
    nodes.Line: "boundaries/lines.geojson",
    nodes.Sea: "boundaries/seas.geojson",
    nodes.Water: "boundaries/waters.geojson",
}


def matching(lexicon: Lexicon, query: str) -> list[Entry]:
    """The entries whose id or any spelling contains the query, whatever its case."""
    wanted = query.casefold()
    return [e for e in lexicon.entries if any(wanted in name.casefold() for name in (e.id, *e.names))]


def entry(found: Entry, survey: Survey, *, dated: bool = False) -> dict[str, Any]:
    """A known territory as JSON; ``dated`` measures what depends on who holds what on the survey's date too."""
    territory = parse(found.expression) if found.expression else None
    document = {
        "id": found.id,
        "kind": found.kind,
        "territory": found.expression,
        "names": list(found.names),
        "note": found.note,
        "size": _size(found, territory, survey, dated),
        "dated": bool(territory and territory.dated),
        "dates": _dates(found, territory, survey),
        "source": found.source,
        "data": list(_data(territory, survey)),
        "published": published(found),
    }
    return {**document, "scenario": dict(vars(found.scenario))} if found.scenario else document


def published(found: Entry) -> list[dict[str, Any]]:
    """The figures others publish of an entry, each with who says so."""
    figures = [f for quantity in ("area", "length", "width") for f in official_figures(found.id, quantity)]
    return [{key: value for key, value in vars(f).items() if value and key != "subject"} for f in figures]


def entries(found: Iterable[Entry], survey: Survey, *, dated: bool = False) -> RenderableType:
    """Known territories, a row each."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for name, ratio in (("name", 5), ("kind", 3), ("size", 4), ("dates", 3), ("source", 6), ("also called", 6)):
        table.add_column(name, ratio=ratio, overflow="fold", header_style="bold", vertical="top")
    for one in found:
        document = entry(one, survey, dated=dated)
        spelled = [name for name in one.names if name.casefold() != one.id.casefold()]
        others = ", ".join(spelled[:4]) + (" …" if len(spelled) > 4 else "")
        cells = (one.id, one.kind, _size_text(one, document), _dates_text(document), _source_text(document), others)
        table.add_row(*map(escape, cells))
    return table


def _size(found: Entry, territory: Territory | None, survey: Survey, dated: bool) -> dict[str, Any] | None:
    """Area in km² or length in km; of what has no extent, or none without a date, nothing."""
    if territory is None:
        return None
    if not territory.dated:
        known = _fixed().get(found.id)
        if known is None or known["expression"] != found.expression:
            return _measured(territory, survey)
        return {"quantity": known["quantity"], "value": float(known["value"]), "unit": known["unit"]}
    return _measured(territory, survey) if dated else None


def _measured(territory: Territory, survey: Survey) -> dict[str, Any] | None:
    try:
        region = evaluate(territory, survey.worlds(territory)[0])
    except ContactlineError as error:
        return {"error": str(error)}
    of = {"as_of": str(survey.at)} if territory.dated else {}
    if region.area_km2 or not region.length_km:
        quantity = {"quantity": "area", "value": round(region.area_km2, 1), "unit": "km2", **of}
        return quantity if region.area_km2 or territory.dated else None
    return {"quantity": "length", "value": round(region.length_km, 1), "unit": "km", **of}


@cache
def _fixed() -> Mapping[str, Mapping[str, str]]:
    """What ``data/build/sizes.py`` measured of the territories that no control source changes."""
    with data_path("boundaries/sizes.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _dates(found: Entry, territory: Territory | None, survey: Survey) -> dict[str, str]:
    """When there was the thing, and for which dates it can be measured."""
    dates = {"begin": found.begin, "end": found.end}
    if territory is not None and territory.dated and survey.controls:
        control = survey.covering[0]
        dates |= {"data_from": str(control.first), "data_to": str(control.last)}
    return {key: value for key, value in dates.items() if value}


def _data(territory: Territory | None, survey: Survey) -> Iterable[str]:
    """Whose data the geometry is, each once."""
    if territory is None:
        return ()
    found = [credit for node in territory.walk() for credit in _credits(node)]
    control = [f"control: {source.name}" for source in survey.covering[:1]] if territory.dated else []
    return tuple(dict.fromkeys([*found, *control]))


def _credits(node: Territory) -> tuple[str, ...]:
    match node:
        case nodes.Unit(name) if name.casefold() in embedded().beyond:
            return _attributions("boundaries/beyond.geojson")
        case nodes.Place(name):
            place = embedded().place(name)
            if place.kind == VILLAGE:
                return _attributions("control/places.csv")
            return ("own list of sites",) if place in embedded().sites else _attributions("gazetteer.csv")
        case nodes.Parallel():
            return ("by definition",)
    return _attributions(_FILES[type(node)]) if type(node) in _FILES else ()


@cache
def _attributions(path: str) -> tuple[str, ...]:
    package = json.loads(data_path("datapackage.json").read_text(encoding="utf-8"))
    sources = [source for r in package["resources"] if r["path"] == path for source in r["sources"]]
    return tuple(dict.fromkeys(source["attribution"] for source in sources))


def _size_text(found: Entry, document: Mapping[str, Any]) -> str:
    size = document["size"]
    if size and "error" in size:
        return f"dated; {size['error']}"
    if size:
        when = f" on {size['as_of']}" if "as_of" in size else ""
        return amount(size["value"], size["unit"]) + when
    if document["dated"]:
        return "dated"
    if document["territory"]:
        return "; ".join(filter(None, ("a point", published_text(found))))
    return "; ".join(filter(None, ("no geometry", published_text(found))))


def _dates_text(document: Mapping[str, Any]) -> str:
    dates = document["dates"]
    match dates.get("begin"), dates.get("end"):
        case None, None:
            own = ""
        case begin, None:
            own = f"since {begin}"
        case None, end:
            own = f"until {end}"
        case begin, end:
            own = f"{begin} to {end}" if begin != end else str(begin)
    data = f"measured {dates['data_from']} to {dates['data_to']}" if "data_from" in dates else ""
    return "; ".join(filter(None, (own, data))) or "–"


def _source_text(document: Mapping[str, Any]) -> str:
    """Whose words an entry rests on; where it is nobody's words, whose data."""
    proposal = document.get("scenario")
    who = f"proposed by {proposal['proposer']}, {proposal['date']}" if proposal else ""
    data = document["data"] if not document["source"] else document["data"][-1:] if document["dated"] else []
    return "; ".join(filter(None, (who, document["source"], *data))) or document["note"]
