"""Check the list of villages and give every row the id that follows from its unit, name and place.

    python data/build/settlements_villages.py [--data DIR] [--write]

Every row must lie in its unit, no nearer than 250 m to another row or to a place of the gazetteer. ``--write`` sorts
the file by unit and name and writes the ids: the same village keeps its id in every edition.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from settlements_places import BORDER_SLACK, PLANE

Row = Mapping[str, str]
APART = 250.0  # metres: nearer, two rows are one place


def identity(unit: str, name: str, lon: float, lat: float) -> str:
    """The id of a village: ``v`` and eight hexadecimal digits of its unit, name and position to 0.01 degree.

    A position mended by a few hundred metres mostly keeps its id; ``lon``, ``lat`` in degrees on WGS84.
    """
    return "v" + sha256(f"{unit}|{name}|{lon:.2f}|{lat:.2f}".encode()).hexdigest()[:8]


def faults(rows: Sequence[Row], listed: Sequence[Row], units: gpd.GeoDataFrame) -> Iterator[str]:
    """What is wrong with the rows, in words; ``listed`` are the gazetteer's."""
    points = _points(rows)
    homes = units.to_crs(PLANE).set_index("id").geometry
    for row, point in zip(rows, points, strict=True):
        if row["unit"] not in homes.index:
            yield f"{row['name']}: no unit {row['unit']}"
        elif homes[row["unit"]].distance(point) > BORDER_SLACK:
            yield f"{row['name']} ({row['lon']}, {row['lat']}) lies outside {row['unit']}"
    known = [*rows, *listed]
    pairs = shapely.STRtree([*points, *_points(listed)]).query(points, predicate="dwithin", distance=APART)
    for one, other in sorted(zip(*pairs.tolist(), strict=True)):
        if one < other:
            yield f"{rows[one]['name']} and {known[other]['name']} ({rows[one]['unit']}) lie within {APART:.0f} m"
    for name, count in Counter(row["id"] for row in rows).items():
        if count > 1:
            yield f"{count} rows have the id {name}"


def _points(rows: Sequence[Row]) -> NDArray[np.object_]:
    lonlat = shapely.points([float(row["lon"]) for row in rows], [float(row["lat"]) for row in rows])
    return np.asarray(gpd.GeoSeries(lonlat, crs=4326).to_crs(PLANE).to_numpy())


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main() -> None:
    """Name every fault and end with 1; else, with --write, write ids and order."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[1])
    options.add_argument("--write", action="store_true", help="write ids and order into build/villages.csv")
    chosen = options.parse_args()
    path: Path = chosen.data / "build" / "villages.csv"
    rows = sorted(_read(path), key=lambda row: (row["unit"], row["name"], row["lon"], row["lat"]))
    for row in rows:
        row["id"] = identity(row["unit"], row["name"], float(row["lon"]), float(row["lat"]))
    units = gpd.read_file(chosen.data / "boundaries" / "units.geojson")
    if found := list(faults(rows, _read(chosen.data / "gazetteer.csv"), units)):
        sys.exit("\n".join(found))
    if chosen.write:
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    print(f"{len(rows)} villages, all in their units and apart")


if __name__ == "__main__":
    main()
