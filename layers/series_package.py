"""The data package of a history's table: what its columns hold, whose it is, under which licence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from geo.history import History
from layers.files.datapackage import beside, licences
from layers.files.guard import JSON_MARK, write_whole
from layers.series import COLUMNS

_FIELDS = {
    "date": ("date", "the day; the first row stands on the day asked for, each other on a day the source speaks of"),
    "key": ("string", "the series"),
    "value": ("number", "area, share or length on the day, in the unit of the row"),
    "low": (
        "number",
        "the least it may be, by the error measured of the source and how finely one source can tell; contested areas "
        "and other wholes, which share counts, are not in it; empty where none is stated",
    ),
    "high": ("number", "the most it may be, likewise"),
    "unit": ("string", "km2, percent or km"),
    "gained_km2": ("number", "gained since the state before; empty on the first day and for shares and lengths"),
    "lost_km2": ("number", "lost since the state before"),
    "redrawn_km2": ("number", "net area of slivers by which a line was only drawn again, in both directions"),
    "source": ("string", "the control source"),
    "state": ("date", "the day of the source's own state that is measured: the row's day, or the last one before it"),
    "net_km2": ("number", "gained less lost, redrawing apart"),
    "whole": ("string", "for shares: the unit or expression a value is a share of; empty otherwise"),
    "whole_km2": ("number", "for shares: the area of the whole; empty where that changes by the day"),
    "whole_source": ("string", "for shares: who says how large the whole is"),
}


def describe(found: History, path: Path, *, force: bool) -> Path:
    """Writes the data package of a table beside it: its columns, source, licence, span, method and notes."""
    data, basis = path.read_bytes(), found.basis()
    resource = {
        "name": path.stem.lower().replace(" ", "-"),
        "path": path.name,
        "mediatype": {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}[path.suffix.lower()],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [
                {"name": name, "type": _FIELDS.get(name, ("any", ""))[0], "description": _FIELDS.get(name, ("", ""))[1]}
                for name in COLUMNS
            ]
        },
        "expression": str(found.territory),
        **({"of": str(found.whole)} if found.whole else {}),
        "basis": basis,
    }
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": resource["name"],
        "sources": [{"title": source["title"]} for source in basis["sources"]],
        "licenses": licences(source["licence"] for source in basis["sources"]),
        "resources": [resource],
    }
    body = json.dumps(package, ensure_ascii=False, indent=2)
    return write_whole(beside(path), f"{{{JSON_MARK}}},{body[1:]}\n".encode(), force=force)
