"""Measure the settlement table against published maps on the same land, by day and by unit.

    python benchmarks/settlements_vs_sources.py [--control ../shared/control] [--data data] [--write]

Area errors are of what one side holds of the other's country, assessed class, on land (internal waters taken out of
both); in the equal-area plane EPSG:3035 (within 0.001 % of geodesic). Rows of side ``russia`` compare what Russia holds
in Ukraine and its units, rows of side ``ukraine`` what Ukraine holds in the Russian oblasts it has entered.
``error_points`` is ours minus theirs in points (hundredths) of the unit's land. ``--write`` keeps the table in
data/control/accuracy.csv, which the source states its error from.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "data" / "build")]

from settlements_labels import before_2022  # noqa: E402
from settlements_sources import View, views  # noqa: E402

from geo.atlas.control.settlements import Settlements  # noqa: E402

PLANE = "EPSG:3035"  # ETRS89 / LAEA Europe: areas true
SHOW_BEYOND = ("deepstate", "uacontrolmap")  # sources whose maps show what Ukraine holds in Russia
SCRAP = 1e7  # m2: what sources call freed in Ukraine overruns the border by up to 5 km2 an oblast
REQUIRED = (date(2024, 7, 8), date(2025, 1, 20), date(2026, 1, 1), date(2026, 8, 22))
COLUMNS = ("date", "source", "side", "unit", "ours_km2", "theirs_km2", "area_error_percent", "iou", "error_points")


class Land:
    """A country's units without internal waters, in the plane; ``ids`` leaves out the others."""

    def __init__(self, data: Path, country: str = "ukraine", ids: Collection[str] = ()) -> None:
        units = gpd.read_file(data / "boundaries" / "units.geojson")
        units = units[units["country"].eq(country) & (units["id"].isin(list(ids)) | (not ids))].to_crs(PLANE)
        waters = data / "boundaries" / "waters.geojson"
        wet = gpd.read_file(waters).to_crs(PLANE).union_all() if waters.exists() else shapely.MultiPolygon()
        self.units: Mapping[str, BaseGeometry] = {
            name: shapely.difference(area, wet) for name, area in zip(units["id"], units.geometry, strict=True)
        }
        self.all = shapely.union_all(list(self.units.values()))

    def clip(self, geometry: BaseGeometry, without: BaseGeometry | None = None) -> BaseGeometry:
        """A region (lon, lat) on this land, in the plane."""
        plane = gpd.GeoSeries([geometry], crs=4326).to_crs(PLANE).iloc[0]
        on_land = areal(shapely.make_valid(plane).intersection(self.all))
        return on_land if without is None else areal(on_land.difference(without))


def areal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry: where two borders touch, an overlay leaves lines and points as well."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def measured_days(view: View, rules: Mapping[str, object]) -> bool:
    """Every snapshot of the sparse sources, and of the daily one the first of each month and the required days."""
    return view.source != "deepstate-daily" or view.day.day == 1 or view.day in REQUIRED


def compare(table: Settlements, control: Path, data: Path) -> Iterator[dict[str, object]]:
    """One row per snapshot for all of Ukraine, one per unit where the source covers it all, one per oblast entered."""
    rules = tomllib.loads((data / "control" / "rules.toml").read_text("utf-8"))
    land, beyond = Land(data), Land(data, "russia", rules["span"]["beyond"])
    eve = land.clip(held(table, rules["span"]["eve"], "russia"))
    everything = list(views(control, rules))
    yield from before_the_invasion(table, land, before_2022(everything), rules)
    for view in everything:
        if not rules["span"]["eve"] < view.day <= table.last or not measured_days(view, rules):
            continue
        silent = shapely.union_all([land.units[unit] for unit in sorted(view.silent_units)])
        left_out = shapely.union(silent, eve) if view.silent_before_2022 else silent
        ours, theirs = land.clip(held(table, view.day, "russia"), left_out), land.clip(view.russia, left_out)
        common = {"date": view.day, "source": view.source}
        yield common | {"side": "russia"} | figures("all", ours, theirs, None)
        if view.source == "deepstate-daily":
            yield from (common | {"side": "russia"} | row for row in by_unit(land, ours, theirs, 0))
        if view.source in SHOW_BEYOND:
            ours, theirs = beyond.clip(held(table, view.day, "ukraine")), beyond.clip(view.liberated)
            yield from (common | {"side": "ukraine"} | row for row in by_unit(beyond, ours, theirs, SCRAP))


def before_the_invasion(
    table: Settlements, land: Land, before: BaseGeometry, rules: Mapping[str, Any]
) -> Iterator[dict[str, object]]:
    """What Russia held before 2022 as the primary source draws it later, on the first day and on the eve; and for each
    state between war and Minsk the bound to either side: as if Russia held all that is unknown."""
    first, eve = rules["span"]["first"], rules["span"]["eve"]
    theirs = land.clip(before)
    annexed = shapely.union_all([land.units[unit] for unit in rules["span"]["annexed"]])
    for day, area in ((first, areal(theirs.intersection(annexed))), (eve, theirs)):
        ours = land.clip(held(table, day, "russia"))
        common = {"date": day, "source": rules["rule"]["primary"], "side": "russia"}
        yield common | figures("all", ours, area, None)
        yield from (common | row for row in by_unit(land, ours, area, 0))
    for day in (day for day in table.dates if rules["early"]["war"] <= day < rules["early"]["minsk"]):
        ours = land.clip(held(table, day, "russia"))
        most = shapely.union_all(
            [ours, *(land.clip(h.geometry) for h in table.snapshot(day).holdings if h.cls == "unknown")]
        )
        common = {"date": day, "source": "all unknown held", "side": "russia"}
        yield from (common | row for row in by_unit(land, ours, most, 0))
        yield from (common | row for row in by_unit(land, ours, ours, 0))


def by_unit(land: Land, ours: BaseGeometry, theirs: BaseGeometry, scrap: float) -> Iterator[dict[str, object]]:
    """The figures of every unit in which either has more than a scrap (m2)."""
    for unit, area in land.units.items():
        mine, other = areal(ours.intersection(area)), areal(theirs.intersection(area))
        if max(mine.area, other.area) > scrap:
            yield figures(unit, mine, other, area)


def held(table: Settlements, day: date, side: str) -> BaseGeometry:
    """What the table gives a side, assessed, on a day."""
    return shapely.union_all(
        [h.geometry for h in table.snapshot(day).holdings if (h.side, h.cls) == (side, "assessed")]
    )


def figures(unit: str, ours: BaseGeometry, theirs: BaseGeometry, whole: BaseGeometry | None) -> dict[str, object]:
    """Areas in km2, the error in percent of theirs, intersection over union; for a unit the error in points."""
    return {
        "unit": unit,
        "ours_km2": f"{ours.area / 1e6:.1f}",
        "theirs_km2": f"{theirs.area / 1e6:.1f}",
        "area_error_percent": f"{100 * (ours.area / theirs.area - 1):.2f}" if theirs.area > 0 else "",
        "iou": f"{ours.intersection(theirs).area / ours.union(theirs).area:.4f}",
        "error_points": f"{100 * (ours.area - theirs.area) / whole.area:.2f}" if whole is not None else "",
    }


def incursion(table: Settlements, figures_csv: Path) -> Iterator[str]:
    """The area held by Ukraine beyond its border beside what was published of the Kursk incursion."""
    with figures_csv.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["unit"] == "km2" and row["subject"].startswith("Kursk salient") and len(row["as_of_date"]) == 10:
                day = date.fromisoformat(row["as_of_date"])
                held_km2, contested_km2 = (beyond(table, day, cls) for cls in ("assessed", "contested"))
                said = f"{row['quantity']:>5} km2: {row['subject']} ({row['publisher']})"
                yield f"{day}  held {held_km2:6.0f}  contested {contested_km2:6.0f}  published {said}"


def beyond(table: Settlements, day: date, cls: str) -> float:
    """km2 in Russia that Ukraine holds (assessed), or that are contested."""
    kinds = {("ukraine", cls)} | ({("russia", cls)} if cls == "contested" else set())
    areas = [cell.area for cell in table.cells if cell.country == "russia" and table.state(cell, day) in kinds]
    return float(gpd.GeoSeries(areas, crs=4326).to_crs(PLANE).area.sum() / 1e6)


def main() -> None:
    """Print the table; with --write keep it in data/control/accuracy.csv."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--control", type=Path, default=ROOT.parent / "shared" / "control")
    options.add_argument("--data", type=Path, default=ROOT / "data")
    options.add_argument("--write", action="store_true", help="write data/control/accuracy.csv")
    chosen = options.parse_args()
    if not chosen.control.is_dir():
        sys.exit(f"no control sources at {chosen.control}: nothing to measure against")
    table = Settlements(chosen.data / "control")
    rows = list(compare(table, chosen.control, chosen.data))
    for row in rows:
        if row["unit"] == "all" or row["side"] == "ukraine" or row["date"] in REQUIRED:
            mark = "*" if row["date"] in REQUIRED and row["source"] == "deepstate-daily" else " "
            print(
                mark,
                *(
                    f"{row[column]!s:>{width}}"
                    for column, width in zip(COLUMNS, (10, 16, 8, 16, 10, 10, 8, 7, 7), strict=True)
                ),
            )
    claims = chosen.control.parent / "claims" / "quoted-figures.csv"
    if claims.exists():
        print(*incursion(table, claims), sep="\n")
    if chosen.write:
        with (chosen.data / "control" / "accuracy.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
