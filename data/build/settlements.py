"""Build the control source ``settlements``: who held which place from when to when, and the cells it is drawn with.

    python data/build/settlements.py --control DIR [--data DIR]

DIR holds the control sources as published (deepstate-raw, deepstate-daily, nzz, uacontrolmap, isw). They are read to
label places with; none of their geometry is written. Written are data/control/places.csv, holdings.csv and
cells.geojson, the same bytes each time.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from settlements_cells import cells
from settlements_early import with_early_years
from settlements_history import Interval, history
from settlements_islands import island_places, islands
from settlements_labels import records
from settlements_places import Place, read_places
from settlements_rims import turns
from settlements_sources import views
from shapely.geometry.base import BaseGeometry

ALWAYS = "always "


def main() -> None:
    """Read, label, date, cut, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--control", type=Path, required=True, help="folder of the control sources")
    options.add_argument(
        "--data",
        type=Path,
        default=Path(__file__).resolve().parents[1],
        help="folder of boundaries, gazetteer and results",
    )
    chosen = options.parse_args()
    data: Path = chosen.data
    rules = tomllib.loads((data / "control" / "rules.toml").read_text("utf-8"))
    units = gpd.read_file(data / "boundaries" / "units.geojson")
    wanted = units[units["country"].eq("ukraine") | units["id"].isin(rules["span"]["beyond"])]
    places = [*read_places(data, units, set(wanted["id"]), rules["rule"]["apart_km"]), *island_places(rules)]
    facts, early = (read_facts(data / "control" / name) for name in ("dated.csv", "early.csv"))
    found = records(places, views(chosen.control, rules), rules)
    table = {}
    for place, record in zip(places, found, strict=True):
        dated = [
            *facts.get(place.id, ()),
            *((day, "ukraine", "deepstate: day in the name") for day in sorted(record.liberations)),
        ]
        since = history(record.runs(), dated, place.country, rules)
        table[place.id] = with_early_years(place, since, early.get(place.id, ()), rules)
    write_places(data / "control" / "places.csv", places)
    write_holdings(data / "control" / "holdings.csv", table, rules["span"]["last"])
    lines = gpd.read_file(data / "boundaries" / "lines.geojson")
    cut = lines.geometry[lines["id"].eq("dnipro")].union_all()
    groups = joined(places, table)
    reach = {"russia": rules["rule"]["beyond_km"] * 1000}
    spans = [table[place.id] for place in places]
    land = wanted.geometry[wanted["country"].eq("ukraine")].union_all()

    @cache
    def wanted_rim(own: int, other: int) -> bool:
        return groups[own] != groups[other] and turns(
            spans[own], spans[other], places[own].country, rules["span"]["invasion"]
        )

    areas = cells(
        places, groups, diagrams(wanted, rules["span"]["annexed"]), cut, reach,
        islands(places, cut, land, rules), rules["rule"]["rim"], wanted_rim,
    )  # fmt: skip
    write_cells(
        data / "control" / "cells.geojson",
        areas,
        {name: place.country for name, place in zip(groups, places, strict=True)},
    )
    print(f"{len(places)} places, {sum(len(t) > 1 for t in table.values())} of them changed hands, {len(areas)} cells")


def joined(places: Sequence[Place], table: Mapping[str, Sequence[Interval]]) -> list[str]:
    """The cell each place belongs to: places in the same state on every day share one, named after the first of them,
    or after the side that held them always. Beyond the border each has its own, which ends with its reach."""
    first: dict[object, str] = {}
    for place in sorted(places, key=lambda place: place.id):
        first.setdefault(_course(place, table), place.id)
    return [
        f"{ALWAYS}{table[place.id][0].holder} {place.country}"
        if len(table[place.id]) == 1
        else first[_course(place, table)]
        for place in places
    ]


def _course(place: Place, table: Mapping[str, Sequence[Interval]]) -> object:
    return (
        place.country,
        "" if place.country == "ukraine" else place.id,
        tuple((i.first, i.holder, i.cls) for i in table[place.id]),
    )


def diagrams(units: gpd.GeoDataFrame, annexed: Iterable[str]) -> gpd.GeoDataFrame:
    """The territories inside which places compete: each country, and by themselves the units annexed in 2014."""
    kind = units["country"].where(~units["id"].isin(list(annexed)), "annexed")
    rows = [
        (name, list(part["id"]), shapely.coverage_union_all(part.geometry.to_numpy()))
        for name, part in units.groupby(kind)
    ]
    return gpd.GeoDataFrame(rows, columns=["diagram", "units", "geometry"], crs=4326)


def read_facts(path: Path) -> Mapping[str, list[tuple[date, str, str]]]:
    """Dated changes published in words: columns id, name, date, holder, reference."""
    facts: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            facts[row["id"]].append((date.fromisoformat(row["date"]), row["holder"], row["reference"]))
    return facts


def write_places(path: Path, places: Sequence[Place]) -> None:
    """id, name, unit, lon, lat."""
    _write_csv(
        path,
        ("id", "name", "unit", "lon", "lat"),
        ((p.id, p.name, p.unit, f"{p.lon:.5f}", f"{p.lat:.5f}") for p in sorted(places, key=lambda p: p.id)),
    )


def write_holdings(path: Path, table: Mapping[str, Sequence[Interval]], last: date) -> None:
    """id, from, to (both days included), holder, class, basis."""
    rows = []
    for identity, intervals in sorted(table.items()):
        ends = [*(interval.first - timedelta(days=1) for interval in intervals[1:]), last]
        rows += [(identity, i.first, end, i.holder, i.cls, i.basis) for i, end in zip(intervals, ends, strict=True)]
    _write_csv(path, ("id", "from", "to", "holder", "class", "basis"), rows)


def write_cells(path: Path, areas: Mapping[tuple[str, str], BaseGeometry], countries: Mapping[str, str]) -> None:
    """One feature a cell: id, country, and always (the side that held all of it throughout) where it joins many places;
    of a rim also ``facing``, the id of the cell it faces.

    What Russia held throughout in Russia is nobody's question and left out.
    """
    features = []
    for (name, facing), area in sorted(areas.items()):
        properties = {"id": name, "country": countries[name]} | ({"facing": facing} if facing else {})
        if name.startswith(ALWAYS):
            properties["always"] = name.split()[1]
        if properties.get("always") != "russia" or properties["country"] != "russia":
            geometry = json.loads(shapely.to_geojson(area))
            features.append(
                json.dumps(
                    {"type": "Feature", "properties": properties, "geometry": geometry},
                    ensure_ascii=False,
                    separators=(",", ":"),
                )
            )
    path.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n", "utf-8")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
