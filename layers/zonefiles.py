"""A zone laid out as files: a table of a row for each unit and holder, a JSON document, or layers cut the same way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.laid import UNSTATED
from geo.quantity import Quantity
from geo.wording import interval_text
from geo.zone import Part, Zone, rounded
from layers import naming
from layers.credits import ALWAYS
from layers.files import WRITERS, write, write_whole
from layers.files.guard import CSV_MARK, JSON_MARK
from layers.files.provenance import about
from layers.files.textual import still
from layers.layer import Feature, Layer
from layers.zones import HEADS

ENDINGS = (".csv", ".json", *(ending for ending in WRITERS if ending not in (".csv", ".json")))
_ROLES = {"contested": "control-contested", UNSTATED: "control-unknown"}
_CLASSES = {"control-assessed": "held", "control-contested": "contested", "control-unknown": UNSTATED}
_COLUMNS = (
    "name", "unit", "side", "area_km2", "area_km2_low", "area_km2_high", "date", "source", "licence", "method", "note",
)  # fmt: skip


def save(zone: Zone, whole: Quantity, title: str, credit: tuple[str, str], path: Path, *, force: bool = False) -> Path:
    """Writes a zone in the format of a file's ending, and returns the path.

    ``credit`` is source and licence. Raises as :func:`layers.files.write` does.
    """
    made = layers(zone, whole, title, credit)
    match path.suffix.lower():
        case ".csv":
            return write_whole(path, _csv(zone, made[0]).encode(), force=force)
        case ".json":
            return write_whole(path, _json(zone, whole, made).encode(), force=force)
    return write(made, path, force=force)[0]


def layers(zone: Zone, whole: Quantity, title: str, credit: tuple[str, str]) -> tuple[Layer, ...]:
    """What is held, what is contested and what has no holder stated as a layer each, a feature a unit and side."""
    dated = next((step.dated for step in reversed(zone.lineage) if step.dated), zone.as_of)
    said = [f"whole zone {interval_text(whole)}, over all sources and definitions", *zone.notes]
    by_role = {
        role: [part for part in zone.parts if _ROLES.get(part.side, "control-assessed") == role and _told(part)]
        for role in _CLASSES
    }
    there = {role: parts for role, parts in by_role.items() if parts}
    slugs = naming.ids((f"{_CLASSES[role]} in {title}", dated) for role in there)
    return tuple(
        Layer(
            slug,
            naming.title(f"{title}: {_CLASSES[role]}", dated, None),
            role,
            tuple(_feature(part, zone) for part in parts),
            *credit,
            as_of=dated,
            method=f"{zone.territory}, cut by unit and holder by the first source; geodesic on WGS84",
            note="; ".join(said),
        )
        for slug, (role, parts) in zip(slugs, there.items(), strict=True)
    )


def _told(part: Part) -> bool:
    """Whether a piece has any area in the decimals that are written."""
    return bool(round(part.area_km2, 1))


def _feature(part: Part, zone: Zone) -> Feature:
    side = f"{part.unit}, {HEADS.get(part.side, part.side)}"
    return Feature(part.geometry, side, {"unit": part.unit, "side": part.side, **rounded(zone.bounded(part))})


def _csv(zone: Zone, layer: Layer) -> str:
    """A row a unit and side, without geometry: a cell of a spreadsheet is too small for it."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([CSV_MARK, *_COLUMNS])
    same = {"date": layer.as_of, "source": layer.source, "licence": layer.licence, "method": layer.method}
    for part in filter(_told, zone.parts):
        drawn = _feature(part, zone)
        row = {"name": drawn.name, **drawn.properties, **same, "note": layer.note}
        table.writerow(["zone", *(still(row[column]) for column in _COLUMNS)])
    return out.getvalue()


def _json(zone: Zone, whole: Quantity, made: Sequence[Layer]) -> str:
    """The document that ``zone --json`` prints, behind whose data it is."""
    origin = {"statements": ALWAYS, "layers": [about(layer) for layer in made]}
    head = f"{{{JSON_MARK},{json.dumps(origin, ensure_ascii=False)[1:]},"
    return head + json.dumps(document(zone, whole), ensure_ascii=False, indent=2)[1:].lstrip() + "\n"


def document(zone: Zone, whole: Quantity) -> Mapping[str, Any]:
    """A zone with its whole and interval, as JSON."""
    return {**zone.to_dict(), "quantity": whole.to_dict()}
